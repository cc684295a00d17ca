import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Our deepest message is under ten levels; a parser fed with ten thousand can run out of stack. */
const MAX_DEPTH = 32;

const rawBodies = new WeakMap<FastifyRequest, string>();

/** The body as it was sent, which is what a kiosk's signature is over. Empty where there is none. */
export function rawBody(request: FastifyRequest): string {
  return rawBodies.get(request) ?? '';
}

/** Reads JSON bodies, and nothing else. Attacker-controlled: depth is checked before parsing, and `__proto__` is refused. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    if (isTooDeep(text)) return done(Object.assign(new Error('Too deep.'), { statusCode: 400 }));
    rawBodies.set(request, text);
    // The default parser calls back; what it returns is not used.
    void parse(request, text, done);
  });
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

/** Where a string that begins at `start` ends. Looked for and not walked to: receipts are long. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** An odd number of backslashes before a quote makes it part of the string. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
