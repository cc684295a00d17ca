import { type ReactNode, useEffect, useRef } from 'react';
import { Logo } from '#ui';
import type { Step } from '../visit/step.ts';
import { LanguagePicker } from './language-picker.tsx';

export interface LanguageChoice {
  readonly language: string;
  readonly languages: readonly string[];
  readonly onLanguage: (language: string) => void;
}

interface FrameProps {
  readonly step: Step;
  readonly title: string;
  readonly shopName?: string;
  readonly languageChoice?: LanguageChoice;
  readonly children?: ReactNode;
  /** The answers, always in reach of a thumb. */
  readonly actions?: ReactNode;
}

/** What all screens of the kiosk share: the shop's name, the language, one heading that gets the focus, and the answers below. */
export function Frame({ step, title, shopName, languageChoice, children, actions }: FrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is what moves the focus
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [step]);
  return (
    <div className="kiosk" data-step={step}>
      <header className="kiosk-header">
        <span className="kiosk-name">
          <Logo size={44} />
          {shopName ?? 'AskFirst'}
        </span>
        {languageChoice === undefined ? null : <LanguagePicker {...languageChoice} />}
      </header>
      <main className={`screen screen-${step}`} key={step}>
        <h1 className="screen-title" ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
      {actions === undefined ? null : <footer className="kiosk-actions">{actions}</footer>}
    </div>
  );
}
