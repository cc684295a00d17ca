// Registers the WebGL backend and its flags.
import '@tensorflow/tfjs-backend-webgl/dist/index.js';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/index.js';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core/dist/index.js';
import type { Backend } from './messages.ts';

setWasmPaths({
  'tfjs-backend-wasm.wasm': wasmPlain,
  'tfjs-backend-wasm-simd.wasm': wasmSimd,
  // Asked for by name, never loaded.
  'tfjs-backend-wasm-threaded-simd.wasm': wasmSimd,
});
// The threaded build starts its threads from `blob:` scripts, which our policy refuses: one thread is enough for frames this small.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
// Textures of a look are deleted when they are freed, not kept for reuse with pixels of the last frames in them.
tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', 0);

/** Starts a backend, and confirms by name that it is the one that runs. */
export async function startBackend(backend: Backend): Promise<boolean> {
  if (backend === 'webgl' && rendererName() === null) return false;
  try {
    return (await tf.setBackend(backend)) && tf.getBackend() === backend;
  } catch {
    return false;
  }
}

/** Whether the graphics context that the WebGL backend computes in is gone. */
export function isContextLost(): boolean {
  const backend = tf.backend() as { readonly gpgpu?: { readonly gl: WebGLRenderingContext } };
  return backend.gpgpu?.gl.isContextLost() ?? false;
}

/** What the driver calls itself, or null where there is no WebGL 2. Asked of a context of its own, so that a software one never starts. */
export function rendererName(): string | null {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null) return null;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return String(name).slice(0, 200);
}
