import { useEffect, useState } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { SECOND_MS } from '#values';
import { READING_EVENT } from '../voice.ts';
import { useSaid } from './use-said.ts';
import './still-there.css';

/** Who needs longer has this long to say so (WCAG 2.2, 2.2.1). */
const WARNING_MS = 20 * SECOND_MS;
/** Of a short wait at most this part is warned of, so that nobody is asked as soon as they come. */
const WARNED_PART = 2 / 3;

/** A screen that is being read to somebody is one, too. */
const SIGNS_OF_LIFE = ['pointerup', 'keyup', READING_EVENT] as const;

interface StillThereProps {
  readonly idleMs: number;
  readonly onMoreTime: () => void;
}

/** Says before a screen starts over that it will, and gives more time for a tap anywhere. It counts nothing down: nobody is hurried. */
export function StillThere({ idleMs, onMoreTime }: StillThereProps) {
  const { t } = useTranslation('kiosk');
  const [isQuiet, setIsQuiet] = useState(false);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each sign of life begins the wait anew
  useEffect(() => {
    setIsQuiet(false);
    const timer = setTimeout(() => setIsQuiet(true), idleMs - Math.min(WARNING_MS, idleMs * WARNED_PART));
    return () => clearTimeout(timer);
  }, [idleMs, round]);
  useEffect(() => {
    const restart = () => setRound((count) => count + 1);
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, restart);
    return () => {
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, restart);
    };
  }, []);
  useSaid(isQuiet, [t('idle.title'), t('idle.body'), t('idle.more')]);

  return (
    <div aria-live="polite" className="still-there-place">
      {isQuiet ? (
        <section className="still-there">
          <div>
            <h2>{t('idle.title')}</h2>
            <p>{t('idle.body')}</p>
          </div>
          <Button
            action="more-time"
            onPress={() => {
              setRound((count) => count + 1);
              onMoreTime();
            }}
          >
            {t('idle.more')}
          </Button>
        </section>
      ) : null}
    </div>
  );
}
