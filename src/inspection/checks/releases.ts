import { K_MIN } from '#counting';
import type { Check } from '../item.ts';

/** As many people as go stay at least, or whoever knows who waited would know who went. */
const LEAST_WAITING = 2;

/**
 * Ages and genders leave the tablet for at least k people at a time, drawn from twice as many who gave them, were counted and did not take their
 * yes back.
 */
export const checkReleases: Check = (kiosk, item) => {
  if (item.kind !== 'release') return null;
  kiosk.figures.releases += 1;
  if (item.body === null) return null;
  const { people, change } = item.body;
  if (people < K_MIN) return 'release-too-small';
  const sum = Object.values(change).reduce((total, more) => total + more, 0);
  if (sum !== people) return 'release-sum-wrong';
  const { waiting } = kiosk.answers;
  if (people > waiting) return 'release-too-large';
  if (LEAST_WAITING * people > waiting) return 'release-too-soon';
  kiosk.answers.release(people);
  kiosk.figures.releasedPeople += people;
  return null;
};
