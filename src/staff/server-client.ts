import type { z } from 'zod';
import {
  apiPaths,
  type Inspection,
  type InspectionPeriod,
  inspectionSchema,
  LIVE_EVENTS,
  liveBeatSchema,
  type NewPerson,
  type NewShop,
  type PeopleAnswer,
  pairingCodeSchema,
  peopleSchema,
  type ReceiptAnswer,
  type RetentionAnswer,
  receiptAnswerSchema,
  refusalSchema,
  retentionAnswerSchema,
  type SessionAnswer,
  type StaffPinAnswer,
  sessionAnswerSchema,
  signInLinkSchema,
  signInRequestSchema,
  staffPinSchema,
  type TermsAnswer,
  type TermsChange,
  type TermsPreview,
  type TermsPublication,
  type Today,
  termsAnswerSchema,
  termsPreviewSchema,
  todaySchema,
} from '#protocol';
import {
  type IsoTime,
  type KioskId,
  MINUTE_MS,
  type PersonId,
  type ReceiptId,
  SECOND_MS,
  type ShopId,
} from '#values';
import { faultOf, type StaffFault } from './faults.ts';

const REQUEST_TIMEOUT_MS = 20 * SECOND_MS;
/** Every notice in every language of every shop of a company is written anew. */
const LONG_REQUEST_TIMEOUT_MS = MINUTE_MS;
/** An inspection reads and checks every entry of a shop: three years of a busy one take minutes. */
const INSPECTION_TIMEOUT_MS = 10 * MINUTE_MS;
/** A server or proxy may ask for a pause; longer than this is not believed. */
const MAX_PAUSE_MS = 10 * MINUTE_MS;

export interface Fault {
  readonly ok: false;
  readonly reason: StaffFault;
  /** How long the server asked us to wait. */
  readonly pauseMs: number | null;
}
export type Answer<Success extends object> = ({ readonly ok: true } & Success) | Fault;

/** What is heard on the live stream of a shop. */
export interface LiveListener {
  readonly onToday: (today: Today) => void;
  readonly onBeat: (asOf: IsoTime) => void;
  /** The stream is over; a browser does not say why. */
  readonly onEnd: () => void;
}

/** What names a receipt and shows that somebody holds it. */
export interface ReceiptLink {
  readonly receiptId: ReceiptId;
  readonly secret: string;
}

export interface StaffClient {
  readonly signIn: (token: string) => Promise<Answer<object>>;
  readonly session: () => Promise<Answer<{ readonly session: SessionAnswer }>>;
  readonly signOut: () => Promise<Answer<object>>;
  readonly today: (shopId: ShopId) => Promise<Answer<{ readonly today: Today }>>;
  /** For officers and administrators: the retention of their controller. */
  readonly retention: () => Promise<Answer<{ readonly retention: RetentionAnswer }>>;
  readonly inspection: (
    shopId: ShopId,
    period: InspectionPeriod,
  ) => Promise<Answer<{ readonly inspection: Inspection }>>;
  /** Takes a receipt back for a visitor, by its link. */
  readonly takeBack: (link: ReceiptLink) => Promise<Answer<{ readonly answer: ReceiptAnswer }>>;
  /** Shuts a lost tablet out for good. */
  readonly revokeKiosk: (shopId: ShopId, kioskId: KioskId) => Promise<Answer<object>>;
  /** A code that lets one tablet in, within a quarter of an hour. */
  readonly makePairingCode: (shopId: ShopId) => Promise<Answer<{ readonly code: string }>>;
  /** For administrators: everybody who may sign in for their controller. */
  readonly people: () => Promise<Answer<PeopleAnswer>>;
  /** Lets somebody in. Gives the link that signs them in once, within a day. */
  readonly letPersonIn: (person: NewPerson) => Promise<Answer<{ readonly link: string }>>;
  readonly makeSignInLink: (personId: PersonId) => Promise<Answer<{ readonly link: string }>>;
  /** Signs somebody out everywhere, for good. */
  readonly removePerson: (personId: PersonId) => Promise<Answer<object>>;
  /** For officers and administrators: what a shop tells visitors, and how its tablets ask. */
  readonly terms: (shopId: ShopId) => Promise<Answer<{ readonly terms: TermsAnswer }>>;
  /** What visitors would read, in all shops of the company. Nothing is published. */
  readonly previewTerms: (
    shopId: ShopId,
    change: TermsChange,
  ) => Promise<Answer<{ readonly preview: TermsPreview }>>;
  /** Publishes terms as they were previewed, and gives them as they stand then. */
  readonly publishTerms: (
    shopId: ShopId,
    publication: TermsPublication,
  ) => Promise<Answer<{ readonly terms: TermsAnswer }>>;
  /** For administrators: one more shop, with the PIN for its tablets. */
  readonly addShop: (shop: NewShop) => Promise<Answer<{ readonly made: StaffPinAnswer }>>;
  /** A new PIN for the tablets of a shop. The one before opens nothing any more. */
  readonly makeStaffPin: (shopId: ShopId) => Promise<Answer<{ readonly made: StaffPinAnswer }>>;
  /** Opens the live stream of a shop. Gives what closes it. */
  readonly openLive: (shopId: ShopId, listener: LiveListener) => () => void;
}

/** The staff screen's one way to the server. Each answer is checked before it is believed. */
export function staffClient(): StaffClient {
  return {
    signIn: async (token) => {
      const body = signInRequestSchema.safeParse({ token });
      if (!body.success) return { ok: false, reason: 'link-broken', pauseMs: null };
      return call('POST', apiPaths.session, body.data);
    },
    session: async () => {
      const answer = await read(apiPaths.session, sessionAnswerSchema);
      return answer.ok ? { ok: true, session: answer.value } : answer;
    },
    signOut: () => call('DELETE', apiPaths.session),
    today: async (shopId) => {
      const answer = await read(apiPaths.today(shopId), todaySchema);
      return answer.ok ? { ok: true, today: answer.value } : answer;
    },
    retention: async () => {
      const answer = await read(apiPaths.retention, retentionAnswerSchema);
      return answer.ok ? { ok: true, retention: answer.value } : answer;
    },
    inspection: async (shopId, { from, to }) => {
      const path = `${apiPaths.inspection(shopId)}?${new URLSearchParams({ from, to })}`;
      const answer = await read(path, inspectionSchema, INSPECTION_TIMEOUT_MS);
      return answer.ok ? { ok: true, inspection: answer.value } : answer;
    },
    takeBack: async ({ receiptId, secret }) => {
      const sent = await call('POST', apiPaths.staffWithdrawals, { receiptId, secret });
      const answer = await readAnswer(sent, receiptAnswerSchema);
      return answer.ok ? { ok: true, answer: answer.value } : answer;
    },
    revokeKiosk: (shopId, kioskId) => call('POST', apiPaths.revokeKiosk(shopId, kioskId)),
    makePairingCode: async (shopId) => {
      const answer = await readAnswer(await call('POST', apiPaths.pairingCodes(shopId)), pairingCodeSchema);
      return answer.ok ? { ok: true, code: answer.value.code } : answer;
    },
    people: async () => {
      const answer = await read(apiPaths.people, peopleSchema);
      return answer.ok ? { ok: true, people: answer.value.people } : answer;
    },
    letPersonIn: async (person) => readLink(await call('POST', apiPaths.people, person)),
    makeSignInLink: async (personId) => readLink(await call('POST', apiPaths.signInLinks(personId))),
    removePerson: (personId) => call('DELETE', apiPaths.person(personId)),
    terms: async (shopId) => readTerms(await call('GET', apiPaths.terms(shopId))),
    previewTerms: async (shopId, change) => {
      const sent = await call('POST', apiPaths.termsPreview(shopId), change, LONG_REQUEST_TIMEOUT_MS);
      const answer = await readAnswer(sent, termsPreviewSchema);
      return answer.ok ? { ok: true, preview: answer.value } : answer;
    },
    publishTerms: async (shopId, publication) =>
      readTerms(await call('POST', apiPaths.terms(shopId), publication, LONG_REQUEST_TIMEOUT_MS)),
    addShop: async (shop) => readPin(await call('POST', apiPaths.shops, shop)),
    makeStaffPin: async (shopId) => readPin(await call('POST', apiPaths.staffPin(shopId))),
    openLive,
  };
}

function openLive(shopId: ShopId, { onToday, onBeat, onEnd }: LiveListener): () => void {
  const source = new EventSource(apiPaths.live(shopId));
  // A browser that comes back by itself does so at a fixed pace and after some errors only: whoever opened it decides.
  const end = () => {
    source.close();
    onEnd();
  };
  source.addEventListener('error', end);
  source.addEventListener(LIVE_EVENTS.today, (event) => {
    const parsed = todaySchema.safeParse(parseJson(event.data));
    if (parsed.success) onToday(parsed.data);
    else end();
  });
  source.addEventListener(LIVE_EVENTS.beat, (event) => {
    const parsed = liveBeatSchema.safeParse(parseJson(event.data));
    if (parsed.success) onBeat(parsed.data.asOf);
    else end();
  });
  return () => source.close();
}

async function call(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  timeoutMs = REQUEST_TIMEOUT_MS,
): Promise<Answer<{ readonly response: Response }>> {
  try {
    const response = await fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.ok ? { ok: true, response } : await readFault(response);
  } catch {
    return { ok: false, reason: 'unreachable', pauseMs: null };
  }
}

async function read<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  timeoutMs?: number,
): Promise<Answer<{ readonly value: z.infer<Schema> }>> {
  return readAnswer(await call('GET', path, undefined, timeoutMs), schema);
}

async function readAnswer<Schema extends z.ZodType>(
  answer: Answer<{ readonly response: Response }>,
  schema: Schema,
): Promise<Answer<{ readonly value: z.infer<Schema> }>> {
  if (!answer.ok) return answer;
  const parsed = schema.safeParse(await readJson(answer.response));
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, reason: 'not-our-server', pauseMs: null };
}

async function readLink(
  sent: Answer<{ readonly response: Response }>,
): Promise<Answer<{ readonly link: string }>> {
  const answer = await readAnswer(sent, signInLinkSchema);
  return answer.ok ? { ok: true, link: answer.value.link } : answer;
}

async function readTerms(
  sent: Answer<{ readonly response: Response }>,
): Promise<Answer<{ readonly terms: TermsAnswer }>> {
  const answer = await readAnswer(sent, termsAnswerSchema);
  return answer.ok ? { ok: true, terms: answer.value } : answer;
}

async function readPin(
  sent: Answer<{ readonly response: Response }>,
): Promise<Answer<{ readonly made: StaffPinAnswer }>> {
  const answer = await readAnswer(sent, staffPinSchema);
  return answer.ok ? { ok: true, made: answer.value } : answer;
}

async function readFault(response: Response): Promise<Fault> {
  const parsed = refusalSchema.safeParse(await readJson(response));
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    ok: false,
    reason: parsed.success ? faultOf(parsed.data.reason) : 'not-our-server',
    pauseMs: Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * SECOND_MS, MAX_PAUSE_MS) : null,
  };
}

async function readJson(response: Response): Promise<unknown> {
  return parseJson(await response.text().catch(() => ''));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
