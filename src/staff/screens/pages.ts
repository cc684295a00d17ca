/** The pages of who may see more than today, in the order in which they stand. */
export const PAGES = ['today', 'retention'] as const;
export type Page = (typeof PAGES)[number];
