import { useId } from 'react';

interface ChoiceFieldProps<Value extends string> {
  readonly label: string;
  readonly hint?: string;
  /** Each choice with its words. */
  readonly choices: readonly (readonly [Value, string])[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few, all in sight. */
export function ChoiceField<Value extends string>({
  label,
  hint,
  choices,
  value,
  onChange,
}: ChoiceFieldProps<Value>) {
  const id = useId();
  return (
    <fieldset className="terms-choice">
      <legend>{label}</legend>
      {hint === undefined ? null : <p className="terms-soft">{hint}</p>}
      {choices.map(([each, words]) => (
        <label key={each}>
          <input
            checked={value === each}
            name={id}
            onChange={() => onChange(each)}
            type="radio"
            value={each}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
