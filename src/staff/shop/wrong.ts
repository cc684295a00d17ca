import { termsSchema } from '#protocol';

/** What can be wrong with a field. Closed: each has its words under `terms.wrong` in the texts. */
export const WRONGS = ['empty', 'too-long', 'signs', 'number', 'web-address', 'time', 'language'] as const;
export type Wrong = (typeof WRONGS)[number];

/** The least and the most that a field takes. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const { retention } = termsSchema.shape.controller.shape;
const { ageOfConsent, idleSeconds } = termsSchema.shape.settings.shape;

/** The bounds of the numbers, as the schema has them. */
export const RANGES = {
  linkDays: rangeOf(retention.shape.linkDays),
  receiptYears: rangeOf(retention.shape.receiptYears),
  ageOfConsent: rangeOf(ageOfConsent),
  idleSeconds: rangeOf(idleSeconds),
} satisfies Record<string, Range>;

/** Our word for what the schema found at a field. */
export function wrongOf(path: string, code: string, value: unknown): Wrong {
  const name = path.split('.').at(-1) ?? '';
  if (path === 'shop.languages') return 'language';
  if (name in RANGES) return 'number';
  if (path.startsWith('settings.openingHours')) return 'time';
  if (typeof value === 'string' && value.trim() === '') return 'empty';
  if (code === 'too_big') return 'too-long';
  return name.toLowerCase().endsWith('url') ? 'web-address' : 'signs';
}

function rangeOf({ minValue, maxValue }: { minValue: number | null; maxValue: number | null }): Range {
  return { from: minValue ?? 0, to: maxValue ?? Number.MAX_SAFE_INTEGER };
}
