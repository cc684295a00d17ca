/**
 * Nothing. `vite.config.ts` puts this in the place of both backends where face-api.js loads them: a worker loads the one that it counts with, and
 * of WASM only the kernels that it needs.
 */
export {};
