import { useMachine } from '@xstate/react';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { changeLanguage, useTranslation } from '#i18n';
import { keepUpdated, type Tablet } from '#tablet';
import { SECOND_MS } from '#values';
import { LocalNumbers } from './local-numbers/local-numbers.tsx';
import { noticeIn } from './notice-in.ts';
import { AttractScreen } from './screens/attract.tsx';
import { MessageScreen } from './screens/message.tsx';
import { prepareReceipt } from './screens/receipt.tsx';
import { VisitScreen } from './screens/visit-screen.tsx';
import { TakeBack } from './take-back/take-back.tsx';
import { watchTroubles } from './troubles.ts';
import { visitOn } from './visit/actors.ts';
import { stepOf } from './visit/step.ts';
import { warmVision } from './warm-vision.ts';

/** The kiosk of an opened tablet: runs one visit after another, each in the shop's first language until somebody picks another. */
export function VisitApp({ tablet }: { readonly tablet: Tablet }) {
  const { t } = useTranslation('kiosk');
  const config = useSyncExternalStore(tablet.onChange, tablet.config);
  const firstLanguage = config.shop.languages[0] ?? 'en';
  const idleMs = config.settings.idleSeconds * SECOND_MS;
  const [language, setLanguage] = useState(firstLanguage);
  const [aside, setAside] = useState<'numbers' | 'take-back' | null>(null);
  const troubles = useMemo(() => watchTroubles((problem) => tablet.setHealth({ problem })), [tablet]);
  const vision = useMemo(() => warmVision(tablet, troubles), [tablet, troubles]);
  const machine = useMemo(
    () =>
      visitOn(
        {
          tablet,
          vision: vision.ready,
          troubles,
        },
        { idle: idleMs },
      ),
    [tablet, troubles, vision, idleMs],
  );
  const [state, send] = useMachine(machine);
  const step = stepOf(state.value);
  const isIdle = step === 'attract' && aside === null;

  const chooseLanguage = useCallback(
    (chosen: string) => {
      void changeLanguage('kiosk', chosen).then(() => {
        setLanguage(chosen);
        send({ type: 'language', notice: noticeIn(tablet.config(), chosen) });
      });
    },
    [send, tablet],
  );

  // The next visitor finds the shop's own language, also where the one before only tried another.
  useEffect(() => {
    if (step !== 'attract' || language === firstLanguage) return;
    const timer = setTimeout(() => chooseLanguage(firstLanguage), idleMs);
    return () => clearTimeout(timer);
  }, [step, language, firstLanguage, idleMs, chooseLanguage]);

  const [isUpdating, setIsUpdating] = useState(false);
  const [updates] = useState(() =>
    keepUpdated({
      isIdle: () => document.documentElement.dataset.idle === 'true',
      onApply: () => setIsUpdating(true),
    }),
  );
  useEffect(() => {
    document.documentElement.dataset.idle = String(isIdle);
    if (isIdle) {
      vision.begin();
      prepareReceipt();
      updates.applyIfWaiting();
    }
  }, [isIdle, vision, updates]);

  useEffect(() => {
    const touched = () => send({ type: 'touched' });
    addEventListener('pointerdown', touched);
    addEventListener('keydown', touched);
    return () => {
      removeEventListener('pointerdown', touched);
      removeEventListener('keydown', touched);
    };
  }, [send]);

  const closeAside = useCallback(() => setAside(null), []);
  if (isUpdating) return <MessageScreen shopName={config.shop.name} step="resting" title={t('starting')} />;
  if (aside === 'numbers') return <LocalNumbers language={language} onClose={closeAside} tablet={tablet} />;
  if (aside === 'take-back') return <TakeBack onClose={closeAside} tablet={tablet} />;
  if (step === 'attract') {
    return (
      <AttractScreen
        language={language}
        languages={config.shop.languages}
        onLanguage={chooseLanguage}
        onStaff={() => setAside('numbers')}
        onTakeBack={() => setAside('take-back')}
        onStart={() => send({ type: 'start', notice: noticeIn(tablet.config(), language) })}
        shopName={config.shop.name}
      />
    );
  }
  return (
    <VisitScreen
      config={config}
      language={language}
      onLanguage={chooseLanguage}
      send={send}
      state={state.value}
      trouble={troubles.gravest()}
      visit={state.context}
    />
  );
}
