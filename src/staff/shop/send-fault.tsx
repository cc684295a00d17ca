import { useTranslation } from '#i18n';
import { Button } from '#ui';
import type { Sending } from './use-send.ts';

interface SendFaultProps {
  readonly sending: Pick<Sending, 'fault' | 'isBusy'>;
  /** The way on where somebody else was faster. */
  readonly onStartAgain?: () => void;
}

/** That something is on its way, or what kept it from being done. */
export function SendFault({ sending: { fault, isBusy }, onStartAgain }: SendFaultProps) {
  const { t } = useTranslation('staff');
  return (
    <>
      <p className="terms-said" role="status">
        {isBusy ? t('entering') : ''}
      </p>
      <div role="alert">
        {fault === null ? null : (
          <div className="staff-alert terms-fault">
            {/* In other sections the name that is taken is a person's. */}
            <p>{t(fault === 'name-taken' ? 'terms.nameTaken' : `fault.${fault}`)}</p>
            {fault === 'changed-meanwhile' && onStartAgain !== undefined ? (
              <Button action="start-again" onPress={onStartAgain}>
                {t('terms.startAgain')}
              </Button>
            ) : null}
          </div>
        )}
      </div>
    </>
  );
}
