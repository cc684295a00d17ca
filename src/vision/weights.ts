/** Served by ourselves from `public/models`. */
const MODELS_PATH = '/models';

/** SHA-256 of the files that the face-api.js package ships, in hexadecimal. `weights.test.ts` holds them against the package. */
export const KNOWN_WEIGHTS = {
  'age_gender_model-weights_manifest.json':
    '74b60bf3ebf981bf4e661e9cca3a185614e10b25d797118b62e2a68d3ff2569f',
  'age_gender_model.bin': '49f92bbc0afef2342c4385e4a2b0acb6d7a727c6f0aa539499719a81acf9abaa',
  'tiny_face_detector_model-weights_manifest.json':
    '5d1af4849ac48d5b985f4a9b16010c512353ddd6fcc63d50fd0bc9e9e64296e5',
  'tiny_face_detector_model.bin': 'b7503ce7df31039b1c43316a9b865cab6a70dd748cc602d3fa28b551503c3871',
} as const;

type WeightsFile = keyof typeof KNOWN_WEIGHTS;
/** The files of both networks, each the very one that this was built with. */
export type Weights = ReadonlyMap<string, ArrayBuffer>;
/** The same as a page keeps them from one worker to the next: outside its own memory. */
export type KeptWeights = ReadonlyMap<string, Blob>;

/**
 * The files of both networks: what was kept, and the rest from our own origin. Each is refused that is not the very one that this was built
 * with, whoever gave it: nothing else may look at a visitor.
 */
export async function loadWeights(kept: KeptWeights): Promise<Weights> {
  const names = Object.keys(KNOWN_WEIGHTS) as WeightsFile[];
  const files = names.map(async (name) => {
    const bytes = await (kept.get(name) ?? (await fetch(`${MODELS_PATH}/${name}`))).arrayBuffer();
    const sum = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    if (sum !== KNOWN_WEIGHTS[name]) throw new Error(`${name} is not the one that this was built with.`);
    return [name, bytes] as const;
  });
  return new Map(await Promise.all(files));
}

/** For the page, and the next worker. */
export function keepWeights(weights: Weights): KeptWeights {
  return new Map([...weights].map(([name, bytes]) => [name, new Blob([bytes])]));
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
