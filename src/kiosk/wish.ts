/** What somebody tapped on the attract screen before the tablet was open. */
export type Wish = 'start' | 'staff' | 'take-back';

/** What happened on the attract screen until the tablet was open. */
export interface Glanced {
  /** The language that the screen is in: the shop's first one, or another that somebody picked. */
  readonly language: string;
  readonly wish: Wish | null;
}
