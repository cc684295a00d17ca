import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Inspection } from '#protocol';

/** As much of the bill of materials (CycloneDX 1.6) as is read here; our own build wrote it. */
const billSchema = z.object({
  components: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      version: z.string().optional(),
      properties: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    }),
  ),
});

const NETWORK = 'machine-learning-model';
const ALIAS = 'askfirst:installedAs';

/** What the build says that it is made of, or null where nothing was built. */
export async function readSoftware(billFile: string): Promise<Inspection['software']> {
  const text = await readFile(billFile, 'utf8').catch(() => null);
  if (text === null) return null;
  const { components } = billSchema.parse(JSON.parse(text));
  const parts = components.filter(({ type }) => type !== NETWORK);
  return {
    parts: parts.length,
    networks: components.filter(({ type }) => type === NETWORK).map(({ name }) => name),
    versions: Object.fromEntries(
      parts.map(({ name, version, properties }) => [
        properties?.find((property) => property.name === ALIAS)?.value ?? name,
        version ?? '',
      ]),
    ),
  };
}

/** All that may be in a build: none of them can tell whose face it sees. */
const NETWORKS: ReadonlySet<string> = new Set([
  'models/age_gender_model.bin',
  'models/tiny_face_detector_model.bin',
]);

/** How many networks a build holds that are none of ours. */
export function unknownNetworks(software: Inspection['software']): number {
  return (software?.networks ?? []).filter((file) => !NETWORKS.has(file)).length;
}
