import { describe, expect, it } from 'vitest';
import { INSPECTION_NOTES, INSPECTION_PROBLEMS, type Inspection, type InspectionProblem } from '#protocol';
import { QUESTIONS, verdictOf } from './verdicts.ts';

function inspectionWith(...problems: readonly InspectionProblem[]): Inspection {
  return {
    controller: { country: 'IE', impactAssessmentUrl: 'https://quay.example/assessment' },
    looks: { opened: 1 },
    receipts: { issued: 1 },
    releases: { made: 1 },
    withdrawals: { made: 1 },
    retention: { lastRun: '2026-03-02T10:00:00.000Z' },
    kiosks: [{ entries: 5 }],
    software: { parts: 1, networks: [], versions: {} },
    notes: [],
    problems: problems.map((problem) => ({ problem, count: 1, kiosk: null, seq: null, time: null })),
  } as unknown as Inspection;
}

describe('the answers to a regulator', () => {
  it('are yes where nothing is wrong', () => {
    for (const question of QUESTIONS)
      expect(['kept', 'designed', 'yours'], question).toContain(verdictOf(question, inspectionWith()));
  });

  it('are no yes where only the way the product is made, or the shop itself, can answer', () => {
    const notShown = QUESTIONS.filter((question) => verdictOf(question, inspectionWith()) !== 'kept');
    expect(notShown).toEqual([
      'change',
      'upload',
      'suppliers',
      'country',
      'sale',
      'guess',
      'deletion',
      'refusing',
      'access',
      'assessment',
      'filing',
      'signs',
    ]);
  });

  it.each(INSPECTION_PROBLEMS)('are no in one place where %s was found', (problem) => {
    const broken = QUESTIONS.filter((question) => verdictOf(question, inspectionWith(problem)) === 'broken');
    expect(broken).toHaveLength(1);
  });

  it.each(INSPECTION_NOTES)('are no plain yes in one place where %s was noted', (note) => {
    const noted = { ...inspectionWith(), notes: [{ note }] } as Inspection;
    expect(QUESTIONS.filter((question) => verdictOf(question, noted) === 'noted')).toHaveLength(1);
    const broken = { ...inspectionWith('look-uncovered', 'fork'), notes: [{ note }] } as Inspection;
    expect(QUESTIONS.filter((question) => verdictOf(question, broken) === 'noted')).toEqual([]);
  });

  it('are not yes where nothing shows it', () => {
    const empty = {
      ...inspectionWith(),
      looks: { opened: 0 },
      receipts: { issued: 0 },
      software: null,
    } as Inspection;
    for (const question of ['told', 'consent', 'suppliers', 'networks'] as const) {
      expect(verdictOf(question, empty), question).toBe('unknown');
    }
  });
});
