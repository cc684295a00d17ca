import { LIVE_BEAT_MS, type Today } from '#protocol';
import type { Sha256, ShopId } from '#values';

/** Several changes within this go out as one: a shop's screen needs no more. Well below the second that is promised. */
const GATHER_MS = 100;
const MAX_STREAMS = 500;
const MAX_STREAMS_PER_SESSION = 8;

/** One open screen. */
export interface LiveStream {
  readonly sessionHash: Sha256;
  /** Sends today, or only a sign of life where it says what was sent last. */
  readonly send: (today: Today) => void;
  /** Whether the session still holds. */
  readonly mayStay: () => Promise<boolean>;
  readonly end: () => void;
}

export interface LiveHub {
  /** Something of a shop changed: its screens hear of it soon. */
  readonly changed: (shopId: ShopId) => void;
  /** Adds a screen and sends it today at once. Gives what takes it away again, or null where there are too many. */
  readonly add: (shopId: ShopId, stream: LiveStream) => (() => unknown) | null;
  readonly endSession: (sessionHash: Sha256) => void;
  readonly close: () => void;
}

interface LiveShop {
  readonly streams: Set<LiveStream>;
  timer: NodeJS.Timeout | null;
  isReading: boolean;
  isStale: boolean;
}

/** The open screens of all shops. Today is read once for all screens of a shop, and never twice at the same time. */
export function liveHub(readToday: (shopId: ShopId) => Promise<Today | null>): LiveHub {
  const shops = new Map<ShopId, LiveShop>();
  // Keeps connections alive, and tells what no change would: that a kiosk fell silent, or that another server took entries in.
  const heartbeat = setInterval(() => void beat(), LIVE_BEAT_MS);
  heartbeat.unref();

  const allStreams = () => [...shops.values()].flatMap(({ streams }) => [...streams]);

  async function tell(shopId: ShopId, shop: LiveShop): Promise<void> {
    shop.timer = null;
    if (shop.streams.size === 0) {
      // A screen that opened since then has begun the shop anew, and that is not ours to end.
      if (shops.get(shopId) === shop) shops.delete(shopId);
      return;
    }
    if (shop.isReading) {
      shop.isStale = true;
      return;
    }
    shop.isReading = true;
    shop.isStale = false;
    try {
      const today = await readToday(shopId);
      for (const stream of [...shop.streams]) {
        if (today === null) stream.end();
        else stream.send(today);
      }
    } catch {
      // A screen that cannot be told the truth is closed, so that it shows that it is not live.
      for (const stream of [...shop.streams]) stream.end();
    }
    shop.isReading = false;
    if (shop.isStale) gather(shopId, shop);
  }

  function gather(shopId: ShopId, shop: LiveShop): void {
    shop.timer ??= setTimeout(() => void tell(shopId, shop), GATHER_MS);
  }

  async function beat(): Promise<void> {
    for (const stream of allStreams()) {
      const mayStay = await stream.mayStay().catch(() => false);
      if (!mayStay) stream.end();
    }
    for (const [shopId, shop] of shops) gather(shopId, shop);
  }

  return {
    changed: (shopId) => {
      const shop = shops.get(shopId);
      if (shop !== undefined) gather(shopId, shop);
    },
    add: (shopId, stream) => {
      const all = allStreams();
      const ofSession = all.filter(({ sessionHash }) => sessionHash === stream.sessionHash).length;
      if (all.length >= MAX_STREAMS || ofSession >= MAX_STREAMS_PER_SESSION) return null;
      const shop = shops.get(shopId) ?? {
        streams: new Set(),
        timer: null,
        isReading: false,
        isStale: false,
      };
      shops.set(shopId, shop);
      shop.streams.add(stream);
      void tell(shopId, shop);
      return () => shop.streams.delete(stream);
    },
    endSession: (sessionHash) => {
      for (const stream of allStreams()) if (stream.sessionHash === sessionHash) stream.end();
    },
    close: () => {
      clearInterval(heartbeat);
      for (const { timer } of shops.values()) if (timer !== null) clearTimeout(timer);
      for (const stream of allStreams()) stream.end();
    },
  };
}
