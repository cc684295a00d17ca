import type { Options } from './options.ts';

/** One sentence for the operator about what kept the server from starting, or null where it is a bug. */
export function troubleInWords(error: unknown, options: Options): string | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${options.port} is in use. Stop the other program, or choose another port with PORT=8081 npm start.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return error.message.includes('listen')
        ? `This user may not listen on port ${options.port}. Choose one from 1024 on with PORT.`
        : `The data folder ${options.dataDir} cannot be written. Choose another with DATA_DIR.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST=${options.host} is not an address of this machine.`;
    case 'ECONNREFUSED':
      return 'The database of DATABASE_URL does not answer. Is it running?';
    case 'ERR_SQLITE_ERROR':
      return `The database in ${options.dataDir} cannot be opened: ${error.message}.`;
    default:
      return error.message.includes('corrupted migrations')
        ? `The data in ${options.dataDir} was written by a newer AskFirst. Install that version, or choose another DATA_DIR.`
        : null;
  }
}
