import type { FastifyInstance, FastifyReply } from 'fastify';
import { languageDirection } from '#values';

const STYLE_PATH = '/docs/style.css';
/** For HTML that is written elsewhere. */
export const PLAIN_STYLE_LINK = `<link rel="stylesheet" href="${STYLE_PATH}">`;
const PAGE_STYLE = `body{font:1.125rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1.25rem;color:#14211d;background:#faf7f2}
a{color:#0b5345}pre{overflow:auto;padding:1rem;background:#fff;border:1px solid #d8d2c6;border-radius:.5rem}
table{border-collapse:collapse;display:block;overflow:auto}td,th{border:1px solid #d8d2c6;padding:.4rem .6rem;text-align:start}
img{max-width:100%}nav a{margin-inline-end:1rem}dt{margin-block-start:1rem;font-weight:700;color:#0b5345}dd{margin:0}
code{overflow-wrap:anywhere}footer{margin-block-start:2.5rem;padding-block-start:1rem;border-block-start:1px solid #d8d2c6;color:#3d4b46}
h1,h2{line-height:1.2}.first-words{display:none}dd a{display:inline-flex;align-items:center;min-block-size:4rem;min-inline-size:4rem}
.answers{display:flex;flex-wrap:wrap;gap:1rem;margin-block:1.5rem;padding:0;list-style:none}
.answers li{padding:.75rem 1.5rem;border:2px solid #0b5345;border-radius:1rem;font-weight:650}
form{margin-block:1.5rem;padding:1.5rem;border:1px solid #d8d2c6;border-radius:1rem;background:#fff}label{font-weight:650}
input,button{box-sizing:border-box;min-block-size:4rem;padding:.75rem 1.5rem;border:2px solid #0b5345;border-radius:1rem;font:inherit}
input{display:block;inline-size:100%;margin-block:.5rem 1rem}button{background:#0b5345;color:#fff;font-weight:650}`;

interface PlainPage {
  /** BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  /** HTML that is safe already. */
  readonly body: string;
}

/** The style of pages that are read without any script: documents and notices. */
export function plainPageStyle(app: FastifyInstance): void {
  app.get(STYLE_PATH, (_, reply) => reply.type('text/css').send(PAGE_STYLE));
}

/** Sends a page that needs no script. */
export function sendPlainPage(reply: FastifyReply, { language, title, body }: PlainPage): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="${escapeHtml(language)}" dir="${languageDirection(language)}"><meta charset="utf-8">` +
        `<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>` +
        `${PLAIN_STYLE_LINK}${body}</html>`,
    );
}

/** A text of anybody's making, as it can stand in HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
