import { z } from 'zod';
import { isText } from './field-rules.ts';
import {
  controllerIdField,
  isoTimeField,
  languageField,
  sha256Field,
  shopIdField,
  textField,
  wholeField,
} from './fields.ts';
import { controllerSchema, kioskSettingsSchema, noticeSchema, shopSchema } from './kiosk.ts';
import { MAX_PARTIES } from './limits.ts';

/** Longest of what an officer writes in one field: a receipt carries several of them. */
const MAX_WORDS = 200;
const MAX_LINK_DAYS = 365;
const MAX_RECEIPT_YEARS = 30;
/** Under it a guardian says yes whatever a shop would like (PIPL, Article 31). Where the law has another age, whoever runs the server sets it. */
const MIN_AGE_OF_CONSENT = 14;
const MAX_AGE_OF_CONSENT = 21;
/** As long as people have at least to say that they need more time (WCAG 2.2, success criterion 2.2.1). */
const MIN_IDLE_SECONDS = 20;
const MAX_IDLE_SECONDS = 600;

/**
 * Controls, breaks between lines, what turns the direction of the words around it, and what shows as nothing: names could pass for others, or hide
 * what comes after. But for the two signs that some scripts join their letters with.
 */
const UNSEEN =
  /(?![\u200C\u200D])[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\p{Default_Ignorable_Code_Point}]/u;
const SEEN = /[\p{L}\p{N}]/u;
/** Something must be said, in one line; blanks say nothing. */
const wordsField = z
  .string()
  .trim()
  .min(1)
  .max(MAX_WORDS)
  .refine((text) => isText(text) && SEEN.test(text) && !UNSEEN.test(text));
/** An address that is shown as a link and stands in receipts: nothing in it is blank or cannot be seen. */
const addressField = z
  .url({ protocol: /^https?$/ })
  .max(MAX_WORDS)
  .regex(/^[^\s\p{C}]+$/u);
const partySchema = z.strictObject({ name: wordsField, address: wordsField, contact: wordsField });
const partiesField = z.array(partySchema).max(MAX_PARTIES).optional();

/** What officers say to visitors, and how they ask: of the company, in all of its shops; of one shop; of the tablets there. */
export const termsSchema = z.strictObject({
  controller: partySchema.extend({
    regulator: z.strictObject({ name: wordsField, url: addressField }),
    retention: z.strictObject({
      linkDays: wholeField.min(1).max(MAX_LINK_DAYS),
      receiptYears: wholeField.min(1).max(MAX_RECEIPT_YEARS),
    }),
    jointWith: partiesField,
    processors: partiesField,
    impactAssessmentUrl: addressField.optional(),
  }),
  shop: z.strictObject({ name: wordsField, languages: shopSchema.shape.languages }),
  settings: kioskSettingsSchema.pick({ openingHours: true, surroundings: true, receiptPaper: true }).extend({
    ageOfConsent: wholeField.min(MIN_AGE_OF_CONSENT).max(MAX_AGE_OF_CONSENT),
    idleSeconds: wholeField.min(MIN_IDLE_SECONDS).max(MAX_IDLE_SECONDS),
  }),
});
export type Terms = z.infer<typeof termsSchema>;

/** What an officer wants, and what they saw when they began to change it: what somebody else changed meanwhile is not undone unseen. */
export const termsChangeSchema = z.strictObject({ revision: sha256Field, terms: termsSchema });
export type TermsChange = z.infer<typeof termsChangeSchema>;

/** The same to be published, with the plan that its author was shown: nothing else comes into force, in whichever shop. */
export const termsPublicationSchema = termsChangeSchema.extend({ plan: sha256Field });
export type TermsPublication = z.infer<typeof termsPublicationSchema>;

/** The terms of a shop as they stand. They may be older than the bounds above, which hold for what is newly said. */
export const termsAnswerSchema = z.strictObject({
  /** SHA-256 of all that the controller, the shop and its settings say. */
  revision: sha256Field,
  terms: z.strictObject({
    controller: controllerSchema.omit({ id: true, country: true, laws: true }),
    shop: shopSchema.pick({ name: true, languages: true }),
    settings: kioskSettingsSchema.pick({
      ageOfConsent: true,
      idleSeconds: true,
      openingHours: true,
      surroundings: true,
      receiptPaper: true,
    }),
  }),
  /** What whoever runs the server set, and only they change: receipts and ledgers that are there would not fit any more. */
  fixed: z.strictObject({
    controllerId: controllerIdField,
    shopId: shopIdField,
    country: controllerSchema.shape.country,
    laws: controllerSchema.shape.laws,
    timeZone: textField,
    publicUrl: textField,
    releaseMin: wholeField,
  }),
  /** Every shop of the controller, by name: what the company says is said in all of them. */
  shops: z.array(textField).min(1),
  /** The languages that visitors can be asked in, by BCP 47 tag. */
  languages: z.array(languageField).min(1),
  /** The notice in force for each language of the shop, in their order. */
  notices: z.array(
    z.strictObject({
      language: languageField,
      version: textField,
      hash: sha256Field,
      publishedAt: isoTimeField,
    }),
  ),
});
export type TermsAnswer = z.infer<typeof termsAnswerSchema>;

/** What visitors would read if terms were published: each notice that would be new, in every shop of the controller. */
export const termsPreviewSchema = z.strictObject({
  /** SHA-256 of which shops would get which notices. */
  plan: sha256Field,
  notices: z.array(
    z.strictObject({
      shop: textField,
      language: languageField,
      version: textField,
      /** The texts in force; null where the shop did not speak this language. */
      before: noticeSchema.shape.texts.nullable(),
      after: noticeSchema.shape.texts,
    }),
  ),
});
export type TermsPreview = z.infer<typeof termsPreviewSchema>;

/** One more shop of a controller. All else it takes from another of its shops, and can be changed then. */
export const newShopSchema = z.strictObject({
  copyOf: shopIdField,
  name: wordsField,
  timeZone: z.string().min(1).max(64),
  languages: shopSchema.shape.languages,
});
export type NewShop = z.infer<typeof newShopSchema>;

/** Opens the numbers on the tablets of a shop. Shown once: only its hash is kept. */
export const staffPinSchema = z.strictObject({ shopId: shopIdField, pin: z.string().regex(/^\d{4,12}$/) });
export type StaffPinAnswer = z.infer<typeof staffPinSchema>;
