import type { Controller, Notice, Shop } from '../src/consent/index.ts';
import { checkLedger, portableChecking, writeExport } from '../src/inspection/index.ts';
import type { LedgerRecord } from '../src/ledger/index.ts';
import type { RunningServer } from '../src/server/index.ts';
import { type Instant, type JsonObject, toIso } from '../src/values/index.ts';
import { holdFrames, holdFramesAgain, letFramesCome } from './support/hold-frames.ts';
import { expect, ledgerOnTablet, test } from './support/kiosk.ts';

/** What the checker says of a tablet's own ledger, with the shop and its notices as the server describes them. */
async function check({ context: { db } }: RunningServer, records: readonly LedgerRecord[]) {
  const shop = await db.selectFrom('shop').selectAll().executeTakeFirstOrThrow();
  const controller = await db.selectFrom('controller').selectAll().executeTakeFirstOrThrow();
  const kiosk = await db.selectFrom('kiosk').selectAll().executeTakeFirstOrThrow();
  const notices = await db.selectFrom('notice').selectAll().execute();
  const controllerId = shop.controller_id;
  const lines = writeExport(
    {
      made: Date.now() as Instant,
      controllers: [JSON.parse(controller.controller_json) as Controller],
      shops: [{ ...(JSON.parse(shop.shop_json) as Shop), controllerId }],
      notices: notices.map(({ shop_id, notice_json }) => ({
        shopId: shop_id,
        notice: JSON.parse(notice_json) as Notice,
      })),
      kiosks: [
        {
          kioskId: kiosk.id,
          shopId: shop.id,
          controllerId,
          publicKey: JSON.parse(kiosk.public_key_json) as JsonObject,
          records,
          checkpoints: [],
        },
      ],
    },
    portableChecking,
  );
  const text = (await Array.fromAsync(lines)).join('');
  return checkLedger([new TextEncoder().encode(text)], portableChecking);
}

test("a tablet's own ledger passes the check, with a yes, a no, a deletion and a stop in it", async ({
  openKiosk,
  server,
}) => {
  const { page, tap, onStep, sayYes } = await openKiosk({ beforePage: holdFrames });
  await page.evaluate(letFramesCome);
  await sayYes({ demographics: true });
  await onStep('result');
  await tap('keep');
  await tap('done');
  await onStep('attract');
  await tap('start');
  await tap('decline');
  await tap('done');
  await sayYes();
  await onStep('result');
  await tap('delete');
  await onStep('receipt');
  await tap('done');
  // Or the look might be over before the finger is there.
  await page.evaluate(holdFramesAgain);
  await sayYes();
  await page.locator('.preview-window').waitFor();
  await tap('stop');
  await onStep('result');

  const records = (await ledgerOnTablet(page)) as unknown as LedgerRecord[];
  const outcome = await check(server, records);
  expect(outcome).toMatchObject({ ok: true });
  if (!outcome.ok) return;
  const { figures, gaps } = outcome.report.kiosks[0] ?? {};
  expect(gaps).toEqual(['no-checkpoint']);
  expect(figures).toMatchObject({
    receipts: 3,
    receiptsByPurpose: { count: 3, demographics: 1 },
    withdrawn: 1,
  });
  expect(figures?.cameraMs).toBeGreaterThan(0);

  const last = records.at(-1);
  const edited = { ...last, entry: { ...last?.entry, time: toIso(Date.now() as Instant) } } as LedgerRecord;
  expect(await check(server, [...records.slice(0, 4), edited])).toMatchObject({ ok: false });
});
