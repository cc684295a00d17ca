import { z } from 'zod';
import type { EntryKind, LedgerRecord } from '#ledger';
import {
  controllerIdField,
  controllerSchema,
  isoTimeField,
  kioskIdField,
  MAX_CHECKPOINT_CHARS,
  noticeSchema,
  publicKeySchema,
  recordSchemas,
  sha256Field,
  shopIdField,
  shopSchema,
  wholeField,
} from '#protocol';

export const EXPORT_TYPE = 'askfirst-export';
export const EXPORT_VERSION = 1;

const headerLine = z.strictObject({
  type: z.literal(EXPORT_TYPE),
  version: z.literal(EXPORT_VERSION),
  made: isoTimeField,
});
const controllerLine = controllerSchema.extend({ type: z.literal('controller') });
const shopLine = shopSchema.extend({ type: z.literal('shop'), controllerId: controllerIdField });
const noticeLine = z.strictObject({
  type: z.literal('notice'),
  hash: sha256Field,
  shopId: shopIdField,
  notice: noticeSchema,
});
const kioskLine = z.strictObject({
  type: z.literal('kiosk'),
  kioskId: kioskIdField,
  shopId: shopIdField,
  controllerId: controllerIdField,
  publicKey: publicKeySchema,
});
const checkpointLine = z.strictObject({
  type: z.literal('checkpoint'),
  checkpoint: z.string().max(MAX_CHECKPOINT_CHARS),
});
const endLine = z.strictObject({ type: z.literal('end'), lines: wholeField, sha256: sha256Field });

const lineSchemas = {
  [EXPORT_TYPE]: headerLine,
  controller: controllerLine,
  shop: shopLine,
  notice: noticeLine,
  kiosk: kioskLine,
  checkpoint: checkpointLine,
  end: endLine,
} as const;

export type KioskLine = z.infer<typeof kioskLine>;
export type CheckpointLine = z.infer<typeof checkpointLine>;
export type RecordLine = LedgerRecord & { readonly type: 'record' };

/** One line of an export. */
export type ExportLine = z.infer<(typeof lineSchemas)[keyof typeof lineSchemas]> | RecordLine;

const recordLine = z.literal('record');
const recordLines = Object.fromEntries(
  Object.entries(recordSchemas).map(([kind, schema]) => [kind, schema.extend({ type: recordLine })]),
) as unknown as Readonly<Record<EntryKind, z.ZodType<RecordLine>>>;

/** The schema that a parsed line must meet, found by its type and kind so that only one is tried; null where there is none. */
function schemaFor(value: unknown): z.ZodType<ExportLine> | null {
  const type = textAt(value, 'type');
  if (type === 'record') {
    const kind = textAt(at(value, 'entry'), 'kind');
    return kind !== null && Object.hasOwn(recordLines, kind) ? recordLines[kind as EntryKind] : null;
  }
  if (type === null || !Object.hasOwn(lineSchemas, type)) return null;
  return lineSchemas[type as keyof typeof lineSchemas] as unknown as z.ZodType<ExportLine>;
}

/** A line as a value of its type, or null where it is none. */
export function readExportLine(value: unknown): ExportLine | null {
  const parsed = schemaFor(value)?.safeParse(value);
  return parsed?.success === true ? parsed.data : null;
}

function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

function textAt(value: unknown, key: string): string | null {
  const text = at(value, key);
  return typeof text === 'string' ? text : null;
}
