import { K_MIN } from '#counting';
import type { Check } from '../item.ts';

/** Ages and genders leave the tablet for at least k people at a time, and never for more people than gave them and were counted. */
export const checkReleases: Check = (kiosk, item) => {
  if (item.kind !== 'release') return null;
  kiosk.figures.releases += 1;
  if (item.body === null) return null;
  const { people, change } = item.body;
  if (people < K_MIN) return 'release-too-small';
  const sum = Object.values(change).reduce((total, more) => total + more, 0);
  if (sum !== people) return 'release-sum-wrong';
  if (kiosk.figures.releasedPeople + people > kiosk.demographicsCounted) return 'release-too-large';
  kiosk.figures.releasedPeople += people;
  return null;
};
