import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import type { TermsAnswer } from '#protocol';
import { Button } from '#ui';
import type { ShopId } from '#values';
import type { StaffClient } from '../server-client.ts';
import { NewShopForm } from './new-shop-form.tsx';
import { PinShown } from './pin-shown.tsx';

interface AddShopProps {
  readonly client: Pick<StaffClient, 'addShop'>;
  /** The shop that is shown: the new one takes from it what is not asked for. */
  readonly from: TermsAnswer;
  readonly onAdded: () => void;
  /** Leads to the tablets of a shop. */
  readonly onTablets: (shopId: ShopId) => void;
  readonly onSignedOut: () => void;
}

type Step =
  | { readonly name: 'closed' | 'kept' | 'asked' }
  | { readonly name: 'added'; readonly shop: string; readonly shopId: ShopId; readonly pin: string };

/** For administrators: one more shop of the company. */
export function AddShop({ client, from, onAdded, onTablets, onSignedOut }: AddShopProps) {
  const { t } = useTranslation('staff');
  const [step, setStep] = useState<Step>({ name: 'closed' });
  const open = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (step.name === 'kept') open.current?.focus();
  }, [step.name]);
  return (
    <section className="terms-part" data-testid="add-shop">
      <h2>{t('terms.add.title')}</h2>
      <p className="terms-soft">{t('terms.add.body', { shop: from.terms.shop.name })}</p>
      {step.name === 'added' ? (
        <PinShown pin={step.pin} title={t('terms.add.added', { shop: step.shop })}>
          <div>
            <Button action="to-tablets" onPress={() => onTablets(step.shopId)}>
              {t('terms.add.next')}
            </Button>
          </div>
        </PinShown>
      ) : null}
      {step.name === 'asked' ? (
        <NewShopForm
          client={client}
          from={from}
          onAdded={(shop, { shopId, pin }) => {
            setStep({ name: 'added', shop, shopId, pin });
            onAdded();
          }}
          onCancel={() => setStep({ name: 'kept' })}
          onSignedOut={onSignedOut}
        />
      ) : (
        <div>
          <Button action="add-shop" onPress={() => setStep({ name: 'asked' })} ref={open}>
            {t('terms.add.button')}
          </Button>
        </div>
      )}
    </section>
  );
}
