/** What the finished bundle must not hold, whatever the sources say. Promise 2 of docs/architecture.md: nothing that can recognise a person. */

/** A file of the finished bundle. */
export interface EmittedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Weights by SHA-256 of their bytes, so that a new name does not hide them. */
export interface KnownWeights {
  readonly allowed: ReadonlySet<string>;
  readonly forbidden: ReadonlySet<string>;
}

const ALLOWED_MODELS = ['tiny_face_detector_model', 'age_gender_model'];
const FORBIDDEN_NAMES = /face_recognition|ssd_mobilenet|face_landmark|face_expression|mtcnn|tiny_yolo/i;
const WEIGHT_ENDINGS = /\.(bin|onnx|tflite|pb|weights)$|-shard\d+$/;
const MANIFEST_ENDING = /weights_manifest\.json$/;
const DESCRIPTOR_USE =
  /computeFaceDescriptor|faceRecognitionNet|loadFaceRecognitionModel|withFaceDescriptors?\b|FaceMatcher|LabeledFaceDescriptors|createFaceRecognitionNet/i;

/** Places from which a browser would fetch something by itself, with another origin in them. */
const FOREIGN_FETCHES = {
  html: /<(?:script|img|iframe|link|source|video|audio)\b[^>]*\b(?:src|href)\s*=\s*["']?(?:https?:)?\/\/[^\s"'>]+/gi,
  css: /(?:@import\s+|url\(\s*)["']?(?:https?:)?\/\/[^\s"')]+/gi,
  js: /(?:\bfrom\s*|\bimport\s*\(?\s*|importScripts\(\s*|new Worker\(\s*|new EventSource\(\s*|new WebSocket\(\s*|\bfetch\(\s*|\.src\s*=\s*)["'`](?:https?:|wss?:)?\/\/[^"'`]+/gi,
} as const;
const FONT_AND_CODE_HOSTS = /fonts\.(?:googleapis|gstatic)\.com|use\.typekit\.net|cdnjs\.cloudflare\.com/gi;

/** Whether a file of the face-api.js package is one that the project may ship. */
export function isAllowedModel(name: string): boolean {
  return ALLOWED_MODELS.some((model) => name === `${model}.bin` || name === `${model}-weights_manifest.json`);
}

/** Whether a file of the bundle is part of a network. */
export function isModel(path: string): boolean {
  return WEIGHT_ENDINGS.test(path) || MANIFEST_ENDING.test(path);
}

/** Weights in the bundle that may not be there: known ones under any name, and any that are not known. */
export function forbiddenWeights(
  files: readonly EmittedFile[],
  known: KnownWeights,
  hash: (bytes: Uint8Array) => string,
): readonly string[] {
  return files
    .filter(({ path, bytes }) => {
      const sum = hash(bytes);
      if (known.forbidden.has(sum) || FORBIDDEN_NAMES.test(path)) return true;
      return isModel(path) && !known.allowed.has(sum);
    })
    .map(
      ({ path }) =>
        `${path} holds weights of a network that is not the tiny face detector or the age and gender network.`,
    );
}

/** Uses of the face descriptor in our own sources. The library's own bundle holds the words, but nothing of ours may call them. */
export function descriptorUses(
  sources: readonly { readonly path: string; readonly text: string }[],
): readonly string[] {
  return sources.flatMap(({ path, text }) => {
    const use = DESCRIPTOR_USE.exec(text)?.[0];
    return use === undefined ? [] : [`${path} uses ${use}: AskFirst recognises nobody.`];
  });
}

/** Other origins that the page would fetch from. Best effort: the server's Content-Security-Policy is what stops them. */
export function foreignOrigins(files: readonly EmittedFile[]): readonly string[] {
  return files.flatMap(({ path, bytes }) => {
    const kind = /\.(html|css|js)$/.exec(path)?.[1] as keyof typeof FOREIGN_FETCHES | undefined;
    if (kind === undefined) return [];
    const text = new TextDecoder().decode(bytes);
    const found = [...text.matchAll(FOREIGN_FETCHES[kind]), ...text.matchAll(FONT_AND_CODE_HOSTS)];
    return found.map(([use]) => `${path} would fetch from another origin: ${use}`);
  });
}
