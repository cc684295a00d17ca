import { z } from 'zod';

// zod compiles its checks where it may, and finds out by trying `eval`, which our pages' policy forbids: each try is a violation in the
// browser's console, in its workers too. Servers have no such policy and keep the speed.
if ('document' in globalThis || 'WorkerGlobalScope' in globalThis) z.config({ jitless: true });
