import {
  createContext,
  type HTMLInputTypeAttribute,
  type InputHTMLAttributes,
  useContext,
  useId,
  useState,
} from 'react';
import { useTranslation } from '#i18n';
import { RANGES, type Wrong } from './wrong.ts';

/** Whether somebody wanted to go on: from then on every field says what is wrong with it, also while it is written. */
export const SaysAllWrong = createContext(false);

interface TextFieldProps {
  /** Which field it is, as it is called in the draft. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly wrong: Wrong | undefined;
  readonly onChange: (value: string) => void;
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode'];
  readonly lang?: string;
  /** Nobody has written here yet, so that nothing is called wrong before they have been here. */
  readonly isNew?: boolean;
}

/** A field with its label, a hint, and what is wrong with what stands there. While somebody writes, nothing interrupts them. */
export function TextField({
  name,
  label,
  hint,
  value,
  wrong,
  onChange,
  isNew = false,
  ...input
}: TextFieldProps) {
  const id = useId();
  const [isBeingWritten, setBeingWritten] = useState(isNew);
  const saysAllWrong = useContext(SaysAllWrong);
  const isWrong = wrong !== undefined && (saysAllWrong || !isBeingWritten);
  const told = [...(hint === undefined ? [] : [`${id}-hint`]), ...(isWrong ? [`${id}-wrong`] : [])];
  return (
    <div className="terms-field">
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : (
        <p className="terms-soft" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        {...input}
        aria-describedby={told.join(' ') || undefined}
        aria-invalid={isWrong}
        autoComplete="off"
        data-field={name}
        data-wrong={wrong}
        id={id}
        onBlur={() => setBeingWritten(false)}
        onChange={(event) => {
          setBeingWritten(true);
          onChange(event.target.value);
        }}
        value={value}
      />
      {isWrong ? <WrongWords id={`${id}-wrong`} name={name} wrong={wrong} /> : null}
    </div>
  );
}

interface WrongWordsProps {
  readonly id: string;
  readonly name: string;
  readonly wrong: Wrong;
}

/** What is wrong with a field, in words for whoever writes there. */
export function WrongWords({ id, name, wrong }: WrongWordsProps) {
  const { t } = useTranslation('staff');
  const [, range] = Object.entries(RANGES).find(([field]) => name.endsWith(field)) ?? [];
  return (
    <p className="terms-wrong" id={id}>
      {t(`terms.wrong.${wrong}`, { ...range })}
    </p>
  );
}
