import { hashNotice } from '#consent';
import { localHour } from '#counting';
import { type ControllerId, type Instant, keyThumbprint, type Sha256, type ShopId } from '#values';
import type { ExportLine } from './export-format.ts';
import type { FaultReason } from './faults.ts';
import { beginKiosk, type KioskState, type NoticeFacts, type ShopFacts } from './kiosk-state.ts';
import { MAX_DESCRIPTIONS } from './limits.ts';
import type { ReadKiosk } from './read-export.ts';

type LineOf<Type extends ExportLine['type']> = Extract<ExportLine, { type: Type }>;

/** Who runs which shops, and what they told visitors, as the lines before the ledgers describe it. */
export class Descriptions {
  readonly controllers = new Map<ControllerId, { readonly id: ControllerId; readonly name: string }>();
  readonly shops = new Map<ShopId, ShopFacts>();
  readonly #notices = new Map<ShopId, Map<Sha256, NoticeFacts>>();
  readonly #kiosks = new Set<string>();
  #notes = 0;

  addController({ id, name }: LineOf<'controller'>): FaultReason | null {
    if (this.controllers.has(id)) return 'named-twice';
    if (this.controllers.size >= MAX_DESCRIPTIONS) return 'too-many-lines';
    this.controllers.set(id, { id, name });
    return null;
  }

  addShop({ type: _, ...shop }: LineOf<'shop'>): FaultReason | null {
    if (this.shops.has(shop.id)) return 'named-twice';
    if (this.shops.size >= MAX_DESCRIPTIONS) return 'too-many-lines';
    if (!this.controllers.has(shop.controllerId)) return 'controller-unknown';
    if (!isTimeZone(shop.timeZone)) return 'time-zone-unknown';
    this.shops.set(shop.id, shop);
    this.#notices.set(shop.id, new Map());
    return null;
  }

  addNotice({ hash, shopId, notice }: LineOf<'notice'>): FaultReason | null {
    const notices = this.#notices.get(shopId);
    if (notices === undefined) return 'shop-unknown';
    if (notice.controllerId !== this.shops.get(shopId)?.controllerId) return 'controller-unknown';
    if (notices.has(hash)) return 'named-twice';
    if (this.#notes >= MAX_DESCRIPTIONS) return 'too-many-lines';
    if (hashNotice(notice) !== hash) return 'notice-hash-wrong';
    notices.set(hash, { id: notice.id, version: notice.version, language: notice.language });
    this.#notes += 1;
    return null;
  }

  async beginKiosk({ line, isKeyUsable }: ReadKiosk): Promise<KioskState | FaultReason> {
    const shop = this.shops.get(line.shopId);
    const notices = this.#notices.get(line.shopId);
    if (shop === undefined || notices === undefined) return 'shop-unknown';
    if (shop.controllerId !== line.controllerId) return 'controller-unknown';
    if (this.#kiosks.has(line.kioskId)) return 'named-twice';
    if (this.#kiosks.size >= MAX_DESCRIPTIONS) return 'too-many-lines';
    if (!isKeyUsable) return 'key-unusable';
    this.#kiosks.add(line.kioskId);
    return beginKiosk(line, await keyThumbprint(line.publicKey), shop, notices);
  }
}

function isTimeZone(name: string): boolean {
  try {
    return localHour(0 as Instant, name) !== '';
  } catch {
    return false;
  }
}
