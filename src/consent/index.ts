/**
 * Consent: purposes, notices, receipts and grants. Pure: no storage, no clock, no page; they come in as arguments.
 * Imports `values` alone. Never opens a camera and never sends anything.
 */
export {
  type Controller,
  namesOfControllers,
  type Party,
  type Shop,
} from './controller.ts';
export {
  GRANT_LIFETIME_MS,
  type Grant,
  type GrantClock,
  type GrantedReceipt,
  grantAfterCommit,
  MAX_LOOK_MS,
  type RedeemRefusal,
  redeemGrant,
} from './grant.ts';
export {
  hashNotice,
  type Notice,
  type NoticeDetail,
  type NoticeFacts,
  type NoticeTemplate,
  type NoticeTexts,
  renderNotice,
} from './notice.ts';
export { noticeFacts } from './notice-facts.ts';
export type { Purpose } from './purpose.ts';
export { type GivenBy, makeReceipt, type ReceiptDocument, type ReceiptFacts } from './receipt.ts';
export {
  keyThumbprint,
  RECEIPT_TYPE,
  type ReceiptVerifier,
  receiptVerifier,
  type SignatureFault,
  signReceipt,
  verifyReceipt,
} from './receipt-signature.ts';
export {
  CODE_LENGTH,
  CODE_LETTERS,
  hashWithdrawalCode,
  makeWithdrawalCode,
  readWithdrawalCode,
  showWithdrawalCode,
  type WithdrawalCode,
} from './withdrawal-code.ts';
