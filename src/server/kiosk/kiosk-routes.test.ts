import { describe, expect, it } from 'vitest';
import { apiPaths, kioskConfigSchema, type Refusal } from '#protocol';
import { instant, MINUTE_MS, type ShopId } from '#values';
import { buildApp } from '../build-app.ts';
import { revokeKiosk } from '../people.ts';
import { now, startTestServer, temporaryDir, turnableClock } from '../testing/start-test-server.ts';
import { TestKiosk } from '../testing/test-kiosk.ts';
import { DEMO_SHOP, signInDemoStaff } from '../testing/test-staff.ts';
import { isOwnMachine } from './own-machine.ts';
import { makePairingCode } from './pair.ts';

const shopId = DEMO_SHOP as ShopId;

/** The data of the demo shop, served for real use. */
async function realServer(clock = { now }) {
  const dataDir = await temporaryDir();
  const seeded = await startTestServer({ dataDir });
  await seeded.close();
  return startTestServer({ dataDir, isDemo: false, now: clock.now });
}

const reasonOf = ({ body }: { body: unknown }) => (body as Refusal).reason;

describe('pairing', () => {
  it('lets a tablet on its own machine into a demo without a code', async () => {
    const { url } = await startTestServer();
    const kiosk = await TestKiosk.make(url);
    expect(await kiosk.pair()).toMatchObject({ status: 200, body: { shopId: DEMO_SHOP } });
  });

  it('gives the same key the same kiosk, however often and at once it asks', async () => {
    const { url, context } = await startTestServer();
    const kiosk = await TestKiosk.make(url);
    const answers = await Promise.all(Array.from({ length: 8 }, () => kiosk.pair()));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await context.db.selectFrom('kiosk').selectAll().execute()).toHaveLength(1);
  });

  it('refuses a tablet without a code where it is no demo', async () => {
    const { url } = await realServer();
    expect(await (await TestKiosk.make(url)).pair()).toMatchObject({
      status: 403,
      body: { reason: 'pairing-code-wrong' },
    });
  });

  it.each([
    ['another machine', '192.0.2.7', {}],
    ['another machine, by IPv6', '2001:db8::7', {}],
    ['a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }],
    ['a page whose name was made to point here', '127.0.0.1', { host: 'evil.example' }],
  ])('takes %s for no own machine of a demo', async (_, remoteAddress, headers) => {
    const server = await startTestServer();
    const app = await buildApp(server.context, {
      port: 0,
      host: 'localhost',
      dataDir: '',
      databaseUrl: null,
      publicUrl: null,
      tls: null,
      isDemo: true,
      now,
      random: server.context.random,
    });
    app.get('/own', (request) => ({ isOwn: isOwnMachine(request) }));
    const ask = async (from: string, more: Record<string, string>) =>
      (await app.inject({ url: '/own', remoteAddress: from, headers: more })).json();
    expect(await ask('127.0.0.1', {})).toEqual({ isOwn: true });
    expect(await ask('::1', { host: '[::1]:8080' })).toEqual({ isOwn: true });
    expect(await ask(remoteAddress, headers)).toEqual({ isOwn: false });
    await app.close();
  });

  it('refuses a tablet behind a proxy in a demo', async () => {
    const { url } = await startTestServer();
    const kiosk = await TestKiosk.make(url);
    expect((await kiosk.pair(undefined, { 'x-forwarded-for': '192.0.2.7' })).status).toBe(403);
  });

  it('takes a code once, in any case of its letters', async () => {
    const server = await realServer();
    const code = await makePairingCode(server.context, shopId);
    expect((await (await TestKiosk.make(server.url)).pair(code.toLowerCase())).status).toBe(200);
    expect((await (await TestKiosk.make(server.url)).pair(code)).status).toBe(403);
  });

  it('takes no code after a quarter of an hour', async () => {
    const clock = turnableClock();
    const server = await realServer(clock);
    const code = await makePairingCode(server.context, shopId);
    clock.turn(15 * MINUTE_MS);
    expect((await (await TestKiosk.make(server.url, clock.now)).pair(code)).status).toBe(403);
  });

  it('stops a guesser after twenty tries in a minute', async () => {
    const { url } = await realServer();
    const kiosk = await TestKiosk.make(url);
    for (let tries = 0; tries < 20; tries += 1) await kiosk.pair('AAAAAAAAAA');
    expect(await kiosk.pair('AAAAAAAAAA')).toMatchObject({ status: 429 });
  });

  it('refuses who does not hold the private half of the key', async () => {
    const { url } = await startTestServer();
    const [thief, owner] = [await TestKiosk.make(url), await TestKiosk.make(url)];
    Object.assign(thief, { publicKey: owner.publicKey, kid: owner.kid });
    expect(await thief.pair()).toMatchObject({ status: 401, body: { reason: 'request-signature-wrong' } });
  });

  it('refuses a key that is no point of the curve', async () => {
    const { url } = await startTestServer();
    const kiosk = await TestKiosk.make(url);
    Object.assign(kiosk, { publicKey: { ...kiosk.publicKey, y: 'A'.repeat(43) } });
    expect(await kiosk.pair()).toMatchObject({ status: 401, body: { reason: 'request-signature-wrong' } });
  });
});

describe("a kiosk's request", () => {
  it('is refused from a key that nobody knows', async () => {
    const { url } = await startTestServer();
    const stranger = await TestKiosk.make(url);
    expect(reasonOf(await stranger.request('GET', apiPaths.head))).toBe('kiosk-unknown');
  });

  it.each([apiPaths.entries, apiPaths.health])(
    'to %s is refused before its body is read, where no kiosk that we know signed it',
    async (path) => {
      const { url } = await startTestServer();
      const known = await TestKiosk.paired(url);
      const stranger = await TestKiosk.make(url);
      const unknown = await stranger.request('POST', path, '{"half a body');
      expect(unknown).toMatchObject({ status: 401, body: { reason: 'kiosk-unknown' } });
      expect(unknown.headers.get('x-server-time')).toMatch(/Z$/);
      // Key ids are no secret: every receipt's link names one.
      const pretender = Object.assign(stranger, { kid: known.kid });
      expect(await pretender.request('POST', path, '{"half a body')).toMatchObject({
        status: 401,
        body: { reason: 'request-signature-wrong' },
      });
    },
  );

  it.each([
    ['no token', ''],
    ['a token that is none', 'Bearer a.b.c'],
    [
      'a key id with NUL',
      `Bearer ${Buffer.from('{"alg":"ES256","kid":"\\u0000"}').toString('base64url')}.e30.AA`,
    ],
    ['no algorithm', `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
  ])('is refused with %s', async (_, authorization) => {
    const { url } = await startTestServer();
    const response = await fetch(`${url}${apiPaths.head}`, { headers: { authorization } });
    expect(response.status).toBe(401);
  });

  it('is refused with a body or for a path that was not signed', async () => {
    const { url } = await startTestServer();
    const kiosk = await TestKiosk.paired(url);
    let recorded = '';
    let sent = '';
    const spy = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      recorded = new Headers(init?.headers).get('authorization') ?? '';
      sent = String(init?.body);
      return spy(input, init);
    };
    await kiosk.send(kiosk.records).finally(() => {
      globalThis.fetch = spy;
    });
    const resend = (path: string, body: string) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: recorded, 'content-type': 'application/json' },
        body,
      });
    expect((await resend(apiPaths.entries, sent)).status).toBe(200);
    expect((await resend(apiPaths.entries, `${sent} `)).status).toBe(401);
    expect((await resend(apiPaths.health, sent)).status).toBe(401);
    expect((await resend(`${apiPaths.entries}?`, sent)).status).toBe(401);
  });

  it('is told the time with every answer, and that its own is wrong', async () => {
    const { url } = await startTestServer();
    const kiosk = await TestKiosk.paired(url);
    const late = instant(now() - 6 * MINUTE_MS);
    const answer = await kiosk.request('GET', apiPaths.head, undefined, {}, late);
    expect(answer).toMatchObject({ status: 401, body: { reason: 'clock-wrong' } });
    const { serverTime } = answer.body as Refusal;
    expect(Math.abs(Date.parse(serverTime ?? '') - Date.now())).toBeLessThan(5_000);
    expect(answer.headers.get('x-server-time')).toBe(serverTime);
    const right = await kiosk.request('GET', apiPaths.head);
    expect(right.headers.get('x-server-time')).toMatch(/^\d{4}-.*\.\d{3}Z$/);
  });

  it('is refused after the kiosk was revoked, and what it sent before stays', async () => {
    const server = await startTestServer();
    const kiosk = await TestKiosk.paired(server.url);
    await kiosk.visit();
    await kiosk.sync();
    await revokeKiosk(server.context, kiosk.paired!.kioskId);
    await kiosk.visit();
    expect(await kiosk.send(kiosk.records)).toMatchObject({ status: 403, body: { reason: 'kiosk-revoked' } });
    expect((await kiosk.pair()).status).toBe(403);
    const today = await (await signInDemoStaff(server)).today();
    expect(today.kiosks[0]?.condition).toBe('revoked');
  });

  it('is refused where the kiosk is revoked while its batch is looked at', async () => {
    const server = await startTestServer();
    const kiosk = await TestKiosk.paired(server.url);
    await kiosk.visit();
    const { inTransaction, db } = server.context;
    Object.assign(server.context, {
      inTransaction: async (work: Parameters<typeof inTransaction>[0]) => {
        await revokeKiosk(server.context, kiosk.paired!.kioskId);
        return inTransaction(work);
      },
    });
    expect(await kiosk.send(kiosk.records)).toMatchObject({ status: 403, body: { reason: 'kiosk-revoked' } });
    expect(await db.selectFrom('entry').selectAll().execute()).toEqual([]);
    expect(await db.selectFrom('refusal').selectAll().execute()).toEqual([]);
  });
});

describe("a kiosk's settings", () => {
  it('hold the notice of each language, and come only when they changed', async () => {
    const server = await startTestServer({ demoSettings: { vision: 'wasm', idleSeconds: 7 } });
    const kiosk = await TestKiosk.paired(server.url);
    const first = await kiosk.request('GET', apiPaths.config);
    const config = kioskConfigSchema.parse(first.body);
    expect(config.shop.languages).toHaveLength(12);
    expect(config.notices.map(({ language }) => language)).toEqual(config.shop.languages);
    expect(config.settings).toMatchObject({ vision: 'wasm', idleSeconds: 7, publicUrl: server.url });
    expect(config.serverTime).toBeUndefined();
    const etag = first.headers.get('etag') ?? '';
    const again = await kiosk.request('GET', apiPaths.config, undefined, { 'if-none-match': etag });
    expect(again).toMatchObject({ status: 304, body: null });
    await server.context.db
      .updateTable('shop')
      .set({ settings_json: JSON.stringify({ ...config.settings, idleSeconds: 9 }) })
      .execute();
    const changed = await kiosk.request('GET', apiPaths.config, undefined, { 'if-none-match': etag });
    expect(changed).toMatchObject({ status: 200, body: { settings: { idleSeconds: 9 } } });
  });
});
