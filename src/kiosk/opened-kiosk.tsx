import { useEffect, useLayoutEffect, useState } from 'react';
import { changeLanguage, languagesOf, nearestLanguage } from '#i18n';
import type { KioskConfig } from '#protocol';
import { openTablet } from '#tablet';
import { type Opening, openingTurns } from './opening.ts';
import { PairingScreen } from './screens/pairing.tsx';
import { RestingScreen } from './screens/resting.tsx';
import { takeTurns } from './try-in-turn.ts';
import { VisitApp } from './visit-app.tsx';
import type { Glanced } from './wish.ts';

/** One page has one tablet: a second one beside it would sync and delete in the midst of its visits. */
const tryInTurn = takeTurns<Opening>();
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
  const [typedCodes, setTypedCodes] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each code that is typed begins anew, also the same one twice
  useEffect(
    () =>
      tryInTurn({
        ...openingTurns(code, (toTry) => open(toTry, glanced)),
        onResult: setOpening,
      }),
    [code, typedCodes],
  );

  const tablet = opening.state === 'open' ? opening.tablet : null;
  useEffect(() => {
    // The screen goes first, and with it a camera that may be open; then staff are told; then the page begins anew, with a new key if need be.
    void tablet?.storageLost.then(async () => {
      setOpening({ state: 'lost' });
      await tablet.tellStorageLost();
      setTimeout(() => location.reload(), RELOAD_PAUSE_MS);
    });
  }, [tablet]);

  useLayoutEffect(() => onOpening(opening.state === 'opening'), [opening.state, onOpening]);

  if (opening.state === 'opening') return null;
  if (opening.state === 'lost') return <RestingScreen reason="storage-lost" />;
  if (opening.state === 'open') return <VisitApp glanced={glanced} tablet={opening.tablet} />;
  if (opening.reason === 'code-needed') {
    const connect = (typed: string): void => {
      setOpening({ state: 'opening' });
      setCode(typed);
      setTypedCodes((count) => count + 1);
    };
    return <PairingScreen hasFailed={opening.triedCode} onCode={connect} />;
  }
  return <RestingScreen reason={opening.reason === 'storage-full' ? 'storage' : opening.reason} />;
}

async function open(code: string | null, glanced: Glanced | null): Promise<Opening> {
  const opened = await openTablet(code, import.meta.env.VITE_VERSION);
  if (!opened.ok) return { state: 'failed', reason: opened.reason, triedCode: code !== null };
  const { tablet } = opened;
  // A tablet that was never open before hears only now which language its shop speaks.
  if (glanced === null)
    // Where its texts do not come, the tablet opens in the language that it is in.
    await changeLanguage('kiosk', firstLanguageOf(tablet.config())).catch(() => false);
  return { state: 'open', tablet };
}

function firstLanguageOf({ shop }: KioskConfig): string {
  return nearestLanguage(shop.languages, languagesOf('kiosk'));
}
