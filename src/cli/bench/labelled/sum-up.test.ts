import { describe, expect, it } from 'vitest';
import type { Label } from './read-label.ts';
import { type Answer, sumUp } from './sum-up.ts';

const woman: Label = { ageYears: 30, gender: 'female', ethnicGroup: 'Indian' };
const man: Label = { ageYears: 70, gender: 'male', ethnicGroup: null };
const answer = (label: Label, ageYears: number, said: Answer['said']): Answer => ({ label, ageYears, said });
const groupOf = (answers: readonly Answer[], group: string) =>
  sumUp(answers).find((result) => result.group === group);

describe('the answers about labelled pictures', () => {
  const answers = [
    answer(woman, 34, { band: '25-39', gender: 'female' }),
    answer(woman, 42, { band: '40-59', gender: 'not-sure' }),
    answer(man, 60, { band: 'not-sure', gender: 'female' }),
    { label: man, ageYears: null, said: null },
  ];

  it('are summed up for all, and for each age, gender and ethnic group that is labelled', () => {
    expect(sumUp(answers).map(({ group }) => group)).toEqual([
      'all',
      'age 25-39',
      'age 60-plus',
      'ethnic group Indian',
      'gender female',
      'gender male',
    ]);
  });

  it('err by the mean of the differences, whichever way they go', () => {
    expect(groupOf(answers, 'all')?.meanAgeErrorYears).toBeCloseTo((4 + 12 + 10) / 3);
    expect(groupOf(answers, 'gender female')?.meanAgeErrorYears).toBeCloseTo(8);
  });

  it('are right or wrong only where they say something, and "not sure" is told apart', () => {
    expect(groupOf(answers, 'all')).toMatchObject({
      people: 4,
      found: 3,
      bandRight: 1 / 2,
      genderRight: 1 / 2,
    });
    expect(groupOf(answers, 'all')?.bandNotSure).toBeCloseTo(1 / 3);
    expect(groupOf(answers, 'ethnic group Indian')).toMatchObject({ genderRight: 1, genderNotSure: 1 / 2 });
  });

  it('have no rate where nobody was found', () => {
    expect(sumUp([{ label: man, ageYears: null, said: null }])[0]).toEqual({
      group: 'all',
      people: 1,
      found: 0,
      meanAgeErrorYears: null,
      bandRight: null,
      bandNotSure: null,
      genderRight: null,
      genderNotSure: null,
    });
  });

  it('are nothing for an empty folder', () => {
    expect(sumUp([])).toEqual([]);
  });
});
