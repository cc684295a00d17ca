import { useState } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import type { ShopId } from '#values';
import type { StaffFault } from '../faults.ts';
import type { StaffClient } from '../server-client.ts';

interface LetInProps {
  readonly client: Pick<StaffClient, 'makePairingCode'>;
  readonly shopId: ShopId;
  readonly onSignedOut: () => void;
}

/** For administrators: a code that lets one tablet in. */
export function LetIn({ client, shopId, onSignedOut }: LetInProps) {
  const { t } = useTranslation('staff');
  const [code, setCode] = useState<string | null>(null);
  const [fault, setFault] = useState<StaffFault | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function makeCode(): Promise<void> {
    setBusy(true);
    const answer = await client.makePairingCode(shopId);
    setBusy(false);
    if (!answer.ok && answer.reason === 'not-signed-in') return onSignedOut();
    setCode(answer.ok ? answer.code : null);
    setFault(answer.ok ? null : answer.reason);
  }

  return (
    <section className="let-in">
      <h2>{t('kiosks.manage.letIn')}</h2>
      <p>{t('kiosks.manage.letInBody', { address: window.location.origin })}</p>
      <p className="let-in-answer" role="status">
        {fault === null ? null : <span className="let-in-fault">{t(`fault.${fault}`)}</span>}
        {code === null ? null : (
          <>
            {t('kiosks.manage.code')} <code dir="ltr">{code}</code>
          </>
        )}
      </p>
      <div>
        <Button action="make-code" isDisabled={isBusy} onPress={() => void makeCode()}>
          {t('kiosks.manage.makeCode')}
        </Button>
      </div>
    </section>
  );
}
