import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './database/open.ts';
import { runProgram, startProcess } from './testing/server-process.ts';
import { temporaryDir } from './testing/start-test-server.ts';
import { postSession } from './testing/test-staff.ts';

const STARTING_MS = 30_000;

/** What the program says where it cannot start; it must end by itself. */
async function refusalOf(env: Record<string, string>, args: readonly string[] = ['--demo']) {
  const program = runProgram('src/server/main.ts', args, env);
  const code = await program.exited;
  return { code, sentence: program.output().trim() };
}

describe('the program', { timeout: STARTING_MS }, () => {
  it('prints where everything is, with the same PIN and a fresh link each time, and ends in order', async () => {
    const DATA_DIR = await temporaryDir();
    const starts: { link: string; pin: string | undefined }[] = [];
    for (let start = 0; start < 2; start += 1) {
      const server = await startProcess({ DATA_DIR });
      const link = /Staff {3}(\S+)/.exec(server.output())?.[1] ?? '';
      const pin = /Staff PIN on the tablet: (\d{6})/.exec(server.output())?.[1];
      expect(link).toMatch(new RegExp(`^${server.url}/staff#[\\w-]{22}$`));
      expect((await postSession(server.url, link.split('#')[1] ?? '')).status).toBe(204);
      starts.push({ link, pin });
      server.process.kill('SIGTERM');
      expect(await server.exited).toBe(0);
    }
    expect(starts[0]?.pin).toMatch(/^\d{6}$/);
    expect(starts[1]?.pin).toBe(starts[0]?.pin);
    expect(starts[1]?.link.split('#')[1]).not.toBe(starts[0]?.link.split('#')[1]);
    expect(JSON.parse(await readFile(join(DATA_DIR, 'demo.json'), 'utf8'))).toMatchObject({
      staffPin: starts[0]?.pin,
    });
  });

  it('writes down nothing of what it is asked, whoever asks and whatever for, nor of what it refuses', async () => {
    const server = await startProcess({ DATA_DIR: await temporaryDir() });
    const said = server.output();
    const token = /staff#([\w-]{22})/.exec(said)?.[1] ?? '';
    expect((await postSession(server.url, token)).status).toBe(204);
    for (const path of [
      '/',
      '/healthz',
      '/api/staff/session',
      '/api/receipts/x/read',
      '/no-such-page',
      '/%00',
    ])
      await (await fetch(`${server.url}${path}`)).arrayBuffer();
    server.process.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(server.output()).toBe(said);
  });

  it('ends in order while a screen is watching', async () => {
    const server = await startProcess({ DATA_DIR: await temporaryDir() });
    const token = /staff#([\w-]{22})/.exec(server.output())?.[1] ?? '';
    const cookie = (await postSession(server.url, token)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const live = await fetch(`${server.url}/api/staff/shops/harbour-street/live`, { headers: { cookie } });
    expect(live.status).toBe(200);
    server.process.kill('SIGINT');
    await live.text();
    expect(await server.exited).toBe(0);
  });

  it('says in one sentence that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const refusal = await refusalOf({
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: await temporaryDir(),
    });
    other.close();
    expect(refusal).toEqual({
      code: 1,
      sentence: `Port ${port} is in use. Stop the other program, or choose another port with PORT=8081 npm start.`,
    });
  });

  it('says in one sentence that its data folder cannot be written', async () => {
    const dir = await temporaryDir();
    await writeFile(join(dir, 'file'), '');
    for (const DATA_DIR of [join(dir, 'file'), join(dir, 'file/below')]) {
      expect(await refusalOf({ PORT: '0', DATA_DIR })).toEqual({
        code: 1,
        sentence: `The data folder ${DATA_DIR} cannot be written. Choose another with DATA_DIR.`,
      });
    }
  });

  it('says in one sentence that its data are broken', async () => {
    const DATA_DIR = await temporaryDir();
    await writeFile(
      join(DATA_DIR, 'askfirst.db'),
      'this is no database, but long enough to be looked at'.repeat(100),
    );
    const { code, sentence } = await refusalOf({ PORT: '0', DATA_DIR });
    expect({ code, sentence }).toEqual({
      code: 1,
      sentence: `The database in ${DATA_DIR} cannot be opened: file is not a database.`,
    });
  });

  it('says in one sentence that its data are of a newer program', async () => {
    const DATA_DIR = await temporaryDir();
    const db = await openDatabase({ dataDir: DATA_DIR, databaseUrl: null });
    await sql`insert into kysely_migration (name, timestamp) values ('999-from-the-future', '2030-01-01')`.execute(
      db,
    );
    await db.destroy();
    const { code, sentence } = await refusalOf({ PORT: '0', DATA_DIR });
    expect({ code, sentence }).toEqual({
      code: 1,
      sentence: `The data in ${DATA_DIR} was written by a newer AskFirst. Install that version, or choose other data.`,
    });
  });

  it('never puts a demo into the data of a real shop', async () => {
    const DATA_DIR = await temporaryDir();
    const db = await openDatabase({ dataDir: DATA_DIR, databaseUrl: null });
    await db
      .insertInto('controller')
      .values({ id: 'real' as never, controller_json: '{}' })
      .execute();
    const shop = {
      id: 'real' as never,
      controller_id: 'real' as never,
      shop_json: '{}',
      settings_json: '{}',
    };
    await db.insertInto('shop').values(shop).execute();
    await db.destroy();
    const { code, sentence } = await refusalOf({ PORT: '0', DATA_DIR });
    expect({ code, sentence }).toEqual({
      code: 1,
      sentence: 'This is the data of a real shop. Use npm run serve, or another DATA_DIR for a demo.',
    });
  });

  it.each([
    ['PORT=eighty', { PORT: 'eighty' }, 'PORT must be a whole number up to 65535, not "eighty".'],
    ['PORT=70000', { PORT: '70000' }, 'PORT must be a whole number up to 65535, not "70000".'],
    ['PORT=-1', { PORT: '-1' }, 'PORT must be a whole number up to 65535, not "-1".'],
    [
      'a PUBLIC_URL with a path',
      { PUBLIC_URL: 'https://a.example/b' },
      'PUBLIC_URL must be an address such as https://askfirst.example, not "https://a.example/b".',
    ],
    [
      'a PUBLIC_URL that is a script',
      { PUBLIC_URL: 'javascript:alert(1)' },
      'PUBLIC_URL must be an address such as https://askfirst.example, not "javascript:alert(1)".',
    ],
    [
      'a DATABASE_URL of another kind',
      { DATABASE_URL: 'mysql://u:secret@h/d' },
      'DATABASE_URL must begin with postgres://.',
    ],
    [
      'half of TLS',
      { TLS_CERT: 'x.pem' },
      'TLS needs both TLS_CERT and TLS_KEY, each the path of a PEM file.',
    ],
    [
      'TLS files that are not there',
      { TLS_CERT: '/no/c.pem', TLS_KEY: '/no/k.pem' },
      'The files of TLS_CERT (/no/c.pem) and TLS_KEY (/no/k.pem) could not be read.',
    ],
    [
      'TLS files that hold no key',
      { TLS_CERT: 'package.json', TLS_KEY: 'package.json' },
      'TLS_CERT and TLS_KEY are not a certificate and its key.',
    ],
    ['a HOST that is not here', { HOST: '192.0.2.1' }, 'HOST=192.0.2.1 is not an address of this machine.'],
    [
      'a HOST that is no name',
      { HOST: 'no-such-host.invalid' },
      'HOST=no-such-host.invalid is not an address of this machine.',
    ],
    [
      'a database that does not run',
      { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/d' },
      'The database of DATABASE_URL does not answer. Is it running?',
    ],
  ])('says in one sentence what is wrong with %s', async (_, env, sentence) => {
    expect(await refusalOf({ PORT: '0', DATA_DIR: await temporaryDir(), ...env })).toEqual({
      code: 1,
      sentence,
    });
  });

  it('says that it does not know an option', async () => {
    expect(await refusalOf({}, ['--dmeo'])).toEqual({
      code: 1,
      sentence: '"--dmeo" is not an option of the server.',
    });
  });

  it('takes an empty variable for one that is not set', async () => {
    const DATA_DIR = join(await temporaryDir(), 'made');
    await mkdir(DATA_DIR);
    const server = await startProcess({
      DATA_DIR,
      HOST: '',
      DATABASE_URL: '',
      PUBLIC_URL: '',
      TLS_CERT: '',
      TLS_KEY: '',
    });
    expect(server.url).toMatch(/^http:\/\/localhost:\d+$/);
  });
});
