import type { Brand } from '#protocol';
import { openDatabase, readMeta } from './database.ts';
import { holdWindowLock } from './window-lock.ts';

/** What the first screen shows of a tablet that is not open yet. */
export interface Glance {
  readonly shopName: string;
  readonly languages: readonly string[];
  readonly brand: Brand | undefined;
}

/**
 * What this tablet knew when it was last open, so that its first screen need not wait for the rest of the program. Null where it is new, where
 * another window is the kiosk, and where the server takes nothing of it: then it asks nobody.
 */
export async function glanceAtTablet(): Promise<Glance | null> {
  try {
    if (!(await holdWindowLock())) return null;
    const database = await openDatabase(() => undefined);
    const [kept, refusal] = await Promise.all([readMeta(database, 'config'), readMeta(database, 'refusal')]);
    database.close();
    if (kept === null || refusal !== null) return null;
    const { shop, settings } = kept.config;
    return { shopName: shop.name, languages: shop.languages, brand: settings.brand };
  } catch {
    // Opening the tablet finds out what is wrong, and says it in words.
    return null;
  }
}
