import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Outcome } from '#values';

const DEFAULT_PORT = 8080;
const LARGEST_PORT = 65_535;
const DEMO_FLAG = '--demo';

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** Where phones reach this server, without a slash at the end. Null: as the shop's settings say. */
  readonly publicUrl: string | null;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Addresses of proxies whose `X-Forwarded-For` is believed. Without any none is, and every connection is its own address. */
  readonly trustedProxies?: readonly string[];
  readonly isDemo: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of the server from its environment, or one sentence that says which is wrong. An empty variable is one that is not set. */
export function readOptions(
  environment: Environment,
  args: readonly string[],
): Outcome<{ readonly options: Options }, string> {
  const env: Environment = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== ''),
  );
  const unknown = args.find((arg) => arg !== DEMO_FLAG);
  if (unknown !== undefined) return refuse(`"${unknown}" is not an option of the server.`);
  const port = Number(env.PORT ?? DEFAULT_PORT);
  if (!/^\d+$/.test(env.PORT ?? '0') || port > LARGEST_PORT) {
    return refuse(`PORT must be a whole number up to ${LARGEST_PORT}, not "${env.PORT}".`);
  }
  const publicUrl = env.PUBLIC_URL?.replace(/\/$/, '') ?? null;
  if (publicUrl !== null && !isBareAddress(publicUrl)) {
    return refuse(`PUBLIC_URL must be an address such as https://askfirst.example, not "${env.PUBLIC_URL}".`);
  }
  const databaseUrl = env.DATABASE_URL ?? null;
  // The value is left out of the sentence: it may hold a password.
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    return refuse('DATABASE_URL must begin with postgres://.');
  }
  const trustedProxies = (env.TRUSTED_PROXIES ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const wrongProxy = trustedProxies.find((address) => !isAddressOrRange(address));
  if (wrongProxy !== undefined) {
    return refuse(`TRUSTED_PROXIES must be IP addresses or ranges such as 10.0.0.0/8, not "${wrongProxy}".`);
  }
  const tls = readTls(env);
  if (!tls.ok) return tls;
  const isDemo = args.includes(DEMO_FLAG);
  const options: Options = {
    port,
    // A demo lets anybody on this machine in, so it listens to this machine alone unless told otherwise.
    host: env.HOST ?? (isDemo ? 'localhost' : '0.0.0.0'),
    dataDir: resolve(env.DATA_DIR ?? './data'),
    databaseUrl,
    publicUrl,
    tls: tls.tls,
    trustedProxies,
    isDemo,
  };
  return { ok: true, options };
}

/** An IP address, or a range of them in CIDR form (RFC 4632). */
function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  const mostBits = version === 4 ? 32 : 128;
  return (
    version !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= mostBits))
  );
}

/** `https://host` or `https://host:port`: links to receipts are made by adding a path to it. */
export function isBareAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && origin.toLowerCase() === text.toLowerCase();
}

function readTls(env: Environment): Outcome<{ readonly tls: Options['tls'] }, string> {
  const { TLS_CERT: cert, TLS_KEY: key } = env;
  if (cert === undefined && key === undefined) return { ok: true, tls: null };
  if (cert === undefined || key === undefined) {
    return refuse('TLS needs both TLS_CERT and TLS_KEY, each the path of a PEM file.');
  }
  try {
    return { ok: true, tls: { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') } };
  } catch {
    return refuse(`The files of TLS_CERT (${cert}) and TLS_KEY (${key}) could not be read.`);
  }
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
