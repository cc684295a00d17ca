import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { letNewVersionIn, lookForNewVersion, updateWhileClosed } from './new-version.ts';

/** A worker that gets in charge a second after it was told to. */
class WaitingWorker extends EventTarget {
  state = 'installed';
  postMessage(message: unknown): void {
    happened.push(JSON.stringify(message));
    setTimeout(() => {
      if (!obeys) return;
      this.state = 'activated';
      this.dispatchEvent(new Event('statechange'));
    }, 1_000);
  }
}

let happened: string[];
let obeys: boolean;
/** What the browser knows of this page's workers. */
let registration:
  | { active: object | null; waiting: WaitingWorker | null; update: () => Promise<void> }
  | undefined;
let isLockFree: boolean;
let page: EventTarget;

const TOLD = '{"type":"SKIP_WAITING"}';

beforeEach(() => {
  vi.useFakeTimers();
  happened = [];
  obeys = true;
  isLockFree = true;
  registration = {
    active: {},
    waiting: new WaitingWorker(),
    update: async () => void happened.push('looked for'),
  };
  page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('location', { reload: () => happened.push('loaded anew') });
  vi.stubGlobal('navigator', {
    serviceWorker: { getRegistration: async () => registration },
    locks: {
      request: async (_name: string, _options: object, granted: (lock: object | null) => unknown) =>
        void granted(isLockFree ? {} : null),
    },
  });
  // Each test is a page of its own, which holds no lock yet.
  vi.resetModules();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a version that waits', () => {
  it('is let in and waited for', async () => {
    const letIn = letNewVersionIn();
    await vi.advanceTimersByTimeAsync(999);
    expect(happened).toEqual([TOLD]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await letIn).toBe(true);
  });

  it('is not waited for without end', async () => {
    obeys = false;
    const letIn = letNewVersionIn();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await letIn).toBe(true);
  });

  it('is not let in by a window that is not the kiosk: the one that is may be in the middle of a visit', async () => {
    isLockFree = false;
    const { letNewVersionIn: fromOtherWindow } = await import('./new-version.ts');
    expect(await fromOtherWindow()).toBe(false);
    expect(happened).toEqual([]);
  });
});

describe('nothing is let in', () => {
  const known = { active: {}, waiting: new WaitingWorker(), update: async () => undefined };
  it.each([
    { where: 'no version waits', has: { ...known, waiting: null } },
    { where: 'the one that waits is the first', has: { ...known, active: null } },
    { where: 'the page has none', has: undefined },
  ])('where $where', async ({ has }) => {
    registration = has;
    await lookForNewVersion();
    expect(await letNewVersionIn()).toBe(false);
    expect(happened).toEqual([]);
  });

  it('where the browser has no workers', async () => {
    vi.stubGlobal('navigator', {});
    await lookForNewVersion();
    expect(await letNewVersionIn()).toBe(false);
  });
});

describe('a tablet that is not open', () => {
  it('lets a new version in once nobody has touched it for half a minute', async () => {
    updateWhileClosed({ isClosed: () => true, onApply: () => happened.push('no visit may start') });
    await vi.advanceTimersByTimeAsync(20_000);
    page.dispatchEvent(new Event('keydown'));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(happened).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(happened).toEqual(['no visit may start', TOLD, 'loaded anew']);
  });

  it('looks for one by itself, as nobody loads its page', async () => {
    if (registration) registration.waiting = null;
    updateWhileClosed({ isClosed: () => true, onApply: () => undefined });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(happened).toEqual(['looked for']);
  });

  it('lets none in once it is open, also where it opens just then', async () => {
    let asked = 0;
    const end = updateWhileClosed({
      isClosed: () => ++asked === 1,
      onApply: () => happened.push('no visit may start'),
    });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toBeGreaterThan(1);
    expect(happened).toEqual([]);
    end();
  });
});
