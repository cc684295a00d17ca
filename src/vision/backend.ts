// Registers the WebGL backend and its flags.
import '@tensorflow/tfjs-backend-webgl/dist/index.js';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/index.js';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core/dist/index.js';
import type { Backend, Prefer, VisionReport } from './messages.ts';

/** Names by which drivers say that the processor draws. WASM is about ten times as fast there (docs/architecture.md). */
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|software|basic render/i;

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

/** Chooses and starts a backend, and confirms by name that it is the one that runs. Null where none starts. */
export async function startBackend(prefer: Prefer): Promise<VisionReport | null> {
  const renderer = rendererName();
  const isSoftware = renderer !== null && SOFTWARE_RENDERER.test(renderer);
  const named = { renderer: renderer ?? 'none' };
  if (
    prefer !== 'wasm' &&
    renderer !== null &&
    (prefer === 'webgl' || !isSoftware) &&
    (await runsOn('webgl'))
  ) {
    return {
      backend: 'webgl',
      reason: prefer === 'webgl' ? 'chosen-by-setting' : 'hardware-webgl',
      ...named,
    };
  }
  if (!(await runsOn('wasm'))) return null;
  if (prefer === 'wasm') return { backend: 'wasm', reason: 'chosen-by-setting', ...named };
  return { backend: 'wasm', reason: isSoftware ? 'software-webgl' : 'no-webgl', ...named };
}

/** Whether the graphics context that the WebGL backend computes in is gone. */
export function isContextLost(): boolean {
  const backend = tf.backend() as { readonly gpgpu?: { readonly gl: WebGLRenderingContext } };
  return backend.gpgpu?.gl.isContextLost() ?? false;
}

async function runsOn(backend: Backend): Promise<boolean> {
  try {
    return (await tf.setBackend(backend)) && tf.getBackend() === backend;
  } catch {
    return false;
  }
}

/** What the driver calls itself, or null where there is no WebGL 2. Asked of a context of its own, so that a software one never starts. */
function rendererName(): string | null {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null) return null;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return String(name).slice(0, 200);
}
