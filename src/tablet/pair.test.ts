import { describe, expect, it, vi } from 'vitest';
import type { PairResponse, RefusalReason } from '#protocol';
import { pairAgain } from './pair.ts';
import type { ServerAnswer, ServerClient } from './server-client.ts';

const was = { kioskId: 'K'.repeat(22), shopId: 'quay', controllerId: 'quay-cars' } as PairResponse;

function answering(answer: ServerAnswer<{ readonly paired: PairResponse }>) {
  const pair = vi.fn<ServerClient['pair']>().mockResolvedValue(answer);
  return { pair };
}

const refusing = (reason: RefusalReason) =>
  answering({ ok: false, reason: 'refused', refusal: { reason }, pauseMs: null });

describe('a tablet that its server took nothing of', () => {
  it('asks to be let in again as the kiosk that it was, by the code that was typed', async () => {
    const client = answering({ ok: true, paired: was });
    expect(await pairAgain(client, was, 'ABCDEFGHJK')).toBe('goes-on');
    expect(client.pair).toHaveBeenCalledWith('ABCDEFGHJK', was);
  });

  it('asks for a code where the server does not know it', async () => {
    expect(await pairAgain(refusing('pairing-code-wrong'), was, null)).toBe('code-needed');
  });

  it.each<[string, Pick<ServerClient, 'pair'>]>([
    ['was shut out', refusing('kiosk-revoked')],
    ['is known as another’s', refusing('other-kiosk')],
    ['cannot ask, without a network', answering({ ok: false, reason: 'unreachable' })],
    ['is behind a portal', answering({ ok: false, reason: 'not-our-server', pauseMs: null })],
  ])('opens and rests as before where it %s', async (_, client) => {
    expect(await pairAgain(client, was, null)).toBe('goes-on');
  });
});
