/**
 * The parts of TensorFlow.js that face-api.js uses here: the core with its chained operations, and nothing of layers, data or converter.
 * `vite.config.ts` puts this in the place of `@tensorflow/tfjs`.
 */
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';

export * from '@tensorflow/tfjs-core/dist/index.js';
