import { hashNotice, makeReceipt, type Notice, signReceipt } from '#consent';
import type { EntryBodies } from '#ledger';
import type { KioskConfig } from '#protocol';
import { type Instant, type KioskId, type ReceiptId, randomId, type Sha256 } from '#values';
import { nodeSha256 } from '../node-hashing.ts';
import { type DeviceKeys, deviceRandom } from './device.ts';
import type { PlannedVisit } from './plan-day.ts';

/** How far off a tablet's clock may be for all it knows. */
const UNCERTAINTY_MS = 40;

/** A receipt that is signed and not yet in the ledger, with the secret that only its holder has. */
export interface DraftReceipt {
  readonly entryBody: EntryBodies['receipt-issued'];
  readonly secret: string;
}

/** The receipt of one visit, signed as a tablet signs it. */
export async function draftReceipt(
  { controller, shop, settings, notices }: KioskConfig,
  kioskId: KioskId,
  { privateKey, kid }: DeviceKeys,
  { language, purposes, givenBy }: PlannedVisit,
  time: Instant,
): Promise<DraftReceipt> {
  const notice = notices[language] ?? notices[0];
  if (notice === undefined) throw new Error('A shop without a notice.');
  const receiptId: ReceiptId = randomId(deviceRandom);
  const secret = randomId(deviceRandom);
  const hash = hashOf(notice);
  const agree = givenBy === 'guardian' ? notice.texts.guardianAgree : notice.texts.agree;
  const document = makeReceipt({
    receiptId,
    purposes,
    givenBy,
    time,
    timeUncertaintyMs: UNCERTAINTY_MS,
    notice: { id: notice.id, version: notice.version, language: notice.language, hash },
    buttonLabel: agree,
    answersShown: [notice.texts.decline, agree],
    controller,
    shop,
    kioskId,
    receiptUrl: `${settings.publicUrl}/r/${receiptId}`,
    noticeUrl: `${settings.publicUrl}/notices/${hash}`,
  });
  const receipt = await signReceipt(document, privateKey, kid);
  return { secret, entryBody: { receiptId, purposes, receipt, secretHash: nodeSha256(secret) } };
}

const hashes = new WeakMap<Notice, Sha256>();

/** Hashed once: the same few texts are shown to everybody. */
function hashOf(notice: Notice): Sha256 {
  const known = hashes.get(notice) ?? hashNotice(notice);
  hashes.set(notice, known);
  return known;
}
