import { z } from 'zod';
import { hourField, tallyField, textField, wholeField } from './fields.ts';

/** `resting`: it cannot serve visitors, and `problem` says why. */
export const KIOSK_STATES = ['ready', 'resting'] as const;
export type KioskState = (typeof KIOSK_STATES)[number];

/** The names of a program and of a graphics chip. Nothing longer is taken, so that nothing else can be sent as one. */
export const MAX_NAME_IN_HEALTH = 200;
const nameField = textField.max(MAX_NAME_IN_HEALTH);

/** Sent on start, every minute, and at once when a tally or the state changes. Anonymous. */
export const healthReportSchema = z.strictObject({
  state: z.enum(KIOSK_STATES),
  problem: z
    .enum([
      'storage-full',
      'storage-lost',
      'vision-unavailable',
      'camera-failing',
      'crashed',
      'not-paired',
      'forked',
      'server-behind',
    ])
    .nullable(),
  version: nameField,
  vision: z
    .strictObject({
      backend: z.enum(['webgl', 'wasm']),
      reason: z.enum([
        'chosen-by-setting',
        'not-timed-yet',
        'webgl-faster',
        'wasm-faster',
        'webgl-too-slow',
        'no-webgl',
        'no-wasm',
        'context-lost',
      ]),
      renderer: nameField,
      /** What one frame takes on blank input, where it was timed. */
      frameMs: z.strictObject({ webgl: wholeField.nullable(), wasm: wholeField.nullable() }),
    })
    .nullable(),
  /** Entries that wait to be sent. */
  waiting: wholeField,
  /** Hours whose tally is not closed in the ledger yet, current values. */
  tallies: z.array(z.strictObject({ hour: hourField, declined: tallyField, left: tallyField })).max(24 * 40),
});
export type HealthReport = z.infer<typeof healthReportSchema>;
