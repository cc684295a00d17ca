import type { ReactNode, Ref } from 'react';

export interface ButtonProps {
  /** What the button does, in the words of the stable contract: becomes `data-action`. */
  readonly action: string;
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** `choice`: an answer, all answers alike. `plain`: everything else that is not an answer. */
  readonly look?: 'choice' | 'plain';
  readonly isDisabled?: boolean;
  readonly label?: string;
  /** For who must bring the focus back to it. */
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button for touch, keyboard and screen reader, never smaller than a thumb. */
export function Button({
  action,
  children,
  onPress,
  look = 'choice',
  isDisabled = false,
  label,
  ref,
}: ButtonProps) {
  return (
    <button
      className={`button button-${look}`}
      data-action={action}
      disabled={isDisabled}
      onClick={onPress}
      ref={ref}
      type="button"
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {children}
    </button>
  );
}
