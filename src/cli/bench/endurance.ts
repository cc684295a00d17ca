import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { chromiumArgs, findBrowser } from '../../../e2e/browser.ts';
import { cameraFeedFile } from '../../../e2e/support/camera-feeds.ts';
import type { Bench } from '../bench.ts';
import { startDemoServer } from '../demo-server.ts';
import { buildLooksPage, lookAndLook } from './endurance/looks.ts';
import { visitAndVisit } from './endurance/visits.ts';
import { buildAside } from './parts/build-aside.ts';

const USUAL_VISITS = 60;

/**
 * One page, one visit after another, as a kiosk in a busy shop: whether it grows, and whether the last look is as fast as the first. With
 * `--looks N` there are looks alone, so that very many fit in an hour.
 */
export const bench: Bench = async function* ({ visits, looks, backend }) {
  const folder = await mkdtemp(join(tmpdir(), 'askfirst-endurance-'));
  const distDir = looks === null ? null : await buildLooksPage(join(folder, 'dist'));
  if (distDir === null) await buildAside();
  const server = await startDemoServer(join(folder, 'server'), {
    demoSettings: { vision: backend ?? 'wasm', idleSeconds: 300 },
    ...(distDir === null ? {} : { distDir }),
  });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(`${server.url}/`);
    if (looks === null) yield* visitAndVisit(page, visits ?? USUAL_VISITS);
    else yield* lookAndLook(page, looks);
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
};

async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.ASKFIRST_CHROMIUM ?? findBrowser();
  return chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: chromiumArgs({ cameraFeed: await cameraFeedFile('one-adult') }),
  });
}
