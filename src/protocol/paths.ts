/** Every address of the API, in one place for both sides. */
export const apiPaths = {
  pair: '/api/kiosks',
  head: '/api/kiosk/head',
  entries: '/api/kiosk/entries',
  health: '/api/kiosk/health',
  config: '/api/kiosk/config',
  session: '/api/session',
  staffWithdrawals: '/api/staff/withdrawals',
  people: '/api/staff/people',
  person: (personId: string) => `/api/staff/people/${encodeURIComponent(personId)}`,
  signInLinks: (personId: string) => `/api/staff/people/${encodeURIComponent(personId)}/sign-in-links`,
  today: (shopId: string) => `/api/staff/shops/${encodeURIComponent(shopId)}/today`,
  live: (shopId: string) => `/api/staff/shops/${encodeURIComponent(shopId)}/live`,
  retention: '/api/staff/retention',
  retentionLedger: '/api/staff/retention/ledger',
  inspection: (shopId: string) => `/api/staff/shops/${encodeURIComponent(shopId)}/inspection`,
  exportShop: (shopId: string) => `/api/staff/shops/${encodeURIComponent(shopId)}/export`,
  revokeKiosk: (shopId: string, kioskId: string) =>
    `/api/staff/shops/${encodeURIComponent(shopId)}/kiosks/${encodeURIComponent(kioskId)}/revocation`,
  pairingCodes: (shopId: string) => `/api/staff/shops/${encodeURIComponent(shopId)}/pairing-codes`,
  readReceipt: (receiptId: string) => `/api/receipts/${encodeURIComponent(receiptId)}/read`,
  withdrawReceipt: (receiptId: string) => `/api/receipts/${encodeURIComponent(receiptId)}/withdraw`,
} as const;
