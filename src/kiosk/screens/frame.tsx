import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { Step } from '../visit/step.ts';
import 'virtual:language-fonts.css';
import { ShopLogo } from './branded.tsx';
import { LanguagePicker } from './language-picker.tsx';
import { useSmall } from './use-size.ts';

// Not needed to read the first screen: it comes a moment later, in the place that is kept for it.
const AidsBar = lazy(() => import('./aids-bar.tsx').then((module) => ({ default: module.AidsBar })));
const AidsSheet = lazy(() => import('./aids-bar.tsx').then((module) => ({ default: module.AidsSheet })));

export interface LanguageChoice {
  readonly language: string;
  readonly languages: readonly string[];
  readonly onLanguage: (language: string) => void;
}

/** Nobody reads a screen faster. Until then it takes no tap, so that a double tap never answers a question that was not seen. */
const READING_MS = 350;

interface FrameProps {
  readonly step: Step;
  /** Names the style of a screen that is no step of a visit. */
  readonly look?: string;
  readonly title: string;
  /** Changes with everything that should be read aloud anew, where that is more than the title. */
  readonly subject?: string;
  readonly shopName?: string;
  readonly languageChoice?: LanguageChoice;
  /** Whoever looks has seen this screen before, so that its taps count at once. */
  readonly isSeen?: boolean;
  readonly children?: ReactNode;
  /** The answers, always in reach of a thumb. */
  readonly actions?: ReactNode;
  /** A status before the aids, in one row with them. */
  readonly status?: ReactNode;
  /** What few visitors need, after the aids. */
  readonly aside?: ReactNode;
  /** Whether a visitor reads this screen, and may want it lower, larger or aloud. */
  readonly hasAids?: boolean;
}

/** What all screens of the kiosk share: the shop's name, the language, one heading that gets the focus, and the answers below. */
export function Frame({
  step,
  look = step,
  title,
  subject = `${look} ${title}`,
  shopName,
  languageChoice,
  isSeen = false,
  children,
  actions,
  status,
  aside,
  hasAids = shopName !== undefined,
}: FrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isSmall = useSmall();
  const [mayAnswer, setMayAnswer] = useState(isSeen);
  useEffect(() => {
    const timer = setTimeout(() => setMayAnswer(true), READING_MS);
    return () => clearTimeout(timer);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is what moves the focus, once it can be had
  useEffect(() => {
    if (mayAnswer) heading.current?.focus({ preventScroll: true });
  }, [step, mayAnswer]);
  return (
    <div className="kiosk" data-step={step}>
      <header className="kiosk-header">
        <span className="kiosk-name">
          <ShopLogo />
          {shopName ?? 'AskFirst'}
        </span>
        <span className="kiosk-openers">
          {languageChoice === undefined ? null : <LanguagePicker {...languageChoice} />}
          {hasAids && isSmall ? (
            <Suspense fallback={null}>
              <AidsSheet subject={subject} />
            </Suspense>
          ) : null}
        </span>
      </header>
      <main className={`screen screen-${look}`} inert={!mayAnswer} key={step}>
        <h1 className="screen-title" ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
      {actions === undefined ? null : (
        <footer className="kiosk-actions" inert={!mayAnswer}>
          {actions}
        </footer>
      )}
      {hasAids && (!isSmall || status !== undefined || aside !== undefined) ? (
        <div className="kiosk-aids">
          {status}
          {isSmall ? null : (
            <Suspense fallback={null}>
              <AidsBar subject={subject} />
            </Suspense>
          )}
          {aside}
        </div>
      ) : null}
    </div>
  );
}
