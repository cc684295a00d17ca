import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core/dist/index.js';
import type { Backend } from './messages.ts';
import { setWasmPaths } from './wasm-kernels.ts';

setWasmPaths({
  'tfjs-backend-wasm.wasm': wasmPlain,
  'tfjs-backend-wasm-simd.wasm': wasmSimd,
  // Asked for by name, never loaded.
  'tfjs-backend-wasm-threaded-simd.wasm': wasmSimd,
});
// The threaded build starts its threads from `blob:` scripts, which our policy refuses: one thread is enough for frames this small.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

let wasm: WebAssembly.Module | null = null;
// TensorFlow.js compiles anew in each worker. One that was compiled before brings the faster code along that the browser made of it meanwhile.
WebAssembly.instantiateStreaming = async (source, imports) => {
  wasm ??= await WebAssembly.compileStreaming(source);
  return { module: wasm, instance: await WebAssembly.instantiate(wasm, imports) };
};

/** The WASM backend's code, once it was compiled. It holds no memory, and so nothing that went through it. */
export function compiledWasm(): WebAssembly.Module | null {
  return wasm;
}

/** Takes code that an earlier worker compiled, in place of our own. */
export function takeCompiledWasm(compiled: WebAssembly.Module | null): void {
  wasm ??= compiled;
}

/** Starts a backend, and confirms by name that it is the one that runs. */
export async function startBackend(backend: Backend): Promise<boolean> {
  if (backend === 'webgl' && rendererName() === null) return false;
  try {
    // A third of the program: where WASM counts, each new worker would read it for nothing.
    if (backend === 'webgl') (await import('./webgl.ts')).prepareWebgl();
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
