import { useState } from 'react';
import { useTranslation } from '#i18n';
import { AskOnceMore } from '../screens/ask-once-more.tsx';
import type { SectionProps } from '../sections/sections.ts';
import { PinShown } from './pin-shown.tsx';
import { SendFault } from './send-fault.tsx';
import { useSend } from './use-send.ts';

/** For administrators: a new PIN for the tablets of a shop, asked once more since it ends the one that staff know. */
export function NewPin({ client, shop, onSignedOut }: Pick<SectionProps, 'client' | 'shop' | 'onSignedOut'>) {
  const { t } = useTranslation('staff');
  const [pin, setPin] = useState<string | null>(null);
  const sending = useSend(onSignedOut);

  async function make(): Promise<void> {
    setPin(null);
    const answer = await sending.send(() => client.makeStaffPin(shop.id));
    if (answer !== null) setPin(answer.made.pin);
  }

  return (
    <section className="terms-part" data-testid="new-pin">
      <h2>{t('terms.pin.title')}</h2>
      <p className="terms-soft">{t('terms.pin.body')}</p>
      <SendFault sending={sending} />
      {pin === null ? null : <PinShown pin={pin} title={t('terms.pin.made', { shop: shop.name })} />}
      <div>
        <AskOnceMore
          action="make-pin"
          onYes={make}
          words={{
            button: t('terms.pin.button'),
            name: t('terms.pin.button'),
            question: t('terms.pin.ask', { shop: shop.name }),
            consequence: t('terms.pin.consequence'),
            yes: t('terms.pin.confirm'),
            no: t('terms.pin.keep'),
          }}
        />
      </div>
    </section>
  );
}
