import type { ReceiptFacts } from '#consent';
import { AGE_BANDS, GENDERS, K_MIN, localHour } from '#counting';
import type { LedgerRecord } from '#ledger';
import { HOUR_MS, instant, MINUTE_MS, type ReceiptId, SECOND_MS } from '#values';
import type { LedgerMaker } from './ledger-maker.ts';

/** How often, of a hundred visits, each thing happens. */
export const USUAL = {
  retry: 6,
  interrupted: 2,
  nobody: 5,
  group: 10,
  child: 6,
  demographics: 50,
  withdrawn: 5,
} as const;
type Percent = Readonly<Record<keyof typeof USUAL, number>>;
/** Everybody comes alone, gives all and is counted, so that nobody makes up in the sums for somebody who is missing from them. */
export const ALL_GIVE: Percent = {
  retry: 0,
  interrupted: 0,
  nobody: 0,
  group: 0,
  child: 0,
  demographics: 100,
  withdrawn: 0,
};
const VISITS_PER_CLOCK_CHANGE = 400;
const LARGEST_CORRECTION_MS = 40 * SECOND_MS;
const LONGEST_PAUSE_MS = 10 * MINUTE_MS;

/** Plays visits of every kind with everything between them, and gives the records of each as they come, so that none are kept. */
export async function* playVisits(
  maker: LedgerMaker,
  visits: number,
  percent: Percent = USUAL,
): AsyncGenerator<LedgerRecord> {
  const recent: { readonly id: ReceiptId; readonly givesAlone: boolean }[] = [];
  let waiting = 0;
  let offsetMs = 0;
  let openHour = localHour(maker.now, maker.shop.timeZone);
  const chance = (of: number): boolean => maker.random.number() * 100 < of;

  for (let visit = 1; visit <= visits; visit += 1) {
    const people = chance(percent.group) ? 2 + Math.floor(maker.random.number() * 3) : 1;
    const ids: ReceiptId[] = [];
    let givesAlone = false;
    for (let person = 0; person < people; person += 1) {
      const isChild = chance(percent.child);
      const gives = !isChild && chance(percent.demographics);
      // Of a group nobody's age and gender is estimated.
      givesAlone = gives && people === 1;
      ids.push(await maker.yes((facts) => ({ ...facts, ...answers(isChild, gives) })));
      maker.pass(3 * SECOND_MS);
    }
    if (chance(percent.interrupted)) maker.look(ids, { ending: 'interrupted', openMs: null, framesSeen: 0 });
    else if (chance(percent.nobody)) maker.look(ids, { ending: 'nobody', framesSeen: 12 });
    else {
      if (chance(percent.retry)) {
        maker.look(ids, { ending: 'too-many-people', framesRefused: 2 });
        maker.pass(6 * SECOND_MS);
      }
      const lookId = maker.look(ids);
      for (const id of ids) maker.count(lookId, id);
      if (givesAlone) waiting += 1;
      recent.push(...ids.map((id) => ({ id, givesAlone })));
    }
    const [oldest] = recent.length > 50 ? recent.splice(0, recent.length - 50) : [];
    if (oldest !== undefined && chance(percent.withdrawn)) {
      maker.withdraw(oldest.id);
      // Also after their release: then somebody else takes their place.
      if (oldest.givesAlone) waiting -= 1;
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
export async function playAll(
  maker: LedgerMaker,
  visits: number,
  percent: Percent = USUAL,
): Promise<LedgerMaker> {
  const begun = maker.records;
  maker.records = [];
  const played = await Array.fromAsync(playVisits(maker, visits, percent));
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
