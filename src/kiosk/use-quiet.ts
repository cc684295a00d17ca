import { useEffect } from 'react';
import { READING_EVENT } from './voice.ts';

/** Whatever shows that somebody is there: a tap, a key, or a screen that is being read to them. */
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', READING_EVENT] as const;

/** Calls back once nobody has been there for so long. Null: not now. */
export function useQuiet(quietMs: number | null, onQuiet: () => void): void {
  useEffect(() => {
    if (quietMs === null) return;
    let timer = setTimeout(onQuiet, quietMs);
    const restart = () => {
      clearTimeout(timer);
      timer = setTimeout(onQuiet, quietMs);
    };
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, restart);
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, restart);
    };
  }, [quietMs, onQuiet]);
}
