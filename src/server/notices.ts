import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Controller,
  hashNotice,
  type Notice,
  type NoticeTexts,
  namesOfControllers,
  renderNotice,
  type Shop,
} from '#consent';
import { type KioskSettings, kioskConfigSchema } from '#protocol';
import { type Clock, formatUnit, type ShopId, withOwnDigits } from '#values';
import type { Database } from './database/open.ts';
import { projectDir } from './project-dir.ts';
import { OperatorError } from './trouble.ts';

const NOTICE_ID = 'counting';
const FIRST_VERSION = 1;
const textsSchema = kioskConfigSchema.shape.notices.element.shape.texts;

interface ShopFacts {
  readonly controller: Controller;
  readonly shop: Shop;
  readonly settings: Pick<KioskSettings, 'ageOfConsent' | 'releaseMin'>;
}

/** The notice of each language that a shop shows now: of several the last published. */
export async function noticesInForce(db: Database, shopId: ShopId): Promise<ReadonlyMap<string, Notice>> {
  const published = await db
    .selectFrom('notice')
    .select('notice_json')
    .where('shop_id', '=', shopId)
    .execute();
  const notices = published.map(({ notice_json }) => JSON.parse(notice_json) as Notice);
  const inOrder = notices.sort((a, b) => Number(a.version) - Number(b.version));
  return new Map(inOrder.map((notice) => [notice.language, notice]));
}

/** Publishes what a shop's notices have to say now, in each of its languages. A text that has not changed keeps its version and its hash. */
export async function publishNotices(
  { db, now }: { readonly db: Database; readonly now: Clock },
  facts: ShopFacts,
): Promise<void> {
  const inForce = await noticesInForce(db, facts.shop.id);
  for (const language of facts.shop.languages) {
    const before = inForce.get(language);
    const notice = await renderFor(facts, language, before?.version ?? String(FIRST_VERSION));
    if (before !== undefined && hashNotice(before) === hashNotice(notice)) continue;
    // A text that comes back after another is a new version too, so that the newest is always the one in force.
    const next = before === undefined ? notice : { ...notice, version: String(Number(before.version) + 1) };
    await db
      .insertInto('notice')
      .values({
        hash: hashNotice(next),
        shop_id: facts.shop.id,
        controller_id: facts.controller.id,
        language,
        notice_json: JSON.stringify(next),
        published_at: now(),
      })
      .execute();
  }
}

async function renderFor(
  { controller, shop, settings }: ShopFacts,
  language: string,
  version: string,
): Promise<Notice> {
  const number = new Intl.NumberFormat(withOwnDigits(language));
  const texts = renderNotice(await readTemplate(language), {
    shop: shop.name,
    controller: namesOfControllers(controller, language),
    contact: controller.contact,
    regulator: controller.regulator.name,
    regulatorUrl: controller.regulator.url,
    ageOfConsent: number.format(settings.ageOfConsent),
    linkTime: formatUnit(controller.retention.linkDays, 'day', language),
    receiptTime: formatUnit(controller.retention.receiptYears, 'year', language),
    releaseMin: number.format(settings.releaseMin),
  });
  return {
    id: NOTICE_ID,
    version,
    controllerId: controller.id,
    jurisdiction: controller.country,
    language,
    texts,
  };
}

/** `language` has been checked to be a BCP 47 tag, so it cannot lead out of the folder. */
async function readTemplate(language: string): Promise<NoticeTexts> {
  const file = join(projectDir, 'src/i18n/locales', language, 'notice.json');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new OperatorError(`There is no notice in the language "${language}".`);
  });
  return textsSchema.parse(JSON.parse(text));
}
