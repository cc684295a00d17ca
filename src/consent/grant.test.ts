import { describe, expect, it } from 'vitest';
import { instant, type ReceiptId } from '#values';
import { GRANT_LIFETIME_MS, type Grant, type GrantClock, grantAfterCommit, redeemGrant } from './grant.ts';

const start = instant(1_764_000_000_000);
const receipts = [{ id: 'receipt' as ReceiptId, purposes: ['count'] as const }];
const committed = async () => ({ ok: true as const, receipts });
/** The clocks at a time after the grant was made; the one on the wall may have been turned since. */
const later = (elapsedMs: number, wallMs = elapsedMs): GrantClock => ({
  now: () => instant(start + wallMs),
  elapsed: () => elapsedMs,
});

async function freshGrant(): Promise<Grant> {
  const granted = await grantAfterCommit(committed, later(0));
  if (!granted.ok) throw new Error('the commit succeeded');
  return granted.grant;
}

describe('a grant', () => {
  it('does not exist when the receipt could not be committed', async () => {
    const refused = await grantAfterCommit(
      async () => ({ ok: false as const, reason: 'storage-full' as const }),
      later(0),
    );
    expect(refused).toEqual({ ok: false, reason: 'storage-full' });
  });

  it('does not exist before the commit has ended', async () => {
    let finish = () => {};
    const pending = grantAfterCommit(
      () =>
        new Promise<Awaited<ReturnType<typeof committed>>>((resolve) => {
          finish = () => resolve({ ok: true, receipts });
        }),
      later(0),
    );
    const first = await Promise.race([pending, Promise.resolve('still waiting')]);
    expect(first).toBe('still waiting');
    finish();
    expect(await pending).toMatchObject({ ok: true });
  });

  it('works once', async () => {
    const grant = await freshGrant();
    expect(redeemGrant(grant, later(1))).toEqual({ ok: true, leftMs: GRANT_LIFETIME_MS - 1, receipts });
    expect(redeemGrant(grant, later(2))).toEqual({ ok: false, reason: 'grant-used' });
  });

  it('expires, and stays expired when the clock is turned back', async () => {
    const grant = await freshGrant();
    expect(redeemGrant(grant, later(GRANT_LIFETIME_MS + 1))).toEqual({ ok: false, reason: 'grant-expired' });
    expect(redeemGrant(grant, later(0))).toEqual({ ok: false, reason: 'grant-used' });
  });

  it('says when it expires by the clock on the wall', async () => {
    expect((await freshGrant()).expiresAt).toBe(start + GRANT_LIFETIME_MS);
  });

  it('is not prolonged by a clock that is turned back', async () => {
    const late = later(GRANT_LIFETIME_MS + 1, -3_600_000);
    expect(redeemGrant(await freshGrant(), late)).toEqual({ ok: false, reason: 'grant-expired' });
  });

  it('expires also where the tablet slept, and its forward clock with it', async () => {
    const late = later(1, GRANT_LIFETIME_MS + 1);
    expect(redeemGrant(await freshGrant(), late)).toEqual({ ok: false, reason: 'grant-expired' });
  });

  it('cannot be forged, copied or changed', async () => {
    const grant = await freshGrant();
    expect(redeemGrant({ ...grant }, later(1))).toEqual({ ok: false, reason: 'grant-unknown' });
    expect(redeemGrant(structuredClone(grant), later(1))).toEqual({ ok: false, reason: 'grant-unknown' });
    expect(() => Object.assign(grant, { expiresAt: instant(1e15) })).toThrow();
    expect(() => (grant.receipts as unknown[]).push(receipts[0])).toThrow();
  });
});
