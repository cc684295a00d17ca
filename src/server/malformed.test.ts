import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiPaths, BODY_LIMIT_BYTES, refusalSchema } from '#protocol';
import { type ReceiptId, randomId } from '#values';
import { type RunningServer, startServer } from './start-server.ts';
import { now, random } from './testing/start-test-server.ts';
import { TestKiosk } from './testing/test-kiosk.ts';
import { signInAs } from './testing/test-officer.ts';
import { DEMO_SHOP } from './testing/test-staff.ts';

let server: RunningServer;
let kiosk: TestKiosk;
let administrator: Awaited<ReturnType<typeof signInAs>>;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'askfirst-malformed-'));
  server = await startServer({
    port: 0,
    host: 'localhost',
    dataDir,
    databaseUrl: null,
    publicUrl: null,
    tls: null,
    isDemo: true,
    now,
    random,
    distDir: dataDir,
  });
  kiosk = await TestKiosk.paired(server.url);
  administrator = await signInAs(server, 'administrator');
});

afterAll(async () => {
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const receiptPath = apiPaths.readReceipt(randomId<ReceiptId>(random));

const malformed: readonly (readonly [string, string])[] = [
  ['prose', 'Dear server, please count me.'],
  ['an empty body', ''],
  ['half a body', '{"records":['],
  ['a number', '7'],
  ['null', 'null'],
  ['a list', '[]'],
  ['NaN', '{"secret":NaN}'],
  ['a number that is too large', '{"secret":1e999}'],
  ['nesting of ten thousand', deep(10_000)],
  ['nesting inside a field', `{"secret":${deep(33)}}`],
  ['nesting hidden behind a quote', `{"a\\"":${deep(500)}}`],
  ['__proto__', '{"__proto__":{"secret":"x"}}'],
  ['a constructor with a prototype', '{"constructor":{"prototype":{"x":1}}}'],
  ['NUL', '{"secret":"\\u0000"}'],
  ['a lone surrogate', '{"secret":"\\ud800AAAAAAAAAAAAAAAAAAAAA"}'],
  ['another type', '{"secret":{"$ne":null}}'],
  ['a field too many', `{"secret":"${'A'.repeat(22)}","admin":true}`],
  ['SQL', '{"secret":"\' or 1=1 --"}'],
  ['a long text', `{"secret":"${'A'.repeat(500_000)}"}`],
  ['a hundred thousand fields', `{${Array.from({ length: 60_000 }, (_, i) => `"f${i}":1`).join()}}`],
];

describe('a request that is malformed', () => {
  const strangers = [receiptPath, apiPaths.session, apiPaths.pair];
  it.each(malformed)(
    'with %s is refused with a reason and never a fault: from strangers',
    async (_, body) => {
      for (const path of strangers) {
        const response = await fetch(`${server.url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
        const { reason } = refusalSchema.parse(await response.json());
        // Sign-in and pairing have low limits, and to be slowed down is a refusal as well.
        expect([400, 429]).toContain(response.status);
        expect(['malformed', 'too-many-requests']).toContain(reason);
      }
    },
  );

  it.each(malformed)('with %s is refused with a reason and never a fault: from a kiosk', async (_, body) => {
    for (const path of [apiPaths.entries, apiPaths.health]) {
      const answer = await kiosk.request('POST', path, body);
      expect(answer).toMatchObject({ status: body === '' ? 400 : 400, body: { reason: 'malformed' } });
    }
  });

  it.each(malformed)(
    'with %s is refused with a reason and never a fault: from an administrator',
    async (_, body) => {
      for (const path of [apiPaths.terms(DEMO_SHOP), apiPaths.termsPreview(DEMO_SHOP), apiPaths.shops]) {
        const headers = { 'content-type': 'application/json' };
        const response = await administrator(path, { method: 'POST', headers, body });
        const { reason } = refusalSchema.parse(await response.json());
        expect([400, 429]).toContain(response.status);
        expect(['malformed', 'too-many-requests']).toContain(reason);
      }
    },
  );

  const entry = () =>
    JSON.parse(JSON.stringify(kiosk.records[0])) as {
      entry: Record<string, unknown>;
      body: Record<string, unknown>;
    };
  it.each<[string, (record: ReturnType<typeof entry>) => void]>([
    ['a sequence number below zero', (record) => Object.assign(record.entry, { seq: -1 })],
    ['a sequence number that is a text', (record) => Object.assign(record.entry, { seq: '0' })],
    ['a fraction', (record) => Object.assign(record.entry, { seq: 0.5 })],
    ['a sequence number beyond 2^53', (record) => Object.assign(record.entry, { seq: 2 ** 60 })],
    ['an unknown kind', (record) => Object.assign(record.entry, { kind: 'photo-taken' })],
    ["another kind's body", (record) => Object.assign(record.entry, { kind: 'release' })],
    ['a time that is none', (record) => Object.assign(record.entry, { time: '2026-13-45T99:00:00.000Z' })],
    ['a hash that is none', (record) => Object.assign(record.entry, { previous: 'x' })],
    ['a picture in the body', (record) => Object.assign(record.body, { image: 'data:image/png;base64,AA' })],
    ['no salt', (record) => Object.assign(record.body, { salt: undefined })],
    ['a private key', (record) => Object.assign(record.body.publicKey as object, { d: 'A'.repeat(43) })],
    ['a lone surrogate', (record) => Object.assign(record.body, { shopId: '\ud800' })],
  ])('with an entry with %s is refused', async (_, twist) => {
    const record = entry();
    twist(record);
    expect(await kiosk.send([record])).toMatchObject({ status: 400, body: { reason: 'malformed' } });
  });

  it('with a body of two megabytes is refused before it is read', async () => {
    const body = JSON.stringify({ secret: 'A'.repeat(2 * BODY_LIMIT_BYTES) });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${server.url}${receiptPath}`, { method: 'POST', headers, body });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ reason: 'too-large' });
  });

  it('that says it will be a gigabyte is refused at once', async () => {
    const { hostname, port } = new URL(server.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST ${receiptPath} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{`,
        );
      });
      socket.once('data', (data) => {
        resolve(String(data));
        socket.destroy();
      });
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it.each([
    ['another type of content', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a compressed body', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
    ['no type of content', {}],
  ])('with %s is refused', async (_, headers) => {
    const body = new Uint8Array([0x1f, 0x8b, 0x08, 0x00]);
    const response = await fetch(`${server.url}${receiptPath}`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ reason: 'malformed' });
  });

  it('leaves a server behind that works as before', async () => {
    await kiosk.visit();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
