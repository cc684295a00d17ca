import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { Frame } from './frame.tsx';

/** The network went away between this screen and what reads the receipt. */
export function NotLoadedScreen() {
  const { t } = useTranslation('receipt');
  return (
    <Frame screen="not-loaded" title={t('unreached.title')}>
      <p className="phone-lead">{t('fault.unreachable')}</p>
      <div className="phone-button">
        <Button action="look-again" look="plain" onPress={() => location.reload()}>
          {t('lookAgain')}
        </Button>
      </div>
    </Frame>
  );
}
