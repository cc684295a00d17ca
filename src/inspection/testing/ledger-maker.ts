import {
  type Controller,
  hashNotice,
  keyThumbprint,
  makeReceipt,
  type Notice,
  type ReceiptFacts,
  type Shop,
  signReceipt,
} from '#consent';
import {
  type EntryBodies,
  type EntryKind,
  type Head,
  type LedgerRecord,
  type LookEnding,
  sealEntry,
  signCheckpoint,
} from '#ledger';
import {
  type ControllerId,
  type Instant,
  instant,
  type JsonObject,
  type KioskId,
  type LookId,
  type RandomBytes,
  type ReceiptId,
  randomId,
  SECOND_MS,
  sha256,
  toIso,
} from '#values';
import type { ExportedKiosk } from '../write-export.ts';
import { controller, english, shop } from './test-shop.ts';

export interface KioskKeys {
  readonly privateKey: CryptoKey;
  readonly publicKey: JsonObject;
  readonly kid: string;
}

export const START = instant(Date.parse('2026-03-02T09:00:00.000Z'));

export async function makeKeys(): Promise<KioskKeys> {
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', made.publicKey);
  const publicKey = { kty: String(kty), crv: String(crv), x: String(x), y: String(y) };
  return { privateKey: made.privateKey, publicKey, kid: await keyThumbprint(publicKey) };
}

/** Bytes that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): { readonly bytes: RandomBytes; readonly number: () => number } {
  let state = seed >>> 0;
  function number(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return { number, bytes: (length) => Uint8Array.from({ length }, () => Math.floor(number() * 256)) };
}

type Twist = (facts: ReceiptFacts) => ReceiptFacts;
export interface LookTwist {
  readonly ending?: LookEnding;
  readonly openMs?: number | null;
  readonly framesSeen?: number;
  readonly framesRefused?: number;
}

/** Writes one kiosk's ledger as a tablet does, with real keys and signatures, and as wrongly as a test wants. */
export class LedgerMaker {
  records: LedgerRecord[] = [];
  readonly checkpoints: string[] = [];
  head: Head | null = null;
  now: Instant = START;
  readonly kioskId: KioskId;
  readonly keys: KioskKeys;
  readonly shop: Shop & { readonly controllerId: ControllerId };
  readonly controller: Controller = controller;
  readonly random: ReturnType<typeof seededRandom>;

  constructor(keys: KioskKeys, seed = 1, at = shop) {
    this.random = seededRandom(seed);
    this.kioskId = randomId(this.random.bytes);
    this.keys = keys;
    this.shop = at;
  }

  /** A ledger that has begun: paired, with its notices in force. */
  static async begun(seed = 1, keys?: KioskKeys): Promise<LedgerMaker> {
    const maker = new LedgerMaker(keys ?? (await makeKeys()), seed);
    maker.pair();
    maker.bringIntoForce(english);
    return maker;
  }

  pass(milliseconds: number): this {
    this.now = instant(this.now + milliseconds);
    return this;
  }

  append<Kind extends EntryKind>(
    kind: Kind,
    body: EntryBodies[Kind],
    time: Instant = this.now,
  ): LedgerRecord {
    const sealed = sealEntry(this.head, kind, body, time, this.random.bytes);
    this.records.push(sealed.record);
    this.head = sealed.head;
    return sealed.record;
  }

  pair(): void {
    const { kioskId, shop: at } = this;
    const { publicKey } = this.keys;
    this.append('kiosk-paired', { kioskId, shopId: at.id, controllerId: at.controllerId, publicKey });
  }

  bringIntoForce(notice: Notice): void {
    const { language, version } = notice;
    this.append('notice-in-force', { noticeHash: hashNotice(notice), language, version });
  }

  facts(twist: Twist = (facts) => facts): ReceiptFacts {
    const receiptId: ReceiptId = randomId(this.random.bytes);
    const { id, version, language } = english;
    const facts = twist({
      receiptId,
      purposes: ['count'],
      givenBy: 'visitor',
      time: this.now,
      timeUncertaintyMs: 12,
      notice: { id, version, language, hash: hashNotice(english) },
      buttonLabel: english.texts.agree,
      answersShown: [english.texts.decline, english.texts.agree],
      controller: this.controller,
      shop: this.shop,
      kioskId: this.kioskId,
      receiptUrl: '',
      noticeUrl: '',
    });
    return {
      ...facts,
      receiptUrl: `https://askfirst.example/r/${facts.receiptId}`,
      noticeUrl: `https://askfirst.example/notices/${facts.notice.hash}`,
    };
  }

  /** One person's yes. */
  async yes(twist?: Twist, keys: KioskKeys = this.keys): Promise<ReceiptId> {
    const facts = this.facts(twist);
    const receipt = await signReceipt(makeReceipt(facts), keys.privateKey, keys.kid);
    this.issue(facts, receipt);
    return facts.receiptId;
  }

  issue({ receiptId, purposes }: Pick<ReceiptFacts, 'receiptId' | 'purposes'>, receipt: string): void {
    const secretHash = sha256(randomId(this.random.bytes));
    this.append('receipt-issued', { receiptId, purposes, receipt, secretHash });
  }

  open(receiptIds: readonly ReceiptId[]): LookId {
    const lookId: LookId = randomId(this.random.bytes);
    this.append('look-opened', { lookId, receiptIds });
    return lookId;
  }

  close(lookId: LookId, receiptIds: readonly ReceiptId[], twist: LookTwist = {}): void {
    const usual = { ending: 'counted', openMs: 4_000, framesSeen: 7, framesRefused: 0 } as const;
    this.append('look-closed', { lookId, receiptIds, ...usual, ...twist });
  }

  /** A look from opening to closing. */
  look(receiptIds: readonly ReceiptId[], twist: LookTwist = {}): LookId {
    const lookId = this.open(receiptIds);
    this.pass(5 * SECOND_MS);
    this.close(lookId, receiptIds, twist);
    return lookId;
  }

  count(lookId: LookId, receiptId: ReceiptId): void {
    this.append('contribution-recorded', { lookId, receiptId, headcount: 1 });
  }

  withdraw(receiptId: ReceiptId): void {
    this.append('contribution-withdrawn', { receiptId, place: 'phone' });
  }

  /** One visitor, from the yes to the number. */
  async visit(twist?: Twist): Promise<ReceiptId> {
    const receiptId = await this.yes(twist);
    this.pass(2 * SECOND_MS);
    this.count(this.look([receiptId]), receiptId);
    this.pass(20 * SECOND_MS);
    return receiptId;
  }

  async checkpoint(twist: object = {}, keys: KioskKeys = this.keys): Promise<void> {
    if (this.head === null) throw new Error('A ledger without entries has no head to sign.');
    const checkpoint = { kioskId: this.kioskId, ...this.head, time: toIso(this.now), ...twist };
    this.checkpoints.push(await signCheckpoint(checkpoint, keys.privateKey, keys.kid));
  }

  exported(): ExportedKiosk {
    return {
      kioskId: this.kioskId,
      shopId: this.shop.id,
      controllerId: this.shop.controllerId,
      publicKey: this.keys.publicKey,
      records: this.records,
      checkpoints: this.checkpoints,
    };
  }
}
