import type { ReactNode } from 'react';
import './checkbox.css';

export interface CheckboxProps {
  readonly action: string;
  readonly children: ReactNode;
  readonly description: string;
  /** A short word above the question, as "Your choice". */
  readonly tag: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
}

/** A yes to one separate thing. Empty until the visitor ticks it. */
export function Checkbox({ action, children, description, tag, isSelected, onChange }: CheckboxProps) {
  return (
    <label className="checkbox" data-action={action}>
      <input
        checked={isSelected}
        className="visually-hidden"
        onChange={(change) => onChange(change.currentTarget.checked)}
        type="checkbox"
      />
      <svg aria-hidden="true" className="checkbox-box" fill="none" viewBox="0 0 40 40">
        <rect height="34" rx="8" width="34" x="3" y="3" />
        <path d="M11 21l7 7 12-15" />
      </svg>
      <span className="checkbox-text">
        <span className="checkbox-tag">{tag}</span>
        <span className="checkbox-question">{children}</span>
        <span className="checkbox-description">{description}</span>
      </span>
    </label>
  );
}
