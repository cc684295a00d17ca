import type { ReactNode } from 'react';
import { Button } from '#ui';
import type { Step } from '../visit/step.ts';
import { Frame } from './frame.tsx';
import './message.css';

interface MessageProps {
  readonly step: Step;
  /** Names the style where the step's own is for another screen. */
  readonly look?: string;
  readonly title: string;
  readonly body?: string;
  /** A smaller line for staff. */
  readonly note?: string;
  readonly shopName?: string;
  readonly picture?: ReactNode;
  readonly button?: { readonly action: string; readonly label: string; readonly onPress: () => void };
}

/** A screen that says one thing. */
export function MessageScreen({
  step,
  look = step,
  title,
  body,
  note,
  shopName,
  picture,
  button,
}: MessageProps) {
  return (
    <Frame look={look} step={step} title={title} {...(shopName === undefined ? {} : { shopName })}>
      {picture}
      {body === undefined ? null : (
        <p aria-live="polite" className="message-body">
          {body}
        </p>
      )}
      {button === undefined ? null : (
        <div className="message-button">
          <Button action={button.action} onPress={button.onPress}>
            {button.label}
          </Button>
        </div>
      )}
      {note === undefined ? null : <p className="message-note">{note}</p>}
    </Frame>
  );
}
