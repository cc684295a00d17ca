import { useTranslation } from '#i18n';
import type { RetentionAnswer } from '#protocol';

/** The controller's two settings, each in a sentence, in the order in which they come. */
export function Rules({ settings }: Pick<RetentionAnswer, 'settings'>) {
  const { t } = useTranslation('staff');
  return (
    <ol className="retention-rules">
      <li>
        <h2>{t('retention.rule.link', { count: settings.linkDays })}</h2>
        <p>{t('retention.rule.linkBody')}</p>
      </li>
      <li>
        <h2>{t('retention.rule.receipt', { count: settings.receiptYears })}</h2>
        <p>{t('retention.rule.receiptBody')}</p>
      </li>
    </ol>
  );
}
