import type { BrowserContext, Worker } from 'playwright/test';

interface ProbedTexture {
  readonly gl: WebGL2RenderingContext;
  readonly texture: WebGLTexture;
  width: number;
  height: number;
}

/** What the probe notes in a worker. */
interface Probed {
  readonly memories: WebAssembly.Memory[];
  /** Made and not deleted. */
  readonly textures: ProbedTexture[];
  readonly buffers: { readonly gl: WebGL2RenderingContext; readonly buffer: WebGLBuffer }[];
  /** Whether textures that the program deletes are kept all the same. */
  keepsDeleted: boolean;
  /** How often each kernel of the WASM backend was called, and how often anything was drawn. */
  readonly calls: Record<string, number>;
}

/** Runs in the worker before the program: notes every WASM memory, every call into WASM, and every texture and buffer that was made and not deleted. */
function probe(): void {
  const probed: Probed = { memories: [], textures: [], buffers: [], keepsDeleted: false, calls: {} };
  const count = (name: string) => {
    probed.calls[name] = (probed.calls[name] ?? 0) + 1;
  };
  Object.assign(self, { probed });
  const noteInstance = (instance: WebAssembly.Instance): WebAssembly.Instance => {
    const watched = Object.entries(instance.exports).map(([name, part]) => {
      if (part instanceof WebAssembly.Memory) probed.memories.push(part);
      if (typeof part !== 'function') return [name, part] as const;
      const call = part as (...values: unknown[]) => unknown;
      return [
        name,
        (...values: unknown[]) => {
          count(name);
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
  const graphics = WebGL2RenderingContext.prototype;
  const {
    createTexture,
    bindTexture,
    texStorage2D,
    texImage2D,
    deleteTexture,
    createBuffer,
    deleteBuffer,
    drawElements,
  } = graphics;
  let bound: ProbedTexture | undefined;
  const sizeBound = (width: number, height: number) => {
    if (bound === undefined) return;
    bound.width = width;
    bound.height = height;
  };
  graphics.createTexture = function () {
    const texture = createTexture.call(this);
    probed.textures.push({ gl: this, texture, width: 0, height: 0 });
    return texture;
  };
  graphics.bindTexture = function (target, texture) {
    bound = probed.textures.find((known) => known.texture === texture);
    bindTexture.call(this, target, texture);
  };
  graphics.texStorage2D = function (target, levels, format, width, height) {
    sizeBound(width, height);
    texStorage2D.call(this, target, levels, format, width, height);
  };
  graphics.texImage2D = function (
    this: WebGL2RenderingContext,
    ...values: [number, number, number, number, number, ...unknown[]]
  ) {
    const [, , , width, height] = values;
    const picture = values.at(-1) as { width?: number; height?: number } | null;
    if (picture?.width === undefined) sizeBound(width, height);
    else sizeBound(picture.width, picture.height ?? 0);
    (texImage2D as (...values: unknown[]) => void).apply(this, values);
  } as typeof texImage2D;
  graphics.deleteTexture = function (texture) {
    if (probed.keepsDeleted) return;
    const at = probed.textures.findIndex((known) => known.texture === texture);
    if (at >= 0) probed.textures.splice(at, 1);
    deleteTexture.call(this, texture);
  };
  graphics.createBuffer = function () {
    const buffer = createBuffer.call(this);
    probed.buffers.push({ gl: this, buffer });
    return buffer;
  };
  graphics.deleteBuffer = function (buffer) {
    const at = probed.buffers.findIndex((known) => known.buffer === buffer);
    if (at >= 0) probed.buffers.splice(at, 1);
    deleteBuffer.call(this, buffer);
  };
  graphics.drawElements = function (mode, size, type, offset) {
    count('drawElements');
    drawElements.call(this, mode, size, type, offset);
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

/** From now on nothing that the worker deletes on the graphics card is gone. */
export function keepDeletedTextures(worker: Worker): Promise<void> {
  return worker.evaluate(() => {
    (self as unknown as { probed: Probed }).probed.keepsDeleted = true;
  });
}

/** How many textures there are. */
export function countTextures(worker: Worker): Promise<number> {
  return worker.evaluate(() => (self as unknown as { probed: Probed }).probed.textures.length);
}

/**
 * Where in the worker's memory the marker's colour stands in a row of eight pixels or more: as bytes, whole numbers or fractions in WASM
 * memory, and in every texture and buffer of the graphics card that is there.
 */
export function findMarker(worker: Worker, colour: readonly [number, number, number]): Promise<string[]> {
  return worker.evaluate((wanted) => {
    const RUN = 8;
    // A camera tells colours in other numbers than a screen, and the networks see a picture that was scaled.
    const CLOSE = 24;
    const { memories, textures, buffers } = (self as unknown as { probed: Probed }).probed;
    const found: string[] = [];
    const isNear = (value: number | undefined, channel: number, scale: number) =>
      Math.abs((value ?? Number.NaN) * scale - (wanted[channel] ?? 0)) <= CLOSE;
    const search = (values: ArrayLike<number>, step: number, scale: number, where: string): void => {
      const near = (at: number, channel: number) => isNear(values[at + channel], channel, scale);
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
    /** A packed texture holds two pixels' red and green in one place, and their blue in the next. */
    const searchPacked = (values: Float32Array, scale: number, where: string): void => {
      const near = (at: number, channel: number) => isNear(values[at], channel, scale);
      for (let at = 0; at + 8 * (RUN / 2) <= values.length; at += 4) {
        let run = 0;
        while (
          near(at + run * 8, 0) &&
          near(at + run * 8 + 1, 1) &&
          near(at + run * 8 + 2, 0) &&
          near(at + run * 8 + 3, 1) &&
          near(at + run * 8 + 4, 2)
        )
          run += 1;
        if (run >= RUN / 2) found.push(where);
        if (run >= RUN / 2) return;
      }
    };
    const everyKind = (bytes: ArrayBuffer, where: string): void => {
      search(new Uint8Array(bytes), 4, 1, `bytes in ${where}`);
      search(new Int32Array(bytes), 3, 1, `whole numbers in ${where}`);
      search(new Float32Array(bytes), 3, 1, `fractions in ${where}`);
      search(new Float32Array(bytes), 3, 255, `fractions of 255 in ${where}`);
    };
    for (const { buffer } of memories) everyKind(buffer, 'WASM memory');
    for (const { gl, texture, width, height } of textures) {
      if (width * height === 0) continue;
      const frame = gl.createFramebuffer();
      gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
      if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) {
        found.push('a texture that cannot be read back');
        continue;
      }
      while (gl.getError() !== gl.NO_ERROR);
      const pixels = new Uint8Array(width * height * 4);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
      if (gl.getError() === gl.NO_ERROR) {
        search(pixels, 4, 1, 'a texture of bytes');
        continue;
      }
      const values = new Float32Array(width * height * 4);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, values);
      if (gl.getError() !== gl.NO_ERROR) found.push('a texture that cannot be read back');
      const reds = values.filter((_, at) => at % 4 === 0);
      for (const scale of [1, 255]) {
        search(values, 4, scale, 'a texture');
        search(reds, 3, scale, 'a texture of single values');
        searchPacked(values, scale, 'a packed texture');
      }
    }
    for (const { gl, buffer } of buffers) {
      gl.bindBuffer(gl.COPY_READ_BUFFER, buffer);
      const size = gl.getBufferParameter(gl.COPY_READ_BUFFER, gl.BUFFER_SIZE) as number;
      const bytes = new ArrayBuffer(size - (size % 4));
      gl.getBufferSubData(gl.COPY_READ_BUFFER, 0, new Uint8Array(bytes));
      everyKind(bytes, 'a buffer of the graphics card');
    }
    return [...new Set(found)];
  }, colour);
}
