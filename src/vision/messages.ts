/** What page and worker say to each other. */
import type { KeptWeights } from './weights.ts';

export interface SeenFace {
  /** In parts of the frame, 0 to 1. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly score: number;
  /** Null unless the frame's people agreed to it. */
  readonly estimate: { readonly ageYears: number; readonly femaleProbability: number } | null;
}

/** A face in one of several frames. */
export interface WatchedFace extends SeenFace {
  /** How much it differs from what stood in its place in earlier frames, in multiples of the picture's noise. */
  readonly stir: number;
}

/** What is asked of one frame. */
export interface Ask {
  /** For frames with at most this many faces, age and gender are estimated; 0 for never. */
  readonly demographicsOf: number;
  /** Since the first frame that the same window cut; 0 for that one, from which on everything is compared. */
  readonly atMs: number;
}

export type Backend = 'webgl' | 'wasm';

/** How long one frame takes on blank input, in milliseconds; null where that is not known. */
export type FrameMs = Readonly<Record<Backend, number | null>>;

/** Which backend counts here, and why that one. */
export interface VisionReport {
  readonly backend: Backend;
  readonly reason:
    | 'chosen-by-setting'
    | 'not-timed-yet'
    | 'webgl-faster'
    | 'wasm-faster'
    /** It was not ready in the time that it had: software that draws compiles for seconds. */
    | 'webgl-too-slow'
    | 'no-webgl'
    | 'no-wasm'
    | 'context-lost';
  /** The name that the graphics driver gives itself. */
  readonly renderer: string;
  readonly frameMs: FrameMs;
}

export type Prefer = 'auto' | Backend;

/** What one worker leaves for the next to get warm with: code and weights, which were there before any picture. */
export interface Kit {
  readonly weights: KeptWeights;
  /** Compiled; null where that worker had no need of it. */
  readonly wasm: WebAssembly.Module | null;
  /** The name that the graphics driver gives itself, which is asked once: to ask is to start it. */
  readonly renderer: string;
}

export type VisionRequest =
  | {
      readonly kind: 'warm-up';
      readonly backend: Backend;
      readonly isTimed: boolean;
      readonly kit: Kit | null;
    }
  | { readonly kind: 'inspect'; readonly frame: ImageBitmap; readonly ask: Ask };

export type VisionAnswer =
  /** `frameMs`: null where it was not timed. */
  | { readonly kind: 'warm'; readonly frameMs: number | null; readonly kit: Kit }
  /** `isFallback`: the graphics context was lost, and WASM went on in its place. */
  | { readonly kind: 'inspected'; readonly faces: readonly WatchedFace[]; readonly isFallback: boolean }
  | { readonly kind: 'failed' };

export interface Numbered<Message> {
  readonly id: number;
  readonly message: Message;
}
