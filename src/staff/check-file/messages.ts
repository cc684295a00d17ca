import type { CheckOutcome } from '#inspection';

/** From the page to its worker: one file, which stays where it is. */
export interface CheckRequest {
  readonly file: File;
}

/** From the worker to the page. */
export type CheckMessage =
  | { readonly type: 'progress'; readonly bytes: number }
  | { readonly type: 'outcome'; readonly outcome: CheckOutcome }
  /** The file could not be read to its end, as when it was deleted meanwhile. */
  | { readonly type: 'failed' };
