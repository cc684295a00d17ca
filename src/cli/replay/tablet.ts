import { hashNotice } from '#consent';
import { signCheckpoint } from '#ledger';
import {
  apiPaths,
  headResponseSchema,
  type KioskConfig,
  kioskConfigSchema,
  type PairResponse,
  pairResponseSchema,
} from '#protocol';
import { type Clock, type Instant, type Sha256, toIso } from '#values';
import { askSigned, type DeviceKeys } from './device.ts';
import type { ExportFile } from './export-file.ts';
import type { Answered, Asked, HttpClient } from './http-client.ts';
import type { Player } from './player.ts';
import { fitBatch, type TabletLedger, textOfBatch, type Unsent } from './tablet-ledger.ts';
import { ReplayTrouble } from './trouble.ts';

const OK = 200;
const NO_CONTENT = 204;
const NOT_MODIFIED = 304;
const VERSION = 'replay';
const COMPARISON_UNCERTAINTY_MS = 12;

/** A tablet's side of the API: pairing, and what it does when it reaches the server. */
export class TabletLine {
  readonly #client: HttpClient;
  readonly #keys: DeviceKeys;
  /** What requests are signed by: a server's own clock is not always that of the play. */
  readonly #wallClock: Clock | null;
  #etag: string | null = null;

  constructor(client: HttpClient, keys: DeviceKeys, wallClock: Clock | null) {
    this.#client = client;
    this.#keys = keys;
    this.#wallClock = wallClock;
  }

  async pair(code: string | null, now: Instant): Promise<PairResponse> {
    const { publicKey } = this.#keys;
    const body = JSON.stringify({ publicKey, ...(code === null ? {} : { code }) });
    const answered = await this.#ask({ method: 'POST', path: apiPaths.pair, body }, now);
    if (answered.status !== OK) {
      throw new ReplayTrouble(
        code === null
          ? 'That server lets no kiosk in without a pairing code. Give one for each: --codes CODE,CODE.'
          : `The pairing code ${code} is wrong, used up or too old.`,
      );
    }
    return pairResponseSchema.parse(JSON.parse(answered.text));
  }

  /** What is new for this kiosk, or null where nothing is. */
  async config(now: Instant): Promise<KioskConfig | null> {
    const headers = this.#etag === null ? {} : { 'if-none-match': this.#etag };
    const answered = await this.#ask({ method: 'GET', path: apiPaths.config, headers }, now);
    if (answered.status === NOT_MODIFIED) return null;
    expectStatus(answered, OK);
    this.#etag = answered.headers.etag ?? null;
    return kioskConfigSchema.parse(JSON.parse(answered.text));
  }

  async head(now: Instant): Promise<Sha256 | null> {
    const answered = await this.#ask({ method: 'GET', path: apiPaths.head }, now);
    return headOf(answered);
  }

  async send(batch: readonly Unsent[], checkpoint: string, now: Instant): Promise<Sha256 | null> {
    const body = textOfBatch(batch, checkpoint);
    return headOf(await this.#ask({ method: 'POST', path: apiPaths.entries, body }, now));
  }

  async report(waiting: number, now: Instant): Promise<void> {
    const health = { state: 'ready', problem: null, version: VERSION, vision: null, waiting, tallies: [] };
    const body = JSON.stringify(health);
    expectStatus(await this.#ask({ method: 'POST', path: apiPaths.health, body }, now), NO_CONTENT);
  }

  #ask(asked: Asked, now: Instant): Promise<Answered> {
    return askSigned(this.#client, this.#keys, asked, this.#wallClock?.() ?? now);
  }
}

/** A tablet that is paired and plays its days: in the evening it sends what it wrote, and hears what is new. */
export class Tablet {
  readonly #line: TabletLine;
  readonly #keys: DeviceKeys;
  readonly #paired: PairResponse;
  readonly #ledger: TabletLedger;
  readonly #file: ExportFile;
  readonly #player: Player;
  #acknowledged: Sha256 | null = null;
  #offsetMs = 0;
  #inForce = new Set<Sha256>();
  /** The next day is played while others are still sending. Never waited for here, so what goes wrong in it is kept. */
  #played: { readonly day: number; readonly done: Promise<Error | null> } | null = null;

  constructor(parts: {
    readonly line: TabletLine;
    readonly keys: DeviceKeys;
    readonly paired: PairResponse;
    readonly ledger: TabletLedger;
    readonly file: ExportFile;
    readonly player: Player;
  }) {
    this.#line = parts.line;
    this.#keys = parts.keys;
    this.#paired = parts.paired;
    this.#ledger = parts.ledger;
    this.#file = parts.file;
    this.#player = parts.player;
  }

  get player(): Player {
    return this.#player;
  }

  async begin(now: Instant): Promise<void> {
    await this.#ledger.append('kiosk-paired', { ...this.#paired, publicKey: this.#keys.publicKey }, now);
    await this.#bringIntoForce(this.#player.config, now);
  }

  /** The evening of a day that has been played: nobody is there, and the shop is shut. Gives how many said yes that day. */
  async evening(day: number, now: Instant, isLast: boolean, phonesAct: () => Promise<void>): Promise<number> {
    const failure = await this.#play(day);
    if (failure !== null) throw failure;
    const planned = this.#player.dayOf(day);
    // Before the kiosk is: a phone that asks for a receipt of today waits for it at the server.
    await phonesAct();
    if (isLast) await this.#player.takeBackByCode(day, now);
    if (planned.isOffline) await this.#player.settle(now);
    else await this.#sync(now, planned.clockErrorMs, planned.losesAnswer);
    if (!isLast) void this.#play(day + 1);
    return planned.hours.reduce((sum, { visits }) => sum + visits.length, 0);
  }

  #play(day: number): Promise<Error | null> {
    if (this.#played?.day !== day) {
      const done = this.#player.playDay(day).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      );
      this.#played = { day, done };
    }
    return this.#played.done;
  }

  async #sync(now: Instant, clockErrorMs: number, losesAnswer: boolean): Promise<void> {
    const head = await this.#line.head((now + clockErrorMs) as Instant);
    if (head !== this.#acknowledged) throw new Error('The server forgot what it had acknowledged.');
    if (clockErrorMs !== 0) {
      this.#offsetMs -= clockErrorMs;
      const reading = { offsetMs: this.#offsetMs, uncertaintyMs: COMPARISON_UNCERTAINTY_MS };
      await this.#ledger.append('clock-changed', reading, now);
    }
    await this.#player.settle(now);
    let isToLose = losesAnswer;
    do {
      await this.#sendAll(now, isToLose);
      isToLose = false;
      await this.#line.report(this.#ledger.unsent.length, now);
      const fresh = await this.#line.config(now);
      if (fresh !== null) await this.#takeOver(fresh, now);
    } while (this.#ledger.unsent.length > 0);
  }

  async #sendAll(now: Instant, losesAnswer: boolean): Promise<void> {
    const { unsent } = this.#ledger;
    let isToLose = losesAnswer;
    let checkpoint: string | null = null;
    for (let sent = 0; sent < unsent.length; ) {
      const batch = fitBatch(unsent, sent);
      const last = batch.at(-1);
      if (last === undefined) break;
      const { kioskId } = this.#paired;
      const { privateKey, kid } = this.#keys;
      checkpoint = await signCheckpoint({ kioskId, ...last.head, time: toIso(now) }, privateKey, kid);
      if (isToLose) await this.#line.send(batch, checkpoint, now);
      isToLose = false;
      const head = await this.#line.send(batch, checkpoint, now);
      if (head !== last.head.hash)
        throw new Error('The server acknowledged something else than it was sent.');
      this.#acknowledged = head;
      sent += batch.length;
    }
    this.#ledger.unsent = [];
    if (checkpoint !== null) this.#file.addCheckpoint(checkpoint);
  }

  /** New notices come into force, and withdrawals made elsewhere are written down. */
  async #takeOver(fresh: KioskConfig, now: Instant): Promise<void> {
    this.#player.config = fresh;
    await this.#bringIntoForce(fresh, now);
    for (const { receiptId, place } of fresh.withdrawals) await this.#player.takeBack(receiptId, place, now);
    await this.#player.settle(now);
  }

  async #bringIntoForce({ notices }: KioskConfig, now: Instant): Promise<void> {
    const before = this.#inForce;
    this.#inForce = new Set(notices.map(hashNotice));
    for (const notice of notices) {
      const noticeHash = hashNotice(notice);
      if (before.has(noticeHash)) continue;
      const { language, version } = notice;
      await this.#ledger.append('notice-in-force', { noticeHash, language, version }, now);
    }
  }
}

function headOf(answered: Answered): Sha256 | null {
  expectStatus(answered, OK);
  return headResponseSchema.parse(JSON.parse(answered.text)).head?.hash ?? null;
}

function expectStatus({ status, text }: Answered, expected: number): void {
  if (status !== expected) throw new Error(`The server answered ${status}: ${text.slice(0, 500)}`);
}
