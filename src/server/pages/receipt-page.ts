import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type ReceiptAnswer,
  readPastedReceipt,
  readReceiptDocument,
  receiptCopy,
  receiptCopyName,
  receiptInWords,
} from '#protocol';
import { type Instant, isRandomId, languageDirection, type ReceiptId, type ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import { readReceipt } from '../receipt/read-receipt.ts';
import { type MayWait, waitingShare } from '../receipt/waiting-withdrawals.ts';
import { withdrawReceipt } from '../receipt/withdraw-receipt.ts';
import { refuse } from '../refuse.ts';
import { escapeHtml, PLAIN_STYLE_LINK, sendPlainPage } from './plain-page.ts';
import { type Reader, readerFor, readerIn } from './reader.ts';

/** As many as a phone with JavaScript may make. */
const REQUESTS_PER_MINUTE = 60;
/** A link is 120 characters and the host's name; nothing else is ever sent. */
const FORM_LIMIT_BYTES = 4_096;
/** A page for one person who waits: who asks too often is told when to try again. */
const RETRY_AFTER_SECONDS = 60;

interface ReceiptRoute {
  Params: { readonly receiptId: string };
}

/**
 * The phone's page, and the same receipt for whoever reads without JavaScript. The secret stands after `#` in the link, which no browser sends.
 * So without JavaScript the visitor sends it: pastes the link into a form. It comes in a body, as from the page with JavaScript, and the
 * same code decides who may read, so that nothing here can be guessed that cannot be guessed there.
 */
export function receiptPages(app: FastifyInstance, context: ServerContext, distDir: string): void {
  app.get('/r/:receiptId', async (request, reply) => {
    const reader = await readerFor(request);
    const page = await readFile(join(distDir, 'index.html'), 'utf8');
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(withForm(page, reader));
  });
  void app.register((scope, _, done) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_LIMIT_BYTES },
      (_, body, parsed) => parsed(null, new URLSearchParams(String(body))),
    );
    scope.setErrorHandler(async (error: FastifyError, request, reply) => {
      // Every other fault is one of the server's usual refusals.
      if (error.statusCode !== 429) throw error;
      reply.code(429).header('retry-after', RETRY_AFTER_SECONDS);
      const reader = await readerFor(request);
      return answer(reply, reader, 'fault.too-many-requests', form(reader));
    });
    const config = { rateLimit: { max: REQUESTS_PER_MINUTE } };
    const mayWait = waitingShare(scope);
    scope.post<ReceiptRoute>('/r/:receiptId', { config }, (request, reply) =>
      sent(context, request, reply, mayWait),
    );
    done();
  });
}

/** The form came back: reads the receipt, or takes it back first where that is what was tapped. */
async function sent(
  context: ServerContext,
  request: FastifyRequest<ReceiptRoute>,
  reply: FastifyReply,
  mayWait: MayWait,
): Promise<FastifyReply> {
  const { receiptId } = request.params;
  if (!(request.body instanceof URLSearchParams) || !isRandomId(receiptId)) {
    return refuse(reply, 'malformed');
  }
  const link = request.body.get('link') ?? '';
  const reader = await readerFor(request);
  const pasted = readPastedReceipt(link);
  if (pasted === null) return answer(reply, reader, 'broken.title', form(reader, 'withoutScript.how'));
  const asked = { receiptId: receiptId as ReceiptId, ...pasted };
  if (request.body.has('copy')) {
    const given = await readReceipt(context, asked);
    if (given.state === 'known') return copyOf(reply, asked.receiptId, given);
    return receiptPage(context, reply, reader, link, given);
  }
  if (!request.body.has('take-back')) {
    return receiptPage(context, reply, reader, link, await readReceipt(context, asked));
  }
  const withdrawn = await withdrawReceipt(context, {
    ...asked,
    place: 'phone',
    mayWait: () => mayWait(request),
  });
  if (!withdrawn.ok) return answer(reply, reader, `fault.${withdrawn.reason}`, form(reader));
  if (withdrawn.answer.state === 'unknown') {
    return answer(reply, reader, 'takeBack.keptTitle', `<p>${escapeHtml(reader.t('takeBack.kept'))}</p>`);
  }
  return receiptPage(context, reply, reader, link, withdrawn.answer);
}

/** A receipt in words, or that there is none. */
async function receiptPage(
  context: ServerContext,
  reply: FastifyReply,
  asked: Reader,
  link: string,
  given: ReceiptAnswer,
): Promise<FastifyReply> {
  const reading = given.state === 'known' ? readReceiptDocument(signedDocument(given.receipt)) : null;
  if (given.state === 'unknown' || reading === null) {
    const unseen = given.state === 'unknown' ? takeBackForm(asked, 'unseen', link) : '';
    return answer(reply, asked, 'unreached.title', `${form(asked, 'withoutScript.unknown')}${unseen}`);
  }
  const { contribution, withdrawnAt } = given;
  const reader = await readerIn([reading.language, asked.language]);
  const { t, language } = reader;
  const timeZone = await timeZoneOf(context, reading.shop.id);
  const formatTime = (time: Instant | string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
      new Date(time),
    );
  const lead = [
    ...(withdrawnAt === null ? [] : [t('status.withdrawn.proof')]),
    ...(contribution === 'withdrawn' && withdrawnAt !== null
      ? [t('status.withdrawn.since', { time: formatTime(withdrawnAt) })]
      : []),
    ...(contribution === 'anonymous' && withdrawnAt !== null ? [t('status.anonymous.late')] : []),
    t('withoutScript.unchecked'),
  ];
  const facts = receiptInWords(reading, contribution, { t, language, formatTime })
    .map(({ name, parts }) => `<dt>${escapeHtml(name)}</dt>${parts.map(partOf).join('')}`)
    .join('');
  const title = withdrawnAt === null ? `status.${contribution}.title` : 'status.withdrawn.title';
  const takeBack = withdrawnAt === null ? takeBackForm(reader, contribution, link) : '';
  return answer(
    reply,
    reader,
    title,
    `${paragraphs(lead)}${takeBack}${copyForm(reader, link)}<h2>${escapeHtml(t('facts.title'))}</h2><dl>${facts}</dl>`,
  );
}

function partOf(part: ReturnType<typeof receiptInWords>[number]['parts'][number]): string {
  if (part.kind === 'list') {
    return `<dd><ul>${part.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul></dd>`;
  }
  const words = escapeHtml(part.text);
  if (part.kind === 'text' || part.href === null) return `<dd>${words}</dd>`;
  return `<dd><a href="${escapeHtml(part.href)}" rel="noreferrer noopener">${words}</a></dd>`;
}

/** The file that the page with JavaScript makes by itself. */
function copyOf(
  reply: FastifyReply,
  receiptId: ReceiptId,
  given: Extract<ReceiptAnswer, { readonly state: 'known' }>,
): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${receiptCopyName(receiptId)}"`)
    .send(receiptCopy({ ...given, receiptId, document: signedDocument(given.receipt) }));
}

function copyForm({ t }: Reader, link: string): string {
  return `<form method="post"><p>${escapeHtml(t('copy.body'))}</p>
<input type="hidden" name="link" value="${escapeHtml(link)}">
<button name="copy" value="yes">${escapeHtml(t('copy.save'))}</button></form>`;
}

/** The secret goes back to whoever just sent it, so that one tap is enough here too. */
function takeBackForm({ t }: Reader, contribution: string, link: string): string {
  return `<form method="post"><p>${escapeHtml(t(`takeBack.${contribution}`))}</p>
<input type="hidden" name="link" value="${escapeHtml(link)}">
<button name="take-back" value="yes">${escapeHtml(t('takeBack.label'))}</button></form>`;
}

/** Where the link is pasted. Without an action it goes to the address of the page, and so does not name the secret's receipt twice. */
function form({ t }: Reader, ...lead: readonly string[]): string {
  return `${paragraphs(lead.map((key) => t(key)))}<form method="post"><label for="link">${escapeHtml(t('withoutScript.label'))}</label>
<input id="link" name="link" required autocomplete="off" autocapitalize="off" spellcheck="false">
<button>${escapeHtml(t('withoutScript.read'))}</button></form>`;
}

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('');
}

/**
 * The one page for phones. The form stands in it for browsers without JavaScript. Without a manifest: adding the page to a home screen then keeps
 * its whole address, and does not install the kiosk.
 */
function withForm(page: string, reader: Reader): string {
  const { t } = reader;
  const noScript = `<noscript>${PLAIN_STYLE_LINK}<main><h1>${escapeHtml(t('withoutScript.title'))}</h1>${form(reader, 'withoutScript.why', 'withoutScript.how')}</main></noscript>`;
  return page
    .replace(/<link rel="manifest"[^>]*>/, '')
    .replace(
      '<html lang="en">',
      `<html lang="${escapeHtml(reader.language)}" dir="${languageDirection(reader.language)}">`,
    )
    .replace(
      /(<p class="first-words"[^>]*>).*?<\/p>/s,
      (_, opening) => `${opening}${escapeHtml(t('wait'))}</p>`,
    )
    .replace(/<noscript>.*<\/noscript>/s, () => noScript);
}

function answer(reply: FastifyReply, reader: Reader, title: string, body: string): FastifyReply {
  reply.header('cache-control', 'no-store');
  const { t, language } = reader;
  const heading = t(title);
  return sendPlainPage(reply, {
    language,
    title: t('pageTitle'),
    body: `<main><h1>${escapeHtml(heading)}</h1>${body}</main>`,
  });
}

/** The payload of a compact JWS. Its signature was checked when it came in. */
function signedDocument(jws: string): unknown {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
}

async function timeZoneOf({ db }: Pick<ServerContext, 'db'>, shopId: ShopId): Promise<string> {
  const row = await db.selectFrom('shop').select('shop_json').where('id', '=', shopId).executeTakeFirst();
  return row === undefined ? 'UTC' : (JSON.parse(row.shop_json) as { timeZone: string }).timeZone;
}
