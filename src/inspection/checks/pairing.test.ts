import { describe, expect, it } from 'vitest';
import type { ShopId } from '#values';
import { checkOf, faultAfter } from '../testing/files.ts';
import { LedgerMaker, makeKeys } from '../testing/ledger-maker.ts';
import { english } from '../testing/test-shop.ts';

async function faultOfFirst(begin: (maker: LedgerMaker) => void | Promise<void>) {
  const maker = new LedgerMaker(await makeKeys());
  await begin(maker);
  const outcome = await checkOf(maker);
  return outcome.ok ? 'in order' : outcome.reason;
}

describe('the first entry', () => {
  it('is the pairing of this kiosk', async () => {
    expect(await faultOfFirst((maker) => maker.pair())).toBe('in order');
    expect(await faultOfFirst((maker) => maker.bringIntoForce(english))).toBe('first-entry-wrong');
  });

  it('names this kiosk, shop and key', async () => {
    const otherKey = (await makeKeys()).publicKey;
    const twists: readonly object[] = [
      { kioskId: 'AAAAAAAAAAAAAAAAAAAAAA' },
      { shopId: 'hill-street' as ShopId },
      { controllerId: 'somebody-else' },
      { publicKey: otherKey },
    ];
    for (const twist of twists) {
      const reason = await faultOfFirst((maker) => {
        const { kioskId, shop, keys } = maker;
        const right = {
          kioskId,
          shopId: shop.id,
          controllerId: shop.controllerId,
          publicKey: keys.publicKey,
        };
        maker.append('kiosk-paired', { ...right, ...twist });
      });
      expect(reason).toBe('pairing-wrong');
    }
  });

  it('is the only pairing', async () => {
    expect(await faultAfter((maker) => maker.pair())).toBe('paired-twice');
  });
});
