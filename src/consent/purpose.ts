/** What a visitor can say yes to. `demographics` is never asked or given without `count`. */
export type Purpose = 'count' | 'demographics';
