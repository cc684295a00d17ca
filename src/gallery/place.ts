import { languagesOf, nearestLanguage } from '#i18n';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the gallery shows. */
export interface Place {
  /** Null: the list of all. */
  readonly story: string | null;
  readonly language: string;
  /** Null: as large as the window. */
  readonly size: Size | null;
}

/** Where tablets and phones differ most. */
export const SIZES: readonly Size[] = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
];

/** Reads `?story=choose&language=ar&size=800x1280`, or the same after `#`, which wins. */
export function readPlace({ search, hash }: Pick<Location, 'search' | 'hash'>): Place {
  const named = new URLSearchParams([
    ...new URLSearchParams(search),
    ...new URLSearchParams(hash.replace(/^#/, '')),
  ]);
  const last = (name: string): string | null => named.getAll(name).at(-1) ?? null;
  const [, width, height] = /^(\d+)x(\d+)$/.exec(last('size') ?? '') ?? [];
  return {
    story: last('story') || null,
    language: nearestLanguage([last('language') ?? 'en'], languagesOf('kiosk')),
    size:
      width === undefined || height === undefined ? null : { width: Number(width), height: Number(height) },
  };
}

/** The part of the address after `#` that leads to a place. */
export function showPlace({ story, language, size }: Place): string {
  const named = new URLSearchParams({ language });
  if (story !== null) named.set('story', story);
  if (size !== null) named.set('size', `${size.width}x${size.height}`);
  return `#${named}`;
}
