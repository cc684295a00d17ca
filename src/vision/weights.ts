/** Served by ourselves from `public/models`. */
export const MODELS_PATH = '/models';

/** SHA-256 of the files that the face-api.js package ships, in hexadecimal. `weights.test.ts` holds them against the package. */
export const KNOWN_WEIGHTS: Readonly<Record<string, string>> = {
  'age_gender_model-weights_manifest.json':
    '74b60bf3ebf981bf4e661e9cca3a185614e10b25d797118b62e2a68d3ff2569f',
  'age_gender_model.bin': '49f92bbc0afef2342c4385e4a2b0acb6d7a727c6f0aa539499719a81acf9abaa',
  'tiny_face_detector_model-weights_manifest.json':
    '5d1af4849ac48d5b985f4a9b16010c512353ddd6fcc63d50fd0bc9e9e64296e5',
  'tiny_face_detector_model.bin': 'b7503ce7df31039b1c43316a9b865cab6a70dd748cc602d3fa28b551503c3871',
};

/** Fetches a file of a network, and refuses one that is not the very one that this was built with: nothing else may look at a visitor. */
export async function fetchWeights(url: string): Promise<Response> {
  const response = await fetch(url);
  const bytes = await response.arrayBuffer();
  const sum = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  const name = url.split('/').at(-1) ?? '';
  if (!Object.hasOwn(KNOWN_WEIGHTS, name) || KNOWN_WEIGHTS[name] !== sum) {
    throw new Error(`${url} is not the network that this was built with.`);
  }
  return new Response(bytes, { headers: response.headers });
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
