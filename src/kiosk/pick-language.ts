import { changeLanguage } from '#i18n';
import { sayWhile } from './waits.ts';

/** Shows the kiosk in the language that somebody picked. Where its texts do not come, the page stays as it is. */
export function pickLanguage(picked: string): void {
  void sayWhile(changeLanguage('kiosk', picked)).catch(() => undefined);
}
