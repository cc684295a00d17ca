import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Controller, NoticeTemplate, NoticeTexts, Shop } from '#consent';
import type { KioskSettings } from '#protocol';
import { DAY_MS, instant, type ShopId } from '#values';
import { noticesInForce } from './notices.ts';
import { projectDir } from './project-dir.ts';
import { putShop } from './shops.ts';
import { startTestServer } from './testing/start-test-server.ts';
import { TestKiosk } from './testing/test-kiosk.ts';
import { DEMO_SHOP } from './testing/test-staff.ts';

const localesDir = join(projectDir, 'src/i18n/locales');
const templates = readdirSync(localesDir).map((language) => ({
  language,
  texts: JSON.parse(readFileSync(join(localesDir, language, 'notice.json'), 'utf8')) as NoticeTemplate,
}));
const english = templates.find(({ language }) => language === 'en')?.texts as NoticeTemplate;

/** What a visitor reads before the buttons, buttons included. */
function firstLayer({ title, who, what, why, howLong, demographics, agree, decline }: NoticeTexts): string[] {
  const answers = [who, what, why, howLong].flatMap(({ question, answer }) => [question, answer]);
  return [title, ...answers, demographics.question, agree, decline];
}

const words = (text: string): string[] => text.match(/[\p{L}\p{N}'’{}]+/gu) ?? [];

/** Syllables of an English word, counted as readability formulas do: groups of vowels, without a silent e. */
function syllables(word: string): number {
  const lower = word
    .toLowerCase()
    .replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '')
    .replace(/^y/, '');
  return Math.max(1, lower.match(/[aeiouy]{1,2}/g)?.length ?? 1);
}

/** The Flesch-Kincaid grade: how many years of school a text asks for. */
function grade(texts: readonly string[]): number {
  const sentences = texts
    .flatMap((text) => text.split(/[.?!:]+(?:\s|$)/))
    .filter((text) => words(text).length > 0);
  const all = sentences.flatMap(words);
  const spoken = all.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (all.length / sentences.length) + 11.8 * (spoken / all.length) - 15.59;
}

describe('the English notice', () => {
  it('says the four answers and asks the two questions in ninety words', () => {
    expect(firstLayer(english).flatMap(words).length).toBeLessThanOrEqual(90);
  });

  it('is read with six years of school', () => {
    expect(grade(firstLayer(english))).toBeLessThanOrEqual(6);
    const details = [...english.details, english.processors].flatMap(({ question, answer }) => [
      question,
      answer,
    ]);
    const filled = details.map((text) => text.replace(/\{\{\w+\}\}/g, '30'));
    expect(grade(filled)).toBeLessThanOrEqual(6);
  });
});

describe.each(templates)('the notice in $language', ({ texts }) => {
  it('gives yes and no the same room', () => {
    const [agree, decline] = [texts.agree.length, texts.decline.length];
    expect(Math.abs(agree - decline)).toBeLessThanOrEqual(Math.max(2, 0.35 * Math.max(agree, decline)));
  });

  it('answers as many questions as the English one', () => {
    expect(texts.details).toHaveLength(english.details.length);
    expect(texts.details.length).toBeGreaterThanOrEqual(6);
  });

  it('names whom to write to, whom to complain to, how long, from which age and how many', () => {
    const text = JSON.stringify(texts);
    for (const fact of [
      'contact',
      'regulator',
      'regulatorUrl',
      'linkTime',
      'receiptTime',
      'ageOfConsent',
      'releaseMin',
    ]) {
      expect(text).toContain(`{{${fact}}}`);
    }
  });
});

describe('publishing', () => {
  async function demoShop() {
    const server = await startTestServer();
    const { context } = server;
    const row = await context.db
      .selectFrom('shop')
      .innerJoin('controller', 'controller.id', 'shop.controller_id')
      .select(['shop_json', 'settings_json', 'controller_json'])
      .executeTakeFirstOrThrow();
    const facts = {
      controller: JSON.parse(row.controller_json) as Controller,
      shop: JSON.parse(row.shop_json) as Shop,
      settings: JSON.parse(row.settings_json) as KioskSettings,
    };
    const inForce = async () => (await noticesInForce(context.db, DEMO_SHOP as ShopId)).get('en');
    return { server, context, facts, inForce };
  }

  it('fills every placeholder', async () => {
    const { inForce } = await demoShop();
    const text = JSON.stringify(await inForce());
    expect(text).not.toContain('{{');
    expect(text).toContain('Harbour Street Motors Ltd');
    expect(text).toContain('https://www.dataprotection.ie');
  });

  it('names those who work for the controller among the details, as shown and hashed, where there are any', async () => {
    const { context, facts, inForce } = await demoShop();
    const alone = await inForce();
    expect(JSON.stringify(alone)).not.toContain('help you with this');
    const named = (name: string) => ({ name, address: '3 Low Street', contact: `dpo@${name}.example` });
    const controller = { ...facts.controller, processors: [named('Cloud Ltd'), named('Print Ltd')] };
    await putShop(context, { ...facts, controller });
    const published = await noticesInForce(context.db, DEMO_SHOP as ShopId);
    const last = (language: string) => published.get(language)?.texts.details.at(-1)?.answer;
    expect(last('en')).toContain('Yes: Cloud Ltd and Print Ltd.');
    expect(last('zh-Hans')).toContain('有：Cloud Ltd和Print Ltd。');
    expect(published.get('en')?.version).toBe('2');
    await putShop(context, facts);
    expect((await inForce())?.texts).toEqual(alone?.texts);
  });

  it('of names that are too long for a notice is refused, and nothing of the shop is changed', async () => {
    const { context, facts, inForce } = await demoShop();
    const before = await inForce();
    const processors = Array.from({ length: 8 }, () => ({
      name: 'n'.repeat(300),
      address: '3 Low Street',
      contact: 'dpo@low.example',
    }));
    const putLong = putShop(context, { ...facts, controller: { ...facts.controller, processors } });
    await expect(putLong).rejects.toThrow('too long for a notice');
    expect(await inForce()).toEqual(before);
  });

  it('of the same text again changes nothing', async () => {
    const { context, facts, inForce } = await demoShop();
    const before = await inForce();
    await putShop(context, facts);
    expect(await inForce()).toEqual(before);
    const published = await context.db.selectFrom('notice').selectAll().execute();
    expect(published).toHaveLength(facts.shop.languages.length);
  });

  it('of another text is a new version, also when it goes back to the first', async () => {
    const { context, facts, inForce } = await demoShop();
    const first = await inForce();
    await putShop(context, { ...facts, settings: { ...facts.settings, ageOfConsent: 14 } });
    expect(await inForce()).toMatchObject({ version: '2' });
    await putShop(context, facts);
    expect(await inForce()).toEqual({ ...first, version: '3' });
  });

  it('is in force by its version, also after a clock that was set back', async () => {
    const { context, facts, inForce } = await demoShop();
    const older = { db: context.db, now: () => instant(context.now() - DAY_MS) };
    await putShop(older, { ...facts, settings: { ...facts.settings, ageOfConsent: 14 } });
    expect(await inForce()).toMatchObject({ version: '2' });
    for (let version = 3; version <= 11; version += 1) {
      const settings = { ...facts.settings, ageOfConsent: version };
      await putShop(context, { ...facts, settings });
    }
    expect(await inForce()).toMatchObject({ version: '11' });
  });

  it('leaves the texts before alone: tablets are told of the newest, and their visits taken, without reading them', async () => {
    const { server, context, facts } = await demoShop();
    const settings = { ...facts.settings, ageOfConsent: 14 };
    await putShop(context, { ...facts, settings });
    await context.db.updateTable('notice').set({ notice_json: '' }).where('version', '=', 1).execute();
    const kiosk = await TestKiosk.paired(server.url);
    expect(new Set(kiosk.config?.notices.map(({ version }) => version))).toEqual(new Set(['2']));
    await kiosk.visit();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    await putShop(context, { ...facts, settings: { ...settings, ageOfConsent: 15 } });
  });

  it('of a language that has no text is refused, and nothing of the shop is changed', async () => {
    const { context, facts, inForce } = await demoShop();
    const before = await inForce();
    const shop = { ...facts.shop, name: 'Renamed', languages: ['en', 'tlh'] };
    await expect(putShop(context, { ...facts, shop })).rejects.toThrow(
      'There is no notice in the language "tlh".',
    );
    expect(await inForce()).toEqual(before);
    const kept = await context.db.selectFrom('shop').select('shop_json').executeTakeFirstOrThrow();
    expect(JSON.parse(kept.shop_json)).toEqual(facts.shop);
  });

  it('for another controller is refused: a shop does not change hands', async () => {
    const { context, facts } = await demoShop();
    const controller = { ...facts.controller, id: 'somebody-else' as never };
    await expect(putShop(context, { ...facts, controller })).rejects.toThrow('cannot change hands');
  });
});
