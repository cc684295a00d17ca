import { useState } from 'react';
import { Button } from '#ui';
import './ask-once-more.css';

interface AskOnceMoreProps {
  /** What is done, as `data-action`. */
  readonly action: string;
  readonly words: {
    readonly button: string;
    /** The button's name for who hears it among others of its kind. */
    readonly name: string;
    readonly question: string;
    readonly consequence: string;
    readonly yes: string;
    readonly no: string;
  };
  readonly onYes: () => Promise<void>;
}

/** A button for what cannot be undone: it asks once more before it does it. */
export function AskOnceMore({ action, words, onYes }: AskOnceMoreProps) {
  const [step, setStep] = useState<'shown' | 'asked' | 'doing'>('shown');

  async function doIt(): Promise<void> {
    setStep('doing');
    await onYes();
    setStep('shown');
  }

  if (step === 'shown')
    return (
      <Button action={action} label={words.name} onPress={() => setStep('asked')}>
        {words.button}
      </Button>
    );
  return (
    <fieldset className="ask-once-more">
      <legend>{words.question}</legend>
      <p>{words.consequence}</p>
      <div>
        <Button action={`keep-${action}`} isDisabled={step === 'doing'} onPress={() => setStep('shown')}>
          {words.no}
        </Button>
        <Button action={`${action}-for-good`} isDisabled={step === 'doing'} onPress={() => void doIt()}>
          {words.yes}
        </Button>
      </div>
    </fieldset>
  );
}
