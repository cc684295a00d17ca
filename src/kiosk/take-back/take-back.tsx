import { useEffect, useState } from 'react';
import { CODE_LENGTH, CODE_LETTERS, showWithdrawalCode } from '#consent';
import { useTranslation } from '#i18n';
import type { Tablet } from '#tablet';
import { Button } from '#ui';
import { Frame } from '../screens/frame.tsx';
import { MessageScreen } from '../screens/message.tsx';
import { sayWhile } from '../waits.ts';
import './take-back.css';

/** A code that somebody left half typed is not for the next visitor to see: its letters turn to dots. */
const COVER_AFTER_MS = 10_000;
/** And after this it is gone. */
const CLOSE_AFTER_MS = 60_000;
const THANKS_MS = 10_000;

interface TakeBackProps {
  readonly tablet: Pick<Tablet, 'config' | 'withdrawByCode'>;
  readonly onClose: () => void;
}

type Answer = 'wrong' | 'locked' | 'storage' | 'done' | 'late';

/** Takes a yes back by the code from the receipt: no phone, no camera, no network needed. */
export function TakeBack({ tablet, onClose }: TakeBackProps) {
  const { t } = useTranslation('kiosk');
  const [code, setCode] = useState('');
  /** How many letters at its beginning are dots by now. */
  const [covered, setCovered] = useState(0);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const shopName = tablet.config().shop.name;
  const isDone = answer === 'done' || answer === 'late';

  useEffect(() => {
    const timers = [
      setTimeout(onClose, isDone ? THANKS_MS : CLOSE_AFTER_MS),
      setTimeout(() => setCovered(code.length), COVER_AFTER_MS),
    ];
    return () => timers.forEach(clearTimeout);
  }, [onClose, isDone, code]);

  async function type(letter: string): Promise<void> {
    const typed = `${code}${letter}`.slice(0, CODE_LENGTH);
    setCode(typed);
    setAnswer(null);
    if (typed.length < CODE_LENGTH || code.length === CODE_LENGTH) return;
    const done = await sayWhile(tablet.withdrawByCode(typed));
    setCode('');
    setCovered(0);
    if (done.ok) setAnswer(done.wasTooLate ? 'late' : 'done');
    else setAnswer(done.reason === 'wrong' || done.reason === 'locked' ? done.reason : 'storage');
  }

  function erase(): void {
    setCode(code.slice(0, -1));
    setCovered(Math.min(covered, code.length - 1));
  }

  const refusal = answer === null ? '' : t(`takeBack.${answer}`);
  if (isDone) return <TakenBack answer={answer} onClose={onClose} shopName={shopName} />;
  const shown = [...code].map((letter, place) => (place < covered ? '•' : letter)).join('');
  return (
    <Frame
      actions={
        <Button action="close" look="plain" onPress={onClose}>
          {t('takeBack.close')}
        </Button>
      }
      look="take-back"
      shopName={shopName}
      step="attract"
      subject={refusal === '' ? t('takeBack.title') : refusal}
      title={t('takeBack.title')}
    >
      <p
        aria-label={t('takeBack.typed', { code: [...shown].join(' ') })}
        className="take-back-code"
        dir="ltr"
        role="status"
      >
        {showWithdrawalCode(shown.padEnd(CODE_LENGTH, '·'))}
      </p>
      <p aria-live="assertive" className="take-back-refusal">
        {refusal}
      </p>
      <div className="take-back-keys">
        {[...CODE_LETTERS].map((letter) => (
          <Button action={`letter-${letter}`} key={letter} onPress={() => void type(letter)}>
            {letter}
          </Button>
        ))}
        <Button action="erase" look="plain" onPress={erase}>
          {t('takeBack.erase')}
        </Button>
      </div>
    </Frame>
  );
}

interface TakenBackProps {
  /** Whether the number went with the yes, or had been cut loose from it before. */
  readonly answer: 'done' | 'late';
  readonly shopName: string;
  readonly onClose: () => void;
}

/** Says that the yes was taken back. */
export function TakenBack({ answer, shopName, onClose }: TakenBackProps) {
  const { t } = useTranslation('kiosk');
  return (
    <MessageScreen
      body={t(`takeBack.${answer}Body`)}
      button={{ action: 'done', label: t('takeBack.close'), onPress: onClose }}
      shopName={shopName}
      step="attract"
      title={t(`takeBack.${answer}`)}
    />
  );
}
