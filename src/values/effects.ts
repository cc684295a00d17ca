import type { Instant } from './instant.ts';

/** What tells the time. Pure rooms get one as an argument. */
export type Clock = () => Instant;

/** Milliseconds since some moment, by a clock that only runs forward, whoever turns the other one. */
export type Elapsed = () => number;

/** What gives `length` bytes that nobody can guess. Pure rooms get one as an argument. */
export type RandomBytes = (length: number) => Uint8Array;
