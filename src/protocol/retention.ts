import { z } from 'zod';
import {
  controllerIdField,
  dateField,
  isoTimeField,
  secretField,
  sha256Field,
  textField,
  wholeField,
} from './fields.ts';

/** How many dates ahead are told; the rest would only be the same again. */
export const SHOWN_DUE_DATES = 7;

const dueDatesField = z.array(z.strictObject({ date: dateField, count: wholeField })).max(SHOWN_DUE_DATES);

const sumsSchema = z.strictObject({
  linksCut: wholeField,
  receiptsDeleted: wholeField,
  bodiesPruned: wholeField,
  /** Withdrawals whose receipts never came, of the whole server: they name no controller. */
  waitingDeleted: wholeField,
  /** Notes of refused batches. */
  refusalsDeleted: wholeField,
});

/** A line of the ledger in which the server writes down what it deleted for a controller. */
export const retentionRecordSchema = z.strictObject({
  entry: z.strictObject({
    seq: wholeField,
    previous: sha256Field,
    time: isoTimeField,
    kind: z.literal('retention-run'),
    bodyHash: sha256Field,
  }),
  // Entries of before say nothing of the last two.
  body: sumsSchema.partial({ waitingDeleted: true, refusalsDeleted: true }).extend({
    controllerId: controllerIdField,
    cutoff: isoTimeField,
    receiptCutoff: isoTimeField,
    salt: secretField,
  }),
});
export type RetentionRecord = z.infer<typeof retentionRecordSchema>;

/** What an officer sees of the retention of their own controller. Sums and dates: nothing of one person. */
export const retentionAnswerSchema = z.strictObject({
  controller: z.strictObject({ id: controllerIdField, name: textField }),
  asOf: isoTimeField,
  settings: z.strictObject({ linkDays: wholeField, receiptYears: wholeField }),
  /** When what was due was last looked for and done, whether there was anything or not; null before the first time. */
  lastRun: isoTimeField.nullable(),
  /** The newest run that changed something, as the ledger has it. */
  lastChange: sumsSchema.extend({ time: isoTimeField }).nullable(),
  done: sumsSchema,
  /** The next dates on which something is due, on the calendar of the shops; today also for what is late. */
  due: z.strictObject({ links: dueDatesField, receipts: dueDatesField }),
  /** The newest entry of the controller's own chain. */
  head: z.strictObject({ seq: wholeField, hash: sha256Field }).nullable(),
  /** Whether that chain, read from its first entry on, is as it was written. */
  isChainWhole: z.boolean(),
});
export type RetentionAnswer = z.infer<typeof retentionAnswerSchema>;
