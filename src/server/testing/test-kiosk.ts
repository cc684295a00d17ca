import { hashNotice, keyThumbprint, makeReceipt, type Purpose, signReceipt } from '#consent';
import {
  type Checkpoint,
  type EntryBodies,
  type EntryKind,
  type Head,
  hashEntry,
  type LedgerRecord,
  sealEntry,
  signCheckpoint,
} from '#ledger';
import {
  apiPaths,
  bodyHash,
  type KioskConfig,
  kioskConfigSchema,
  type PairResponse,
  pairResponseSchema,
  signKioskRequest,
} from '#protocol';
import {
  type Clock,
  type Instant,
  type JsonObject,
  type LookId,
  type ReceiptId,
  randomId,
  sha256,
  toIso,
} from '#values';
import { must } from './must.ts';
import { random, now as realNow } from './start-test-server.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface GivenReceipt {
  readonly id: ReceiptId;
  readonly secret: string;
  readonly jws: string;
}

type CheckpointTwist = (checkpoint: Checkpoint) => Checkpoint;
type ReceiptTwist = (facts: Parameters<typeof makeReceipt>[0]) => Parameters<typeof makeReceipt>[0];

/** A receipt taken back by whoever holds it. */
export function taken({ id, secret }: GivenReceipt, place: 'phone' | 'staff') {
  return { receiptId: id, secret, keyThumbprint: null, place, mayWait: async () => true };
}

/** Plays a tablet: real keys, real signatures, a real sealed ledger, over real HTTP. */
export class TestKiosk {
  readonly records: LedgerRecord[] = [];
  head: Head | null = null;
  paired: PairResponse | null = null;
  config: KioskConfig | null = null;
  /** How long looks say that the camera was open. A checked ledger must leave that long between opening and closing, within a second. */
  lookMs = 4_000;
  url: string;
  readonly keys: CryptoKeyPair;
  readonly kid: string;
  readonly publicKey: JsonObject;
  readonly now: Clock;

  private constructor(url: string, keys: CryptoKeyPair, kid: string, publicKey: JsonObject, now: Clock) {
    this.url = url;
    this.keys = keys;
    this.kid = kid;
    this.publicKey = publicKey;
    this.now = now;
  }

  static async make(url: string, now: Clock = realNow): Promise<TestKiosk> {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ]);
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
    const publicKey = { kty, crv, x, y } as JsonObject;
    return new TestKiosk(url, keys, await keyThumbprint(publicKey), publicKey, now);
  }

  /** A kiosk that is paired, has its settings, and has begun its ledger. */
  static async paired(url: string, now: Clock = realNow, code?: string): Promise<TestKiosk> {
    const kiosk = await TestKiosk.make(url, now);
    await kiosk.pair(code);
    await kiosk.begin();
    return kiosk;
  }

  async pair(code?: string, headers: Record<string, string> = {}): Promise<Answer> {
    const body = { publicKey: this.publicKey, ...(code === undefined ? {} : { code }) };
    const answer = await this.request('POST', apiPaths.pair, body, headers);
    if (answer.status === 200) this.paired = pairResponseSchema.parse(answer.body);
    return answer;
  }

  /** What a tablet does that its server does not know any more. */
  async pairAgain(code?: string, pairedAs: PairResponse = must(this.paired)): Promise<Answer> {
    const body = { publicKey: this.publicKey, pairedAs, ...(code === undefined ? {} : { code }) };
    return this.request('POST', apiPaths.pair, body);
  }

  async begin(): Promise<void> {
    this.config = kioskConfigSchema.parse((await this.request('GET', apiPaths.config)).body);
    this.append('kiosk-paired', { ...must(this.paired), publicKey: this.publicKey });
    for (const notice of this.config.notices) {
      this.append('notice-in-force', {
        noticeHash: hashNotice(notice),
        language: notice.language,
        version: notice.version,
      });
    }
  }

  async request(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    signedAt: Instant = this.now(),
  ): Promise<Answer> {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const claims = { method, path, body: bodyHash(text) };
    const token = await signKioskRequest(claims, this.keys.privateKey, this.kid, signedAt);
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(text === '' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text === '' ? {} : { body: text }),
    });
    const answer = await response.text();
    return {
      status: response.status,
      body: answer === '' ? null : JSON.parse(answer),
      headers: response.headers,
    };
  }

  append<Kind extends EntryKind>(
    kind: Kind,
    body: EntryBodies[Kind],
    time: Instant = this.now(),
  ): LedgerRecord {
    const sealed = sealEntry(this.head, kind, body, time, random);
    this.records.push(sealed.record);
    this.head = sealed.head;
    return sealed.record;
  }

  async receipt(
    purposes: readonly Purpose[] = ['count'],
    twist: ReceiptTwist = (facts) => facts,
  ): Promise<GivenReceipt> {
    const notice = must(must(this.config).notices[0]);
    const id: ReceiptId = randomId(random);
    const secret = randomId(random);
    const { controller, shop, settings } = must(this.config);
    const facts = twist({
      receiptId: id,
      purposes,
      givenBy: 'visitor',
      time: this.now(),
      timeUncertaintyMs: 100,
      notice: {
        id: notice.id,
        version: notice.version,
        language: notice.language,
        hash: hashNotice(notice),
      },
      buttonLabel: notice.texts.agree,
      answersShown: [notice.texts.decline, notice.texts.agree],
      controller,
      shop,
      kioskId: must(this.paired).kioskId,
      noticeUrl: `${settings.publicUrl}/notices/${hashNotice(notice)}`,
      receiptUrl: `${settings.publicUrl}/r/${id}`,
    });
    const jws = await signReceipt(makeReceipt(facts), this.keys.privateKey, this.kid);
    return { id, secret, jws };
  }

  issue(receipt: GivenReceipt, purposes: readonly Purpose[] = ['count']): LedgerRecord {
    const { id, secret, jws } = receipt;
    return this.append('receipt-issued', {
      receiptId: id,
      purposes,
      receipt: jws,
      secretHash: sha256(secret),
    });
  }

  look(receiptIds: readonly ReceiptId[], ending: 'counted' | 'nobody' = 'counted'): LookId {
    const lookId: LookId = randomId(random);
    this.append('look-opened', { lookId, receiptIds });
    this.append('look-closed', {
      lookId,
      receiptIds,
      ending,
      openMs: this.lookMs,
      framesSeen: 7,
      framesRefused: 0,
    });
    return lookId;
  }

  /** One visitor's yes, from tap to number. */
  async visit(purposes: readonly Purpose[] = ['count']): Promise<GivenReceipt> {
    const receipt = await this.receipt(purposes);
    this.issue(receipt, purposes);
    const lookId = this.look([receipt.id]);
    this.append('contribution-recorded', { lookId, receiptId: receipt.id, headcount: 1 });
    return receipt;
  }

  async send(records: readonly unknown[], twist: CheckpointTwist = (signed) => signed): Promise<Answer> {
    // What is no record at all is sent with the checkpoint of what it should have been.
    const last = (records.at(-1) as LedgerRecord | undefined)?.entry;
    const head = last === undefined ? must(this.head) : { seq: last.seq, hash: hashEntry(last) };
    const kioskId = must(this.paired).kioskId;
    const checkpoint = await signCheckpoint(
      twist({ kioskId, ...head, time: toIso(this.now()) }),
      this.keys.privateKey,
      this.kid,
    );
    return this.request('POST', apiPaths.entries, { records, checkpoint });
  }

  /** Sends what the server lacks, as tablets do. */
  async sync(batchSize = 100): Promise<Answer> {
    for (;;) {
      const asked = await this.request('GET', apiPaths.head);
      const { head } = asked.body as { head: Head | null };
      const batch = this.records.slice((head?.seq ?? -1) + 1).slice(0, batchSize);
      if (batch.length === 0) return asked;
      const sent = await this.send(batch);
      if (sent.status !== 200) return sent;
    }
  }
}
