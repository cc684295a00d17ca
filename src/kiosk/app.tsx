import { useEffect, useState } from 'react';
import { changeLanguage, languages, nearestLanguage, useTranslation } from '#i18n';
import type { KioskConfig } from '#protocol';
import { type OpenFault, openTablet, type Tablet } from '#tablet';
import { MessageScreen } from './screens/message.tsx';
import { PairingScreen } from './screens/pairing.tsx';
import { VisitApp } from './visit-app.tsx';
import './kiosk.css';

type Opening =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly tablet: Tablet }
  | { readonly state: 'failed'; readonly reason: OpenFault; readonly triedCode: boolean };

/** A tablet that cannot start yet tries again by itself: the network or the other window may come or go. */
const RETRY_MS = 10_000;

/** Opens the tablet, and shows the visit once it is open or says in words why it is not. */
export function KioskApp() {
  const { t } = useTranslation('kiosk');
  const [opening, setOpening] = useState<Opening>({ state: 'opening' });
  const [code, setCode] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is what runs this again
  useEffect(() => {
    let isCurrent = true;
    void openTablet(code, import.meta.env.VITE_VERSION).then(async (opened) => {
      // The first visitor finds the shop's own language, whatever the browser's is.
      if (opened.ok) await changeLanguage('kiosk', firstLanguageOf(opened.tablet.config()));
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

  const waits = opening.state === 'failed' && opening.reason !== 'code-needed';
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => setAttempt((count) => count + 1), RETRY_MS);
    return () => clearInterval(timer);
  }, [waits]);

  if (opening.state === 'opening') return <MessageScreen step="resting" title={t('starting')} />;
  if (opening.state === 'open') return <VisitApp tablet={opening.tablet} />;
  if (opening.reason === 'code-needed') {
    const connect = (typed: string): void => {
      setOpening({ state: 'opening' });
      setCode(typed);
      setAttempt((count) => count + 1);
    };
    return <PairingScreen hasFailed={opening.triedCode} onCode={connect} />;
  }
  const reason = opening.reason === 'storage-full' ? 'storage' : opening.reason;
  return (
    <MessageScreen
      body={t('resting.body')}
      note={t('resting.staff', { reason: t(`resting.reason.${reason}`) })}
      step="resting"
      title={t('resting.title')}
    />
  );
}

function firstLanguageOf({ shop }: KioskConfig): string {
  return nearestLanguage(shop.languages, languages);
}
