/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

interface ButtonProps {
  /** What the button does, in the words of the stable contract: becomes `data-action`. */
  readonly action: string;
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  /** `choice`: the one thing that a visitor may want to do here. `plain`: everything else. */
  readonly look?: 'choice' | 'plain';
  readonly isDisabled?: boolean;
}

/** The same button as on the other screens, for a page without React. */
export function Button({ action, children, onPress, look = 'choice', isDisabled = false }: ButtonProps) {
  return (
    <button
      className={`button button-${look}`}
      data-action={action}
      disabled={isDisabled}
      onClick={onPress}
      type="button"
    >
      {children}
    </button>
  );
}
