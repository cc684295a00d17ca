/** What somebody tapped on the attract screen before the tablet was open. */
export type Wish = 'start' | 'staff' | 'take-back';

/** What happened on the attract screen until the tablet was open. */
export interface Glanced {
  readonly wish: Wish | null;
}
