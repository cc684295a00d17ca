import { defineConfig } from 'playwright/test';
import { chromiumArgs, findBrowser } from './browser.ts';

const MINUTE_MS = 60_000;

// `npm test` looks once and tells; a run by hand looks for itself. Where there is none, Playwright says so when it starts one: tools that
// only read this file need no browser.
const executablePath = process.env.ASKFIRST_CHROMIUM ?? findBrowser();

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '../test-results/e2e',
  // The first look compiles shaders in software, for seconds.
  timeout: 1.5 * MINUTE_MS,
  globalTimeout: 23 * MINUTE_MS,
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    headless: true,
    launchOptions: { ...(executablePath === null ? {} : { executablePath }), args: chromiumArgs() },
    screenshot: 'only-on-failure',
    serviceWorkers: 'allow',
  },
});
