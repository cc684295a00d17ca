/**
 * Nothing. `vite.config.ts` puts this in the place of the WebGL backend where face-api.js loads it, so that only a worker that counts with
 * WebGL does.
 */
export {};
