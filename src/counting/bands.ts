/** Wide on purpose: the network's mean error is several years, so a narrow band would claim more than it knows. */
export const AGE_BANDS = ['under-25', '25-39', '40-59', '60-plus', 'not-sure'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

export const GENDERS = ['female', 'male', 'not-sure'] as const;
export type Gender = (typeof GENDERS)[number];

/** One square of the age and gender table. */
export type Cell = `${AgeBand}/${Gender}`;

export function cellOf(band: AgeBand, gender: Gender): Cell {
  return `${band}/${gender}`;
}

/** The band of an age in years. */
export function bandOfAge(years: number): Exclude<AgeBand, 'not-sure'> {
  if (years < 25) return 'under-25';
  if (years < 40) return '25-39';
  return years < 60 ? '40-59' : '60-plus';
}
