import { useRef } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { useSaid } from './use-said.ts';
import './cover.css';

interface CoverProps {
  readonly isCovered: boolean;
  /** Whether the screen starts over soon, and is to say so. */
  readonly isLast?: boolean;
  readonly onShow: () => void;
}

/** What stands over something of the visitor that is covered, and brings it back with one tap. */
export function Cover({ isCovered, isLast = false, onShow }: CoverProps) {
  const { t } = useTranslation('kiosk');
  useSaid(isCovered, [t('covered.words'), ...(isLast ? [t('idle.body')] : []), t('covered.show')]);
  const place = useRef<HTMLDivElement>(null);
  const show = (): void => {
    // The button goes with the cover: whoever came by keyboard stays where it was.
    place.current?.focus();
    onShow();
  };
  return (
    <div aria-live="polite" className="cover-place" ref={place} tabIndex={-1}>
      {isCovered ? (
        <div className="cover">
          <p>{t('covered.words')}</p>
          {isLast ? <p className="cover-soon">{t('idle.body')}</p> : null}
          <Button action="show" onPress={show}>
            {t('covered.show')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
