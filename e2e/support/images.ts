/**
 * Looking for pictures in what was stored or sent: by the headers of every format that a browser can make, raw or in base64.
 * Each is more than four bytes of text, or four of any value: fewer turn up by chance in the base64 of a receipt.
 */
const HEADERS: readonly Header[] = [
  { name: 'JPEG', parts: [bytesAt(0, [0xff, 0xd8, 0xff]), bytesAt(4, [0])] },
  { name: 'PNG', parts: [bytesAt(0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])] },
  { name: 'WebP', parts: [textAt(0, 'RIFF'), textAt(8, 'WEBPVP8')] },
  { name: 'GIF', parts: [textAt(0, 'GIF8'), textAt(5, 'a')] },
  // Between the size of the file and the length of the second header: four zeros that are reserved, an offset below 65,536.
  {
    name: 'BMP',
    parts: [textAt(0, 'BM'), bytesAt(6, [0, 0, 0, 0]), bytesAt(12, [0, 0]), bytesAt(15, [0, 0, 0])],
  },
  { name: 'WebM', parts: [bytesAt(0, [0x1a, 0x45, 0xdf, 0xa3])] },
  { name: 'data URL', parts: [textAt(0, 'data:image')] },
  { name: 'base64 JPEG', parts: [textAt(0, '/9j/4AAQ')] },
  { name: 'base64 JPEG', parts: [textAt(0, '/9j/2wBD')] },
  { name: 'base64 PNG', parts: [textAt(0, 'iVBORw0KGgo')] },
];

interface Part {
  readonly offset: number;
  readonly bytes: Buffer;
}

interface Header {
  readonly name: string;
  readonly parts: readonly [Part, ...Part[]];
}

function bytesAt(offset: number, bytes: readonly number[]): Part {
  return { offset, bytes: Buffer.from(bytes) };
}

function textAt(offset: number, text: string): Part {
  return { offset, bytes: Buffer.from(text) };
}

/** Raw pixels have no signature; but nothing that a visit stores or sends is this large, and a frame in the smallest useful size is. */
const SMALLEST_RAW_FRAME_BYTES = 64 * 64;

export interface Kept {
  readonly where: string;
  readonly bytes: Buffer;
  /** Larger than a raw frame for a good reason: our own files in the service worker's cache. */
  readonly isOwnFile?: boolean;
}

/** What looks like a picture among what was kept, in words. Our own files are matched to what the server serves instead. */
export function findPictures(kept: readonly Kept[]): string[] {
  return kept.flatMap(({ where, bytes, isOwnFile = false }) => {
    if (isOwnFile) return [];
    const found = HEADERS.filter((header) => holds(bytes, header)).map(({ name }) => `${name} in ${where}`);
    const isRaw = bytes.length >= SMALLEST_RAW_FRAME_BYTES && !isText(bytes);
    return isRaw ? [...found, `${bytes.length} raw bytes in ${where}`] : found;
  });
}

/** Whether the header stands anywhere in the bytes. */
function holds(bytes: Buffer, { parts: [first, ...rest] }: Header): boolean {
  for (let start = bytes.indexOf(first.bytes); start >= 0; start = bytes.indexOf(first.bytes, start + 1)) {
    const isThere = ({ offset, bytes: part }: Part) =>
      bytes.subarray(start + offset, start + offset + part.length).equals(part);
    if (rest.every(isThere)) return true;
  }
  return false;
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes) && !bytes.includes(0);
}
