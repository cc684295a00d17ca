import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyReceipt } from '#consent';
import { randomId } from '#values';
import { now, random, startTestServer, temporaryDir } from '../testing/start-test-server.ts';
import { type GivenReceipt, TestKiosk } from '../testing/test-kiosk.ts';
import { countedOf, signInDemoStaff } from '../testing/test-staff.ts';

/** The page as the build leaves it, as far as the server changes it. */
const INDEX =
  '<!doctype html><html lang="en"><title>AskFirst</title><link rel="manifest" href="/manifest.webmanifest"><p class="first-words" role="status">One moment…</p><noscript>This page needs JavaScript.</noscript></html>';

async function setUp() {
  const distDir = await temporaryDir();
  await mkdir(join(distDir, 'assets'));
  await writeFile(join(distDir, 'index.html'), INDEX);
  const server = await startTestServer({ distDir });
  const kiosk = await TestKiosk.paired(server.url, now);
  const receipt = await kiosk.visit();
  const linkOf = ({ id, secret }: Pick<GivenReceipt, 'id' | 'secret'>) =>
    `${server.url}/r/${id}#${secret}.${kiosk.kid}`;
  const send = async (id: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/r/${id}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { server, kiosk, receipt, linkOf, send };
}

describe('a receipt without JavaScript', () => {
  it('is asked for by a form that stands in the page, in the language of the browser', async () => {
    const { server, receipt } = await setUp();
    const get = async (language: string) =>
      (await fetch(`${server.url}/r/${receipt.id}`, { headers: { 'accept-language': language } })).text();
    const page = await get('en-IE,de;q=0.5');
    expect(page).toMatch(/<noscript>.*<form method="post">.*<\/noscript>/s);
    expect(page).toContain('<h1>Read your receipt without JavaScript</h1>');
    expect(page).toContain('<html lang="en" dir="ltr">');
    const chinese = await get('xx, <script>, zh-CN;q=0.9');
    expect(chinese).toContain('<html lang="zh-Hans" dir="ltr">');
    expect(chinese).not.toContain('<script>');
    // What stands there until the program has come is in that language too.
    expect(chinese).toContain('<p class="first-words" role="status">请稍等……</p>');
  });

  it('comes in a page that installs no kiosk on a phone', async () => {
    const { server } = await setUp();
    expect(await (await fetch(server.url)).text()).toContain('manifest');
    expect(await (await fetch(`${server.url}/r/${'A'.repeat(22)}`)).text()).not.toContain('manifest');
  });

  it('is read in words with its link, whole or what stands after #, and nobody keeps a copy', async () => {
    const { kiosk, receipt, linkOf, send } = await setUp();
    await kiosk.sync();
    for (const link of [linkOf(receipt), `  ${receipt.secret}.${kiosk.kid} `, `#${receipt.secret}`]) {
      const { status, headers, text } = await send(receipt.id, { link });
      expect(status).toBe(200);
      expect(text).toContain('<h1>You said yes. We counted you.</h1>');
      expect(text).toContain('being counted as a visitor');
      expect(text).toContain('href="https://www.dataprotection.ie"');
      expect(text).toContain('Your phone did not check the receipt.');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("form-action 'self'");
    }
  });

  it('is taken back with one tap', async () => {
    const { server, kiosk, receipt, linkOf, send } = await setUp();
    await kiosk.sync();
    const staff = await signInDemoStaff(server);
    expect(countedOf(await staff.today())).toBe(1);
    const { text } = await send(receipt.id, { link: linkOf(receipt), 'take-back': 'yes' });
    expect(text).toContain('<h1>Done. You took your yes back.</h1>');
    expect(text).not.toContain('name="take-back"');
    expect(countedOf(await staff.today())).toBe(0);
  });

  it('is saved as the file that a page with JavaScript makes, which says once the yes is taken back that it was', async () => {
    const { kiosk, receipt, linkOf, send } = await setUp();
    await kiosk.sync();
    const link = linkOf(receipt);
    const saved = await send(receipt.id, { link, copy: 'yes' });
    expect(saved.headers.get('content-disposition')).toBe(
      `attachment; filename="consent-receipt-${receipt.id}.json"`,
    );
    expect(saved.headers.get('cache-control')).toBe('no-store');
    const { receipt: signed, publicKey, document, status } = JSON.parse(saved.text);
    expect(await verifyReceipt(signed, publicKey)).toEqual({ ok: true, payload: document });
    expect(status).toBeUndefined();
    expect(saved.text).not.toContain(receipt.secret);
    await send(receipt.id, { link, 'take-back': 'yes' });
    const later = await send(receipt.id, { link, copy: 'yes' });
    expect(JSON.parse(later.text)).toMatchObject({
      receipt: signed,
      status: { 'dpv:hasConsentStatus': { '@type': 'dpv:ConsentWithdrawn' } },
    });
  });

  it('that has not arrived can be taken back too', async () => {
    const { receipt, linkOf, send } = await setUp();
    const { text } = await send(receipt.id, { link: linkOf(receipt), 'take-back': 'yes' });
    expect(text).toContain('<h1>We will take it back.</h1>');
  });

  it('is one and the same page for a wrong secret, a wrong id and a receipt that has not arrived', async () => {
    const { kiosk, receipt, linkOf, send } = await setUp();
    await kiosk.sync();
    const unsent = await kiosk.visit();
    const pages = await Promise.all(
      [
        { ...receipt, secret: randomId(random) },
        { id: randomId(random), secret: randomId(random) },
        unsent,
      ].map(async (asked) => {
        const link = linkOf(asked as GivenReceipt);
        // It goes back to whoever sent it, with the way to take the receipt back.
        return (await send(asked.id, { link })).text.replaceAll(link, 'LINK');
      }),
    );
    expect(pages[0]).toContain('We found no receipt for this link.');
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toContain('name="take-back"');
  });

  it('says what is wrong with a link that lost a part, and repeats nothing of it', async () => {
    const { receipt, send } = await setUp();
    const { text } = await send(receipt.id, { link: '"><script>alert(1)</script>' });
    expect(text).toContain('<h1>This link is not complete.</h1>');
    expect(text).not.toContain('script>alert');
  });

  it('cannot be guessed at: too many tries are told to wait', async () => {
    const { receipt, send } = await setUp();
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => send(receipt.id, { link: randomId(random) })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.text).toContain('There were too many tries from this network.');
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it.each([
    ['a body that is too long', 'x'.repeat(5_000), 'application/x-www-form-urlencoded', 413],
    ['a file', 'link=x', 'text/plain', 400],
  ])('refuses %s', async (_, body, type, status) => {
    const { server, receipt } = await setUp();
    const response = await fetch(`${server.url}/r/${receipt.id}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect(response.status).toBe(status);
  });
});
