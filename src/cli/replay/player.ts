import { emptyPending, fraction, type PendingRelease, release, takeOut, waitFor } from '#counting';
import type { WithdrawalPlace } from '#ledger';
import type { KioskConfig, PairResponse } from '#protocol';
import { type Instant, instant, MINUTE_MS, type RandomBytes, type ReceiptId } from '#values';
import { beginOfHour } from './calendar.ts';
import type { DeviceKeys } from './device.ts';
import { type PlannedDay, type PlannedHour, type PlannedVisit, planDay } from './plan-day.ts';
import { playVisit, stepsOf } from './play-visit.ts';
import { type DraftReceipt, draftReceipt } from './receipts.ts';
import { seededBy } from './seeded.ts';
import type { TabletLedger } from './tablet-ledger.ts';
import type { KioskPlan, Workload } from './workload.ts';

/** A receipt that its holder takes back on a later day. */
interface DueWithdrawal {
  readonly day: number;
  readonly receiptId: ReceiptId;
  readonly secret: string;
}

/** When who comes back with a receipt's code does so, after the beginning of the day's last hour: nobody else is at the kiosk then. */
const CODES_MS = 58 * MINUTE_MS;

const SHORTEST_PAUSE_MS = 30 * MINUTE_MS;
const LONGEST_PAUSE_MS = 90 * MINUTE_MS;
const LARGEST_BYTE = 255;

/** Plays what visitors do at one kiosk and writes what its tablet would write. Never talks to the server. */
export class Player {
  config: KioskConfig;
  pending: PendingRelease;
  readonly #workload: Workload;
  readonly #plan: KioskPlan;
  readonly #keys: DeviceKeys;
  readonly #paired: PairResponse;
  readonly #ledger: TabletLedger;
  readonly #takenBack = new Set<ReceiptId>();
  #phones: DueWithdrawal[] = [];
  #codes: DueWithdrawal[] = [];
  /** What is drawn for releases comes from the seed too, so that as many go each time. */
  readonly #random: RandomBytes;
  #nextRelease: Instant = instant(0);
  #openTallies: Pick<PlannedHour, 'hour' | 'declined' | 'left'>[] = [];

  constructor(
    workload: Workload,
    plan: KioskPlan,
    tablet: { readonly keys: DeviceKeys; readonly paired: PairResponse; readonly ledger: TabletLedger },
    config: KioskConfig,
  ) {
    this.#workload = workload;
    this.#plan = plan;
    this.#keys = tablet.keys;
    this.#paired = tablet.paired;
    this.#ledger = tablet.ledger;
    this.config = config;
    const seeded = seededBy(workload.seed, 'release', plan.index);
    this.#random = (length) => Uint8Array.from({ length }, () => seeded.whole(0, LARGEST_BYTE));
    this.pending = emptyPending(this.#random);
  }

  dayOf(day: number): PlannedDay {
    return planDay(this.#workload, this.#plan, day);
  }

  async playDay(day: number): Promise<void> {
    const { hours, clockErrorMs } = this.dayOf(day);
    for (const [index, planned] of hours.entries()) {
      const begin = instant(beginOfHour(planned.hour, this.config.shop.timeZone) + clockErrorMs);
      await this.#playHour(day, planned, begin);
      if (index === hours.length - 1) await this.takeBackByCode(day, instant(begin + CODES_MS));
    }
  }

  /** Withdrawals by code that are due: their holders come to the kiosk. */
  async takeBackByCode(day: number, time: Instant): Promise<void> {
    const due = this.#codes.filter((withdrawal) => withdrawal.day <= day);
    this.#codes = this.#codes.filter((withdrawal) => withdrawal.day > day);
    for (const { receiptId } of due) await this.takeBack(receiptId, 'kiosk', time);
  }

  /** Those whose holders take them back on their phones today. */
  phonesDue(day: number): readonly DueWithdrawal[] {
    const due = this.#phones.filter((withdrawal) => withdrawal.day <= day);
    this.#phones = this.#phones.filter((withdrawal) => withdrawal.day > day);
    return due;
  }

  /** Doing it twice changes nothing. */
  async takeBack(receiptId: ReceiptId, place: WithdrawalPlace, time: Instant): Promise<void> {
    if (this.#takenBack.has(receiptId)) return;
    this.#takenBack.add(receiptId);
    await this.#ledger.append('contribution-withdrawn', { receiptId, place }, time);
    this.pending = takeOut(this.pending, receiptId);
  }

  /** Between visits: releases what is due and closes the tallies of hours that are over. */
  async settle(time: Instant): Promise<void> {
    if (time >= this.#nextRelease) await this.#releaseDue(time);
    for (const { hour, declined, left } of this.#openTallies) {
      await this.#ledger.append('tally-closed', { hour, declined, left }, time);
    }
    this.#openTallies = [];
  }

  /** At moments that were drawn before anybody came, as on a tablet. */
  async #releaseDue(time: Instant): Promise<void> {
    for (;;) {
      const due = release(this.pending, this.#random);
      if (due === null) break;
      await this.#ledger.append('release', due.change, time);
      this.pending = due.pending;
    }
    const pauseMs = SHORTEST_PAUSE_MS + fraction(this.#random) * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);
    this.#nextRelease = instant(time + pauseMs);
  }

  async #playHour(day: number, { hour, visits, declined, left }: PlannedHour, begin: Instant): Promise<void> {
    // All at once: signatures are made beside us, on as many cores as there are.
    const drafts = await Promise.all(
      visits.map(async (visit) => {
        const startedAt = instant(begin + visit.startMs);
        const draft = await draftReceipt(this.config, this.#paired.kioskId, this.#keys, visit, startedAt);
        return { visit, draft, startedAt };
      }),
    );
    for (const { visit, draft, startedAt } of drafts) {
      await this.settle(startedAt);
      await playVisit(this.#ledger, visit, draft, startedAt);
      await this.#afterLook(day, visit, draft, startedAt);
    }
    if (declined + left > 0) this.#openTallies.push({ hour, declined, left });
  }

  async #afterLook(day: number, visit: PlannedVisit, draft: DraftReceipt, startedAt: Instant): Promise<void> {
    const { receiptId } = draft.entryBody;
    if (visit.cell !== null) {
      const answer = { cell: visit.cell, promised: this.config.settings.releaseMin };
      this.pending = waitFor(this.pending, receiptId, answer);
    }
    const { withdrawal } = visit;
    if (withdrawal === null) return;
    if (withdrawal.by === 'delete') {
      await this.takeBack(receiptId, 'kiosk', stepsOf(visit, startedAt).deleted);
      return;
    }
    const due = { day: day + withdrawal.afterDays, receiptId, secret: draft.secret };
    (withdrawal.by === 'phone' ? this.#phones : this.#codes).push(due);
  }
}
