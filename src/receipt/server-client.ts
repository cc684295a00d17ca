import {
  apiPaths,
  type ReceiptAnswer,
  readReceiptAnswer,
  type readReceiptLink,
  readRefusalReason,
} from '#protocol/for-phones';
import { MINUTE_MS, SECOND_MS } from '#values';

/** A phone in a shop's corner may have a weak link; a dead one must not hold the next try for ever. */
const REQUEST_TIMEOUT_MS = 20 * SECOND_MS;
/** A server or proxy may ask for a pause; longer than this is not believed. */
const MAX_PAUSE_MS = 10 * MINUTE_MS;

/** `not-our-server`: something answered, but not in our words, as the sign-in page of a Wi-Fi does. */
export type ServerFault =
  | 'unreachable'
  | 'too-many-requests'
  | 'server-busy'
  | 'server-fault'
  | 'not-our-server';

export type ServerAnswer =
  | { readonly ok: true; readonly answer: ReceiptAnswer }
  | { readonly ok: false; readonly reason: ServerFault; readonly pauseMs: number | null };

type ReceiptLink = NonNullable<ReturnType<typeof readReceiptLink>>;

export interface ReceiptServer {
  readonly read: () => Promise<ServerAnswer>;
  readonly withdraw: () => Promise<ServerAnswer>;
}

/** The phone's one way to the server. The secret goes in the body of a POST: addresses end up in logs, bodies do not. */
export function receiptServer({ receiptId, secret, keyThumbprint }: ReceiptLink): ReceiptServer {
  const asked = JSON.stringify(keyThumbprint === null ? { secret } : { secret, keyThumbprint });

  async function ask(path: string): Promise<ServerAnswer> {
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: asked,
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      const body = await readJson(response);
      if (!response.ok) {
        return { ok: false, reason: faultIn(body), pauseMs: readPause(response.headers.get('retry-after')) };
      }
      const answer = readReceiptAnswer(body);
      return answer === null ? { ok: false, reason: 'not-our-server', pauseMs: null } : { ok: true, answer };
    } catch {
      return { ok: false, reason: 'unreachable', pauseMs: null };
    }
  }

  return {
    read: () => ask(apiPaths.readReceipt(receiptId)),
    withdraw: () => ask(apiPaths.withdrawReceipt(receiptId)),
  };
}

/** Of the server's refusals only two are for this page to tell apart; the rest would be a fault of ours. */
function faultIn(body: unknown): ServerFault {
  const reason = readRefusalReason(body);
  if (reason === null) return 'not-our-server';
  return reason === 'too-many-requests' || reason === 'server-busy' ? reason : 'server-fault';
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
