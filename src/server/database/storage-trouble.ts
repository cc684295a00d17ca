/** SQLite's primary result codes (https://sqlite.org/rescode.html) of what is no fault of the request: the file, the disk, another process. */
const SQLITE_TROUBLE: ReadonlySet<number> = new Set([
  5, // BUSY
  6, // LOCKED
  7, // NOMEM
  8, // READONLY
  10, // IOERR
  11, // CORRUPT
  13, // FULL
  14, // CANTOPEN
  26, // NOTADB
]);
const SQLITE_PRIMARY_CODE = 0xff;
/** PostgreSQL's classes (its manual, appendix A): connection, rollback for others' sake, resources, operator; a standby that takes no writes; a transaction left idle. */
const POSTGRES_TROUBLE = /^(08|40|53|57)\w{3}$|^25(006|P03)$/;
const NETWORK_TROUBLE = /^E(CONN\w+|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH)$/;
/** What `pg` says where it gives no code. */
const CONNECTION_ENDED =
  /^Connection terminated|^Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect|^Query read timeout/;

/** A full disk, a locked or broken database, one that is gone: nothing was kept, so the sender may and should try again. */
export function isStorageTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return SQLITE_TROUBLE.has(error.errcode & SQLITE_PRIMARY_CODE);
  }
  const code = 'code' in error ? String(error.code) : '';
  return POSTGRES_TROUBLE.test(code) || NETWORK_TROUBLE.test(code) || CONNECTION_ENDED.test(error.message);
}
