import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Controller,
  hashNotice,
  type Notice,
  type NoticeTemplate,
  noticeFacts,
  renderNotice,
  type Shop,
} from '#consent';
import { type KioskSettings, kioskConfigSchema } from '#protocol';
import type { Clock, ShopId } from '#values';
import type { Database } from './database/open.ts';
import { projectDir } from './project-dir.ts';
import { OperatorError } from './trouble.ts';

const NOTICE_ID = 'counting';
const FIRST_VERSION = 1;
const noticeSchema = kioskConfigSchema.shape.notices.element;
const textsSchema = noticeSchema.shape.texts;
const templateSchema = textsSchema.extend({
  optional: textsSchema.shape.title,
  notMe: textsSchema.shape.title,
  processors: textsSchema.shape.who,
});

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
  const texts = renderNotice(await readTemplate(language), noticeFacts(shop, controller, settings, language));
  const notice = {
    id: NOTICE_ID,
    version,
    controllerId: controller.id,
    jurisdiction: controller.country,
    language,
    texts,
  };
  // A notice that no tablet would take must never come into force.
  if (noticeSchema.safeParse(notice).success) return notice;
  throw new OperatorError(`What "${controller.id}" says of itself is too long for a notice: shorten names.`);
}

/** `language` has been checked to be a BCP 47 tag, so it cannot lead out of the folder. */
async function readTemplate(language: string): Promise<NoticeTemplate> {
  const file = join(projectDir, 'src/i18n/locales', language, 'notice.json');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new OperatorError(`There is no notice in the language "${language}".`);
  });
  return templateSchema.parse(JSON.parse(text));
}
