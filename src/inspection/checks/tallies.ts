import { localHour } from '#counting';
import { instantFromIso } from '#values';
import type { Check } from '../item.ts';

const DATE_CHARS = 'YYYY-MM-DD'.length;

/** The tally of an hour is closed once, and only when the hour is over by the shop's own clock. */
export const checkTallies: Check = ({ shop, closedHours, figures }, item) => {
  if (item.kind !== 'tally-closed' || item.body === null) return null;
  const { hour, declined, left } = item.body;
  // The form of the text is known; this refuses a 31st of February.
  if (instantFromIso(`${hour}:00:00.000Z`) === null) return 'tally-hour-wrong';
  const date = hour.slice(0, DATE_CHARS);
  const bit = 1 << Number(hour.slice(DATE_CHARS + 1));
  const closed = closedHours.get(date) ?? 0;
  if ((closed & bit) !== 0) return 'tally-twice';
  if (hour >= localHour(item.at.time, shop.timeZone)) return 'tally-too-early';
  closedHours.set(date, closed | bit);
  figures.tallies.closed += 1;
  figures.tallies.declined += declined;
  figures.tallies.left += left;
  return null;
};
