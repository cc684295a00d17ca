import { useEffect, useState } from 'react';
import { CODE_LENGTH, CODE_LETTERS, showWithdrawalCode } from '#consent';
import { useTranslation } from '#i18n';
import type { Tablet } from '#tablet';
import { Button } from '#ui';
import { Frame } from '../screens/frame.tsx';
import { MessageScreen } from '../screens/message.tsx';
import './take-back.css';

/** A code that somebody left half typed is not for the next visitor to see. */
const CLOSE_AFTER_MS = 60_000;
const THANKS_MS = 10_000;

interface TakeBackProps {
  readonly tablet: Pick<Tablet, 'config' | 'withdrawByCode'>;
  readonly onClose: () => void;
}

type Answer = 'wrong' | 'locked' | 'storage' | 'done';

/** Takes a yes back by the code from the receipt: no phone, no camera, no network needed. */
export function TakeBack({ tablet, onClose }: TakeBackProps) {
  const { t } = useTranslation('kiosk');
  const [code, setCode] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const shopName = tablet.config().shop.name;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each letter begins the wait anew
  useEffect(() => {
    const timer = setTimeout(onClose, answer === 'done' ? THANKS_MS : CLOSE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [onClose, answer, code]);

  async function type(letter: string): Promise<void> {
    const typed = `${code}${letter}`.slice(0, CODE_LENGTH);
    setCode(typed);
    setAnswer(null);
    if (typed.length < CODE_LENGTH || code.length === CODE_LENGTH) return;
    const done = await tablet.withdrawByCode(typed);
    setCode('');
    if (done.ok) setAnswer('done');
    else setAnswer(done.reason === 'wrong' || done.reason === 'locked' ? done.reason : 'storage');
  }

  if (answer === 'done') {
    return (
      <MessageScreen
        body={t('takeBack.doneBody')}
        button={{ action: 'done', label: t('takeBack.close'), onPress: onClose }}
        shopName={shopName}
        step="attract"
        title={t('takeBack.done')}
      />
    );
  }
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
      title={t('takeBack.title')}
    >
      <p
        aria-label={t('takeBack.typed', { code: [...code].join(' ') })}
        className="take-back-code"
        role="status"
      >
        {showWithdrawalCode(code.padEnd(CODE_LENGTH, '·'))}
      </p>
      <p aria-live="assertive" className="take-back-refusal">
        {answer === null ? '' : t(`takeBack.${answer}`)}
      </p>
      <div className="take-back-keys">
        {[...CODE_LETTERS].map((letter) => (
          <Button action={`letter-${letter}`} key={letter} onPress={() => void type(letter)}>
            {letter}
          </Button>
        ))}
        <Button action="erase" look="plain" onPress={() => setCode(code.slice(0, -1))}>
          {t('takeBack.erase')}
        </Button>
      </div>
    </Frame>
  );
}
