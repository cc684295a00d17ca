import { z } from 'zod';
import {
  apiPaths,
  entriesRequestSchema,
  headResponseSchema,
  healthReportSchema,
  inspectionSchema,
  kioskConfigSchema,
  newPersonSchema,
  newShopSchema,
  pairingCodeSchema,
  pairRequestSchema,
  pairResponseSchema,
  peopleSchema,
  receiptAnswerSchema,
  receiptSecretRequestSchema,
  retentionAnswerSchema,
  sessionAnswerSchema,
  signInLinkSchema,
  signInRequestSchema,
  staffPinSchema,
  staffWithdrawalSchema,
  termsAnswerSchema,
  termsChangeSchema,
  termsPreviewSchema,
  termsPublicationSchema,
  todaySchema,
} from '#protocol';

export type Caller = 'kiosk' | 'staff' | 'anyone';

/** One thing that the API does. Without `answer` its success says nothing: 204. */
export interface Operation {
  readonly id: string;
  readonly path: string;
  readonly method: 'get' | 'post' | 'delete';
  readonly summary: string;
  readonly caller: Caller;
  readonly query?: readonly string[];
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
  readonly mediaType?: string;
  /** Further answers that are no refusal. */
  readonly also?: Readonly<Record<number, { readonly description: string }>>;
}

/** All that the API does, for its description. A test holds it against the routes that the server really has. */
export const operations: readonly Operation[] = [
  {
    id: 'pairKiosk',
    path: apiPaths.pair,
    method: 'post',
    summary: 'Let a kiosk in',
    caller: 'kiosk',
    body: pairRequestSchema,
    answer: pairResponseSchema,
  },
  {
    id: 'readHead',
    path: apiPaths.head,
    method: 'get',
    summary: "Newest entry of this kiosk's ledger that the server holds",
    caller: 'kiosk',
    answer: headResponseSchema,
  },
  {
    id: 'sendEntries',
    path: apiPaths.entries,
    method: 'post',
    summary: 'Send entries: all are kept, or none',
    caller: 'kiosk',
    body: entriesRequestSchema,
    answer: headResponseSchema,
  },
  {
    id: 'reportHealth',
    path: apiPaths.health,
    method: 'post',
    summary: 'Report health and open tallies',
    caller: 'kiosk',
    body: healthReportSchema,
  },
  {
    id: 'readConfig',
    path: apiPaths.config,
    method: 'get',
    summary: 'Shop, notices, settings, withdrawals made elsewhere; with an ETag',
    caller: 'kiosk',
    answer: kioskConfigSchema,
    also: { 304: { description: 'Not changed since the ETag in If-None-Match' } },
  },
  {
    id: 'signIn',
    path: apiPaths.session,
    method: 'post',
    summary: 'Sign in with the token of a sign-in link, which works once',
    caller: 'anyone',
    body: signInRequestSchema,
  },
  {
    id: 'readSession',
    path: apiPaths.session,
    method: 'get',
    summary: 'Who is signed in, and for which shops',
    caller: 'staff',
    answer: sessionAnswerSchema,
  },
  {
    id: 'signOut',
    path: apiPaths.session,
    method: 'delete',
    summary: 'Sign out',
    caller: 'staff',
  },
  {
    id: 'withdrawForVisitor',
    path: apiPaths.staffWithdrawals,
    method: 'post',
    summary: 'Take a receipt back for a visitor who shows it',
    caller: 'staff',
    body: staffWithdrawalSchema,
    answer: receiptAnswerSchema,
  },
  {
    id: 'readToday',
    path: withParameter(apiPaths.today, 'shopId'),
    method: 'get',
    summary: 'Today of a shop',
    caller: 'staff',
    answer: todaySchema,
  },
  {
    id: 'watchToday',
    path: withParameter(apiPaths.live, 'shopId'),
    method: 'get',
    summary:
      'Server-Sent Events: today of a shop in each event `today`, at once and on each change; `beat` where nothing changed',
    caller: 'staff',
    answer: todaySchema,
    mediaType: 'text/event-stream',
  },
  {
    id: 'revokeKiosk',
    path: withParameter((shopId) => apiPaths.revokeKiosk(shopId, '{kioskId}'), 'shopId'),
    method: 'post',
    summary: 'Shut a lost tablet out for good; for officers and administrators',
    caller: 'staff',
  },
  {
    id: 'makePairingCode',
    path: withParameter(apiPaths.pairingCodes, 'shopId'),
    method: 'post',
    summary: 'A code that lets one tablet in, within a quarter of an hour; for administrators',
    caller: 'staff',
    answer: pairingCodeSchema,
  },
  {
    id: 'readPeople',
    path: apiPaths.people,
    method: 'get',
    summary: "Who may sign in for the person's controller; for administrators",
    caller: 'staff',
    answer: peopleSchema,
  },
  {
    id: 'letPersonIn',
    path: apiPaths.people,
    method: 'post',
    summary: 'Let somebody in: a link that signs them in once, within a day; for administrators',
    caller: 'staff',
    body: newPersonSchema,
    answer: signInLinkSchema,
  },
  {
    id: 'makeSignInLink',
    path: withParameter(apiPaths.signInLinks, 'personId'),
    method: 'post',
    summary: 'A new link for somebody; for administrators',
    caller: 'staff',
    answer: signInLinkSchema,
  },
  {
    id: 'removePerson',
    path: withParameter(apiPaths.person, 'personId'),
    method: 'delete',
    summary: 'Sign somebody out everywhere, for good; for administrators',
    caller: 'staff',
  },
  {
    id: 'readTerms',
    path: withParameter(apiPaths.terms, 'shopId'),
    method: 'get',
    summary: 'What a shop says to visitors; for officers and administrators',
    caller: 'staff',
    answer: termsAnswerSchema,
  },
  {
    id: 'previewTerms',
    path: withParameter(apiPaths.termsPreview, 'shopId'),
    method: 'post',
    summary:
      'The notices that a change would publish, in every shop of the controller; for officers and administrators',
    caller: 'staff',
    body: termsChangeSchema,
    answer: termsPreviewSchema,
  },
  {
    id: 'publishTerms',
    path: withParameter(apiPaths.terms, 'shopId'),
    method: 'post',
    summary:
      'Publish what a shop says to visitors, in every shop of the controller, as previewed; for officers and administrators',
    caller: 'staff',
    body: termsPublicationSchema,
    answer: termsAnswerSchema,
  },
  {
    id: 'openShop',
    path: apiPaths.shops,
    method: 'post',
    summary: "One more shop of the person's controller, with a PIN of its own; for administrators",
    caller: 'staff',
    body: newShopSchema,
    answer: staffPinSchema,
  },
  {
    id: 'makeStaffPin',
    path: withParameter(apiPaths.staffPin, 'shopId'),
    method: 'post',
    summary: 'A new PIN for the tablets of a shop; for administrators',
    caller: 'staff',
    answer: staffPinSchema,
  },
  {
    id: 'readRetention',
    path: apiPaths.retention,
    method: 'get',
    summary: "What the person's controller deletes and when; for officers and administrators",
    caller: 'staff',
    answer: retentionAnswerSchema,
  },
  {
    id: 'exportRetentionLedger',
    path: apiPaths.retentionLedger,
    method: 'get',
    summary:
      "What the server wrote down of what it deleted for the person's controller, a record a line: docs/retention.md; for officers and administrators",
    caller: 'staff',
    answer: z.string(),
    mediaType: 'application/x-ndjson',
  },
  {
    id: 'inspectShop',
    path: withParameter(apiPaths.inspection, 'shopId'),
    method: 'get',
    summary:
      'What the server holds of a shop and days, held against the promises; for officers and administrators',
    caller: 'staff',
    query: ['from', 'to'],
    answer: inspectionSchema,
  },
  {
    id: 'exportShop',
    path: withParameter(apiPaths.exportShop, 'shopId'),
    method: 'get',
    summary: 'Every ledger of a shop as one file to check: docs/ledger.md; for officers and administrators',
    caller: 'staff',
    answer: z.string(),
    mediaType: 'application/x-ndjson',
  },
  {
    id: 'readReceipt',
    path: withParameter(apiPaths.readReceipt, 'receiptId'),
    method: 'post',
    summary: 'Read a receipt with its secret',
    caller: 'anyone',
    body: receiptSecretRequestSchema,
    answer: receiptAnswerSchema,
  },
  {
    id: 'withdrawReceipt',
    path: withParameter(apiPaths.withdrawReceipt, 'receiptId'),
    method: 'post',
    summary: 'Take a receipt back with its secret; waits where the receipt has not arrived',
    caller: 'anyone',
    body: receiptSecretRequestSchema,
    answer: receiptAnswerSchema,
  },
  {
    id: 'readThisDocument',
    path: '/api/openapi.json',
    method: 'get',
    summary: 'This document',
    caller: 'anyone',
    answer: z.looseObject({}),
  },
  {
    id: 'readServerHealth',
    path: '/healthz',
    method: 'get',
    summary: 'Whether the server can read and keep',
    caller: 'anyone',
    answer: z.strictObject({ status: z.literal('ok') }),
    also: { 503: { description: 'The database does not answer or cannot be written' } },
  },
];

function withParameter(path: (id: string) => string, name: string): string {
  return decodeURIComponent(path(`{${name}}`));
}
