// Registers the WebGL backend and its flags.
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core/dist/index.js';

export function prepareWebgl(): void {
  // Textures of a look are deleted when they are freed, not kept for reuse with pixels of the last frames in them.
  tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', 0);
  // A shader is then for all sizes, so that about half as many have to be compiled before the first visitor comes.
  tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
}
