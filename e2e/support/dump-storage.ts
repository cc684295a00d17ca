import type { Page } from 'playwright/test';
import type { Kept } from './images.ts';

/** Everything that the browser keeps for our origin: every IndexedDB record, every cached answer, local and session storage, cookies. */
export async function dumpStorage(page: Page): Promise<Kept[]> {
  const kept = await page.evaluate(async () => {
    const found: { where: string; base64: string; url: string | null }[] = [];
    const toBase64 = (bytes: Uint8Array) => {
      let binary = '';
      for (const byte of bytes) binary += String.fromCharCode(byte);
      return btoa(binary);
    };
    const keep = (where: string, bytes: Uint8Array, url: string | null = null) =>
      found.push({ where, base64: toBase64(bytes), url });
    const keepText = (where: string, text: string) => keep(where, new TextEncoder().encode(text));

    /** Binary values one by one, and the rest of a record as JSON. */
    async function keepValue(where: string, value: unknown): Promise<void> {
      if (value instanceof Blob) return void keep(where, new Uint8Array(await value.arrayBuffer()));
      if (value instanceof ArrayBuffer) return void keep(where, new Uint8Array(value));
      if (ArrayBuffer.isView(value)) {
        return void keep(where, new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      }
      if (value instanceof ImageData) return void keep(where, new Uint8Array(value.data.buffer));
      if (value !== null && typeof value === 'object' && !(value instanceof CryptoKey)) {
        for (const [key, inner] of Object.entries(value)) await keepValue(`${where}.${key}`, inner);
        return;
      }
      keepText(where, String(value));
    }

    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const values = await new Promise<unknown[]>((resolve) => {
          const all = database.transaction(store).objectStore(store).getAll();
          all.onsuccess = () => resolve(all.result);
        });
        for (const [index, value] of values.entries())
          await keepValue(`IndexedDB ${name}/${store}/${index}`, value);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        if (response === undefined) continue;
        keep(`cache ${name}`, new Uint8Array(await response.arrayBuffer()), request.url);
      }
    }
    for (const storage of [localStorage, sessionStorage])
      keepText('web storage', JSON.stringify({ ...storage }));
    keepText('cookies', document.cookie);
    return found;
  });
  return Promise.all(
    kept.map(async ({ where, base64, url }) => {
      const bytes = Buffer.from(base64, 'base64');
      return {
        where: url === null ? where : `${where} ${url}`,
        bytes,
        isOwnFile: url !== null && (await isServed(page, url, bytes)),
      };
    }),
  );
}

/** Whether a cached answer is, byte for byte, a file that the server gives to anybody. */
async function isServed(page: Page, url: string, bytes: Buffer): Promise<boolean> {
  const served = await page.request.get(url.replace(/\?__WB_REVISION__.*/, ''));
  return served.ok() && (await served.body()).equals(bytes);
}
