import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type KioskSettings, personIdField } from '#protocol';
import { type PersonId, randomId } from '#values';
import type { ServerContext } from '../context.ts';
import { factsOfShop } from '../shop-facts.ts';
import { putShop } from '../shops.ts';
import { hashPin, isPin, randomPin } from '../staff-pin.ts';
import type { ServerOptions } from '../start-server.ts';
import { OperatorError } from '../trouble.ts';
import { demoController, demoShop } from './demo-shop.ts';

/** What a demo's data folder keeps readable, so that each start can print it. Real shops' PINs never are. */
const demoSchema = z.strictObject({
  personId: personIdField,
  /** Opens the numbers on the tablet itself. */
  staffPin: z.string().regex(/^\d{6}$/),
});
type DemoFile = z.infer<typeof demoSchema>;

export interface Demo {
  readonly personId: PersonId;
  /** Null once another was made on the staff screen, which nobody can read any more. */
  readonly staffPin: string | null;
}

const DEMO_FILE = 'demo.json';
/** Long enough to read the notice, and then to say that one needs longer. */
const IDLE_SECONDS = 45;
/** Where the shop's settings need an address before anything listens; what a kiosk is told is where the server is then. */
const NO_ADDRESS_YET = 'http://localhost';

/** Makes the demo shop in an empty database, or finds it in its own. Never touches the data of a real shop. */
export async function seedDemo(context: ServerContext, options: ServerOptions): Promise<Demo> {
  const { db, random } = context;
  const others = await db
    .selectFrom('shop')
    .select('id')
    .where('controller_id', '!=', demoController.id)
    .execute();
  if (others.length > 0) {
    throw new OperatorError(
      'This is the data of a real shop. Use npm run serve, or another DATA_DIR for a demo.',
    );
  }
  const kept = await readDemo(options.dataDir);
  const demo = kept ?? (await makeDemo(context, options.dataDir));
  const known = await db.selectFrom('shop').select('id').where('id', '=', demoShop.id).executeTakeFirst();
  // What was published on the staff screen stays.
  const before = known === undefined ? null : await factsOfShop(db, known.id);
  const isKept = kept !== null && before !== null;
  const settings: KioskSettings = {
    ageOfConsent: 16,
    releaseMin: 10,
    idleSeconds: IDLE_SECONDS,
    vision: 'auto',
    publicUrl: NO_ADDRESS_YET,
    ...before?.settings,
    // A hash that is there stays, so that tablets are not told of a change that is none.
    staffPin: isKept ? before.settings.staffPin : await hashPin(demo.staffPin, random),
    ...options.demoSettings,
  };
  await putShop(context, { controller: demoController, shop: demoShop, ...before, settings });
  await db
    .insertInto('person')
    .values({
      id: demo.personId,
      name: 'Demo staff',
      role: 'administrator',
      controller_id: demoController.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const isOurs = !isKept || (await isPin(demo.staffPin, settings.staffPin));
  return { personId: demo.personId, staffPin: isOurs ? demo.staffPin : null };
}

async function readDemo(dataDir: string): Promise<DemoFile | null> {
  try {
    return demoSchema.parse(JSON.parse(await readFile(join(dataDir, DEMO_FILE), 'utf8')));
  } catch {
    return null;
  }
}

async function makeDemo({ random }: ServerContext, dataDir: string): Promise<DemoFile> {
  const demo: DemoFile = { personId: randomId<PersonId>(random), staffPin: randomPin(random) };
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, DEMO_FILE), JSON.stringify(demo), { mode: 0o600 });
  return demo;
}
