import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Controller, hashNotice, type Notice } from '#consent';
import { putShop } from '../shops.ts';
import { must } from '../testing/must.ts';
import { startTestServer } from '../testing/start-test-server.ts';

const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'ja', 'ko', 'pt', 'ru', 'zh-Hans', 'zh-Hant'];

async function published() {
  const server = await startTestServer();
  const rows = await server.context.db.selectFrom('notice').select(['hash', 'notice_json']).execute();
  const notices = rows.map(({ hash, notice_json }) => ({ hash, notice: JSON.parse(notice_json) as Notice }));
  const get = (path: string) => fetch(`${server.url}${path}`);
  return { server, notices, get };
}

/** What a reader sees of a page. */
const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

describe('the page of a notice', () => {
  it('shows every word that the visitor saw, in the visitor’s language', async () => {
    const { notices, get } = await published();
    expect(notices.map(({ notice }) => notice.language).sort()).toEqual(LANGUAGES);
    for (const { hash, notice } of notices) {
      const page = await (await get(`/notices/${hash}`)).text();
      expect(page).toContain(
        `<html lang="${notice.language}" dir="${notice.language === 'ar' ? 'rtl' : 'ltr'}">`,
      );
      const { details, ...first } = notice.texts;
      const texts = [...Object.values(first), ...details].flatMap((text) =>
        typeof text === 'object' ? [text.question, text.answer] : [must(text)],
      );
      for (const text of texts) expect(textOf(page)).toContain(text);
      expect(textOf(page)).toContain(hash);
    }
  });

  it('comes as the very bytes that were hashed too', async () => {
    const { notices, get } = await published();
    for (const { hash } of notices) {
      const bytes = new Uint8Array(await (await get(`/notices/${hash}.json`)).arrayBuffer());
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
    }
  });

  it('stays when a newer text is in force', async () => {
    const { server, notices, get } = await published();
    const { db } = server.context;
    const row = must(await db.selectFrom('shop').selectAll().executeTakeFirst());
    const controller = must(await db.selectFrom('controller').selectAll().executeTakeFirst());
    const parsed = JSON.parse(controller.controller_json) as Controller;
    await putShop(server.context, {
      controller: { ...parsed, contact: 'new@harbour-street.example' },
      shop: JSON.parse(row.shop_json),
      settings: JSON.parse(row.settings_json),
    });
    for (const { hash, notice } of notices) {
      const page = textOf(await (await get(`/notices/${hash}`)).text());
      expect(page).toContain(must(notice.texts.details[4]).answer);
    }
    expect(await db.selectFrom('notice').select('hash').execute()).toHaveLength(2 * LANGUAGES.length);
  });

  it('names two controllers who decide together', async () => {
    const { server, get } = await published();
    const { db } = server.context;
    const row = must(await db.selectFrom('shop').selectAll().executeTakeFirst());
    const controller = must(await db.selectFrom('controller').selectAll().executeTakeFirst());
    await putShop(server.context, {
      controller: {
        ...(JSON.parse(controller.controller_json) as Controller),
        jointWith: [{ name: 'Head Office plc', address: '2 High Street', contact: 'dpo@head.example' }],
      },
      shop: JSON.parse(row.shop_json),
      settings: JSON.parse(row.settings_json),
    });
    const newest = await db.selectFrom('notice').select('notice_json').where('language', '=', 'en').execute();
    const notice = must(
      newest
        .map(({ notice_json }) => JSON.parse(notice_json) as Notice)
        .find(({ version }) => version === '2'),
    );
    expect(textOf(await (await get(`/notices/${hashNotice(notice)}`)).text())).toContain(
      'Harbour Street Motors Ltd and Head Office plc, privacy@harbour-street.example',
    );
  });

  it('lets no text of an administrator become markup', async () => {
    const { server, get } = await published();
    const { db } = server.context;
    const row = must(await db.selectFrom('shop').selectAll().executeTakeFirst());
    const controller = must(await db.selectFrom('controller').selectAll().executeTakeFirst());
    await putShop(server.context, {
      controller: {
        ...(JSON.parse(controller.controller_json) as Controller),
        name: '<script>alert(1)</script>"\'&',
      },
      shop: JSON.parse(row.shop_json),
      settings: JSON.parse(row.settings_json),
    });
    const newest = await db.selectFrom('notice').selectAll().where('language', '=', 'en').execute();
    const { hash } = must(newest.find(({ notice_json }) => notice_json.includes('<script>')));
    expect(await (await get(`/notices/${hash}`)).text()).not.toContain('<script');
  });

  it.each([
    ['of no notice', '0'.repeat(64)],
    ['that is none', 'abc'],
    ['with another ending', `${'0'.repeat(64)}.exe`],
    ['that leads out of the folder', '..%2f..%2fpackage.json'],
  ])('is not found by a hash %s', async (_, name) => {
    const { get } = await published();
    expect((await get(`/notices/${name}`)).status).toBe(404);
  });
});
