/**
 * Tablet: the tablet's own state. IndexedDB, the device key, the ledger's newest end, sync and the service worker.
 * Imports `consent`, `ledger`, `counting`, `protocol` and `values`. The only room that touches IndexedDB.
 * Never shows anything, never opens a camera, and keeps no picture and no visitor's secret.
 */

export type { Problem, VisionHealth } from './health.ts';
export type { LookReport, OpenedLook } from './looks.ts';
export { type OpenFault, openTablet, type Tablet } from './open-tablet.ts';
export type { IssuedReceipt, Yes } from './record-yes.ts';
export { keepUpdated } from './service-worker.ts';
export type { StandingRefusal } from './standing-refusal.ts';
