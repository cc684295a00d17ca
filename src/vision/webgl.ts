// Registers the WebGL backend and its flags.
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core/dist/index.js';

/**
 * Textures of a look are deleted when they are freed, not kept for reuse with pixels of the last frames in them. Shaders stay made for one size
 * each: with those for all sizes (`WEBGL_USE_SHAPES_UNIFORMS`) half as many were compiled, and the detector gave other boxes.
 */
export function prepareWebgl(): void {
  tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', 0);
}
