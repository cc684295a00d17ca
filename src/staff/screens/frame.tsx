import type { ReactNode } from 'react';
import { useTranslation } from '#i18n';
import type { SessionAnswer } from '#protocol';
import { Button, Logo } from '#ui';
import { LanguagePicker } from './language-picker.tsx';
import './frame.css';

interface FrameProps {
  readonly person?: SessionAnswer;
  readonly onSignOut?: () => void;
  /** A sentence that stands alone while there is nothing else to show. */
  readonly notice?: string;
  /** What went wrong with something that the person did. */
  readonly alert?: string;
  /** The way between the sections. */
  readonly nav?: ReactNode;
  readonly children?: ReactNode;
}

/** What all screens of staff share: the name, the language, who is signed in, and the way out. */
export function Frame({ person, onSignOut, notice, alert, nav, children }: FrameProps) {
  const { t } = useTranslation('staff');
  return (
    <div className="staff">
      <header className="staff-header">
        <span className="staff-name">
          <Logo size={40} />
          AskFirst
        </span>
        <LanguagePicker />
        {person === undefined || onSignOut === undefined ? null : (
          <div className="staff-person">
            <span>
              {person.name} <span className="staff-role">{t(`role.${person.role}`)}</span>
            </span>
            <Button action="sign-out" look="plain" onPress={onSignOut}>
              {t('signOut')}
            </Button>
          </div>
        )}
        {nav}
      </header>
      <main className="staff-main">
        {alert === undefined ? null : (
          <p className="staff-alert" role="alert">
            {alert}
          </p>
        )}
        {notice === undefined ? null : (
          <p className="staff-notice" role="status">
            {notice}
          </p>
        )}
        {children}
      </main>
    </div>
  );
}
