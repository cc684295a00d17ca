/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { type Shared, shareLink } from '../share-link.ts';
import { useTranslation } from '../use-translation.ts';
import { Button } from './button.tsx';

/** The link that opens this page again, to where its owner finds it. It is told that whoever has it can take the yes back. */
export function KeepLink() {
  const { t } = useTranslation();
  const [shared, setShared] = useState<Shared | null>(null);
  const share = () => void shareLink(navigator, t('pageTitle'), location.href).then(setShared);
  return (
    <>
      <p className="phone-soft">{t('copy.shareBody')}</p>
      <div className="keep-copy-buttons">
        <Button action="share" look="plain" onPress={share}>
          {t('copy.share')}
        </Button>
      </div>
      <div aria-live="polite">
        {shared === 'copied' ? <p>{t('copy.linkCopied')}</p> : null}
        {shared === 'here' ? (
          <>
            <p>{t('copy.linkHere')}</p>
            <p className="keep-copy-link" dir="ltr">
              {location.href}
            </p>
          </>
        ) : null}
      </div>
      <p className="phone-soft">{t('copy.homeScreen')}</p>
    </>
  );
}
