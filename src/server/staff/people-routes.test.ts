import { describe, expect, it } from 'vitest';
import { apiPaths, peopleSchema, signInLinkSchema } from '#protocol';
import type { PersonId } from '#values';
import { findPerson } from '../people.ts';
import { must } from '../testing/must.ts';
import { startTestServer, temporaryDir } from '../testing/start-test-server.ts';
import { DEMO_CONTROLLER, putOtherShop, signInAs } from '../testing/test-officer.ts';
import { DEMO_SHOP, postSession } from '../testing/test-staff.ts';

type Caller = Awaited<ReturnType<typeof signInAs>>;

function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
const DELETE = { method: 'DELETE' };

async function setUp(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer(options);
  return { server, administrator: await signInAs(server, 'administrator') };
}

async function peopleFor(caller: Caller) {
  return peopleSchema.parse(await (await caller(apiPaths.people)).json()).people;
}

async function linkIn(response: Response): Promise<string> {
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return signInLinkSchema.parse(await response.json()).link;
}

/** What stands behind `#`, so that it never reaches a log. */
async function tokenIn(response: Response): Promise<string> {
  return must(/^[^#]+\/staff#([\w-]{22})$/.exec(await linkIn(response))?.[1]);
}

async function reasonIn(response: Response) {
  return [response.status, ((await response.json()) as { reason: string }).reason];
}

describe('an administrator', () => {
  it('lets somebody in with a link that works once, and removes them everywhere, at once', async () => {
    const { server, administrator } = await setUp();
    const token = await tokenIn(
      await administrator(apiPaths.people, post({ name: ' Aoife ', role: 'officer' })),
    );
    const aoife = must((await peopleFor(administrator)).find(({ name }) => name === 'Aoife'));
    expect(aoife).toMatchObject({ role: 'officer', isYou: false });
    const unused = await tokenIn(await administrator(apiPaths.signInLinks(aoife.id), { method: 'POST' }));
    const signedIn = await postSession(server.url, token);
    expect(signedIn.status).toBe(204);
    expect((await postSession(server.url, token)).status).toBe(401);
    const cookie = must(signedIn.headers.getSetCookie()[0]?.split(';')[0]);
    const today = () => fetch(`${server.url}${apiPaths.today(DEMO_SHOP)}`, { headers: { cookie } });
    const live = await fetch(`${server.url}${apiPaths.live(DEMO_SHOP)}`, { headers: { cookie } });
    expect((await today()).status).toBe(200);
    expect((await administrator(apiPaths.person(aoife.id), DELETE)).status).toBe(204);
    expect((await today()).status).toBe(401);
    expect((await postSession(server.url, unused)).status).toBe(401);
    // What was open ends too.
    await live.text();
    expect((await peopleFor(administrator)).some(({ id }) => id === aoife.id)).toBe(false);
    expect((await administrator(apiPaths.person(aoife.id), DELETE)).status).toBe(404);
  });

  it('hands out links to where phones reach the server, wherever the page was opened', async () => {
    const addressOf = async (options: Parameters<typeof startTestServer>[0]) => {
      const { server, administrator } = await setUp(options);
      const link = await linkIn(await administrator(apiPaths.people, post({ name: 'Bo', role: 'staff' })));
      const bo = must((await peopleFor(administrator)).find(({ name }) => name === 'Bo'));
      const again = await linkIn(await administrator(apiPaths.signInLinks(bo.id), { method: 'POST' }));
      const addresses = [link, again].map((each) => each.replace(/\/staff#[\w-]{22}$/, ''));
      expect(new Set(addresses).size).toBe(1);
      return { address: addresses[0], url: server.url };
    };
    const named = await addressOf({ publicUrl: 'https://askfirst.example' });
    expect(named.address).toBe('https://askfirst.example');
    const demo = await addressOf({});
    expect(demo.address).toBe(demo.url);
  });

  it('hands out links to the shop’s own address where the server was told none', async () => {
    const dataDir = await temporaryDir();
    // What a real server needs first: a shop, and an administrator from the command line.
    const before = await startTestServer({ dataDir });
    const { controllerId, shopId } = await putOtherShop(before);
    const { settings_json } = await before.context.db
      .selectFrom('shop')
      .select('settings_json')
      .where('id', '=', shopId)
      .executeTakeFirstOrThrow();
    const settings = { ...JSON.parse(settings_json), publicUrl: 'https://quay.example' };
    await before.context.db
      .updateTable('shop')
      .set({ settings_json: JSON.stringify(settings) })
      .where('id', '=', shopId)
      .execute();
    await before.close();
    const server = await startTestServer({ dataDir, isDemo: false });
    const administrator = await signInAs(server, 'administrator', controllerId);
    const link = await linkIn(await administrator(apiPaths.people, post({ name: 'Bo', role: 'staff' })));
    expect(link).toMatch(/^https:\/\/quay\.example\/staff#[\w-]{22}$/);
  });

  it('is not taken for somebody else of the same name, and is asked for a name that can be read', async () => {
    const { administrator } = await setUp();
    await administrator(apiPaths.people, post({ name: 'Aoife', role: 'staff' }));
    const again = await administrator(apiPaths.people, post({ name: 'Aoife', role: 'administrator' }));
    expect(await reasonIn(again)).toEqual([409, 'name-taken']);
    expect((await peopleFor(administrator)).find(({ name }) => name === 'Aoife')).toMatchObject({
      role: 'staff',
    });
    for (const body of [
      { name: '  ', role: 'staff' },
      { name: 'x'.repeat(101), role: 'staff' },
      { name: 'Nul\0', role: 'staff' },
      { name: 'Aoife B', role: 'owner' },
      { name: 'Aoife B' },
      null,
    ])
      expect(await reasonIn(await administrator(apiPaths.people, post(body)))).toEqual([400, 'malformed']);
  });

  it('cannot remove themselves, so that one is always left', async () => {
    const { administrator } = await setUp();
    const you = must((await peopleFor(administrator)).find(({ isYou }) => isYou));
    expect(await reasonIn(await administrator(apiPaths.person(you.id), DELETE))).toEqual([
      403,
      'not-allowed',
    ]);
    expect((await administrator(apiPaths.people)).status).toBe(200);
  });
});

describe('the people of a controller', () => {
  it('are nobody’s business but its administrators’', async () => {
    const { server, administrator } = await setUp();
    const { controllerId } = await putOtherShop(server);
    await tokenIn(await administrator(apiPaths.people, post({ name: 'Aoife', role: 'staff' })));
    const id = must(await findPerson(server.context, { name: 'Aoife', controllerId: DEMO_CONTROLLER }));
    const asks = (caller: Caller) => [
      caller(apiPaths.people),
      caller(apiPaths.people, post({ name: 'Mallory', role: 'administrator' })),
      caller(apiPaths.signInLinks(id), { method: 'POST' }),
      caller(apiPaths.person(id), DELETE),
    ];
    for (const role of ['staff', 'officer'] as const) {
      const answers = await Promise.all(asks(await signInAs(server, role)));
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    }
    const anybody: Caller = (path, init) => fetch(`${server.url}${path}`, init);
    const unknown = await Promise.all(asks(anybody));
    expect(unknown.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    const stranger = await signInAs(server, 'administrator', controllerId);
    expect((await peopleFor(stranger)).map(({ name }) => name)).toEqual(['A administrator']);
    expect((await stranger(apiPaths.signInLinks(id), { method: 'POST' })).status).toBe(404);
    expect((await stranger(apiPaths.person(id), DELETE)).status).toBe(404);
    expect((await stranger(apiPaths.person('no-such-person' as PersonId), DELETE)).status).toBe(404);
    expect((await peopleFor(administrator)).some((person) => person.id === id)).toBe(true);
  });

  it('are not changed by another site’s page', async () => {
    const { administrator } = await setUp();
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    const answer = await administrator(
      apiPaths.people,
      post({ name: 'Mallory', role: 'administrator' }, crossSite),
    );
    expect(await reasonIn(answer)).toEqual([403, 'not-allowed']);
    expect(await peopleFor(administrator)).toHaveLength(2);
  });
});
