import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Outcome } from '#values';

const DEFAULT_PORT = 8080;
const LARGEST_PORT = 65_535;

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** Where phones reach this server, without a slash at the end. Null: where it listens. */
  readonly publicUrl: string | null;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly isDemo: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of the server from its environment, or one sentence that says which is wrong. */
export function readOptions(env: Environment, args: readonly string[]): Outcome<{ readonly options: Options }, string> {
  const port = env.PORT === undefined ? DEFAULT_PORT : Number(env.PORT);
  if (!Number.isInteger(port) || port < 0 || port > LARGEST_PORT) {
    return { ok: false, reason: `PORT must be a whole number up to ${LARGEST_PORT}, not "${env.PORT}".` };
  }
  const publicUrl = env.PUBLIC_URL?.replace(/\/$/, '') ?? null;
  if (publicUrl !== null && !URL.canParse(publicUrl)) {
    return { ok: false, reason: `PUBLIC_URL must be an address such as https://askfirst.example, not "${env.PUBLIC_URL}".` };
  }
  const isDemo = args.includes('--demo');
  const tls = readTls(env);
  if (!tls.ok) return tls;
  const options: Options = {
    port,
    // A demo has no real passwords, so it listens to this machine alone unless told otherwise.
    host: env.HOST ?? (isDemo ? 'localhost' : '0.0.0.0'),
    dataDir: resolve(env.DATA_DIR ?? './data'),
    databaseUrl: env.DATABASE_URL ?? null,
    publicUrl,
    tls: tls.tls,
    isDemo,
  };
  return { ok: true, options };
}

function readTls(env: Environment): Outcome<{ readonly tls: Options['tls'] }, string> {
  const { TLS_CERT: cert, TLS_KEY: key } = env;
  if (cert === undefined && key === undefined) return { ok: true, tls: null };
  if (cert === undefined || key === undefined) {
    return { ok: false, reason: 'TLS needs both TLS_CERT and TLS_KEY, each the path of a PEM file.' };
  }
  try {
    return { ok: true, tls: { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') } };
  } catch {
    return { ok: false, reason: `The files of TLS_CERT (${cert}) and TLS_KEY (${key}) could not be read.` };
  }
}
