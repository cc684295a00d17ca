import { z } from 'zod';
import { LOOK_ENDINGS, WITHDRAWAL_PLACES } from '#ledger';
import {
  controllerIdField,
  isoTimeField,
  kioskIdField,
  languageField,
  sha256Field,
  shopIdField,
  textField,
  wholeField,
} from './fields.ts';
import { noticeSchema } from './kiosk.ts';
import { REFUSAL_REASONS } from './refusal-reasons.ts';
import { retentionAnswerSchema } from './retention.ts';
import { kioskStatusSchema } from './staff.ts';

/** A date of the shop's own calendar, in this century, that exists, as `2026-11-24`. */
const dateField = z
  .string()
  .regex(/^20\d{2}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text));

/** Both days are in the period. */
export const inspectionPeriodSchema = z
  .strictObject({ from: dateField, to: dateField })
  .refine(({ from, to }) => from <= to);
export type InspectionPeriod = z.infer<typeof inspectionPeriodSchema>;

/** All that can be found wrong with what the server holds, the gravest first. Each has its words and what to do about it. */
export const INSPECTION_PROBLEMS = [
  /** The camera was open for somebody whose yes is not in the ledger before it. */
  'look-uncovered',
  /** The server counts on a look that is in no ledger. */
  'look-not-in-ledger',
  /** The camera was open for longer than a yes allows. */
  'look-too-long',
  /** The check that anybody can run says that a yes, a look or a count may not be as it stands in the ledger. */
  'rule-broken',
  /** The program holds a network that is none of ours. */
  'network-unknown',
  'demographics-of-child',
  'chain-broken',
  'checkpoint-wrong',
  /** That check calls the ledger wrong in another way. */
  'ledger-wrong',
  /** That check ends at something that is told in other words, and says nothing of what comes after. */
  'not-checked-after',
  /** Staff are shown other numbers than the ledgers add up to. */
  'numbers-differ',
  /** The server's own ledger of what it deleted is not whole. */
  'retention-ledger-wrong',
  'fork',
  'release-too-small',
  'receipt-notice-unknown',
  'withdrawal-late',
  'retention-late',
  'refused',
  'kiosk-silent',
  'checkpoint-missing',
] as const;
export type InspectionProblem = (typeof INSPECTION_PROBLEMS)[number];

const problemSchema = z.strictObject({
  problem: z.enum(INSPECTION_PROBLEMS),
  count: wholeField,
  /** The kiosk that it was found at. */
  kiosk: z.strictObject({ id: kioskIdField, name: textField }).nullable(),
  /** The first entry that is wrong. */
  seq: wholeField.nullable(),
  /** Since when, or when it was last seen. */
  time: isoTimeField.nullable(),
  /** What the check of the ledger calls it: one of `FAULT_REASONS`. */
  reason: textField.nullable(),
});
export type FoundProblem = z.infer<typeof problemSchema>;

/** What a ledger can leave open although nothing in it is wrong: somebody should look. Each has the name that the check of a file gives it. */
export const INSPECTION_NOTES = [
  /** Looks of which only the kiosk's word says that the camera was off for most of the time until they were closed. */
  'long-looks',
  'look-late-and-interrupted',
  'look-open-at-end',
  'no-entries',
] as const;

const noteSchema = z.strictObject({
  note: z.enum(INSPECTION_NOTES),
  kiosk: z.strictObject({ id: kioskIdField, name: textField }),
  count: wholeField,
  /** How long they lasted together, where that is what is open. */
  milliseconds: wholeField.nullable(),
});
export type InspectionNote = z.infer<typeof noteSchema>;

const kioskSchema = z.strictObject({
  id: kioskIdField,
  name: textField,
  pairedAt: isoTimeField,
  lastSeen: isoTimeField.nullable(),
  condition: kioskStatusSchema.shape.condition,
  entries: wholeField,
  isChainWhole: z.boolean(),
  /** The newest head that the kiosk signed. */
  checkpoint: z
    .strictObject({ seq: wholeField, time: isoTimeField.nullable(), isVerified: z.boolean() })
    .nullable(),
  /** The longest time of the period in which it wrote nothing: it was off, or nobody came. Null where it wrote nothing at all. */
  longestPause: z.strictObject({ from: isoTimeField, to: isoTimeField }).nullable(),
  /** What the server did not take from it in the period, by reason. */
  refusals: z.partialRecord(z.enum(REFUSAL_REASONS), wholeField),
});
export type InspectedKiosk = z.infer<typeof kioskSchema>;

/** How long something took, of those of which it is known. */
const timesSchema = z.strictObject({
  timed: wholeField,
  medianMs: wholeField.nullable(),
  longestMs: wholeField.nullable(),
});

/**
 * What the server holds of one shop, added up. Figures of visits are of the period, and of whole days alone. Ages and genders are in none:
 * releases are told by their number and size, of all time.
 */
export const inspectionSchema = z.strictObject({
  controller: z.strictObject({
    id: controllerIdField,
    name: textField,
    contact: textField,
    country: textField,
    regulator: z.strictObject({ name: textField, url: textField }),
    /** Those who decide together with it, and those who work for it. */
    jointWith: z.array(textField),
    processors: z.array(textField),
    impactAssessmentUrl: textField.nullable(),
  }),
  /** Of all its shops and of all time. */
  ofController: z.strictObject({ shops: wholeField, receiptsKept: wholeField }),
  shop: z.strictObject({ id: shopIdField, name: textField, timeZone: textField }),
  from: dateField,
  to: dateField,
  asOf: isoTimeField,
  /** The gravest first; empty where all is well. */
  problems: z.array(problemSchema),
  /** What the ledgers leave open, of all time. */
  notes: z.array(noteSchema),
  looks: z.strictObject({
    opened: wholeField,
    covered: wholeField,
    /** Milliseconds that the camera was open; looks that were interrupted are not among them. */
    cameraMs: wholeField,
    coveredMs: wholeField,
    byEnding: z.record(z.enum(LOOK_ENDINGS), wholeField),
    /** Opened, and not closed in what the server holds yet. */
    stillOpen: wholeField,
    /** Looks whose bodies were taken out when their time was over: they cannot be checked any more. */
    pruned: wholeField,
  }),
  receipts: z.strictObject({
    issued: wholeField,
    pruned: wholeField,
    byPurpose: z.strictObject({ count: wholeField, demographics: wholeField }),
    byGiver: z.strictObject({ visitor: wholeField, guardian: wholeField }),
    byLanguage: z.record(languageField, wholeField),
  }),
  contributions: wholeField,
  tallies: z.strictObject({ declined: wholeField, left: wholeField }),
  notices: z.array(
    z.strictObject({
      hash: sha256Field,
      version: textField,
      language: languageField,
      isInForce: z.boolean(),
      receipts: wholeField,
      firstUsed: isoTimeField.nullable(),
      lastUsed: isoTimeField.nullable(),
      texts: noticeSchema.shape.texts,
    }),
  ),
  withdrawals: z.strictObject({
    made: wholeField,
    byPlace: z.record(z.enum(WITHDRAWAL_PLACES), wholeField),
    inLedger: wholeField,
    /** From the moment in which it was asked until no number of the server held the person. */
    effect: timesSchema.extend({
      /** Those that came after the link was cut, when nobody could be taken out of a count any more. */
      tooLate: wholeField,
    }),
    /** From that moment until it stood in the kiosk's own ledger: of those that were made elsewhere, and whose entry is not pruned yet. */
    ledger: timesSchema,
  }),
  /** Of all time: a number by period would be one more to subtract. */
  releases: z.strictObject({ made: wholeField, people: wholeField, smallest: wholeField.nullable() }),
  kiosks: z.array(kioskSchema),
  retention: retentionAnswerSchema.pick({ settings: true, lastRun: true, done: true, due: true }),
  /** From the bill of materials that the build wrote; null where there is no build. */
  software: z
    .strictObject({
      parts: wholeField,
      networks: z.array(textField),
      versions: z.record(z.string(), textField),
    })
    .nullable(),
});
export type Inspection = z.infer<typeof inspectionSchema>;
