import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Controller, Shop } from '#consent';
import type { KioskSettings } from '#protocol';
import { type ControllerId, randomId, type ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import type { ServerOptions } from '../start-server.ts';
import { putShop } from '../shops.ts';
import { hashPin, randomPin } from '../staff-pin.ts';

export interface Demo {
  readonly personId: string;
  /** Opens the numbers on the tablet itself. */
  readonly staffPin: string;
}

const controller: Controller = {
  id: 'harbour-street-motors' as ControllerId,
  name: 'Harbour Street Motors Ltd',
  address: '1 Harbour Street, Dublin',
  contact: 'privacy@harbour-street.example',
  country: 'IE',
  regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
  laws: ['eu-gdpr:GDPR'],
  retention: { linkDays: 30, receiptYears: 3 },
};

const shop: Shop = {
  id: 'harbour-street' as ShopId,
  name: 'Harbour Street',
  timeZone: 'Europe/Dublin',
  languages: ['en', 'zh-Hans'],
};

/** Makes the demo shop in an empty database, and brings its address to where the server listens now. */
export async function seedDemo(context: ServerContext, options: ServerOptions, publicUrl: string): Promise<Demo> {
  const demo = await readOrMakeDemo(context, options.dataDir);
  const known = await context.db.selectFrom('shop').select('settings_json').where('id', '=', shop.id).executeTakeFirst();
  const settings: KioskSettings =
    known === undefined
      ? {
          ageOfConsent: 16,
          releaseMin: 10,
          idleSeconds: options.demoSettings?.idleSeconds ?? 30,
          vision: options.demoSettings?.vision ?? 'auto',
          staffPin: hashPin(demo.staffPin, context.random),
          publicUrl,
        }
      : { ...(JSON.parse(known.settings_json) as KioskSettings), publicUrl };
  await putShop(context, { controller, shop, settings });
  await context.db
    .insertInto('person')
    .values({ id: demo.personId, name: 'Demo staff', role: 'administrator', controller_id: controller.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return demo;
}

/** The demo's PIN is kept readable beside its data, so that each start can print it. Real shops' PINs never are. */
async function readOrMakeDemo({ random }: ServerContext, dataDir: string): Promise<Demo> {
  const file = join(dataDir, 'demo.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Demo;
  } catch {
    const demo: Demo = { personId: randomId(random), staffPin: randomPin(random) };
    await mkdir(dataDir, { recursive: true });
    await writeFile(file, JSON.stringify(demo), { mode: 0o600 });
    return demo;
  }
}
