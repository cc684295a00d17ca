import { useEffect, useRef } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import type { Standing } from '../entrance/entrance.ts';
import { Frame } from './frame.tsx';
import './sign-in.css';

const LINK_COMMAND = 'npm run admin -- sign-in-link --controller ID --name NAME';

type Outside = Extract<Standing, { readonly state: 'outside' }>;

/** There is no password: whoever has no link learns here how to get one. */
export function SignInScreen({ why, retry }: Pick<Outside, 'why' | 'retry'>) {
  const { t } = useTranslation('staff');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const isFault = why !== null && typeof why === 'object';
  return (
    <Frame>
      <div className="sign-in">
        {why === null ? null : (
          <p className={isFault ? 'sign-in-why sign-in-fault' : 'sign-in-why'} role="alert">
            {isFault ? t(`fault.${why.fault}`) : t(`signIn.why.${why}`)}
          </p>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {t('signIn.title')}
        </h1>
        <p className="sign-in-lead">{t('signIn.lead')}</p>
        {retry === null ? null : (
          <div>
            <Button action="try-again" onPress={() => void retry()}>
              {t('tryAgain')}
            </Button>
          </div>
        )}
        <h2>{t('signIn.howTitle')}</h2>
        <dl className="sign-in-how">
          <div>
            <dt>{t('signIn.how.staff')}</dt>
            <dd>{t('signIn.how.staffBody')}</dd>
          </div>
          <div>
            <dt>{t('signIn.how.administrator')}</dt>
            <dd>
              {t('signIn.how.administratorBody')} <code dir="ltr">{LINK_COMMAND}</code>
            </dd>
          </div>
          <div>
            <dt>{t('signIn.how.demo')}</dt>
            <dd>{t('signIn.how.demoBody')}</dd>
          </div>
        </dl>
      </div>
    </Frame>
  );
}
