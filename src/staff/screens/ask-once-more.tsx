import { useEffect, useRef, useState } from 'react';
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
  const [step, setStep] = useState<'shown' | 'asked' | 'doing' | 'kept'>('shown');
  const button = useRef<HTMLButtonElement>(null);
  const question = useRef<HTMLFieldSetElement>(null);
  // What had the focus is gone: without this, the keyboard would begin anew at the top of the page.
  useEffect(() => {
    if (step === 'asked') question.current?.focus({ preventScroll: true });
    if (step === 'kept') button.current?.focus({ preventScroll: true });
  }, [step]);

  async function doIt(): Promise<void> {
    setStep('doing');
    await onYes();
    setStep('shown');
  }

  if (step === 'shown' || step === 'kept')
    return (
      <Button action={action} label={words.name} onPress={() => setStep('asked')} ref={button}>
        {words.button}
      </Button>
    );
  return (
    <fieldset className="ask-once-more" ref={question} tabIndex={-1}>
      <legend>{words.question}</legend>
      <p>{words.consequence}</p>
      <div>
        <Button action={`keep-${action}`} isDisabled={step === 'doing'} onPress={() => setStep('kept')}>
          {words.no}
        </Button>
        <Button action={`${action}-for-good`} isDisabled={step === 'doing'} onPress={() => void doIt()}>
          {words.yes}
        </Button>
      </div>
    </fieldset>
  );
}
