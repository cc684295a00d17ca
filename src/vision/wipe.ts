import * as tf from '@tensorflow/tfjs-core/dist/index.js';

/** What the networks use between frames, rounded up: freed blocks of this much are overwritten. */
const SCRUB_BYTES = 24 * 1024 * 1024;
const SCRUB_BLOCK_BYTES = 1024 * 1024;
const BYTES_PER_NUMBER = 4;

/** Frees a tensor with a picture in it; on WASM its memory is overwritten first, since freeing leaves it as it was. */
export function wipeTensor(tensor: tf.Tensor): void {
  const backend = tf.backend() as {
    readonly typedArrayFromHeap?: (tensor: tf.TensorInfo) => Float32Array | Int32Array;
  };
  if (tf.getBackend() === 'wasm' && !tensor.isDisposed) backend.typedArrayFromHeap?.(tensor).fill(0);
  tensor.dispose();
}

/** Overwrites what the networks left behind in the freed part of the WASM memory, by filling it with zeros and freeing it again. */
export function scrubWasmMemory(): void {
  tf.tidy(() => {
    for (let scrubbed = 0; scrubbed < SCRUB_BYTES; scrubbed += SCRUB_BLOCK_BYTES) {
      tf.fill([SCRUB_BLOCK_BYTES / BYTES_PER_NUMBER], 0);
    }
  });
}
