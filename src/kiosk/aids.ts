/** What a visitor set so that the screen suits them. Theirs alone: it goes when the visit is over. */
export interface Aids {
  /** All controls are in the lower part of the screen, for who sits or is small. */
  readonly isLow: boolean;
  /** How large text is, in per cent. */
  readonly textPercent: (typeof TEXT_SIZES)[number];
  /** Each screen is read aloud as it comes. */
  readonly isReadAloud: boolean;
}

/** Up to twice the size (WCAG 2.2, 1.4.4). */
const TEXT_SIZES = [100, 150, 200] as const;

const NONE: Aids = { isLow: false, textPercent: 100, isReadAloud: false };

let aids = NONE;
const listeners = new Set<() => void>();

/** The aids in use, for `useSyncExternalStore`. */
export function currentAids(): Aids {
  return aids;
}

export function onAidsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changeAids(change: Partial<Aids>): void {
  aids = { ...aids, ...change };
  const { dataset } = document.documentElement;
  dataset.text = String(aids.textPercent);
  dataset.low = String(aids.isLow);
  for (const listener of listeners) listener();
}

/** The next visitor finds the screen as it was. */
export function resetAids(): void {
  if (aids !== NONE) changeAids(NONE);
  aids = NONE;
}

/** The next text size: larger, and after the largest the usual one again. */
export function nextTextPercent(now: Aids['textPercent']): Aids['textPercent'] {
  return TEXT_SIZES[TEXT_SIZES.indexOf(now) + 1] ?? TEXT_SIZES[0];
}
