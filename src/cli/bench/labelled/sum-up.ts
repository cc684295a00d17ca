import { bandOfAge, type Demographics } from '#counting';
import type { Label } from './read-label.ts';

/** What the kiosk would have said of a labelled picture. */
export interface Answer {
  readonly label: Label;
  /** Mean over the frames; null where no single face was found. */
  readonly ageYears: number | null;
  readonly said: Demographics | null;
}

/** How right the answers are for one group of people. Shares are of those in whom a face was found, and null where there are none. */
export interface GroupResult {
  readonly group: string;
  readonly people: number;
  readonly found: number;
  readonly meanAgeErrorYears: number | null;
  /** Of those of whom a band was said. */
  readonly bandRight: number | null;
  readonly bandNotSure: number | null;
  /** Of those of whom a gender was said. */
  readonly genderRight: number | null;
  readonly genderNotSure: number | null;
}

/** All together, then by true age, gender and, where labelled, ethnic group. */
export function sumUp(answers: readonly Answer[]): readonly GroupResult[] {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    for (const group of groupsOf(answer.label)) {
      const members = groups.get(group);
      if (members === undefined) groups.set(group, [answer]);
      else members.push(answer);
    }
  }
  return [...groups]
    .toSorted(([a], [b]) => (a === 'all' ? -1 : b === 'all' ? 1 : a.localeCompare(b)))
    .map(([group, members]) => resultOf(group, members));
}

function groupsOf({ ageYears, gender, ethnicGroup }: Label): readonly string[] {
  const byLabel = [`age ${bandOfAge(ageYears)}`, `gender ${gender}`];
  return ['all', ...byLabel, ...(ethnicGroup === null ? [] : [`ethnic group ${ethnicGroup}`])];
}

function resultOf(group: string, answers: readonly Answer[]): GroupResult {
  const found = answers.flatMap(({ label, ageYears, said }) =>
    ageYears === null || said === null ? [] : [{ label, ageYears, said }],
  );
  const banded = found.filter(({ said }) => said.band !== 'not-sure');
  const gendered = found.filter(({ said }) => said.gender !== 'not-sure');
  const error = found.reduce((sum, { label, ageYears }) => sum + Math.abs(ageYears - label.ageYears), 0);
  return {
    group,
    people: answers.length,
    found: found.length,
    meanAgeErrorYears: share(error, found.length),
    bandRight: share(
      banded.filter(({ label, said }) => said.band === bandOfAge(label.ageYears)).length,
      banded.length,
    ),
    bandNotSure: share(found.length - banded.length, found.length),
    genderRight: share(
      gendered.filter(({ label, said }) => said.gender === label.gender).length,
      gendered.length,
    ),
    genderNotSure: share(found.length - gendered.length, found.length),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
