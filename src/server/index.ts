/**
 * Server: takes what kiosks send, checks it, keeps it, and shows numbers to staff and receipts to their holders.
 * Imports the pure rooms and `protocol` alone; never anything of the browser. Never sees a picture or one person's age and gender.
 * It has no name of its own that browser rooms could import: only the command line and tests on a real server come in here.
 */
export { openDatabase } from './database/open.ts';
export { inspectShop } from './inspection/inspect-shop.ts';
export { makePairingCode } from './kiosk/pair.ts';
export { noticesInForce } from './notices.ts';
export { readOptions } from './options.ts';
export { findPerson, putPerson, removePerson, revokeKiosk } from './people.ts';
export { confirmClock } from './retention/confirm-clock.ts';
export { putShop, shopFileSchema } from './shops.ts';
export { makeSignInToken } from './staff/session.ts';
export { signInLink } from './staff/sign-in-link.ts';
export { todayOf } from './staff/today.ts';
export { hashPin, randomPin } from './staff-pin.ts';
export { type RunningServer, startServer } from './start-server.ts';
export { OperatorError, troubleInWords } from './trouble.ts';
