import { useSyncExternalStore } from 'react';
import { useTranslation } from '#i18n';
import { isWaitSaid, onWaitChange } from '../waits.ts';
import './wait-note.css';

/** Says over any screen that what was asked for is on its way. */
export function WaitNote() {
  const { t } = useTranslation('kiosk');
  const isSaid = useSyncExternalStore(onWaitChange, isWaitSaid);
  return (
    <div className="wait-note-place" role="status">
      {isSaid ? <p className="wait-note">{t('wait')}</p> : null}
    </div>
  );
}
