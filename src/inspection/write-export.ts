import { type Controller, hashNotice, type Notice, type Shop } from '#consent';
import type { LedgerRecord } from '#ledger';
import {
  type ControllerId,
  canonicalJson,
  type Instant,
  type Json,
  type JsonObject,
  type KioskId,
  type ShopId,
  toIso,
} from '#values';
import { EXPORT_TYPE, EXPORT_VERSION } from './export-format.ts';
import type { Hashing } from './hashing.ts';

type Several<Item> = Iterable<Item> | AsyncIterable<Item>;

export interface ExportedKiosk {
  readonly kioskId: KioskId;
  readonly shopId: ShopId;
  readonly controllerId: ControllerId;
  readonly publicKey: JsonObject;
  /** In order, from the first entry on. */
  readonly records: Several<LedgerRecord>;
  /** Signed checkpoints, in any order. */
  readonly checkpoints: Several<string>;
}

/** What goes into an export: everything that an inspector needs, and no more. */
export interface ExportContent {
  readonly made: Instant;
  readonly controllers: readonly Controller[];
  readonly shops: readonly (Shop & { readonly controllerId: ControllerId })[];
  /** Every notice that an entry or a receipt names, and those in force, by the shop that shows or showed it. */
  readonly notices: readonly { readonly shopId: ShopId; readonly notice: Notice }[];
  readonly kiosks: Several<ExportedKiosk>;
}

/** The lines of an export, each with its line break, ready to be written as UTF-8. Nothing is kept, so that it may be of any length. */
export async function* writeExport(
  content: ExportContent,
  hashing: Pick<Hashing, 'sha256Stream'>,
): AsyncGenerator<string> {
  const utf8 = new TextEncoder();
  const hash = hashing.sha256Stream();
  let lines = 0;
  for await (const value of linesOf(content)) {
    const line = lineOf(value);
    hash.update(utf8.encode(line));
    lines += 1;
    yield line;
  }
  yield lineOf({ type: 'end', lines, sha256: hash.digest() });
}

async function* linesOf(content: ExportContent): AsyncGenerator<object> {
  yield { type: EXPORT_TYPE, version: EXPORT_VERSION, made: toIso(content.made) };
  for (const controller of content.controllers) yield { ...controller, type: 'controller' };
  for (const shop of content.shops) yield { ...shop, type: 'shop' };
  for (const { shopId, notice } of content.notices) {
    yield { type: 'notice', hash: hashNotice(notice), shopId, notice };
  }
  for await (const { records, checkpoints, ...kiosk } of content.kiosks) {
    yield { ...kiosk, type: 'kiosk' };
    for await (const { entry, body } of records) yield { type: 'record', entry, body };
    for await (const checkpoint of checkpoints) yield { type: 'checkpoint', checkpoint };
  }
}

function lineOf(value: object): string {
  return `${canonicalJson(value as Json)}\n`;
}

/** Lines are gathered to pieces of about this many characters, so that a million of them are not a million writes. */
const PIECE_CHARS = 64 * 1024;

/** The same text in fewer pieces. */
export async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const line of lines) {
    piece += line;
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
