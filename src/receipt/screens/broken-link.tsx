import { useTranslation } from '#i18n';
import { Frame } from './frame.tsx';

/** A link that lost a part, as messengers and hand copies do to what stands after `#`. */
export function BrokenLinkScreen() {
  const { t } = useTranslation('receipt');
  return (
    <Frame screen="broken-link" title={t('broken.title')}>
      <p className="phone-lead">{t('broken.body')}</p>
      <p className="phone-soft">{t('broken.help')}</p>
    </Frame>
  );
}
