import { useState } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { QrCode } from '#ui/qr-code';

/** A link that signs its person in: to be read by their phone, or copied into a message. It is shown this once. */
export function SignInLink({ link, name }: { readonly link: string; readonly name: string }) {
  const { t } = useTranslation('staff');
  const [copied, setCopied] = useState<'copied' | 'refused' | null>(null);

  function copy(): void {
    navigator.clipboard.writeText(link).then(
      () => setCopied('copied'),
      () => setCopied('refused'),
    );
  }

  return (
    <section className="sign-in-link">
      <QrCode label={t('people.code', { name })} text={link} />
      <div>
        <h2>{t('people.linkFor', { name })}</h2>
        <p>{t('people.linkBody', { name })}</p>
        <code dir="ltr">{link}</code>
        <div className="sign-in-link-copy">
          <Button action="copy-link" onPress={copy}>
            {t('people.copy')}
          </Button>
          <span role="status">{copied === null ? '' : t(`people.${copied}`)}</span>
        </div>
      </div>
    </section>
  );
}
