import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { hashNotice, type Notice, type NoticeDetail } from '#consent';
import { canonicalJson, isSha256, type Json, type Sha256 } from '#values';
import type { ServerContext } from '../context.ts';
import { projectDir } from '../project-dir.ts';
import { refuse } from '../refuse.ts';
import { escapeHtml, sendPlainPage } from './plain-page.ts';

/** The words around a notice, in its own language. */
const frameSchema = z.strictObject({
  shownAs: z.string(),
  version: z.string(),
  hash: z.string(),
  file: z.string(),
  howToCheck: z.string(),
});
type Frame = z.infer<typeof frameSchema>;

/**
 * Every notice ever published, by its hash, for anybody: `/notices/{hash}` in the words that the visitor saw and in their order, and
 * `/notices/{hash}.json` as the very bytes that were hashed, so that `sha256sum` of that file is the hash in the receipt.
 */
export function noticePages(app: FastifyInstance, context: Pick<ServerContext, 'db'>): void {
  app.get<{ Params: { name: string } }>('/notices/:name', async (request, reply) => {
    const [hash = '', ending, ...rest] = request.params.name.split('.');
    const wantsFile = ending === 'json';
    if (!isSha256(hash) || rest.length > 0 || (ending !== undefined && !wantsFile)) {
      return refuse(reply, 'not-found');
    }
    const notice = await noticeOf(context, hash);
    if (notice === null) return refuse(reply, 'not-found');
    if (wantsFile) return reply.type('application/json').send(canonicalJson(notice as unknown as Json));
    const body = pageOf(notice, hashNotice(notice), await readFrame(notice.language));
    return sendPlainPage(reply, { language: notice.language, title: notice.texts.title, body });
  });
}

async function noticeOf({ db }: Pick<ServerContext, 'db'>, hash: Sha256): Promise<Notice | null> {
  const row = await db.selectFrom('notice').select('notice_json').where('hash', '=', hash).executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.notice_json) as Notice);
}

/** The language of a published notice was checked to be a BCP 47 tag, so it cannot lead out of the folder. */
async function readFrame(language: string): Promise<Frame> {
  const file = join(projectDir, 'src/i18n/locales', language, 'notice-page.json');
  return frameSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

function pageOf({ texts, version, language }: Notice, hash: Sha256, frame: Frame): string {
  const t = escapeHtml;
  const list = (details: readonly NoticeDetail[]) =>
    `<dl>${details.map(({ question, answer }) => `<dt>${t(question)}</dt><dd>${t(answer)}</dd>`).join('')}</dl>`;
  const answers = (labels: readonly string[]) =>
    `<ul class="answers">${labels.map((label) => `<li>${t(label)}</li>`).join('')}</ul>`;
  return `<main><p>${t(frame.shownAs)}</p><hr>
<h1>${t(texts.title)}</h1>
${list([texts.who, texts.what, texts.why, texts.howLong])}
<h2>${t(texts.demographics.question)}</h2>${texts.optional === undefined ? '' : `<p><em>${t(texts.optional)}</em></p>`}<p>${t(texts.demographics.answer)}</p>
${answers([texts.decline, texts.agree])}
${list(texts.details)}
<h2>${t(texts.ageQuestion)}</h2>${answers([...(texts.notMe === undefined ? [] : [texts.notMe]), texts.younger, texts.older])}
<h2>${t(texts.guardianQuestion)}</h2>${answers([texts.guardianAgree])}
</main><footer><dl><dt>${t(frame.version)}</dt><dd>${t(version)} (${t(language)})</dd>
<dt>${t(frame.hash)}</dt><dd><code>${hash}</code></dd></dl>
<p><a href="/notices/${hash}.json">${t(frame.file)}</a> ${t(frame.howToCheck)}</p></footer>`;
}
