import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashNotice, type Notice, type NoticeTemplate, noticeFacts, renderNotice } from '#consent';
import { kioskConfigSchema } from '#protocol';
import type { ControllerId, Instant, Outcome, Sha256, ShopId } from '#values';
import type { Database } from './database/open.ts';
import { projectDir } from './project-dir.ts';
import type { ShopFacts } from './shop-facts.ts';

const NOTICE_ID = 'counting';
const FIRST_VERSION = 1;
const LOCALES = join(projectDir, 'src/i18n/locales');
const noticeSchema = kioskConfigSchema.shape.notices.element;
const textsSchema = noticeSchema.shape.texts;
const templateSchema = textsSchema.extend({
  optional: textsSchema.shape.title,
  notMe: textsSchema.shape.title,
  processors: textsSchema.shape.who,
});

/** The languages that a notice is written in. They change with the program alone. */
export const NOTICE_LANGUAGES: readonly string[] = readdirSync(LOCALES)
  .filter((language) => existsSync(fileOf(language)))
  .toSorted();

const templates = new Map<string, NoticeTemplate>();

/** A notice as it stands in the table. */
export interface PublishedNotice {
  readonly notice: Notice;
  readonly hash: Sha256;
  readonly publishedAt: Instant;
}

/** The last published notice of each language that a shop ever spoke. The texts before them are not read: there may be thousands. */
export async function publishedNotices(
  db: Database,
  shopId: ShopId,
): Promise<ReadonlyMap<string, PublishedNotice>> {
  const rows = await db
    .selectFrom('notice')
    .innerJoin(
      (inner) =>
        inner
          .selectFrom('notice')
          .select(({ fn }) => ['language', fn.max('version').as('version')])
          .where('shop_id', '=', shopId)
          .groupBy('language')
          .as('newest'),
      (join) =>
        join.onRef('newest.language', '=', 'notice.language').onRef('newest.version', '=', 'notice.version'),
    )
    .select(['notice.language', 'notice_json', 'hash', 'published_at'])
    .where('shop_id', '=', shopId)
    .execute();
  return new Map(
    rows.map(({ language, notice_json, hash, published_at }) => [
      language,
      { notice: JSON.parse(notice_json) as Notice, hash, publishedAt: published_at },
    ]),
  );
}

/** The same without when they were published. */
export async function noticesInForce(db: Database, shopId: ShopId): Promise<ReadonlyMap<string, Notice>> {
  const published = await publishedNotices(db, shopId);
  return new Map([...published].map(([language, { notice }]) => [language, notice]));
}

/** A notice that a shop is to show, and the last one that it published in this language, if it ever did. */
export interface NewNotice {
  readonly notice: Notice;
  readonly before: Notice | null;
}

/**
 * What a shop's notices have to say from now on, in each of its languages, where that is not what they say already. A text that has not changed keeps
 * its version and its hash.
 */
export async function newNotices(
  db: Database,
  facts: ShopFacts,
): Promise<Outcome<{ readonly notices: readonly NewNotice[] }, 'notice-too-long'>> {
  const inForce = await noticesInForce(db, facts.shop.id);
  const notices: NewNotice[] = [];
  for (const language of facts.shop.languages) {
    const before = inForce.get(language) ?? null;
    const notice = await renderFor(facts, language, before?.version ?? String(FIRST_VERSION));
    // A notice that no tablet would take must never come into force.
    if (!noticeSchema.safeParse(notice).success) return { ok: false, reason: 'notice-too-long' };
    if (before !== null && hashNotice(before) === hashNotice(notice)) continue;
    // A text that comes back after another is a new version too, so that the newest is always the one in force.
    const next = before === null ? notice : { ...notice, version: String(Number(before.version) + 1) };
    notices.push({ notice: next, before });
  }
  return { ok: true, notices };
}

/** Puts notices into force. */
export async function publishNotices(
  { db, now }: { readonly db: Database; readonly now: Instant },
  { shopId, controllerId }: { readonly shopId: ShopId; readonly controllerId: ControllerId },
  notices: readonly NewNotice[],
): Promise<void> {
  for (const { notice } of notices) {
    await db
      .insertInto('notice')
      .values({
        hash: hashNotice(notice),
        shop_id: shopId,
        controller_id: controllerId,
        language: notice.language,
        version: Number(notice.version),
        notice_json: JSON.stringify(notice),
        published_at: now,
      })
      .execute();
  }
}

async function renderFor(
  { controller, shop, settings }: ShopFacts,
  language: string,
  version: string,
): Promise<Notice> {
  return {
    id: NOTICE_ID,
    version,
    controllerId: controller.id,
    jurisdiction: controller.country,
    language,
    texts: renderNotice(await templateOf(language), noticeFacts(shop, controller, settings, language)),
  };
}

async function templateOf(language: string): Promise<NoticeTemplate> {
  const kept = templates.get(language);
  if (kept !== undefined) return kept;
  const template = templateSchema.parse(JSON.parse(await readFile(fileOf(language), 'utf8')));
  templates.set(language, template);
  return template;
}

function fileOf(language: string): string {
  return join(LOCALES, language, 'notice.json');
}
