import { describe, expect, it } from 'vitest';
import { INSPECTION_NOTES, INSPECTION_PROBLEMS, type Inspection, type InspectionProblem } from '#protocol';
import { linksOf } from './links.ts';
import { QUESTIONS, type Question, verdictOf } from './verdicts.ts';

function inspectionWith(...problems: readonly InspectionProblem[]): Inspection {
  return {
    controller: {
      country: 'IE',
      impactAssessmentUrl: 'https://quay.example/assessment',
      regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
    },
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

/** What the laws ask that the product is built for, and the questions that answer it. */
const ASKED_BY_LAW: Readonly<Record<string, readonly Question[]>> = {
  'Penalty decision, Shanghai 2021: tell before collecting': ['told'],
  'Penalty decision, Shanghai 2021: consent before the camera opens': ['consent'],
  'Penalty decision, Shanghai 2021: never upload a face': ['upload'],
  'Penalty decision, Shanghai 2021: know and name every supplier': ['suppliers'],
  'Penalty decision, Shanghai 2021: delete provably': ['deletion', 'retention'],
  'Penalty decision, Shanghai 2021: let other shops inspect themselves': ['records'],
  'CRPL 29: purpose, method and scope openly, and consent': ['told', 'consent'],
  'CRPL 29: strictly confidential': ['security', 'operation'],
  'PIPL 6: the least': ['minimum'],
  'PIPL 17: who, purpose, method, kinds, retention and rights, before': ['told'],
  'PIPL 17: in conspicuous, clear and plain language': ['plain'],
  'PIPL 14: voluntary and explicit': ['consent', 'refusing'],
  'PIPL 14: asked again when the purpose changes': ['change'],
  'PIPL 15: withdrawing is as easy': ['withdrawal'],
  'PIPL 16: a no costs nothing': ['refusing', 'access'],
  'PIPL 19: shortest retention': ['retention'],
  'PIPL 21-23: processors, joint and new controllers are named': ['suppliers', 'sale'],
  'PIPL 26: signs': ['signs'],
  'PIPL 28-29: separate consent for each purpose': ['guess'],
  'PIPL 31: guardian under 14': ['children'],
  'PIPL 38-40: nothing leaves the country by default': ['country'],
  'PIPL 44-50: access, copy, correction, portability, complaint': ['rights'],
  'PIPL 47: deletion': ['deletion', 'rights'],
  'PIPL 55-56: impact assessment, kept for three years': ['assessment'],
  'Measures 4: specific purpose, necessity, least impact': ['minimum', 'told'],
  'Measures 5: in plain words, conspicuously': ['plain'],
  'Measures 5: how to exercise rights': ['rights'],
  'Measures 5: tell again on change': ['change'],
  'Measures 5: barrier-free for disabled and elderly people': ['access'],
  'Measures: voluntary, explicit, separate consent, withdrawable': ['consent', 'guess', 'withdrawal'],
  'Measures: guardian under 14': ['children'],
  'Measures: faces stay in the device': ['upload'],
  'Measures: no longer than needed': ['retention'],
  'Measures: impact assessment first': ['assessment'],
  'Measures: another way for those who refuse': ['refusing', 'access'],
  'Measures: filing at 100,000 people': ['filing'],
  'Supreme People’s Court 2021: no face analysis without consent, none bundled or forced': [
    'consent',
    'guess',
    'refusing',
  ],
  'GDPR 4(11), 7: freely given, specific, informed, unambiguous': ['consent', 'refusing', 'told'],
  'GDPR 7(1): demonstrable': ['told', 'records'],
  'GDPR 7(3): withdrawn as easily as given': ['withdrawal'],
  'GDPR 8: children': ['children'],
  'GDPR 9: nobody is identified': ['networks'],
  'GDPR 12: concise and plain': ['plain'],
  'GDPR 13-14: notice': ['told'],
  'GDPR 12-14, 17, 20: rights, erasure, portable copy, complaint': ['rights', 'deletion'],
  'GDPR 25: by design and by default': ['minimum'],
  'GDPR 28: processors': ['suppliers'],
  'GDPR 30: records': ['records'],
  'GDPR 32: security': ['security', 'operation'],
  'GDPR 35: impact assessment': ['assessment'],
  'EDPB 05/2020, 03/2022: granular, no nudging, equal options': ['guess', 'refusing'],
  'EDPB 05/2020, 03/2022: no mazes': ['plain'],
  'AI Act 50: told of a categorisation, nothing sensitive inferred': ['guess'],
  'BIPA, CUBI: release before collection': ['consent'],
  'BIPA, CUBI: published retention schedule': ['retention'],
  'BIPA, CUBI: no sale': ['sale'],
  'ISO/IEC 29184, TS 27560: notices and receipts': ['told', 'records'],
  'ISO 24495-1: plain language': ['plain'],
  'WCAG 2.2, EN 301 549, ADA': ['access'],
};

describe('the questions of a regulator', () => {
  it.each(Object.entries(ASKED_BY_LAW))('answer: %s', (_, questions) => {
    expect(questions).not.toEqual([]);
    for (const question of questions) expect(QUESTIONS).toContain(question);
  });

  it('are asked by some law each', () => {
    expect([...new Set(Object.values(ASKED_BY_LAW).flat())].sort()).toEqual([...QUESTIONS].sort());
  });

  it('lead to the promises and their tests where the way the product is made is the answer', () => {
    const inspection = inspectionWith();
    for (const question of QUESTIONS) {
      if (verdictOf(question, inspection) !== 'designed') continue;
      expect(linksOf(question, inspection), question).toContainEqual({
        word: 'promises',
        href: '/docs/architecture.md',
      });
    }
  });
});

describe('the answers to a regulator', () => {
  it('are yes where nothing is wrong', () => {
    for (const question of QUESTIONS)
      expect(['kept', 'designed', 'yours'], question).toContain(verdictOf(question, inspectionWith()));
  });

  it('are no yes where only the way the product is made, or the shop itself, can answer', () => {
    const notShown = QUESTIONS.filter((question) => verdictOf(question, inspectionWith()) !== 'kept');
    expect(notShown).toEqual([
      'plain',
      'change',
      'upload',
      'suppliers',
      'country',
      'sale',
      'security',
      'guess',
      'deletion',
      'rights',
      'refusing',
      'access',
      'assessment',
      'filing',
      'signs',
      'operation',
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
