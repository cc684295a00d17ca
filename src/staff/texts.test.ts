import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AGE_BANDS, GENDERS } from '#counting';
import { FACT_NAMES, GAPS, SUPPLIERS, TOUCHES } from '#inspection';
import { LOOK_ENDINGS, WITHDRAWAL_PLACES } from '#ledger';
import {
  healthReportSchema,
  INSPECTION_NOTES,
  INSPECTION_PROBLEMS,
  kioskStatusSchema,
  REFUSAL_REASONS,
  STAFF_ROLES,
} from '#protocol';
import { FAULT_GROUPS } from './check-file/fault-group.ts';
import { WHYS } from './entrance/entrance.ts';
import { faultOf, STAFF_FAULTS } from './faults.ts';
import { NOTED_REFUSALS } from './inspection/use-refusals.ts';
import { QUESTIONS, VERDICTS } from './inspection/verdicts.ts';
import { SECTIONS } from './sections/sections.ts';
import { PAPERS, SURROUNDINGS } from './shop/draft.ts';
import { TIME_CHANGES } from './shop/kept-times.ts';
import { MARKS } from './shop/notice-lines.ts';
import { FACT_GROUPS, FACTS } from './shop/said-facts.ts';
import { WRONGS } from './shop/wrong.ts';

type Texts = { readonly [key: string]: string | Texts };

// Vitest runs in the project's folder.
const localesDir = 'src/i18n/locales';
const textsIn = (language: string) =>
  JSON.parse(readFileSync(join(localesDir, language, 'staff.json'), 'utf8')) as Texts;
const languages = readdirSync(localesDir).filter((language) =>
  existsSync(join(localesDir, language, 'staff.json')),
);

/** Every key with its text, plural forms as one. */
function flat(texts: Texts, above = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[`${above}${key}`, text]] : flat(text, `${above}${key}.`),
  );
}
const keysOf = (texts: Texts) =>
  new Set(flat(texts).map(([key]) => key.replace(/_(zero|one|two|few|many|other)$/, '')));

const vision = healthReportSchema.shape.vision.unwrap().shape;
const CLOSED_SETS: Record<string, readonly string[]> = {
  role: STAFF_ROLES,
  fault: STAFF_FAULTS,
  'signIn.why': WHYS,
  'kiosks.condition': kioskStatusSchema.shape.condition.options,
  'kiosks.meaning': kioskStatusSchema.shape.condition.options,
  'kiosks.problem': healthReportSchema.shape.problem.unwrap().options,
  'kiosks.backend': [...vision.backend.options, 'none'],
  'kiosks.reason': vision.reason.options,
  band: AGE_BANDS,
  gender: GENDERS,
  sections: SECTIONS.map(({ id }) => id),
  'inspection.problem': INSPECTION_PROBLEMS.flatMap((problem) => [`${problem}.what`, `${problem}.todo`]),
  'inspection.note': INSPECTION_NOTES.flatMap((note) => [`${note}.what`, `${note}.todo`]),
  'inspection.question': QUESTIONS.flatMap((question) => [`${question}.ask`, `${question}.how`]),
  'inspection.verdict': VERDICTS,
  'inspection.ending': LOOK_ENDINGS,
  'inspection.place': WITHDRAWAL_PLACES,
  'inspection.refusal': [...NOTED_REFUSALS, 'other'],
  'inspection.touch': [...TOUCHES, 'nothing'],
  'inspection.runsIn': SUPPLIERS.map(({ runsIn }) => runsIn),
  'check.group': FAULT_GROUPS,
  'terms.field': Object.values(FACTS).flat(),
  'terms.group': FACT_GROUPS,
  'terms.wrong': WRONGS,
  'terms.times': TIME_CHANGES,
  'terms.mark': MARKS,
  'terms.surroundings': SURROUNDINGS,
  'terms.paper': PAPERS,
  'check.fact': FACT_NAMES,
  'check.gap': GAPS,
};

describe.each(languages)('the staff texts in %s', (language) => {
  const texts = textsIn(language);

  it('say the same things as the English ones', () => {
    expect([...keysOf(texts)].sort()).toEqual([...keysOf(textsIn('en'))].sort());
  });

  it('are never empty', () => {
    for (const [key, text] of flat(texts)) expect(text.trim(), key).not.toBe('');
  });

  it.each(Object.entries(CLOSED_SETS))('have words for every %s', (set, values) => {
    const keys = keysOf(texts);
    for (const value of values) expect(keys, `${set}.${value}`).toContain(`${set}.${value}`);
  });

  it('have the plural forms that the language needs', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const keys = new Set(flat(texts).map(([key]) => key));
    for (const plural of [
      'kiosks.waitingCount',
      'released.people',
      'retention.rule.link',
      'retention.rule.receipt',
      'terms.look',
      'terms.newNotices',
      'terms.same',
    ]) {
      for (const form of forms) expect(keys).toContain(`${plural}_${form}`);
    }
  });
});

it('has a fault in our words for every refusal of the server', () => {
  for (const reason of REFUSAL_REASONS) expect(STAFF_FAULTS).toContain(faultOf(reason));
});
