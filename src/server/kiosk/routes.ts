import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import {
  apiPaths,
  CLOCK_BELIEVED,
  healthReportSchema,
  MAX_BATCH_RECORDS,
  pairRequestSchema,
  type Refusal,
  readEntriesRequest,
  SERVER_CLOCK_HEADER,
  SERVER_TIME_HEADER,
} from '#protocol';
import { type IsoTime, sha256, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import {
  authenticateKiosk,
  hasSignedBody,
  isSignedBy,
  type KioskRow,
  type SignedRequest,
} from './authenticate.ts';
import { storedHead } from './chain.ts';
import { kioskConfig } from './config.ts';
import { keepHealth } from './health.ts';
import { ingest } from './ingest.ts';
import { isOwnMachine } from './own-machine.ts';
import { pairKiosk } from './pair.ts';

/** Guessing a pairing code of 50 bits at this rate takes longer than the code lives, many times over. */
const PAIRINGS_PER_MINUTE = 20;
/** All tablets of a chain may share one address, and after weeks offline each sends a batch as fast as it is answered. */
const REQUESTS_PER_MINUTE = 12_000;

/** What tablets call. Each request is signed by the tablet's key. */
export function kioskRoutes(app: FastifyInstance, context: ServerContext): void {
  const signed = new WeakMap<FastifyRequest, SignedRequest>();
  const options: RouteShorthandOptions = {
    config: { rateLimit: { max: REQUESTS_PER_MINUTE } },
    // After the limits and before the body: to read a megabyte for anybody would be a gift to whoever wants to keep us busy.
    preParsing: (request, reply, payload, done) => {
      admit(request, reply).then((isAdmitted) => isAdmitted && done(null, payload), done);
    },
  };

  app.post(apiPaths.pair, { config: { rateLimit: { max: PAIRINGS_PER_MINUTE } } }, async (request, reply) => {
    const time = tellTime(reply);
    const parsed = pairRequestSchema.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'malformed');
    const signed = await isSignedBy(context, request, parsed.data.publicKey);
    if (!signed.ok) return refuse(reply, signed.reason, timeFor(signed.reason, time));
    const paired = await pairKiosk(context, parsed.data, isOwnMachine(request));
    return paired.ok ? paired.paired : refuse(reply, paired.reason);
  });

  app.get(apiPaths.head, options, async (request, reply) => {
    const kiosk = signerOf(request, reply);
    return kiosk === null ? reply : { head: await storedHead(context, kiosk.id) };
  });

  app.post(apiPaths.entries, options, async (request, reply) => {
    const kiosk = signerOf(request, reply);
    if (kiosk === null) return reply;
    if (hasTooManyRecords(request.body)) return refuse(reply, 'too-large');
    const entries = readEntriesRequest(request.body);
    if (entries === null) return refuse(reply, 'malformed');
    const result = await ingest(context, kiosk, entries);
    if (result.ok) return { head: result.head };
    const { head, seq } = result;
    return refuse(reply, result.reason, { head, ...(seq === null ? {} : { seq }) });
  });

  app.post(apiPaths.health, options, async (request, reply) => {
    const kiosk = signerOf(request, reply);
    if (kiosk === null) return reply;
    const parsed = healthReportSchema.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'malformed');
    await keepHealth(context, kiosk, parsed.data);
    return reply.code(204).send();
  });

  app.get(apiPaths.config, options, async (request, reply) => {
    const kiosk = signerOf(request, reply);
    if (kiosk === null) return reply;
    const body = JSON.stringify(await kioskConfig(context, kiosk));
    const etag = `"${sha256(body).slice(0, 32)}"`;
    reply.header('etag', etag);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/json').send(body);
  });

  /** Whether a kiosk that we know signed the request; else the answer has been sent, and nothing goes on. */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const time = tellTime(reply);
    const authenticated = await authenticateKiosk(context, request);
    if (authenticated.ok) signed.set(request, authenticated.signed);
    else refuse(reply, authenticated.reason, timeFor(authenticated.reason, time));
    return authenticated.ok;
  }

  /** Who signed the request as it came, body included; null where the answer has been refused. */
  function signerOf(request: FastifyRequest, reply: FastifyReply): KioskRow | null {
    const by = signed.get(request);
    if (by !== undefined && hasSignedBody(request, by)) return by.kiosk;
    refuse(reply, 'request-signature-wrong');
    return null;
  }

  /** Tablets set their clocks by this, and delete by it where the server would itself. */
  function tellTime(reply: FastifyReply): IsoTime {
    const time = toIso(context.now());
    reply.header(SERVER_TIME_HEADER, time);
    if (context.clock.isBelieved()) reply.header(SERVER_CLOCK_HEADER, CLOCK_BELIEVED);
    return time;
  }

  function timeFor(reason: string, serverTime: IsoTime): Pick<Refusal, 'serverTime'> {
    return reason === 'clock-wrong' ? { serverTime } : {};
  }
}

/** Counted before the schema sees them: it would describe what is wrong with each of half a million. */
function hasTooManyRecords(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('records' in body)) return false;
  return Array.isArray(body.records) && body.records.length > MAX_BATCH_RECORDS;
}
