import { isStorageTrouble } from './database/storage-trouble.ts';
import type { Options } from './options.ts';

/** What an operator can put right: its message is the sentence to print. */
export class OperatorError extends Error {}

/** One sentence for the operator about what kept the program from starting, or null where it is a bug. */
export function troubleInWords(error: unknown, options: Options): string | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof OperatorError) return error.message;
  const code = 'code' in error ? String(error.code) : '';
  const syscall = 'syscall' in error ? String(error.syscall) : '';
  const { port, host, dataDir, databaseUrl } = options;
  const where = databaseUrl === null ? dataDir : 'the database of DATABASE_URL';
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop the other program, or choose another port with PORT=8081 npm start.`;
  }
  if (syscall === 'listen' && code === 'EACCES') {
    return `This user may not listen on port ${port}. Choose one from 1024 on with PORT.`;
  }
  if (code === 'EADDRNOTAVAIL' || ('hostname' in error && error.hostname === host)) {
    return `HOST=${host} is not an address of this machine.`;
  }
  if (/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOSPC)$/.test(code)) {
    return `The data folder ${dataDir} cannot be written. Choose another with DATA_DIR.`;
  }
  if (code.startsWith('ERR_OSSL') || code.startsWith('ERR_SSL')) {
    return 'TLS_CERT and TLS_KEY are not a certificate and its key.';
  }
  if (databaseUrl !== null && /^(28|3D)\w{3}$/.test(code)) {
    return `The database of DATABASE_URL lets us not in: ${error.message}.`;
  }
  if (databaseUrl !== null && isStorageTrouble(error)) {
    return 'The database of DATABASE_URL does not answer. Is it running?';
  }
  if (code === 'ERR_SQLITE_ERROR') return `The database in ${dataDir} cannot be opened: ${error.message}.`;
  if (error.message.includes('corrupted migrations')) {
    return `The data in ${where} was written by a newer AskFirst. Install that version, or choose other data.`;
  }
  return null;
}
