import { describe, expect, it } from 'vitest';
import {
  apiPaths,
  inspectionSchema,
  LIVE_EVENTS,
  liveBeatSchema,
  MAX_TALLY,
  sessionAnswerSchema,
  type Today,
  todaySchema,
} from '#protocol';
import { type ControllerId, DAY_MS, HOUR_MS, MINUTE_MS, randomId, type ShopId } from '#values';
import { putPerson } from '../people.ts';
import type { RunningServer } from '../start-server.ts';
import { random, startTestServer, turnableClock } from '../testing/start-test-server.ts';
import { TestKiosk } from '../testing/test-kiosk.ts';
import { signInAs } from '../testing/test-officer.ts';
import { countedOf, DEMO_SHOP, postSession, signInDemoStaff } from '../testing/test-staff.ts';
import { makeSignInToken } from './session.ts';

async function tokenOf({ demo }: RunningServer): Promise<string> {
  return (await demo!.signInUrl()).split('#')[1]!;
}

describe('signing in', () => {
  it('works once with a link, and says who and for which shops', async () => {
    const server = await startTestServer();
    const token = await tokenOf(server);
    const first = await postSession(server.url, token);
    expect(first.status).toBe(204);
    const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
    const session = await fetch(`${server.url}${apiPaths.session}`, { headers: { cookie } });
    expect(sessionAnswerSchema.parse(await session.json())).toMatchObject({
      role: 'administrator',
      shops: [{ id: DEMO_SHOP, name: 'Harbour Street' }],
    });
    const second = await postSession(server.url, token);
    expect(second.status).toBe(401);
    expect(await second.json()).toEqual({ reason: 'link-used' });
    expect(second.headers.getSetCookie()).toEqual([]);
  });

  it('works once, however many try at the same time', async () => {
    const server = await startTestServer();
    const token = await tokenOf(server);
    const answers = await Promise.all(Array.from({ length: 10 }, () => postSession(server.url, token)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  it('sets a cookie that scripts and other sites cannot use', async () => {
    const server = await startTestServer();
    const local = await postSession(server.url, await tokenOf(server));
    const [cookie] = local.headers.getSetCookie();
    expect(cookie).toMatch(/^askfirst_session=[\w-]{22}; /);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).not.toMatch(/Secure|Domain/);
  });

  it('sets a cookie for TLS alone where the server is reached by TLS', async () => {
    const server = await startTestServer({ publicUrl: 'https://askfirst.example' });
    const answer = await postSession(server.url, await tokenOf(server));
    expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure/);
  });

  it('keeps neither the token nor the session, only their hashes', async () => {
    const server = await startTestServer();
    const unused = await tokenOf(server);
    const { cookie } = await signInDemoStaff(server);
    const { db } = server.context;
    const rows = JSON.stringify([
      await db.selectFrom('session').selectAll().execute(),
      await db.selectFrom('sign_in_link').selectAll().execute(),
    ]);
    expect(rows).not.toContain(unused);
    expect(rows).not.toContain(cookie.split('=')[1]);
  });

  it('ends with the day for a link, after twelve hours for a session, and at once when signing out', async () => {
    const clock = turnableClock();
    const server = await startTestServer({ now: clock.now });
    const late = await tokenOf(server);
    const staff = await signInDemoStaff(server);
    clock.turn(11 * HOUR_MS);
    expect((await staff.get(apiPaths.session)).status).toBe(200);
    clock.turn(HOUR_MS);
    expect((await staff.get(apiPaths.session)).status).toBe(401);
    const other = await signInDemoStaff(server);
    const out = await fetch(`${server.url}${apiPaths.session}`, {
      method: 'DELETE',
      headers: { cookie: other.cookie },
    });
    expect(out.status).toBe(204);
    expect((await other.get(apiPaths.session)).status).toBe(401);
    clock.turn(DAY_MS - 12 * HOUR_MS);
    expect((await postSession(server.url, late)).status).toBe(401);
  });

  it.each([
    ["another site's page", { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same domain', { 'sec-fetch-site': 'same-site' }],
    ["another site's page in an older browser", { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
  ])('is refused to %s, and so is signing out', async (_, headers) => {
    const server = await startTestServer();
    expect((await postSession(server.url, await tokenOf(server), headers)).status).toBe(403);
    const staff = await signInDemoStaff(server);
    const out = await fetch(`${server.url}${apiPaths.session}`, {
      method: 'DELETE',
      headers: { ...headers, cookie: staff.cookie },
    });
    expect(out.status).toBe(403);
    expect((await staff.get(apiPaths.session)).status).toBe(200);
  });

  it('is given to our own page', async () => {
    const server = await startTestServer();
    const headers = { 'sec-fetch-site': 'same-origin', origin: server.url };
    expect((await postSession(server.url, await tokenOf(server), headers)).status).toBe(204);
    expect((await postSession(server.url, await tokenOf(server), { origin: server.url })).status).toBe(204);
  });
});

describe('what staff see', () => {
  it('is nothing without a session', async () => {
    const { url } = await startTestServer();
    for (const path of [apiPaths.session, apiPaths.today(DEMO_SHOP), apiPaths.live(DEMO_SHOP)]) {
      const response = await fetch(`${url}${path}`, {
        headers: { cookie: `askfirst_session=${randomId(random)}` },
      });
      expect(response.status).toBe(401);
    }
  });

  it("is their own controller's shops alone, and another's is not even said to exist", async () => {
    const server = await startTestServer();
    const { db } = server.context;
    await db
      .insertInto('controller')
      .values({ id: 'other' as never, controller_json: '{}' })
      .execute();
    const personId = await putPerson(server.context, {
      name: 'B',
      role: 'staff',
      controllerId: 'other' as never,
    });
    const answer = await postSession(server.url, await makeSignInToken(server.context, personId));
    const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
    const ask = async (shopId: string) => {
      const response = await fetch(`${server.url}${apiPaths.today(shopId)}`, { headers: { cookie } });
      return `${response.status} ${await response.text()}`;
    };
    expect(await ask(DEMO_SHOP)).toBe('404 {"reason":"not-found"}');
    for (const shopId of ['no-such-shop', "x' or 1=1 --", '\u0000', '\ud800x', '../../etc/passwd']) {
      expect(await ask(shopId.toWellFormed())).toBe('404 {"reason":"not-found"}');
    }
  });

  it('holds no age or gender of one person', async () => {
    const server = await startTestServer();
    const kiosk = await TestKiosk.paired(server.url);
    await kiosk.visit(['count', 'demographics']);
    await kiosk.sync();
    const today = await (await signInDemoStaff(server)).today();
    expect(today.released).toEqual({ people: 0, cells: {} });
  });

  it('shows a kiosk that has not been heard of as silent', async () => {
    const clock = turnableClock();
    const server = await startTestServer({ now: clock.now });
    const kiosk = await TestKiosk.paired(server.url, clock.now);
    const staff = await signInDemoStaff(server);
    const conditionOf = async () => (await staff.today()).kiosks[0]?.condition;
    const report = { problem: null, version: '1', vision: null, waiting: 0, tallies: [] };
    await kiosk.request('POST', apiPaths.health, { ...report, state: 'ready' });
    expect(await conditionOf()).toBe('well');
    await kiosk.request('POST', apiPaths.health, { ...report, state: 'resting', problem: 'storage-full' });
    expect(await conditionOf()).toBe('resting');
    clock.turn(3 * MINUTE_MS + 1);
    expect(await conditionOf()).toBe('silent');
  });

  it('refuses a tally that no tablet can have, and stays readable where one stands there from before', async () => {
    const server = await startTestServer();
    const kiosk = await TestKiosk.paired(server.url);
    const staff = await signInDemoStaff(server);
    const { hour } = (await staff.today()).hours[5]!;
    const report = { state: 'ready', problem: null, version: '1', vision: null, waiting: 0 };
    const send = (declined: number) =>
      kiosk.request('POST', apiPaths.health, { ...report, tallies: [{ hour, declined, left: 0 }] });
    expect(await send(Number.MAX_SAFE_INTEGER)).toMatchObject({ status: 400, body: { reason: 'malformed' } });
    expect((await send(MAX_TALLY)).status).toBe(204);
    const { db } = server.context;
    const tooMany = { declined: Number.MAX_SAFE_INTEGER, left_unanswered: Number.MAX_SAFE_INTEGER };
    await db.updateTable('tally').set(tooMany).execute();
    const twin = await TestKiosk.paired(server.url);
    await db
      .insertInto('tally')
      .values({ kiosk_id: twin.paired!.kioskId, hour, ...tooMany, closed: 0 })
      .execute();
    expect((await staff.today()).hours[5]).toEqual({
      hour,
      counted: 0,
      declined: 2 * MAX_TALLY,
      left: 2 * MAX_TALLY,
    });
    const officer = await signInAs(server, 'officer');
    const day = hour.slice(0, 'YYYY-MM-DD'.length);
    const inspected = await officer(
      `${apiPaths.inspection(DEMO_SHOP)}?${new URLSearchParams({ from: day, to: day })}`,
    );
    expect(inspectionSchema.parse(await inspected.json()).tallies).toEqual({
      declined: 2 * MAX_TALLY,
      left: 2 * MAX_TALLY,
    });
  });

  it('shows a fork that a copied tablet saw before it could show an entry of its own', async () => {
    const server = await startTestServer();
    const kiosk = await TestKiosk.paired(server.url);
    const staff = await signInDemoStaff(server);
    const report = { version: '1', vision: null, waiting: 0, tallies: [] };
    await kiosk.request('POST', apiPaths.health, { ...report, state: 'resting', problem: 'forked' });
    await kiosk.request('POST', apiPaths.health, { ...report, state: 'ready', problem: null });
    expect((await staff.today()).kiosks[0]?.condition).toBe('fork');
  });
});

/** Reads the stream's events one by one, as the staff screen does. */
async function watch(url: string, cookie: string) {
  const stop = new AbortController();
  const response = await fetch(`${url}${apiPaths.live(DEMO_SHOP)}`, {
    headers: { cookie },
    signal: stop.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function nextEvent(): Promise<{ readonly name: string; readonly data: string } | null> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const [event, data] = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        return { name: event!.slice('event: '.length), data: data!.slice('data: '.length) };
      }
      const { value, done } = await reader.read();
      if (done) return null;
      text += value;
    }
  }
  async function next(): Promise<Today | null> {
    for (;;) {
      const event = await nextEvent();
      if (event === null) return null;
      if (event.name === LIVE_EVENTS.today) return todaySchema.parse(JSON.parse(event.data));
    }
  }
  return { response, next, nextEvent, stop: () => stop.abort() };
}

describe('the live stream', () => {
  it('sends today at once and again within a second of a change', async () => {
    const server = await startTestServer();
    const kiosk = await TestKiosk.paired(server.url);
    const { cookie } = await signInDemoStaff(server);
    const live = await watch(server.url, cookie);
    expect(live.response.headers.get('content-type')).toBe('text/event-stream');
    expect(live.response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(countedOf((await live.next())!)).toBe(0);
    await kiosk.visit();
    const sentAt = performance.now();
    await kiosk.sync();
    while (countedOf((await live.next())!) !== 1);
    expect(performance.now() - sentAt).toBeLessThan(1_000);
    live.stop();
  });

  it('says with a beat that what it sent last still holds', async () => {
    const server = await startTestServer();
    const { cookie } = await signInDemoStaff(server);
    const live = await watch(server.url, cookie);
    const today = (await live.next())!;
    server.context.live.changed(DEMO_SHOP as ShopId);
    const beat = (await live.nextEvent())!;
    expect(beat.name).toBe(LIVE_EVENTS.beat);
    expect(liveBeatSchema.parse(JSON.parse(beat.data)).asOf >= today.asOf).toBe(true);
    live.stop();
  });

  it('gathers changes that come together', async () => {
    const server = await startTestServer();
    const kiosk = await TestKiosk.paired(server.url);
    const { cookie } = await signInDemoStaff(server);
    const live = await watch(server.url, cookie);
    await live.next();
    for (let visits = 0; visits < 20; visits += 1) await kiosk.visit();
    await kiosk.sync(4);
    let events = 0;
    for (let counted = 0; counted < 20; events += 1) counted = countedOf((await live.next())!);
    expect(events).toBeLessThan(20);
    live.stop();
  });

  it('ends when the session is signed out, and when the server closes', async () => {
    const server = await startTestServer();
    const [leaving, staying] = [await signInDemoStaff(server), await signInDemoStaff(server)];
    const [first, second] = [
      await watch(server.url, leaving.cookie),
      await watch(server.url, staying.cookie),
    ];
    await first.next();
    await second.next();
    await fetch(`${server.url}${apiPaths.session}`, {
      method: 'DELETE',
      headers: { cookie: leaving.cookie },
    });
    expect(await first.next()).toBeNull();
    const closing = server.close();
    expect(await second.next()).toBeNull();
    await closing;
  });

  it('is given to one session eight times and no more, and again after one was closed', async () => {
    const server = await startTestServer();
    const { cookie } = await signInDemoStaff(server);
    const open = await Promise.all(Array.from({ length: 8 }, () => watch(server.url, cookie)));
    expect((await watch(server.url, cookie)).response.status).toBe(429);
    open[0]!.stop();
    await expect.poll(async () => (await watch(server.url, cookie)).response.status).toBe(200);
    for (const stream of open) stream.stop();
  });
});

describe('a withdrawal that staff make for a visitor', () => {
  async function visited() {
    const server = await startTestServer();
    const kiosk = await TestKiosk.paired(server.url);
    const receipt = await kiosk.visit();
    await kiosk.sync();
    const staff = await signInDemoStaff(server);
    const withdraw = (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${server.url}${apiPaths.staffWithdrawals}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: staff.cookie, ...headers },
        body: JSON.stringify(body),
      });
    return { server, kiosk, receipt, staff, withdraw };
  }

  it('takes the visitor out of today and says where it was made', async () => {
    const { kiosk, receipt, staff, withdraw } = await visited();
    const answer = await withdraw({ receiptId: receipt.id, secret: receipt.secret });
    expect(await answer.json()).toMatchObject({ state: 'known', contribution: 'withdrawn' });
    expect(countedOf(await staff.today())).toBe(0);
    const config = await kiosk.request('GET', apiPaths.config);
    expect(config.body).toMatchObject({ withdrawals: [{ receiptId: receipt.id, place: 'staff' }] });
  });

  it('needs the receipt: an id alone, or a wrong secret, takes nothing back', async () => {
    const { receipt, staff, withdraw } = await visited();
    expect((await withdraw({ receiptId: receipt.id })).status).toBe(400);
    const wrong = await withdraw({ receiptId: receipt.id, secret: 'A'.repeat(22) });
    expect(await wrong.json()).toEqual({ state: 'unknown' });
    expect(countedOf(await staff.today())).toBe(1);
  });

  it('never waits: the receipts of a shop have arrived, so wrong secrets fill no room', async () => {
    const { server, receipt, withdraw } = await visited();
    for (const secret of ['A'.repeat(22), 'B'.repeat(22)]) await withdraw({ receiptId: receipt.id, secret });
    await withdraw({ receiptId: randomId(random), secret: 'A'.repeat(22) });
    expect(await server.context.db.selectFrom('waiting_withdrawal').selectAll().execute()).toEqual([]);
  });

  it('is for people who are signed in, on our own page, for their own controller’s receipts', async () => {
    const { server, receipt, staff, withdraw } = await visited();
    const body = { receiptId: receipt.id, secret: receipt.secret };
    expect((await withdraw(body, { cookie: '' })).status).toBe(401);
    expect((await withdraw(body, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    await server.context.db
      .insertInto('controller')
      .values({ id: 'other' as ControllerId, controller_json: '{}' })
      .execute();
    await server.context.db
      .updateTable('person')
      .set({ controller_id: 'other' as ControllerId })
      .execute();
    expect(await (await withdraw(body)).json()).toEqual({ state: 'unknown' });
    await server.context.db
      .updateTable('person')
      .set({ controller_id: 'harbour-street-motors' as ControllerId })
      .execute();
    expect(countedOf(await staff.today())).toBe(1);
  });
});
