/** Not everything that says it is a language's voice reads it: a voice must be of the same language and, where both name one, of the same script. */
function voiceFor(language: string): SpeechSynthesisVoice | null {
  // A voice from a server would send the screen's words away, and would fail without a network.
  const own = speechSynthesis.getVoices().filter(({ localService }) => localService);
  const wanted = new Intl.Locale(language).maximize();
  const fitting = own.filter(({ lang }) => {
    const tag = localeOf(lang)?.maximize();
    return tag?.language === wanted.language && tag.script === wanted.script;
  });
  return fitting.find((voice) => voice.default) ?? fitting[0] ?? null;
}

/** Voices are named by the system, and some by tags that are none: `en_GB`, or nothing at all. */
function localeOf(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-'));
  } catch {
    return null;
  }
}

/** Whether this tablet can read a language aloud by itself. */
export function hasVoice(language: string): boolean {
  return 'speechSynthesis' in globalThis && voiceFor(language) !== null;
}

export function onVoicesChange(listener: () => void): () => void {
  if (!('speechSynthesis' in globalThis)) return () => undefined;
  speechSynthesis.addEventListener('voiceschanged', listener);
  return () => speechSynthesis.removeEventListener('voiceschanged', listener);
}

/** Told to the window at each passage of what is on the screen: whoever listens is still there, and needs no finger for it. */
export const READING_EVENT = 'askfirst-reading';

/** Reads what is on the screen: its heading and text, then its answers, in the order in which they stand there. */
export function readAloud(page: Document, language: string): void {
  stopReading();
  const parts = [...page.querySelectorAll<HTMLElement>('main, .kiosk-actions')];
  // As it is seen, line by line: each line is a passage with a pause after it.
  // biome-ignore lint/performance/useDomNodeTextContent: the text alone would run words of two lines together
  const passages = parts.flatMap((part) => part.innerText.split('\n')).filter((text) => text.trim() !== '');
  for (const passage of passages) {
    const spoken = utterance(passage, language);
    spoken.addEventListener('start', () => dispatchEvent(new Event(READING_EVENT)));
    spoken.addEventListener('end', () => dispatchEvent(new Event(READING_EVENT)));
    speechSynthesis.speak(spoken);
  }
}

/** Says something that comes up by itself, after what is being read. It shows nothing of whether anybody is there. */
export function sayToo(words: readonly string[], language: string): void {
  for (const passage of words) speechSynthesis.speak(utterance(passage, language));
}

function utterance(passage: string, language: string): SpeechSynthesisUtterance {
  const spoken = new SpeechSynthesisUtterance(passage);
  spoken.lang = language;
  spoken.voice = voiceFor(language);
  return spoken;
}

export function stopReading(): void {
  speechSynthesis.cancel();
}
