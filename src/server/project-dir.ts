import { fileURLToPath } from 'node:url';

/** Where the program stands: `dist`, `docs` and the notice texts lie below it. */
export const projectDir = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
