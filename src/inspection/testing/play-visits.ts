import type { ReceiptFacts } from '#consent';
import { AGE_BANDS, GENDERS, K_MIN, localHour } from '#counting';
import type { LedgerRecord } from '#ledger';
import { HOUR_MS, instant, MINUTE_MS, type ReceiptId, SECOND_MS } from '#values';
import type { LedgerMaker } from './ledger-maker.ts';

/** How often, of a hundred visits, each thing happens. */
const PERCENT = {
  retry: 6,
  interrupted: 2,
  nobody: 5,
  group: 10,
  child: 6,
  demographics: 50,
  withdrawn: 5,
} as const;
const VISITS_PER_CLOCK_CHANGE = 400;
const LARGEST_CORRECTION_MS = 40 * SECOND_MS;
const LONGEST_PAUSE_MS = 10 * MINUTE_MS;

/** Plays visits of every kind with everything between them, and gives the records of each as they come, so that none are kept. */
export async function* playVisits(maker: LedgerMaker, visits: number): AsyncGenerator<LedgerRecord> {
  const recent: ReceiptId[] = [];
  let waiting = 0;
  let offsetMs = 0;
  let openHour = localHour(maker.now, maker.shop.timeZone);
  const chance = (percent: number): boolean => maker.random.number() * 100 < percent;

  for (let visit = 1; visit <= visits; visit += 1) {
    const people = chance(PERCENT.group) ? 2 + Math.floor(maker.random.number() * 3) : 1;
    const ids: ReceiptId[] = [];
    let giving = 0;
    for (let person = 0; person < people; person += 1) {
      const isChild = chance(PERCENT.child);
      const gives = !isChild && chance(PERCENT.demographics);
      giving += gives ? 1 : 0;
      ids.push(await maker.yes((facts) => ({ ...facts, ...answers(isChild, gives) })));
      maker.pass(3 * SECOND_MS);
    }
    if (chance(PERCENT.interrupted)) maker.look(ids, { ending: 'interrupted', openMs: null, framesSeen: 0 });
    else if (chance(PERCENT.nobody)) maker.look(ids, { ending: 'nobody', framesSeen: 12 });
    else {
      if (chance(PERCENT.retry)) {
        maker.look(ids, { ending: 'too-many-people', framesRefused: 2 });
        maker.pass(6 * SECOND_MS);
      }
      const lookId = maker.look(ids);
      for (const id of ids) maker.count(lookId, id);
      // Of a group nobody's age and gender is estimated.
      waiting += people === 1 ? giving : 0;
      recent.push(...ids);
    }
    const [oldest] = recent.length > 50 ? recent.splice(0, recent.length - 50) : [];
    if (oldest !== undefined && chance(PERCENT.withdrawn)) {
      maker.withdraw(oldest);
      // Whose it was is not kept here: a release then waits for one more than it must.
      waiting -= 1;
    }
    if (waiting >= 2 * K_MIN) {
      maker.append('release', releaseOf(maker, K_MIN));
      waiting -= K_MIN;
    }
    if (visit % VISITS_PER_CLOCK_CHANGE === 0) {
      const correction = Math.round((maker.random.number() * 2 - 1) * LARGEST_CORRECTION_MS);
      offsetMs += correction;
      maker.now = instant(maker.now + correction);
      maker.append('clock-changed', { offsetMs, uncertaintyMs: 40 });
    }
    maker.pass(Math.floor(maker.random.number() * LONGEST_PAUSE_MS));
    const hour = localHour(maker.now, maker.shop.timeZone);
    if (hour > openHour) {
      maker.append('tally-closed', { hour: openHour, declined: 3, left: 1 });
      openHour = hour;
    }
    yield* maker.records;
    maker.records = [];
  }
}

/** Visits played to their end, kept by their maker, with a checkpoint over all of them. */
export async function playAll(maker: LedgerMaker, visits: number): Promise<LedgerMaker> {
  const begun = maker.records;
  maker.records = [];
  const played = await Array.fromAsync(playVisits(maker, visits));
  maker.records = [...begun, ...played];
  maker.pass(HOUR_MS);
  await maker.checkpoint();
  return maker;
}

function answers(isChild: boolean, gives: boolean): Pick<ReceiptFacts, 'givenBy' | 'purposes'> {
  return {
    givenBy: isChild ? 'guardian' : 'visitor',
    purposes: gives ? ['count', 'demographics'] : ['count'],
  };
}

function releaseOf(maker: LedgerMaker, people: number) {
  const change: Record<string, number> = {};
  for (let person = 0; person < people; person += 1) {
    const band = AGE_BANDS[Math.floor(maker.random.number() * AGE_BANDS.length)];
    const gender = GENDERS[Math.floor(maker.random.number() * GENDERS.length)];
    const cell = `${band}/${gender}`;
    change[cell] = (change[cell] ?? 0) + 1;
  }
  return { people, change };
}
