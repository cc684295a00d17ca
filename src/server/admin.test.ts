import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apiPaths, sessionAnswerSchema } from '#protocol';
import { DAY_MS, instant, type ShopId, toIso } from '#values';
import { openDatabase } from './database/open.ts';
import { makePairingCode } from './kiosk/pair.ts';
import { clockDoubt } from './retention/clock-doubt.ts';
import { runProgram, startProcess } from './testing/server-process.ts';
import { startTestServer, temporaryDir } from './testing/start-test-server.ts';
import { TestKiosk } from './testing/test-kiosk.ts';
import { postSession } from './testing/test-staff.ts';

const RUNNING_MS = 60_000;

const shopFile = {
  controller: {
    id: 'quay-cars',
    name: 'Quay Cars Ltd',
    address: '2 Quay, Cork',
    contact: 'privacy@quay.example',
    country: 'IE',
    regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
    laws: ['eu-gdpr:GDPR'],
    retention: { linkDays: 14, receiptYears: 2 },
  },
  shop: { id: 'quay', name: 'Quay', timeZone: 'Europe/Dublin', languages: ['en'] },
  settings: {
    ageOfConsent: 16,
    releaseMin: 20,
    idleSeconds: 30,
    vision: 'auto',
    publicUrl: 'https://quay.example',
  },
};

async function realData() {
  const DATA_DIR = await temporaryDir();
  const file = join(DATA_DIR, 'shop.json');
  await writeFile(file, JSON.stringify(shopFile));
  const admin = async (...args: string[]) => {
    const program = runProgram('src/cli/admin.ts', args, { DATA_DIR });
    const code = await program.exited;
    return { code, text: program.output().trim() };
  };
  return { DATA_DIR, file, admin };
}

describe('the command line', { timeout: RUNNING_MS }, () => {
  it('makes a shop, lets a tablet and a person in beside the running server, and shuts a tablet out', async () => {
    const { DATA_DIR, file, admin } = await realData();
    const put = await admin('put-shop', file);
    expect(put).toMatchObject({ code: 0 });
    expect(put.text).toMatch(
      /^Shop "quay" of "quay-cars" is set up in the data folder .+\.\nStaff PIN on its tablets: \d{6}/,
    );
    const { url } = await startProcess({ DATA_DIR, HOST: 'localhost' }, []);
    const code = await admin('pairing-code', '--shop', 'quay');
    expect(code.text).toMatch(/^[A-Z2-9]{10}$/);
    const kiosk = await TestKiosk.paired(url, undefined, code.text);
    await kiosk.visit();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    expect(kiosk.config).toMatchObject({ settings: { publicUrl: 'https://quay.example', releaseMin: 20 } });
    const link = await admin(
      'sign-in-link',
      '--controller',
      'quay-cars',
      '--name',
      'Ada',
      '--role',
      'officer',
    );
    expect(link.text).toMatch(/^https:\/\/quay\.example\/staff#[\w-]{22}$/);
    const session = await postSession(url, link.text.split('#')[1] ?? '');
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const who = await fetch(`${url}${apiPaths.session}`, { headers: { cookie } });
    expect(sessionAnswerSchema.parse(await who.json())).toEqual({
      name: 'Ada',
      role: 'officer',
      shops: [{ id: 'quay', name: 'Quay' }],
    });
    const whoIs = async () => (await fetch(`${url}${apiPaths.session}`, { headers: { cookie } })).json();
    const ada = ['--controller', 'quay-cars', '--name', 'Ada'];
    expect(await admin('sign-in-link', ...ada)).toMatchObject({ code: 0 });
    expect(await whoIs()).toMatchObject({ role: 'officer' });
    expect(await admin('sign-in-link', ...ada.with(-1, 'Bo'))).toEqual({
      code: 1,
      text: '"Bo" is new: say what they may do. --role must be one of staff, officer, administrator.',
    });
    const unused = await admin('sign-in-link', ...ada);
    expect(await admin('remove-person', ...ada)).toMatchObject({ code: 0 });
    expect(await whoIs()).toMatchObject({ reason: 'not-signed-in' });
    expect((await postSession(url, unused.text.split('#')[1] ?? '')).status).toBe(401);
    expect(await admin('remove-person', ...ada)).toMatchObject({ code: 1 });
    const kioskId = kiosk.paired?.kioskId ?? '';
    expect(await admin('revoke-kiosk', kioskId)).toEqual({ code: 0, text: `Kiosk ${kioskId} is shut out.` });
    expect((await kiosk.request('GET', apiPaths.head)).status).toBe(403);
  });

  it('brings a shop to new values and keeps its PIN', async () => {
    const { DATA_DIR, file, admin } = await realData();
    await admin('put-shop', file);
    const text = `Shop "quay" of "quay-cars" is set up in the data folder ${DATA_DIR}.`;
    expect(await admin('put-shop', file)).toEqual({ code: 0, text });
    expect((await admin('put-shop', file, '--new-pin')).text).toMatch(/PIN on its tablets: \d{6}/);
    // As somebody would on the staff screen.
    const db = await openDatabase({ dataDir: DATA_DIR, databaseUrl: null });
    const controller = { ...shopFile.controller, contact: 'dpo@quay.example' };
    await db
      .updateTable('controller')
      .set({ controller_json: JSON.stringify(controller) })
      .execute();
    await db.destroy();
    const replaced =
      'Other things stood here before, in the file or from the staff screen: controller.contact.';
    expect((await admin('put-shop', file)).text).toBe(`${text}\n${replaced}`);
  });

  it('deletes what is due after a long time off only for who knows the date', async () => {
    const { DATA_DIR, file, admin } = await realData();
    await admin('put-shop', file);
    const off = instant(Date.now() - 100 * DAY_MS);
    const clock = { now: () => off };
    const server = await startTestServer({ dataDir: DATA_DIR, isDemo: false, ...clock });
    const code = await makePairingCode(server.context, shopFile.shop.id as ShopId);
    const kiosk = await TestKiosk.paired(server.url, clock.now, code);
    await kiosk.visit();
    await kiosk.sync();
    await server.close();
    const db = await openDatabase({ dataDir: DATA_DIR, databaseUrl: null });
    onTestFinished(() => db.destroy());
    const linked = () => db.selectFrom('receipt').select('id').where('hour', 'is not', null).execute();
    const dated = (daysAhead: number) =>
      admin('confirm-clock', toIso(instant(Date.now() + daysAhead * DAY_MS)).slice(0, 10));
    const refused = await dated(-100);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.text).toMatch(/^This machine's clock says .+Nothing was deleted/);
    expect(await admin('confirm-clock')).toMatchObject({ code: 1 });
    expect(await linked()).toHaveLength(1);
    expect(await clockDoubt(db, instant(Date.now()))).toBe(off);
    expect(await dated(0)).toMatchObject({ code: 0 });
    expect(await linked()).toEqual([]);
    expect(await clockDoubt(db, instant(Date.now()))).toBeNull();
  });

  it('says in one sentence what is wrong', async () => {
    const { DATA_DIR, file, admin } = await realData();
    await admin('put-shop', file);
    const wrong = join(DATA_DIR, 'wrong.json');
    await writeFile(
      wrong,
      JSON.stringify({ ...shopFile, shop: { ...shopFile.shop, timeZone: 'Europe/Atlantis' } }),
    );
    const sentences: readonly (readonly [string, readonly string[]])[] = [
      [`In ${wrong}, shop: timeZone must be an IANA name such as Europe/Dublin.`, ['put-shop', wrong]],
      [`The file ${DATA_DIR}/none.json cannot be read.`, ['put-shop', `${DATA_DIR}/none.json`]],
      ['There is no shop "other".', ['pairing-code', '--shop', 'other']],
      [
        'There is no controller "other" with a shop.',
        ['sign-in-link', '--controller', 'other', '--name', 'B'],
      ],
      [
        '--role must be one of staff, officer, administrator.',
        ['sign-in-link', '--controller', 'quay-cars', '--name', 'B', '--role', 'king'],
      ],
      ['There is no kiosk "x".', ['revoke-kiosk', 'x']],
      // One id in 64 begins as an option does.
      ['There is no kiosk "-jWq60cBhDyh_hFxotUZsQ".', ['revoke-kiosk', '-jWq60cBhDyh_hFxotUZsQ']],
    ];
    for (const [text, args] of sentences) expect(await admin(...args)).toEqual({ code: 1, text });
    for (const args of [[], ['no-such'], ['constructor'], ['put-shop'], ['pairing-code', '--shp', 'x']]) {
      const { code, text } = await admin(...args);
      expect({ code, hasUsage: text.includes('npm run admin -- COMMAND') }).toEqual({
        code: 1,
        hasUsage: true,
      });
    }
  });
});
