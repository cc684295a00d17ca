/** The groups that UTKFace numbers from 0, in its own words. */
const ETHNIC_GROUPS = ['White', 'Black', 'Asian', 'Indian', 'Others'] as const;
type EthnicGroup = (typeof ETHNIC_GROUPS)[number];

/** What the name of a picture says about the one person in it. */
export interface Label {
  readonly ageYears: number;
  readonly gender: 'male' | 'female';
  /** Null where the name does not tell. */
  readonly ethnicGroup: EthnicGroup | null;
}

/** Older than anybody was: a number that is something else. */
const OLDEST_YEARS = 125;
/** `[age]_[gender]_[group]_rest.jpg`, as UTKFace names its pictures, or `[age]_[gender]_rest.jpg`. Gender: 0 is male, 1 is female. */
const NAME = /^(\d{1,3})_([01])_(?:([0-4])_)?.*\.(jpe?g|png|webp)$/i;

/** Reads a picture's name; null where it is not labelled. Some names in UTKFace lack the group, and then it is not known. */
export function readLabel(fileName: string): Label | null {
  const [, age, gender, group] = NAME.exec(fileName) ?? [];
  if (age === undefined || Number(age) > OLDEST_YEARS) return null;
  return {
    ageYears: Number(age),
    gender: gender === '0' ? 'male' : 'female',
    ethnicGroup: group === undefined ? null : (ETHNIC_GROUPS[Number(group)] ?? null),
  };
}
