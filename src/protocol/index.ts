/**
 * Protocol: what crosses the wire between tablet, staff screen, phone and server, as zod schemas with their limits.
 * Imports the pure rooms and zod alone. Everything that comes from outside is parsed here once and trusted inside.
 */

export {
  controllerIdField,
  isoTimeField,
  kioskIdField,
  personIdField,
  sha256Field,
  shopIdField,
  wholeField,
} from './fields.ts';
export {
  type HealthReport,
  healthReportSchema,
  KIOSK_STATES,
  type KioskState,
  MAX_NAME_IN_HEALTH,
} from './health.ts';
export {
  type FoundProblem,
  INSPECTION_NOTES,
  INSPECTION_PROBLEMS,
  type InspectedKiosk,
  type Inspection,
  type InspectionNote,
  type InspectionPeriod,
  type InspectionProblem,
  inspectionPeriodSchema,
  inspectionSchema,
} from './inspection.ts';
export {
  type Brand,
  brandSchema,
  controllerSchema,
  type KioskConfig,
  type KioskSettings,
  kioskConfigSchema,
  kioskSettingsSchema,
  noticeSchema,
  type PairRequest,
  type PairResponse,
  pairRequestSchema,
  pairResponseSchema,
  publicKeySchema,
  shopSchema,
  type VisionPreference,
} from './kiosk.ts';
export {
  bodyHash,
  KIOSK_REQUEST_TYPE,
  type KioskRequestClaims,
  type KioskRequestFault,
  MAX_CLOCK_SKEW_MS,
  signKioskRequest,
  verifyKioskRequest,
  verifyKioskRequestHead,
} from './kiosk-auth.ts';
export {
  type EntriesRequest,
  entriesRequestSchema,
  headResponseSchema,
  isSendable,
  ledgerRecordSchema,
  readCheckpoint,
  readEntriesRequest,
  recordBytes,
  recordSchemas,
} from './ledger.ts';
export {
  BODY_LIMIT_BYTES,
  MAX_BATCH_BYTES,
  MAX_BATCH_RECORDS,
  MAX_BUTTON,
  MAX_CHECKPOINT_CHARS,
  MAX_CLOCK_OFFSET_MS,
  MAX_OPEN_MS,
  MAX_PARTIES,
  MAX_PEOPLE_IN_LOOK,
  MAX_RECEIPT_CHARS,
  MAX_TALLY,
} from './limits.ts';
export { isLogo } from './logo.ts';
export { apiPaths } from './paths.ts';
export { receiptCopy, receiptCopyName } from './receipt-copy.ts';
export { readClosedReceipt } from './receipt-form.ts';
export { readPastedReceipt, readReceiptLink, receiptLinkFragment } from './receipt-link.ts';
export {
  type ReceiptAnswer,
  type ReceiptSecretRequest,
  receiptAnswerSchema,
  receiptSecretRequestSchema,
} from './receipt-page.ts';
export { type ReceiptReading, readReceiptDocument } from './receipt-reading.ts';
export { type OwnPlace, ownPlaces, type ReceiptTextReader, receiptTextReader } from './receipt-texts.ts';
export { receiptInWords } from './receipt-words.ts';
export { readRecordText } from './record-text.ts';
export { type Refusal, refusalSchema } from './refusal.ts';
export { REFUSAL_REASONS, type RefusalReason } from './refusal-reasons.ts';
export {
  type RetentionAnswer,
  type RetentionRecord,
  retentionAnswerSchema,
  retentionRecordSchema,
  SHOWN_DUE_DATES,
} from './retention.ts';
export { CLOCK_BELIEVED, SERVER_CLOCK_HEADER, SERVER_TIME_HEADER } from './server-clock.ts';
export {
  type KioskStatus,
  kioskStatusSchema,
  LIVE_BEAT_MS,
  LIVE_EVENTS,
  type LiveBeat,
  liveBeatSchema,
  type NewPerson,
  newPersonSchema,
  type PairingCodeAnswer,
  type PeopleAnswer,
  type Person,
  pairingCodeSchema,
  peopleSchema,
  type SessionAnswer,
  type SignInLinkAnswer,
  type SignInRequest,
  STAFF_ROLES,
  type StaffRole,
  sessionAnswerSchema,
  signInLinkSchema,
  signInRequestSchema,
  staffWithdrawalSchema,
  type Today,
  todaySchema,
} from './staff.ts';
export {
  type NewShop,
  newShopSchema,
  type StaffPinAnswer,
  staffPinSchema,
  type Terms,
  type TermsAnswer,
  type TermsChange,
  type TermsPreview,
  type TermsPublication,
  termsAnswerSchema,
  termsChangeSchema,
  termsPreviewSchema,
  termsPublicationSchema,
  termsSchema,
} from './terms.ts';
