/**
 * Server: takes what kiosks send, checks it, keeps it, and shows numbers to staff and receipts to their holders.
 * Imports the pure rooms and `protocol` alone; never anything of the browser. Never sees a picture or one person's age and gender.
 */
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
export { readOptions } from './options.ts';
