import { useEffect } from 'react';
import { useTranslation } from '#i18n';
import { currentAids } from '../aids.ts';
import { hasVoice, sayToo } from '../voice.ts';

/** Says what comes up by itself, where a visitor has the screen read aloud: who does not see it hears it. */
export function useSaid(isThere: boolean, words: readonly string[]): void {
  const { i18n } = useTranslation('kiosk');
  const text = words.join('\n');
  useEffect(() => {
    if (!isThere || !currentAids().isReadAloud || !hasVoice(i18n.language)) return;
    sayToo(text.split('\n'), i18n.language);
  }, [isThere, text, i18n.language]);
}
