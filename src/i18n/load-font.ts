/** A font is on the tablet by the time that somebody taps, or is not to be had. */
const FONT_PATIENCE_MS = 2_000;

/** Has the language's letters here before its words are shown, so that no empty boxes flash. Where they do not come, those of the tablet are shown, and an app that declares no such font waits for nothing. */
export async function loadFont(language: string): Promise<void> {
  const weights = ['400', '700'].map((weight) => document.fonts.load(`${weight} 1em "AskFirst ${language}"`));
  const patience = new Promise((resolve) => setTimeout(resolve, FONT_PATIENCE_MS));
  await Promise.race([Promise.allSettled(weights), patience]);
}
