import fc from 'fast-check';
import { expect, it } from 'vitest';
import { healthReportSchema } from '#protocol';
import { healthReport, type PageHealth } from './health.ts';
import { tellStorageLost } from './tell-storage-lost.ts';
import { memoryTablet } from './testing/memory-tablet.ts';

const visionOn = (renderer: string) =>
  ({ backend: 'webgl', reason: 'webgl-faster', renderer, frameMs: { webgl: 12, wasm: 40 } }) as const;
const oddNames = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom('ANGLE '.repeat(500), '😀'.repeat(300), `a${'😀'.repeat(300)}`, '\ud800', 'a\u0000b'),
);

it('is never refused for what a browser or its graphics call themselves', async () => {
  const { core } = memoryTablet();
  await fc.assert(
    fc.asyncProperty(oddNames, async (name) => {
      const report = await healthReport(core, { vision: visionOn(name), problem: null }, name);
      expect(healthReportSchema.safeParse(report).success).toBe(true);
      let told: unknown = null;
      await tellStorageLost(
        {
          report: async (lost) => {
            told = lost;
            return { ok: true };
          },
        } as Parameters<typeof tellStorageLost>[0],
        name,
        visionOn(name),
      );
      expect(healthReportSchema.safeParse(told).success).toBe(true);
    }),
  );
});

it('tells a usual name as it is', async () => {
  const { core } = memoryTablet();
  const renderer = 'ANGLE (Intel, Mesa Intel(R) UHD Graphics (CML GT2), OpenGL 4.6)';
  const report = await healthReport(core, { vision: visionOn(renderer), problem: null }, '0.1.0');
  expect(report).toMatchObject({ version: '0.1.0', vision: { renderer } });
});

it('calls a kiosk that asks all the same ready, and says what is wrong with it', async () => {
  const { core } = memoryTablet();
  const stateWith = async (problem: PageHealth['problem']) =>
    (await healthReport(core, { vision: null, problem }, '0.1.0')).state;
  expect(await stateWith('camera-failing')).toBe('ready');
  expect(await stateWith('crashed')).toBe('ready');
  expect(await stateWith('storage-full')).toBe('resting');
});

it('has no room for a picture', async () => {
  const { core } = memoryTablet();
  const report = await healthReport(core, { vision: visionOn('a chip'), problem: null }, '0.1.0');
  const picture = 'A'.repeat(1_500);
  for (const larger of [
    { ...report, version: picture },
    { ...report, vision: visionOn(picture) },
  ])
    expect(healthReportSchema.safeParse(larger).success).toBe(false);
});
