/** A chunk or a file of texts of the finished bundle, as far as sizes and precaching ask. */
export interface Chunk {
  readonly fileName: string;
  readonly code: string;
  readonly moduleIds: readonly string[];
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  readonly css: readonly string[];
  readonly isEntry: boolean;
}

export const APPS = ['kiosk', 'staff', 'receipt'] as const;
export type App = (typeof APPS)[number];

/** What the browser needs before it can show an app: the page's entry, the app's own chunk, and all that the two import at once. */
export function firstPageOf(app: App, chunks: readonly Chunk[]): readonly Chunk[] {
  const start = chunks.filter((chunk) => chunk.isEntry).concat(appChunk(app, chunks));
  return reachable(start, chunks, (chunk) => chunk.imports);
}

/** The texts of an app, a file for each language. */
export function textsOf(app: App, chunks: readonly Chunk[]): readonly Chunk[] {
  const file = new RegExp(`/src/i18n/locales/[^/]+/${app}\\.json$`);
  return chunks.filter(({ moduleIds }) => moduleIds.some((id) => file.test(id)));
}

/** Files that only the other apps use. The kiosk's service worker keeps none of them. */
export function filesNotOf(app: App, chunks: readonly Chunk[]): ReadonlySet<string> {
  const all = (start: readonly Chunk[]): readonly Chunk[] =>
    reachable(start, chunks, (chunk) => [...chunk.imports, ...chunk.dynamicImports]);
  const entries = reachable(
    chunks.filter((chunk) => chunk.isEntry),
    chunks,
    (chunk) => chunk.imports,
  );
  const own = filesOf([...entries, ...all([appChunk(app, chunks)])]);
  const others = APPS.filter((name) => name !== app).flatMap((name) => [
    ...all([appChunk(name, chunks)]),
    ...textsOf(name, chunks),
  ]);
  return new Set([...filesOf(others)].filter((file) => !own.has(file)));
}

function appChunk(app: App, chunks: readonly Chunk[]): Chunk {
  const found = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/src/${app}/index.ts`)));
  if (found === undefined) throw new Error(`The bundle has no chunk for src/${app}/index.ts.`);
  return found;
}

function reachable(
  start: readonly Chunk[],
  chunks: readonly Chunk[],
  next: (chunk: Chunk) => readonly string[],
): readonly Chunk[] {
  const seen = new Set(start);
  // A set's iteration goes on to what is added meanwhile.
  for (const chunk of seen) {
    for (const name of next(chunk)) {
      const found = chunks.find(({ fileName }) => fileName === name);
      if (found !== undefined) seen.add(found);
    }
  }
  return [...seen];
}

function filesOf(chunks: readonly Chunk[]): ReadonlySet<string> {
  return new Set(chunks.flatMap(({ fileName, css }) => [fileName, ...css]));
}
