import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startTestServer, temporaryDir } from '../testing/start-test-server.ts';
import { pageHeaders } from './page-headers.ts';

/** A build as Vite leaves it. */
async function builtPages(): Promise<string> {
  const dir = await temporaryDir();
  await mkdir(join(dir, 'assets'));
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>AskFirst</title>');
  await writeFile(join(dir, 'sw.js'), '// worker');
  await writeFile(join(dir, '.stamp'), 'secret');
  await writeFile(join(dir, 'assets/worker-abc123.js'), '// script');
  await writeFile(join(dir, 'assets/worker-abc123.js.gz'), '// not really compressed');
  return dir;
}

async function served() {
  const distDir = await builtPages();
  const { url } = await startTestServer({ distDir });
  return (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });
}

/** A request as no browser would write it. */
function raw(url: string, line: string, header = 'Accept: */*'): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${header}\r\n\r\n`);
    });
    let answer = '';
    socket.on('data', (data) => {
      answer += String(data);
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

const policyOf = (path: string) => pageHeaders(path)['content-security-policy'] ?? '';
const permissionsOf = (path: string) => pageHeaders(path)['permissions-policy'] ?? '';

describe('the headers of each path', () => {
  it.each(['/', '/index.html', '/?lang=en'])('give the camera to the kiosk at %s', (path) => {
    expect(permissionsOf(path)).toContain('camera=(self)');
    expect(policyOf(path)).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policyOf(path)).toContain("worker-src 'self'");
  });

  it.each([
    '/staff',
    '/staff/',
    '/staff?x=/',
    '/r/AAAAAAAAAAAAAAAAAAAAAA',
    '/docs',
    '/docs/style.css',
    '/api/session',
    '/sw.js',
    '/healthz',
    '/nothing',
    '//',
    '/index.html/',
    '/./',
  ])('give no camera and no WASM at %s', (path) => {
    expect(permissionsOf(path)).toContain('camera=()');
    expect(policyOf(path)).toContain("script-src 'self';");
  });

  it.each([
    ['/', "'self'"],
    ['/staff', "'self'"],
    ['/staff/', "'self'"],
    ['/r/AAAAAAAAAAAAAAAAAAAAAA', "'none'"],
    ['/docs', "'none'"],
    ['/assets/worker-abc123.js', "'none'"],
    ['/api/session', "'none'"],
  ])('let workers start where there are some: at %s from %s', (path, source) => {
    expect(policyOf(path)).toContain(`worker-src ${source};`);
  });

  it("let the kiosk's worker run WASM, which obeys the policy of its own file", () => {
    expect(policyOf('/assets/worker-abc123.js')).toContain("'wasm-unsafe-eval'");
    expect(permissionsOf('/assets/worker-abc123.js')).toContain('camera=()');
  });

  it.each(['/', '/staff', '/r/x', '/assets/x.js', '/api/session', '/docs', '/nothing'])(
    'let nothing in from elsewhere at %s',
    (path) => {
      const policy = policyOf(path);
      expect(policy).toMatch(/^default-src 'none'; /);
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
      for (const shut of ["base-uri 'none'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(shut);
      }
      for (const power of ['microphone', 'geolocation', 'display-capture', 'usb']) {
        expect(permissionsOf(path)).toContain(`${power}=()`);
      }
    },
  );

  it.each(['/', '/staff', '/r/x', '/assets/worker-abc123.js', '/healthz', '/nothing', '/api/session'])(
    'are on the real answer for %s',
    async (path) => {
      const get = await served();
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toBe(policyOf(path));
      expect(headers.get('permissions-policy')).toBe(permissionsOf(path));
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('ask browsers to stay with TLS where there is TLS', async () => {
    const { url } = await startTestServer({ publicUrl: 'https://askfirst.example' });
    const { headers } = await fetch(`${url}/healthz`);
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000$/);
  });
});

describe('the built pages', () => {
  it.each(['/', '/staff', '/staff/', '/r/AAAAAAAAAAAAAAAAAAAAAA'])('are one page at %s', async (path) => {
    const get = await served();
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('<title>AskFirst</title>');
  });

  it('are kept for good where their names change with their content, and asked for again elsewhere', async () => {
    const get = await served();
    const cacheOf = async (path: string) => (await get(path)).headers.get('cache-control');
    expect(await cacheOf('/assets/worker-abc123.js')).toBe('public, max-age=31536000, immutable');
    for (const path of ['/', '/index.html', '/sw.js', '/staff']) expect(await cacheOf(path)).toBe('no-cache');
  });

  it('are not sent again while they have not changed', async () => {
    const { url } = await startTestServer({ distDir: await builtPages() });
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    expect(await raw(url, 'GET /', `If-None-Match: ${etag}`)).toMatch(/^HTTP\/1.1 304 /);
  });

  it('come compressed where the build compressed them', async () => {
    const get = await served();
    const { headers } = await get('/assets/worker-abc123.js', { 'accept-encoding': 'identity' });
    expect(headers.get('content-encoding')).toBeNull();
    expect(headers.get('vary')).toBe('accept-encoding');
    const { url } = await startTestServer({ distDir: await builtPages() });
    const answer = await raw(url, 'GET /assets/worker-abc123.js', 'Accept-Encoding: gzip');
    expect(answer).toMatch(/content-encoding: gzip/i);
    expect(answer).toContain('not really compressed');
  });

  it.each([
    '/.stamp',
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/..%5cpackage.json',
    '/%00',
    '/%ff',
    '/assets/',
    '/docs/..%2fpackage.json',
    '/docs/../../package.json',
    '/r/a/b',
    '//',
    '//evil.example/..',
    '/api/nothing',
  ])('never lead out of their folder: %s', async (path) => {
    const { url } = await startTestServer({ distDir: await builtPages() });
    const answer = await raw(url, `GET ${path}`);
    expect(answer).toMatch(/^HTTP\/1.1 40[034] /);
    expect(answer).not.toMatch(/askfirst"|secret/);
  });

  it.each(['GET http://[', 'OPTIONS *', 'TRACE /', 'CONNECT /', 'BREW /', 'POST /', 'PUT /healthz'])(
    'answer %s with a refusal',
    async (line) => {
      const { url } = await startTestServer({ distDir: await builtPages() });
      expect(await raw(url, line)).toMatch(/^(HTTP\/1.1 4\d\d |$)/);
    },
  );
});

describe('the documentation', () => {
  it('is plain pages without scripts, and a refusal where there is none', async () => {
    const get = await served();
    const style = await get('/docs/style.css');
    expect(style.headers.get('content-type')).toContain('text/css');
    const response = await get('/docs');
    expect([200, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('<script');
    expect((await get('/docs/no-such-page.md')).status).toBe(404);
  });
});
