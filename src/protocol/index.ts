/**
 * Protocol: what crosses the wire between tablet, staff screen, phone and server, as zod schemas with their limits.
 * Imports the pure rooms and zod alone. Everything that comes from outside is parsed here once and trusted inside.
 */
export {
  bodyHash,
  KIOSK_REQUEST_TYPE,
  type KioskRequestClaims,
  type KioskRequestFault,
  MAX_CLOCK_SKEW_MS,
  signKioskRequest,
  verifyKioskRequest,
} from './kiosk-auth.ts';
export {
  type KioskConfig,
  kioskConfigSchema,
  type KioskSettings,
  kioskSettingsSchema,
  type PairRequest,
  pairRequestSchema,
  type PairResponse,
  pairResponseSchema,
  publicKeySchema,
  type VisionPreference,
} from './kiosk.ts';
export { type HealthReport, healthReportSchema, KIOSK_STATES, type KioskState } from './health.ts';
export { type EntriesRequest, entriesRequestSchema, headResponseSchema, ledgerRecordSchema, recordBytes } from './ledger.ts';
export { BODY_LIMIT_BYTES, MAX_BATCH_BYTES, MAX_BATCH_RECORDS } from './limits.ts';
export { apiPaths } from './paths.ts';
export { type ReceiptReading, readReceiptDocument } from './receipt-reading.ts';
export {
  type ReceiptAnswer,
  receiptAnswerSchema,
  type ReceiptSecretRequest,
  receiptSecretRequestSchema,
  receiptLinkFragment,
  readReceiptLink,
} from './receipt-page.ts';
export { type Refusal, refusalSchema, REFUSAL_REASONS, type RefusalReason } from './refusal.ts';
export {
  type KioskStatus,
  kioskStatusSchema,
  type SessionAnswer,
  sessionAnswerSchema,
  type SignInRequest,
  signInRequestSchema,
  STAFF_ROLES,
  type StaffRole,
  type Today,
  todaySchema,
} from './staff.ts';
