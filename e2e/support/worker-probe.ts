import type { BrowserContext, Worker } from 'playwright/test';

/** What the probe notes in a worker. */
interface Probed {
  readonly memories: WebAssembly.Memory[];
  readonly textures: { readonly gl: WebGL2RenderingContext; readonly texture: WebGLTexture }[];
  /** How often each kernel of the WASM backend was called. */
  readonly calls: Record<string, number>;
}

/** Runs in the worker before the program: notes every WASM memory, every call into WASM, and every texture that was made and not deleted. */
function probe(): void {
  const probed: Probed = { memories: [], textures: [], calls: {} };
  Object.assign(self, { probed });
  const noteInstance = (instance: WebAssembly.Instance): WebAssembly.Instance => {
    const watched = Object.entries(instance.exports).map(([name, part]) => {
      if (part instanceof WebAssembly.Memory) probed.memories.push(part);
      if (typeof part !== 'function') return [name, part] as const;
      const call = part as (...values: unknown[]) => unknown;
      return [
        name,
        (...values: unknown[]) => {
          probed.calls[name] = (probed.calls[name] ?? 0) + 1;
          return call(...values);
        },
      ] as const;
    });
    return { exports: Object.fromEntries(watched) } as WebAssembly.Instance;
  };
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = (async (source: WebAssembly.Module, imports: WebAssembly.Imports) => {
    const made = await instantiate(source, imports);
    const { instance, module } = made as unknown as WebAssembly.WebAssemblyInstantiatedSource;
    return instance === undefined
      ? noteInstance(made as WebAssembly.Instance)
      : { instance: noteInstance(instance), module };
  }) as typeof WebAssembly.instantiate;
  const streaming = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (source, imports) => {
    const { instance, module } = await streaming(source, imports);
    return { instance: noteInstance(instance), module };
  };
  const { createTexture, deleteTexture } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.createTexture = function () {
    const texture = createTexture.call(this);
    probed.textures.push({ gl: this, texture });
    return texture;
  };
  WebGL2RenderingContext.prototype.deleteTexture = function (texture) {
    const at = probed.textures.findIndex((known) => known.texture === texture);
    if (at >= 0) probed.textures.splice(at, 1);
    deleteTexture.call(this, texture);
  };
}

/** Puts the probe into the workers that count, in front of the program. The service worker is kept out, which would serve them unprobed. */
export async function probeWorkers(context: BrowserContext): Promise<void> {
  await context.route('**/sw.js', (route) => route.abort());
  await context.route(/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${probe})();\n${await response.text()}` });
  });
}

/** How often the worker called each kernel. */
export function kernelCalls(worker: Worker): Promise<Record<string, number>> {
  return worker.evaluate(() => (self as unknown as { probed: Probed }).probed.calls);
}

/**
 * Where in the worker's memory the marker's colour stands in a row of eight pixels or more: as bytes, whole numbers or fractions in WASM
 * memory, and in any texture that can be read back.
 */
export function findMarker(worker: Worker, colour: readonly [number, number, number]): Promise<string[]> {
  return worker.evaluate((wanted) => {
    const RUN = 8;
    // A camera tells colours in other numbers than a screen, and the networks see a picture that was scaled.
    const CLOSE = 24;
    const { memories, textures } = (self as unknown as { probed: Probed }).probed;
    const found: string[] = [];
    const search = (values: ArrayLike<number>, step: number, scale: number, where: string): void => {
      const near = (at: number, channel: number) =>
        Math.abs((values[at + channel] ?? Number.NaN) * scale - (wanted[channel] ?? 0)) <= CLOSE;
      // Bytes of pixels are opaque. Where a row of addresses looks like a colour, its fourth byte tells it apart.
      const isOpaque = (at: number) => !(values instanceof Uint8Array) || values[at + 3] === 255;
      let run = 0;
      for (let at = 0; at + step <= values.length; at += 1) {
        run = 0;
        while (near(at, 0) && near(at, 1) && near(at, 2) && isOpaque(at)) {
          run += 1;
          at += step;
        }
        if (run >= RUN) found.push(where);
        if (run >= RUN) return;
      }
    };
    for (const { buffer } of memories) {
      search(new Uint8Array(buffer), 4, 1, 'bytes in WASM memory');
      search(new Int32Array(buffer), 3, 1, 'whole numbers in WASM memory');
      search(new Float32Array(buffer), 3, 1, 'fractions in WASM memory');
      search(new Float32Array(buffer), 3, 255, 'fractions of 255 in WASM memory');
    }
    for (const { gl, texture } of textures) {
      const frame = gl.createFramebuffer();
      gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
      if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) continue;
      const side = 512;
      const values = new Float32Array(side * side * 4);
      gl.readPixels(0, 0, side, side, gl.RGBA, gl.FLOAT, values);
      search(values, 4, 1, 'a texture');
    }
    return found;
  }, colour);
}
