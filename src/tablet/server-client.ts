import type { z } from 'zod';
import { type Head, hashEntry, type LedgerRecord, signCheckpoint } from '#ledger';
import {
  apiPaths,
  bodyHash,
  CLOCK_BELIEVED,
  type HealthReport,
  headResponseSchema,
  type KioskConfig,
  kioskConfigSchema,
  type PairResponse,
  pairResponseSchema,
  type Refusal,
  refusalSchema,
  SERVER_CLOCK_HEADER,
  SERVER_TIME_HEADER,
  signKioskRequest,
} from '#protocol';
import { instantFromIso, type KioskId, type Outcome, SECOND_MS, toIso } from '#values';
import { beginComparison, type ClockReading, type CorrectedClock } from './clock.ts';
import type { Identity } from './database.ts';

/** A weak link may need long for a batch; a dead one must not hold the next try for ever. */
const REQUEST_TIMEOUT_MS = 20 * SECOND_MS;
/** A server or proxy may ask for a pause; longer than this is not believed. */
const MAX_PAUSE_MS = 10 * 60 * SECOND_MS;

/** What the server alone answers to a report, which says nothing more: a captive portal has a page of its own to show. */
const HEARD = 204;

/** `not-our-server`: something answered, but not in our words, as a captive portal or a proxy does. Never an acknowledgement. */
export type ServerFault =
  | { readonly ok: false; readonly reason: 'unreachable' }
  | { readonly ok: false; readonly reason: 'not-our-server'; readonly pauseMs: number | null }
  | {
      readonly ok: false;
      readonly reason: 'refused';
      readonly refusal: Refusal;
      readonly pauseMs: number | null;
    };

/** The server speaks, but of settings that this version does not know: the one that knows them is there to be had. */
export interface SettingsUnknown {
  readonly ok: false;
  readonly reason: 'settings-unknown';
}

export type ServerAnswer<Success extends object> = ({ readonly ok: true } & Success) | ServerFault;

export interface ServerClient {
  /** `pairedAs`: what this tablet was told when it was paired before. */
  readonly pair: (
    code: string | null,
    pairedAs?: PairResponse,
  ) => Promise<ServerAnswer<{ readonly paired: PairResponse }>>;
  readonly head: () => Promise<ServerAnswer<{ readonly head: Head | null }>>;
  /** Sends records with a checkpoint: their last as a head, signed by this kiosk. */
  readonly send: (
    records: readonly LedgerRecord[],
    kioskId: KioskId,
  ) => Promise<ServerAnswer<{ readonly head: Head | null }>>;
  readonly report: (health: HealthReport) => Promise<ServerAnswer<object>>;
  readonly config: (
    etag: string | null,
  ) => Promise<
    | ServerAnswer<{ readonly fresh: { readonly config: KioskConfig; readonly etag: string | null } | null }>
    | SettingsUnknown
  >;
}

interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** The tablet's one way to the server. Each request is signed by the device key; each answer is checked before it is believed. */
export function serverClient(
  identity: Pick<Identity, 'keys' | 'kid' | 'publicKey'>,
  clock: CorrectedClock,
  onClock: (reading: ClockReading, isServerSure: boolean) => void,
): ServerClient {
  async function attempt(request: Request): Promise<Outcome<{ readonly response: Response }, 'unreachable'>> {
    const body = request.body === undefined ? '' : JSON.stringify(request.body);
    const claims = { method: request.method, path: request.path, body: bodyHash(body) };
    const token = await signKioskRequest(claims, identity.keys.privateKey, identity.kid, clock.now());
    const compare = beginComparison();
    try {
      const response = await fetch(request.path, {
        method: request.method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === '' ? {} : { 'content-type': 'application/json' }),
          ...request.headers,
        },
        ...(body === '' ? {} : { body }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      const serverTime = instantFromIso(response.headers.get(SERVER_TIME_HEADER) ?? '');
      const isServerSure = response.headers.get(SERVER_CLOCK_HEADER) === CLOCK_BELIEVED;
      if (serverTime !== null) onClock(compare(serverTime), isServerSure);
      return { ok: true, response };
    } catch {
      return { ok: false, reason: 'unreachable' };
    }
  }

  async function call(request: Request): Promise<ServerAnswer<{ readonly response: Response }>> {
    const first = await attempt(request);
    if (!first.ok) return first;
    const refused = await readRefusal(first.response);
    if (refused?.reason !== 'refused' || refused.refusal.reason !== 'clock-wrong') return refused ?? first;
    // The answer has just corrected our clock: sign once more with the right time.
    const second = await attempt(request);
    return second.ok ? ((await readRefusal(second.response)) ?? second) : second;
  }

  async function callFor<Schema extends z.ZodType>(
    request: Request,
    schema: Schema,
  ): Promise<ServerAnswer<{ readonly value: z.infer<Schema> }>> {
    const answer = await call(request);
    if (!answer.ok) return answer;
    const parsed = schema.safeParse(await readJson(answer.response));
    return parsed.success
      ? { ok: true, value: parsed.data }
      : { ok: false, reason: 'not-our-server', pauseMs: null };
  }

  async function signHead(records: readonly LedgerRecord[], kioskId: KioskId): Promise<string> {
    const last = records.at(-1)?.entry;
    if (last === undefined) throw new Error('A batch has at least one record.');
    const head = { kioskId, seq: last.seq, hash: hashEntry(last), time: toIso(clock.now()) };
    return signCheckpoint(head, identity.keys.privateKey, identity.kid);
  }

  return {
    pair: async (code, pairedAs) => {
      const { publicKey } = identity;
      const body = { publicKey, ...(code === null ? {} : { code }), ...(pairedAs && { pairedAs }) };
      const answer = await callFor({ method: 'POST', path: apiPaths.pair, body }, pairResponseSchema);
      return answer.ok ? { ok: true, paired: answer.value } : answer;
    },
    head: async () => {
      const answer = await callFor({ method: 'GET', path: apiPaths.head }, headResponseSchema);
      return answer.ok ? { ok: true, head: answer.value.head } : answer;
    },
    send: async (records, kioskId) => {
      const checkpoint = await signHead(records, kioskId);
      const body = { records, checkpoint };
      const answer = await callFor({ method: 'POST', path: apiPaths.entries, body }, headResponseSchema);
      return answer.ok ? { ok: true, head: answer.value.head } : answer;
    },
    report: async (health) => {
      const answer = await call({ method: 'POST', path: apiPaths.health, body: health });
      if (!answer.ok) return answer;
      return answer.response.status === HEARD
        ? { ok: true }
        : { ok: false, reason: 'not-our-server', pauseMs: null };
    },
    config: async (etag) => {
      const headers: Record<string, string> = etag === null ? {} : { 'if-none-match': etag };
      const answer = await call({ method: 'GET', path: apiPaths.config, headers });
      if (!answer.ok) return answer;
      if (answer.response.status === 304) return { ok: true, fresh: null };
      const said = await readJson(answer.response);
      // A captive portal, or an answer that broke off, is no JSON.
      if (said === null) return { ok: false, reason: 'not-our-server', pauseMs: null };
      const parsed = kioskConfigSchema.safeParse(said);
      if (!parsed.success) return { ok: false, reason: 'settings-unknown' };
      return { ok: true, fresh: { config: parsed.data, etag: answer.response.headers.get('etag') } };
    },
  };
}

async function readRefusal(response: Response): Promise<ServerFault | null> {
  if (response.ok || response.status === 304) return null;
  const parsed = refusalSchema.safeParse(await readJson(response));
  const pauseMs = readPause(response.headers.get('retry-after'));
  return parsed.success
    ? { ok: false, reason: 'refused', refusal: parsed.data, pauseMs }
    : { ok: false, reason: 'not-our-server', pauseMs };
}

function readPause(retryAfter: string | null): number | null {
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * SECOND_MS, MAX_PAUSE_MS) : null;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
