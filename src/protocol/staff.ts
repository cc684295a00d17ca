import { z } from 'zod';
import { SECOND_MS } from '#values';
import { isText } from './field-rules.ts';
import {
  dateField,
  hourField,
  isoTimeField,
  kioskIdField,
  personIdField,
  receiptIdField,
  secretField,
  shopIdField,
  textField,
  wholeField,
} from './fields.ts';
import { healthReportSchema } from './health.ts';

export const STAFF_ROLES = ['staff', 'officer', 'administrator'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** The token comes from the link's fragment, works once, and travels only in this body. */
export const signInRequestSchema = z.strictObject({ token: secretField });
export type SignInRequest = z.infer<typeof signInRequestSchema>;

export const sessionAnswerSchema = z.strictObject({
  name: textField,
  role: z.enum(STAFF_ROLES),
  shops: z.array(z.strictObject({ id: shopIdField, name: textField })).min(1),
});
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

const MAX_NAME_LENGTH = 100;

/** Somebody who is to be let in. */
export const newPersonSchema = z.strictObject({
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH).refine(isText),
  role: z.enum(STAFF_ROLES),
});
export type NewPerson = z.infer<typeof newPersonSchema>;

/** Everybody of a controller, by name. */
export const peopleSchema = z.strictObject({
  people: z.array(
    z.strictObject({
      id: personIdField,
      name: textField,
      role: z.enum(STAFF_ROLES),
      /** The one who asks. */
      isYou: z.boolean(),
    }),
  ),
});
export type PeopleAnswer = z.infer<typeof peopleSchema>;
export type Person = PeopleAnswer['people'][number];

/** Signs its person in once, within a day. What does so is the fragment, which no server and no log sees. */
export const signInLinkSchema = z.strictObject({ link: z.url({ protocol: /^https?$/ }) });
export type SignInLinkAnswer = z.infer<typeof signInLinkSchema>;

/** A receipt that its holder asks staff to take back: what stands in its link. */
export const staffWithdrawalSchema = z.strictObject({ receiptId: receiptIdField, secret: secretField });

/** Lets one tablet in, within a quarter of an hour. */
export const pairingCodeSchema = z.strictObject({ code: textField });
export type PairingCodeAnswer = z.infer<typeof pairingCodeSchema>;

export const kioskStatusSchema = z.strictObject({
  id: kioskIdField,
  name: textField,
  pairedAt: isoTimeField,
  /** Null until the kiosk has reported for the first time. */
  lastSeen: isoTimeField.nullable(),
  /** `ailing`: it asks, and cannot do all that it asks for. `silent`: not heard of for longer than a few reports. `fork`: two tablets use one key. */
  condition: z.enum(['well', 'ailing', 'resting', 'silent', 'fork', 'revoked']),
  health: healthReportSchema.omit({ tallies: true }).nullable(),
});
export type KioskStatus = z.infer<typeof kioskStatusSchema>;

/** Today of one shop. Sent whole on each change: it is small, and nothing can be missed. */
export const todaySchema = z.strictObject({
  shop: z.strictObject({ id: shopIdField, name: textField, timeZone: textField }),
  date: dateField,
  asOf: isoTimeField,
  hours: z
    .array(z.strictObject({ hour: hourField, counted: wholeField, declined: wholeField, left: wholeField }))
    .length(24),
  /** Age and gender of everyone released so far; releases carry no day finer than their own. */
  released: z.strictObject({ people: wholeField, cells: z.record(z.string(), wholeField) }),
  kiosks: z.array(kioskStatusSchema),
});
export type Today = z.infer<typeof todaySchema>;

/** Names of the events of a shop's live stream. */
export const LIVE_EVENTS = { today: 'today', beat: 'beat' } as const;
/** A stream on which nothing changes still tells as often as this that it lives; a screen that hears nothing for longer is not live. */
export const LIVE_BEAT_MS = 15 * SECOND_MS;
/** Data of a `beat`: what was sent last still holds at this time. */
export const liveBeatSchema = z.strictObject({ asOf: isoTimeField });
export type LiveBeat = z.infer<typeof liveBeatSchema>;
