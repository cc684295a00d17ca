/** Looking for pictures in what was stored or sent: by the first bytes of every format that a browser can make, raw or in base64. */
const SIGNATURES: readonly (readonly [string, Buffer])[] = [
  ['JPEG', Buffer.from([0xff, 0xd8, 0xff])],
  ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ['WebP', Buffer.from('WEBPVP')],
  ['GIF', Buffer.from('GIF8')],
  ['BMP', Buffer.from('BM6')],
  ['WebM', Buffer.from([0x1a, 0x45, 0xdf, 0xa3])],
  ['data URL', Buffer.from('data:image')],
  ['base64 JPEG', Buffer.from('/9j/')],
  ['base64 PNG', Buffer.from('iVBORw0KGgo')],
];

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
    const found = SIGNATURES.filter(([, signature]) => bytes.includes(signature)).map(
      ([name]) => `${name} in ${where}`,
    );
    const isRaw = bytes.length >= SMALLEST_RAW_FRAME_BYTES && !isText(bytes);
    return isRaw ? [...found, `${bytes.length} raw bytes in ${where}`] : found;
  });
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes) && !bytes.includes(0);
}
