import { describe, expect, it } from 'vitest';
import { type Budgets, measure } from './budgets.ts';
import { type Chunk, filesNotOf } from './graph.ts';

/** Text of which gzip can make little, from a generator with a fixed start. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}

const chunk = (fileName: string, parts: Partial<Chunk> = {}): Chunk => ({
  fileName,
  code: '',
  moduleIds: [],
  imports: [],
  dynamicImports: [],
  css: [],
  isEntry: false,
  ...parts,
});

const app = (name: string, parts: Partial<Chunk> = {}): Chunk =>
  chunk(`${name}.js`, { moduleIds: [`/home/src/${name}/index.ts`], ...parts });

const budgets: Budgets = { kiosk: 10, staff: 10, receipt: 10, models: 1, fonts: 1 };
const entry = chunk('main.js', { isEntry: true, dynamicImports: ['kiosk.js', 'staff.js', 'receipt.js'] });
const bundle = [
  entry,
  app('kiosk', { imports: ['shared.js'], dynamicImports: ['chart.js'], css: ['kiosk.css'] }),
  app('staff', { imports: ['shared.js', 'chart.js', 'table.js'], css: ['staff.css'] }),
  app('receipt'),
  chunk('shared.js', { code: noise(20_000) }),
  chunk('chart.js', { code: noise(90_000) }),
  chunk('table.js'),
];

describe('the budgets', () => {
  it('count what an app imports at once, and not what it loads later', () => {
    const [kiosk, staff, receipt] = measure(bundle, { models: 0, fonts: 0 }, budgets);
    expect(kiosk?.bytes).toBeGreaterThan(10_000);
    expect(kiosk?.bytes).toBeLessThan(30_000);
    expect(staff?.bytes).toBeGreaterThan(60_000);
    expect(receipt?.bytes).toBeLessThan(100);
  });

  it('count the heaviest texts of an app, of one language alone', () => {
    const texts = (language: string, of: string, length: number) =>
      chunk(`${language}-${of}.js`, {
        moduleIds: [`/home/src/i18n/locales/${language}/${of}.json`],
        code: noise(length),
      });
    const withTexts = [...bundle, texts('en', 'receipt', 9_000), texts('hi', 'receipt', 12_000)];
    const receipt = measure(
      [...withTexts, texts('hi', 'staff', 50_000)],
      { models: 0, fonts: 0 },
      budgets,
    )[2];
    expect(receipt?.bytes).toBeGreaterThan(9_000);
    expect(receipt?.bytes).toBeLessThan(13_000);
  });

  it('weigh the networks as they are', () => {
    expect(measure(bundle, { models: 1001, fonts: 1002 }, budgets).slice(-2)).toEqual([
      { name: 'models', bytes: 1001, limit: 1000 },
      { name: 'fonts', bytes: 1002, limit: 1000 },
    ]);
  });

  it('refuse a bundle in which an app is missing', () => {
    expect(() => measure([entry], { models: 0, fonts: 0 }, budgets)).toThrow('src/kiosk/index.ts');
  });
});

describe('what the kiosk keeps for offline', () => {
  it('leaves out what only the other apps use', () => {
    const texts = (of: string) => chunk(`${of}.json`, { moduleIds: [`/src/i18n/locales/en/${of}.json`] });
    expect([...filesNotOf('kiosk', [...bundle, texts('kiosk'), texts('receipt')])].sort()).toEqual([
      'receipt.js',
      'receipt.json',
      'staff.css',
      'staff.js',
      'table.js',
    ]);
  });
});
