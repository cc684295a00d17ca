import { describe, expect, it, vi } from 'vitest';
import type { PairResponse, RefusalReason } from '#protocol';
import { type Identity, readMeta } from './database.ts';
import { loadIdentity, pair, pairAgain } from './pair.ts';
import type { ServerAnswer, ServerClient } from './server-client.ts';
import { idNamed, memoryTablet } from './testing/memory-tablet.ts';

const kiosk: PairResponse = {
  kioskId: idNamed('kiosk'),
  shopId: 'quay' as PairResponse['shopId'],
  controllerId: 'quay-motors' as PairResponse['controllerId'],
};

/** A server that answers only once the test says so. */
function slowServer() {
  const answered = Promise.withResolvers<void>();
  const client = {
    pair: async () => {
      await answered.promise;
      return { ok: true, paired: kiosk };
    },
  } as Partial<ServerClient> as ServerClient;
  return { client, answer: answered.resolve };
}

describe('a new tablet', () => {
  it('that asks twice at once to be let in begins its ledger once, and both attempts hear the same', async () => {
    const tablet = memoryTablet();
    const { database, ...effects } = tablet.core;
    const { client, answer } = slowServer();
    const loaded = await loadIdentity(database, effects);
    if (!loaded.ok) return expect.fail('It was kept.');
    const asking = [1, 2].map(() => pair(database, loaded.identity, client, null, effects));
    answer();
    expect(await Promise.all(asking)).toEqual([
      { ok: true, paired: kiosk },
      { ok: true, paired: kiosk },
    ]);
    expect(await tablet.entriesOf('kiosk-paired')).toHaveLength(1);
  });

  it('that starts twice at once has one key, and both attempts use it', async () => {
    const { database, ...effects } = memoryTablet().core;
    const loaded = await Promise.all([1, 2].map(() => loadIdentity(database, effects)));
    const kept: Identity | null = await readMeta(database, 'identity');
    expect(loaded.map((outcome) => outcome.ok && outcome.identity.kid)).toEqual([kept?.kid, kept?.kid]);
  });
});

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
    ['there is no network', answering({ ok: false, reason: 'unreachable' })],
    ['a portal answers', answering({ ok: false, reason: 'not-our-server', pauseMs: null })],
    ['the tries of this minute are used up', refusing('too-many-requests')],
    ['the server is busy', refusing('server-busy')],
  ])('keeps the code that was typed for the next try where %s', async (_, client) => {
    expect(await pairAgain(client, was, 'ABCDEFGHJK')).toBe('server-unreachable');
  });

  it.each<RefusalReason>(['too-many-requests', 'server-busy'])(
    'asks again soon, so that staff can type a code, where the answer is %s',
    async (reason) => {
      expect(await pairAgain(refusing(reason), was, null)).toBe('server-unreachable');
    },
  );

  it('opens and rests as before where a code lets nobody in who was shut out', async () => {
    expect(await pairAgain(refusing('kiosk-revoked'), was, 'ABCDEFGHJK')).toBe('goes-on');
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
