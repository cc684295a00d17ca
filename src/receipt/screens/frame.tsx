/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { changeLanguage, languageName, languagesOf } from '#i18n/words';
import { useTranslation } from '../use-translation.ts';
import { Button } from './button.tsx';
import 'virtual:language-names.css';
import './frame.css';

interface FrameProps {
  /** What the page shows, in the words of the stable contract: becomes `data-screen`. */
  readonly screen: string;
  readonly title: string;
  /** A failed check is said in red. */
  readonly isAlert?: boolean;
  readonly onLanguage?: (language: string) => void;
  readonly children?: ComponentChildren;
}

/** A wait that people notice. Longer ones are said. */
const SAID_AFTER_MS = 300;

/** What all screens of the phone share: the mark, the languages one tap away, and one heading that gets the focus when it changes. */
export function Frame({ screen, title, isAlert = false, onLanguage, children }: FrameProps) {
  const { t, language } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const names = useRef<HTMLDetailsElement>(null);
  const [isWaiting, setWaiting] = useState(false);
  const pick = async (picked: string): Promise<void> => {
    names.current?.removeAttribute('open');
    const timer = setTimeout(() => setWaiting(true), SAID_AFTER_MS);
    // Without a network its texts do not come, and the page stays as it is.
    await changeLanguage('receipt', picked).catch(() => undefined);
    clearTimeout(timer);
    setWaiting(false);
    onLanguage?.(picked);
  };
  useEffect(() => {
    document.title = `${t('pageTitle')} · AskFirst`;
  }, [t]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is what moves the focus, and to its beginning
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [screen]);
  return (
    <div className="phone" data-screen={screen}>
      <header className="phone-header">
        <span className="phone-name">
          <img alt="" height={36} src="/icon.svg" width={36} />
          AskFirst
        </span>
        <details className="phone-languages" ref={names}>
          <summary data-action="languages">
            <span className="visually-hidden">{t('language.label')}: </span>
            {languageName(language)}
          </summary>
          <nav aria-label={t('language.label')}>
            {languagesOf('receipt').map((tag) => (
              <span aria-current={tag === language ? 'true' : undefined} key={tag} lang={tag}>
                <Button action="language" look="plain" onPress={() => void pick(tag)}>
                  {languageName(tag)}
                </Button>
              </span>
            ))}
          </nav>
        </details>
      </header>
      <main className="phone-main">
        <p className="phone-wait" role="status">
          {isWaiting ? t('wait') : null}
        </p>
        <h1 className={isAlert ? 'phone-title phone-title-alert' : 'phone-title'} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
    </div>
  );
}
