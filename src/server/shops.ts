import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Controller, hashNotice, type Notice, type NoticeTexts, renderNotice, type Shop } from '#consent';
import { type KioskSettings, kioskConfigSchema } from '#protocol';
import type { ServerContext } from './context.ts';

const NOTICE_ID = 'counting';
const NOTICE_VERSION = '1';
const localesDir = new URL('../i18n/locales/', import.meta.url);
const textsSchema = kioskConfigSchema.shape.notices.element.shape.texts;

type Stores = Pick<ServerContext, 'db' | 'now'>;

/** Sets a shop and its controller up, or brings them to new values, and publishes the notices that follow from them. */
export async function putShop(
  stores: Stores,
  { controller, shop, settings }: { controller: Controller; shop: Shop; settings: KioskSettings },
): Promise<void> {
  const { db } = stores;
  const controllerJson = JSON.stringify(controller);
  await db
    .insertInto('controller')
    .values({ id: controller.id, controller_json: controllerJson })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ controller_json: controllerJson }))
    .execute();
  const values = { shop_json: JSON.stringify(shop), settings_json: JSON.stringify(settings) };
  await db
    .insertInto('shop')
    .values({ id: shop.id, controller_id: controller.id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
  for (const notice of await noticesFor(controller, shop, settings)) await publishNotice(stores, shop, notice);
}

/** A notice is published once and kept for ever: receipts name it by its hash. */
async function publishNotice({ db, now }: Stores, shop: Shop, notice: Notice): Promise<void> {
  await db
    .insertInto('notice')
    .values({
      hash: hashNotice(notice),
      shop_id: shop.id,
      controller_id: notice.controllerId,
      language: notice.language,
      notice_json: JSON.stringify(notice),
      published_at: now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function noticesFor(controller: Controller, shop: Shop, settings: KioskSettings): Promise<Notice[]> {
  const facts = {
    shop: shop.name,
    controller: controller.name,
    contact: controller.contact,
    regulator: controller.regulator.name,
    regulatorUrl: controller.regulator.url,
    ageOfConsent: String(settings.ageOfConsent),
    linkDays: String(controller.retention.linkDays),
    receiptYears: String(controller.retention.receiptYears),
    releaseMin: String(settings.releaseMin),
  };
  const templates = await noticeTemplates();
  return shop.languages.flatMap((language) => {
    const template = templates.get(language);
    if (template === undefined) return [];
    return [
      {
        id: NOTICE_ID,
        version: NOTICE_VERSION,
        controllerId: controller.id,
        jurisdiction: controller.country,
        language,
        texts: renderNotice(template, facts),
      },
    ];
  });
}

/** The texts of every language that there is a folder for. */
async function noticeTemplates(): Promise<ReadonlyMap<string, NoticeTexts>> {
  const languages = await readdir(localesDir);
  const templates = new Map<string, NoticeTexts>();
  for (const language of languages) {
    const text = await readFile(new URL(`${language}/notice.json`, localesDir), 'utf8');
    templates.set(language, textsSchema.parse(JSON.parse(text)));
  }
  return templates;
}

/** Names in the schemas of settings that an administrator writes. */
export const shopFileSchema = z.strictObject({
  controller: kioskConfigSchema.shape.controller,
  shop: kioskConfigSchema.shape.shop,
  settings: kioskConfigSchema.shape.settings.omit({ staffPin: true }),
});
