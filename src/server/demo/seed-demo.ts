import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Controller, Shop } from '#consent';
import { type KioskSettings, personIdField } from '#protocol';
import { type ControllerId, type PersonId, randomId, type ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import { putShop } from '../shops.ts';
import { hashPin, randomPin } from '../staff-pin.ts';
import type { ServerOptions } from '../start-server.ts';
import { OperatorError } from '../trouble.ts';

/** What a demo's data folder keeps readable, so that each start can print it. Real shops' PINs never are. */
const demoSchema = z.strictObject({
  personId: personIdField,
  /** Opens the numbers on the tablet itself. */
  staffPin: z.string().regex(/^\d{6}$/),
});
export type Demo = z.infer<typeof demoSchema>;

const DEMO_FILE = 'demo.json';
/** Long enough to read the notice, and then to say that one needs longer. */
const IDLE_SECONDS = 45;
/** Where the shop's settings need an address before anything listens; what a kiosk is told is where the server is then. */
const NO_ADDRESS_YET = 'http://localhost';

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
  // The shop's own first, then those of neighbours by script.
  languages: ['en', 'es', 'fr', 'de', 'pt', 'ru', 'zh-Hans', 'zh-Hant', 'ja', 'ko', 'ar', 'hi'],
};

/** Makes the demo shop in an empty database, or finds it in its own. Never touches the data of a real shop. */
export async function seedDemo(context: ServerContext, options: ServerOptions): Promise<Demo> {
  const { db, random } = context;
  const others = await db.selectFrom('shop').select('id').where('id', '!=', shop.id).execute();
  if (others.length > 0) {
    throw new OperatorError(
      'This is the data of a real shop. Use npm run serve, or another DATA_DIR for a demo.',
    );
  }
  const kept = await readDemo(options.dataDir);
  const demo = kept ?? (await makeDemo(context, options.dataDir));
  const known = await db
    .selectFrom('shop')
    .select('settings_json')
    .where('id', '=', shop.id)
    .executeTakeFirst();
  const before = known === undefined ? null : (JSON.parse(known.settings_json) as KioskSettings);
  const settings: KioskSettings = {
    ageOfConsent: 16,
    releaseMin: 10,
    idleSeconds: IDLE_SECONDS,
    vision: 'auto',
    publicUrl: NO_ADDRESS_YET,
    ...before,
    // A hash that belongs to the PIN stays, so that tablets are not told of a change that is none.
    staffPin: kept !== null && before !== null ? before.staffPin : hashPin(demo.staffPin, random),
    ...options.demoSettings,
  };
  await putShop(context, { controller, shop, settings });
  await db
    .insertInto('person')
    .values({ id: demo.personId, name: 'Demo staff', role: 'administrator', controller_id: controller.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return demo;
}

async function readDemo(dataDir: string): Promise<Demo | null> {
  try {
    return demoSchema.parse(JSON.parse(await readFile(join(dataDir, DEMO_FILE), 'utf8')));
  } catch {
    return null;
  }
}

async function makeDemo({ random }: ServerContext, dataDir: string): Promise<Demo> {
  const demo: Demo = { personId: randomId<PersonId>(random), staffPin: randomPin(random) };
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, DEMO_FILE), JSON.stringify(demo), { mode: 0o600 });
  return demo;
}
