/**
 * `npm run admin -- COMMAND`: what must be possible before anybody can sign in. It works on the same data as the server, by `DATA_DIR` or
 * `DATABASE_URL`, and may run beside it.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Brand, isLogo, type KioskSettings, STAFF_ROLES, type StaffRole } from '#protocol';
import {
  type ControllerId,
  DAY_MS,
  type Instant,
  instant,
  isRandomId,
  type KioskId,
  type ShopId,
  toIso,
} from '#values';
import {
  confirmClock,
  findPerson,
  hashPin,
  makePairingCode,
  OperatorError,
  openDatabase,
  putPerson,
  putShop,
  randomPin,
  readOptions,
  removePerson,
  revokeKiosk,
  shopFileSchema,
  signInLink,
  troubleInWords,
} from '../server/index.ts';

const USAGE = `npm run admin -- COMMAND

  put-shop FILE [--new-pin]   Set up a shop and its controller from a JSON file, or bring them to new values.
  sign-in-link --controller ID --name NAME [--role ${STAFF_ROLES.join('|')}]
                              A link that signs a person in once, within a day. Who is new needs a role.
  remove-person --controller ID --name NAME
                              Sign a person out everywhere, for good.
  pairing-code --shop ID      A code that lets one tablet in, within a quarter of an hour.
  revoke-kiosk ID             Shut a lost tablet out.
  confirm-clock YYYY-MM-DD    Say that the clock is right, with today's date, where the server waits with deleting because
                              it was off for long. Deletes at once what is due.`;

const ROLES = `--role must be one of ${STAFF_ROLES.join(', ')}.`;

type Stores = Parameters<typeof putPerson>[0];
interface Words {
  readonly subject: string | undefined;
  readonly flags: { controller?: string; name?: string; role?: string; shop?: string; 'new-pin'?: boolean };
}

const commands: Readonly<Record<string, (stores: Stores, words: Words) => Promise<string>>> = {
  'put-shop': async (stores, { subject, flags }) => {
    const { controller, shop, settings } = readShopFile(need(subject, 'the path of a JSON file'));
    const known = await stores.db
      .selectFrom('shop')
      .select('settings_json')
      .where('id', '=', shop.id)
      .executeTakeFirst();
    const before = known === undefined ? null : (JSON.parse(known.settings_json) as KioskSettings);
    const newPin = before === null || flags['new-pin'] === true ? randomPin(stores.random) : null;
    const staffPin = newPin === null ? before?.staffPin : await hashPin(newPin, stores.random);
    if (staffPin === undefined) throw new Error('A shop without a PIN.');
    const replaced = await putShop(stores, { controller, shop, settings: { ...settings, staffPin } });
    const pinLine = newPin === null ? '' : `\nStaff PIN on its tablets: ${newPin}   (shown only now)`;
    // What officers published on the staff screen since the file was written is gone: nobody should learn that by chance.
    const replacedLine =
      replaced.length === 0
        ? ''
        : `\nOther things stood here before, in the file or from the staff screen: ${replaced.join(', ')}.`;
    return `Shop "${shop.id}" of "${controller.id}" is set up in ${place()}.${replacedLine}${pinLine}`;
  },
  'sign-in-link': async (stores, { flags }) => {
    const controllerId = need(flags.controller, '--controller ID') as ControllerId;
    const shop = await stores.db
      .selectFrom('shop')
      .select('id')
      .where('controller_id', '=', controllerId)
      .executeTakeFirst();
    if (shop === undefined) throw new OperatorError(`There is no controller "${controllerId}" with a shop.`);
    const name = need(flags.name, '--name NAME');
    const person = { name, controllerId };
    const personId =
      flags.role === undefined
        ? await findPerson(stores, person)
        : await putPerson(stores, { ...person, role: roleOf(flags.role) });
    if (personId === null) throw new OperatorError(`"${name}" is new: say what they may do. ${ROLES}`);
    return signInLink({ ...stores, publicUrl }, { personId, controllerId });
  },
  'remove-person': async (stores, { flags }) => {
    const controllerId = need(flags.controller, '--controller ID') as ControllerId;
    const name = need(flags.name, '--name NAME');
    const personId = await findPerson(stores, { name, controllerId });
    if (personId === null) throw new OperatorError(`There is nobody called "${name}" at "${controllerId}".`);
    await removePerson(stores, personId);
    return `"${name}" of "${controllerId}" can do nothing here any more.`;
  },
  'pairing-code': async (stores, { flags }) => {
    const shopId = need(flags.shop, '--shop ID') as ShopId;
    const shop = await stores.db.selectFrom('shop').select('id').where('id', '=', shopId).executeTakeFirst();
    if (shop === undefined) throw new OperatorError(`There is no shop "${shopId}".`);
    return makePairingCode(stores, shopId);
  },
  'revoke-kiosk': async (stores, { subject }) => {
    const kioskId = need(subject, "the kiosk's id") as KioskId;
    if (!(await revokeKiosk(stores, kioskId))) throw new OperatorError(`There is no kiosk "${kioskId}".`);
    return `Kiosk ${kioskId} is shut out.`;
  },
  'confirm-clock': async (stores, { subject }) => {
    const date = need(subject, "today's date, from a calendar and not from this machine");
    const now = stores.now();
    // A date of the operator's own: what this machine says would only be its clock once more.
    if (!datesNear(now).includes(date)) {
      throw new OperatorError(
        `This machine's clock says ${toIso(now)}, which is not "${date}". Nothing was deleted. Set the clock right, and restart the server.`,
      );
    }
    await confirmClock(stores);
    return `The clock is right. What was due is deleted, and the server goes on by itself.`;
  },
};

/** Today anywhere on earth, as somebody there would write it. */
function datesNear(now: Instant): readonly string[] {
  return [now - DAY_MS, now, now + DAY_MS].map((time) => toIso(instant(time)).slice(0, 'YYYY-MM-DD'.length));
}

/** Where it was written: a terminal that lacks the server's settings works on other data. */
function place(): string {
  if (!read.ok) return '';
  const { databaseUrl, dataDir } = read.options;
  return databaseUrl === null ? `the data folder ${dataDir}` : 'the database of DATABASE_URL';
}

/** Where phones reach the server, as this terminal was told. */
function publicUrl(): string | null {
  return read.ok ? read.options.publicUrl : null;
}

function readShopFile(file: string) {
  const text = attempt(() => readFileSync(file, 'utf8'), `The file ${file} cannot be read.`);
  const json: unknown = attempt(() => JSON.parse(text), `The file ${file} is not JSON.`);
  const parsed = shopFileSchema.safeParse(json);
  if (parsed.success) {
    const { brand, ...settings } = parsed.data.settings;
    if (brand === undefined) return { ...parsed.data, settings };
    return { ...parsed.data, settings: { ...settings, brand: readBrand(brand, dirname(file)) } };
  }
  const [issue] = parsed.error.issues;
  throw new OperatorError(`In ${file}, ${issue?.path.join('.') || 'the top'}: ${issue?.message}.`);
}

function readBrand({ colour, logo }: Brand, dir: string): Brand {
  if (logo === undefined) return { colour };
  const path = resolve(dir, logo);
  const text = attempt(() => readFileSync(path), `The logo ${path} cannot be read.`).toString('base64url');
  if (!isLogo(text)) throw new OperatorError(`The logo ${path} must be a PNG or WebP of at most 64 KB.`);
  return { colour, logo: text };
}

function roleOf(text: string): StaffRole {
  const role = STAFF_ROLES.find((known) => known === text);
  if (role === undefined) throw new OperatorError(ROLES);
  return role;
}

function need(value: string | undefined, what: string): string {
  if (value === undefined || value === '') throw new OperatorError(`This command needs ${what}.\n\n${USAGE}`);
  return value;
}

function attempt<Value>(act: () => Value, sentence: string): Value {
  try {
    return act();
  } catch {
    throw new OperatorError(sentence);
  }
}

function readWords(args: string[]) {
  const text = { type: 'string' } as const;
  const options = {
    controller: text,
    name: text,
    role: text,
    shop: text,
    'new-pin': { type: 'boolean' },
  } as const;
  // One id in 64 begins as an option does.
  const id = args.find((arg) => arg.startsWith('-') && isRandomId(arg));
  const others = args.filter((arg) => arg !== id);
  const { values, positionals } = attempt(
    () => parseArgs({ args: others, options, allowPositionals: true }),
    USAGE,
  );
  const [name, subject = id] = positionals;
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new OperatorError(USAGE);
  return { command, words: { subject, flags: values } };
}

const read = readOptions(process.env, []);
try {
  if (!read.ok) throw new OperatorError(read.reason);
  const { command, words } = readWords(process.argv.slice(2));
  const db = await openDatabase(read.options);
  const stores: Stores = {
    db,
    now: () => instant(Date.now()),
    random: (length) => new Uint8Array(randomBytes(length)),
  };
  console.log(await command(stores, words).finally(() => db.destroy()));
} catch (error) {
  const words = error instanceof OperatorError || !read.ok ? null : troubleInWords(error, read.options);
  if (!(error instanceof OperatorError) && words === null) throw error;
  console.error(words ?? (error as Error).message);
  process.exit(1);
}
