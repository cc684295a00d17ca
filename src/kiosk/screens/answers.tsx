import { Fragment, type ReactNode } from 'react';
import type { AnswerOrder } from '../visit/machine.ts';
import './answers.css';

interface AnswersProps {
  readonly order: AnswerOrder;
  /** From the no to the yes, each a button. */
  readonly children: readonly [no: ReactNode, ...between: ReactNode[], yes: ReactNode];
}

/** Answers of one size, in the order that was drawn for this visit: neither is first, larger or brighter than the other for good. */
export function Answers({ order, children }: AnswersProps) {
  const shown = order === 'no-first' ? children : children.toReversed();
  return (
    <div className={children.length > 2 ? 'answers answers-three' : 'answers'}>
      {shown.map((answer, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: their places never change while they are shown
        <Fragment key={place}>{answer}</Fragment>
      ))}
    </div>
  );
}
