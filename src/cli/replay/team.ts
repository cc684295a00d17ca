import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Controller, Notice, Shop } from '#consent';
import { type CheckOutcome, checkLedger } from '#inspection';
import { apiPaths, type KioskConfig, type PairResponse } from '#protocol';
import { type Instant, instant, type KioskId, type ShopId } from '#values';
import { nodeChecking } from '../node-hashing.ts';
import { type DeviceKeys, deviceRandom, makeDeviceKeys } from './device.ts';
import { ExportFile } from './export-file.ts';
import { HttpClient } from './http-client.ts';
import { Player } from './player.ts';
import { Tablet, TabletLine } from './tablet.ts';
import { TabletLedger } from './tablet-ledger.ts';
import type { Workload } from './workload.ts';

export interface PairCall {
  readonly kiosk: number;
  readonly url: string;
  readonly code: string | null;
  readonly now: Instant;
  /** The server is somebody else's, so requests are signed by the clock of the day. */
  readonly isElsewhere: boolean;
}

export interface BeginCall {
  readonly kiosk: number;
  readonly workload: Workload;
  readonly folder: string;
  readonly made: Instant;
  readonly now: Instant;
  /** Every notice that will be shown; null where none changes and the kiosk's own settings name them. */
  readonly notices: readonly { readonly shopId: ShopId; readonly notice: Notice }[] | null;
}

export interface EveningCall {
  readonly kiosk: number;
  readonly day: number;
  readonly now: Instant;
  readonly isLast: boolean;
}

/** What a kiosk knows of its shop once it is paired. */
export interface PairedKiosk {
  readonly kioskId: KioskId;
  readonly controller: Controller;
  readonly shop: Shop;
}

/** What a kiosk has in the end. */
export interface EndedKiosk {
  readonly file: string;
  readonly entries: number;
  /** Ages and genders that wait for a release, by cell. */
  readonly waiting: readonly string[];
  /** Of people who took back what was released: still to be subtracted. */
  readonly owed: readonly string[];
}

interface Pairing {
  readonly client: HttpClient;
  readonly line: TabletLine;
  readonly keys: DeviceKeys;
  readonly paired: PairResponse;
  readonly config: KioskConfig;
}

const LARGEST_OF_BYTE = 254;

/** Some of the kiosks, with all that belongs to them, and the phones of their visitors. */
export class Team {
  readonly #number: number;
  readonly #pairings = new Map<number, Pairing>();
  readonly #tablets = new Map<
    number,
    {
      readonly tablet: Tablet;
      readonly ledger: TabletLedger;
      readonly file: ExportFile;
      readonly path: string;
    }
  >();
  #url = '';
  #isElsewhere = false;
  #phones = 0;

  constructor(number: number) {
    this.#number = number;
  }

  async pair({ kiosk, url, code, now, isElsewhere }: PairCall): Promise<PairedKiosk> {
    this.#url = url;
    this.#isElsewhere = isElsewhere;
    const keys = await makeDeviceKeys();
    const client = new HttpClient(url, this.#addressOf(1, kiosk));
    const line = new TabletLine(client, keys, isElsewhere ? () => instant(Date.now()) : null);
    const paired = await line.pair(code, now);
    const config = await line.config(now);
    if (config === null) throw new Error('The server has no settings for a new kiosk.');
    this.#pairings.set(kiosk, { client, line, keys, paired, config });
    return { kioskId: paired.kioskId, controller: config.controller, shop: config.shop };
  }

  async begin({ kiosk, workload, folder, made, now, notices }: BeginCall): Promise<void> {
    const { line, keys, paired, config } = mustHave(this.#pairings.get(kiosk));
    const plan = mustHave(workload.kioskPlans[kiosk]);
    const { kioskId, shopId, controllerId } = paired;
    // The same names every time, so that a second replay into a folder replaces the first.
    const path = join(folder, `${shopId}-kiosk-${kiosk + 1}.jsonl`);
    const file = new ExportFile(
      path,
      {
        made,
        controllers: [config.controller],
        shops: [{ ...config.shop, controllerId }],
        notices: notices ?? config.notices.map((notice) => ({ shopId, notice })),
      },
      { kioskId, shopId, controllerId, publicKey: keys.publicKey },
    );
    const ledger = new TabletLedger(deviceRandom, (record) => file.add(record));
    const player = new Player(workload, plan, { keys, paired, ledger }, config);
    const tablet = new Tablet({ line, keys, paired, ledger, file, player });
    this.#tablets.set(kiosk, { tablet, ledger, file, path });
    await tablet.begin(now);
  }

  /** Gives how many said yes on this day. */
  async evening({ kiosk, day, now, isLast }: EveningCall): Promise<number> {
    const { tablet } = mustHave(this.#tablets.get(kiosk));
    const visits = await tablet.evening(day, now, isLast, () => this.#usePhones(tablet.player, day));
    return visits;
  }

  async end({ kiosk }: { readonly kiosk: number }): Promise<EndedKiosk> {
    const { tablet, ledger, file, path } = mustHave(this.#tablets.get(kiosk));
    await file.end();
    this.#pairings.get(kiosk)?.client.close();
    const { add, subtract } = tablet.player.pending;
    this.#tablets.delete(kiosk);
    return {
      file: path,
      entries: (ledger.head?.seq ?? -1) + 1,
      waiting: Array.from(add.values(), ({ cell }) => cell),
      owed: Array.from(subtract.values(), ({ cell }) => cell),
    };
  }

  async check({ file }: { readonly file: string }): Promise<CheckOutcome> {
    return checkLedger(createReadStream(file, { highWaterMark: 1024 * 1024 }), nodeChecking);
  }

  /** Each phone has an address of its own, and asks once. */
  async #usePhones(player: Player, day: number): Promise<void> {
    for (const { receiptId, secret } of player.phonesDue(day)) {
      this.#phones += 1;
      const phone = new HttpClient(this.#url, this.#addressOf(2 + this.#number, this.#phones));
      const answered = await phone.ask({
        method: 'POST',
        path: apiPaths.withdrawReceipt(receiptId),
        body: JSON.stringify({ secret }),
      });
      phone.close();
      if (answered.status !== 200)
        throw new Error(`A phone was answered ${answered.status}: ${answered.text}`);
    }
  }

  /** An address of the loopback network, all of which is this machine on Linux; elsewhere, and to other machines, the usual one. */
  #addressOf(net: number, device: number): string | null {
    if (process.platform !== 'linux' || this.#isElsewhere) return null;
    const low = device % LARGEST_OF_BYTE;
    const high = Math.floor(device / LARGEST_OF_BYTE) % LARGEST_OF_BYTE;
    return `127.${net}.${high}.${low + 1}`;
  }
}

function mustHave<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('There is no such kiosk.');
  return value;
}
