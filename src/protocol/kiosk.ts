import { z } from 'zod';
import type { Controller, Notice, Shop } from '#consent';
import {
  controllerIdField,
  isoTimeField,
  kioskIdField,
  languageField,
  receiptIdField,
  secretField,
  shopIdField,
  textField,
  wholeField,
} from './fields.ts';
import { MAX_PARTIES } from './limits.ts';
import { isLogo } from './logo.ts';

/** The public half of a device key: ECDSA P-256 (RFC 7518, section 6.2.1). */
export const publicKeySchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[\w-]{43}$/),
  y: z.string().regex(/^[\w-]{43}$/),
});

export const pairResponseSchema = z.strictObject({
  kioskId: kioskIdField,
  shopId: shopIdField,
  controllerId: controllerIdField,
});
export type PairResponse = z.infer<typeof pairResponseSchema>;

/** The body is signed like every kiosk request, which proves that the sender holds the private half. */
export const pairRequestSchema = z.strictObject({
  publicKey: publicKeySchema,
  /** The code that an administrator reads out. Left out on a demo server, where the same machine pairs at once. */
  code: z.string().min(1).max(64).optional(),
  /** What this tablet was told when it was paired before: a server that was put back to an older backup may not know it any more. */
  pairedAs: pairResponseSchema.optional(),
});
export type PairRequest = z.infer<typeof pairRequestSchema>;

const detailSchema = z.strictObject({ question: textField, answer: textField });
const noticeTextsSchema = z.strictObject({
  title: textField,
  who: detailSchema,
  what: detailSchema,
  why: detailSchema,
  howLong: detailSchema,
  demographics: detailSchema,
  optional: textField.optional(),
  ageQuestion: textField,
  older: textField,
  younger: textField,
  notMe: textField.optional(),
  guardianQuestion: textField,
  guardianAgree: textField,
  agree: textField,
  decline: textField,
  details: z.array(detailSchema).max(40),
});

export const noticeSchema = z.strictObject({
  id: textField,
  version: textField,
  controllerId: controllerIdField,
  jurisdiction: textField,
  language: languageField,
  texts: noticeTextsSchema,
}) satisfies z.ZodType<Notice>;

const partySchema = z.strictObject({ name: textField, address: textField, contact: textField });

export const controllerSchema = partySchema.extend({
  id: controllerIdField,
  country: z.string().regex(/^[A-Z]{2}$/),
  regulator: z.strictObject({ name: textField, url: textField }),
  laws: z.array(textField).max(10),
  retention: z.strictObject({ linkDays: wholeField, receiptYears: wholeField }),
  jointWith: z.array(partySchema).max(MAX_PARTIES).optional(),
  processors: z.array(partySchema).max(MAX_PARTIES).optional(),
  impactAssessmentUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .optional(),
}) satisfies z.ZodType<Controller>;

export const shopSchema = z.strictObject({
  id: shopIdField,
  name: textField,
  timeZone: textField,
  languages: z.array(languageField).min(1).max(40),
}) satisfies z.ZodType<Shop>;

/** The time on a clock, `09:30`. */
const clockField = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** What a shop's pages look like, within the limits of what can be read. */
export const brandSchema = z.strictObject({
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  /** A PNG or WebP in base64url. */
  logo: z.string().refine(isLogo, 'must be a PNG or WebP of at most 64 KB').optional(),
});
export type Brand = z.infer<typeof brandSchema>;

const VISION_PREFERENCES = ['auto', 'webgl', 'wasm'] as const;
const RECEIPT_PAPERS = ['58mm', '80mm'] as const;
export type VisionPreference = (typeof VISION_PREFERENCES)[number];

export const kioskSettingsSchema = z.strictObject({
  /** Under this age a parent or guardian must say yes. */
  ageOfConsent: wholeField.max(21),
  /** k of promise 7. */
  releaseMin: wholeField.min(10),
  /** A screen that nobody touches goes back to attract after this. */
  idleSeconds: wholeField.min(5).max(600),
  vision: z.enum(VISION_PREFERENCES),
  /** The paper of the receipt printer at the kiosk. Left out where there is none. */
  receiptPaper: z.enum(RECEIPT_PAPERS).optional(),
  /** Opens the numbers on the tablet itself: PBKDF2-SHA-256 of the PIN. */
  staffPin: z.strictObject({
    salt: secretField,
    iterations: wholeField,
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  /** While the shop is open its tablets stay awake, and after that they dim. By the shop's own clock; always open where left out. */
  openingHours: z.strictObject({ from: clockField, to: clockField }).optional(),
  /** Colours for a dark room or a bright one; left out, the tablet's own setting decides. */
  surroundings: z.enum(['bright', 'dark']).optional(),
  /** The shop's own look; ours where left out. */
  brand: brandSchema.optional(),
  /** Where phones reach this server: `https://host`, no slash at the end. */
  publicUrl: z.url().max(200),
});
export type KioskSettings = z.infer<typeof kioskSettingsSchema>;

/** All that comes down to a tablet. Kept there, so that no visit ever waits for it. */
export const kioskConfigSchema = z.strictObject({
  serverTime: isoTimeField.optional(),
  shop: shopSchema,
  controller: controllerSchema,
  settings: kioskSettingsSchema,
  /** The notice in force for each of the shop's languages. */
  notices: z.array(noticeSchema).min(1).max(40),
  /** Receipts of this kiosk that were withdrawn elsewhere and that its ledger does not yet show as withdrawn. */
  withdrawals: z
    .array(z.strictObject({ receiptId: receiptIdField, place: z.enum(['phone', 'staff']) }))
    .max(10_000),
});
export type KioskConfig = z.infer<typeof kioskConfigSchema>;
