import { useEffect, useLayoutEffect, useState } from 'react';
import { changeLanguage, languagesOf, nearestLanguage } from '#i18n';
import type { KioskConfig } from '#protocol';
import { type OpenFault, openTablet, type Tablet } from '#tablet';
import { PairingScreen } from './screens/pairing.tsx';
import { RestingScreen } from './screens/resting.tsx';
import { VisitApp } from './visit-app.tsx';
import type { Glanced } from './wish.ts';

type Opening =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly tablet: Tablet }
  /** The browser took the storage away: this page can keep nothing more. */
  | { readonly state: 'lost' }
  | { readonly state: 'failed'; readonly reason: OpenFault; readonly triedCode: boolean };

/** A tablet that cannot start yet tries again by itself: the network or the other window may come or go. */
const RETRY_MS = 10_000;
/** One that waits for a code asks seldom: a chain's tablets share the few tries a minute, and only a server that knows it again lets it in without. */
const RETRY_WITHOUT_CODE_MS = 600_000;
/** Storage that is taken away again and again must not make a page that loads without end. */
const RELOAD_PAUSE_MS = 5_000;

export interface OpenedKioskProps {
  /** Null where no attract screen was shown meanwhile. */
  readonly glanced: Glanced | null;
  /** Whether this has nothing to show yet, so that something else stands there. */
  readonly onOpening: (isOpening: boolean) => void;
}

/** Opens the tablet, and shows the visit once it is open or says in words why it is not. */
export function OpenedKiosk({ glanced, onOpening }: OpenedKioskProps) {
  const [opening, setOpening] = useState<Opening>({ state: 'opening' });
  const [code, setCode] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is what runs this again
  useEffect(() => {
    let isCurrent = true;
    void openTablet(code, import.meta.env.VITE_VERSION).then(async (opened) => {
      // A tablet that was never open before hears only now which language its shop speaks.
      if (opened.ok && glanced === null)
        // Where its texts do not come, the tablet opens in the language that it is in.
        await changeLanguage('kiosk', firstLanguageOf(opened.tablet.config())).catch(() => false);
      if (!isCurrent) return;
      setOpening(
        opened.ok
          ? { state: 'open', tablet: opened.tablet }
          : { state: 'failed', reason: opened.reason, triedCode: code !== null },
      );
    });
    return () => {
      isCurrent = false;
    };
  }, [code, attempt]);

  const tablet = opening.state === 'open' ? opening.tablet : null;
  useEffect(() => {
    // The screen goes first, and with it a camera that may be open; then staff are told; then the page begins anew, with a new key if need be.
    void tablet?.storageLost.then(async () => {
      setOpening({ state: 'lost' });
      await tablet.tellStorageLost();
      setTimeout(() => location.reload(), RELOAD_PAUSE_MS);
    });
  }, [tablet]);

  const retryMs = retryAfter(opening);
  useEffect(() => {
    if (retryMs === null) return;
    const timer = setInterval(() => setAttempt((count) => count + 1), retryMs);
    return () => clearInterval(timer);
  }, [retryMs]);

  useLayoutEffect(() => onOpening(opening.state === 'opening'), [opening.state, onOpening]);

  if (opening.state === 'opening') return null;
  if (opening.state === 'lost') return <RestingScreen reason="storage-lost" />;
  if (opening.state === 'open') return <VisitApp glanced={glanced} tablet={opening.tablet} />;
  if (opening.reason === 'code-needed') {
    const connect = (typed: string): void => {
      setOpening({ state: 'opening' });
      setCode(typed);
      setAttempt((count) => count + 1);
    };
    return <PairingScreen hasFailed={opening.triedCode} onCode={connect} />;
  }
  return <RestingScreen reason={opening.reason === 'storage-full' ? 'storage' : opening.reason} />;
}

/** Null where nothing would come of it: what is open, and a code that did not work. */
function retryAfter(opening: Opening): number | null {
  if (opening.state !== 'failed') return null;
  if (opening.reason !== 'code-needed') return RETRY_MS;
  return opening.triedCode ? null : RETRY_WITHOUT_CODE_MS;
}

function firstLanguageOf({ shop }: KioskConfig): string {
  return nearestLanguage(shop.languages, languagesOf('kiosk'));
}
