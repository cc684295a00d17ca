/** @jsxImportSource preact */
import { useTranslation } from '../use-translation.ts';
import { Frame } from './frame.tsx';

/** A link that lost a part, as messengers and hand copies do to what stands after `#`. */
export function BrokenLinkScreen() {
  const { t } = useTranslation();
  return (
    <Frame screen="broken-link" title={t('broken.title')}>
      <p className="phone-lead">{t('broken.body')}</p>
      <p className="phone-soft">{t('broken.help')}</p>
    </Frame>
  );
}
