import { z } from 'zod';
import {
  type ControllerId,
  type IsoTime,
  instantFromIso,
  isRandomId,
  isSha256,
  type KioskId,
  type LookId,
  type PersonId,
  type ReceiptId,
  type Sha256,
  type ShopId,
} from '#values';
import { isLanguage, isSlug, isText } from './field-rules.ts';
import { MAX_TALLY } from './limits.ts';
import './no-eval.ts';

/** What checks a text and gives it as it is, from then on with a type of its own. */
type FieldOf<Text extends string> = z.ZodType<Text, string>;

export const sha256Field = z.string().refine(isSha256) as unknown as FieldOf<Sha256>;
export const isoTimeField = z
  .string()
  .refine((text) => instantFromIso(text) !== null) as unknown as FieldOf<IsoTime>;

const randomIdField = z.string().refine(isRandomId);
export const receiptIdField = randomIdField as unknown as FieldOf<ReceiptId>;
export const lookIdField = randomIdField as unknown as FieldOf<LookId>;
export const kioskIdField = randomIdField as unknown as FieldOf<KioskId>;
export const personIdField = randomIdField as unknown as FieldOf<PersonId>;

const slugField = z.string().refine(isSlug);
export const shopIdField = slugField as unknown as FieldOf<ShopId>;
export const controllerIdField = slugField as unknown as FieldOf<ControllerId>;

export const textField = z.string().refine(isText);
export const languageField = z.string().refine(isLanguage);
/** The form of a compact JWS (RFC 7515, section 7.1); whoever reads it checks its signature. */
export const jwsField = z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);
/** 128 random bits in base64url. */
export const secretField = randomIdField;
/** An RFC 7638 thumbprint. */
export const keyThumbprintField = z.string().regex(/^[\w-]{43}$/);
export const wholeField = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** People of one hour who said no, or left. */
export const tallyField = wholeField.max(MAX_TALLY);
export const dateField = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const hourField = z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3])$/);
export const purposeField = z.enum(['count', 'demographics']);
