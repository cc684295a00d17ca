import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import type { TermsAnswer, TermsChange, TermsPreview } from '#protocol';
import { Button } from '#ui';
import { MINUTE_MS } from '#values';
import type { SectionProps } from '../sections/sections.ts';
import { ShopPicker } from '../today/shop-picker.tsx';
import { useAnswer } from '../use-answer.ts';
import { AddShop } from './add-shop.tsx';
import { ChangeTerms } from './change-terms.tsx';
import { type Draft, draftOf } from './draft.ts';
import { NewPin } from './new-pin.tsx';
import { Preview } from './preview.tsx';
import { TermsInForce } from './terms-in-force.tsx';
import './shop.css';

/** Others change terms seldom; who publishes here sees at once what stands then. */
const AGAIN_MS = MINUTE_MS;

/** For officers and administrators: what a shop tells visitors, and the way to change it. */
export function ShopScreen(props: SectionProps) {
  return <TermsOfShop key={props.shop.id} {...props} />;
}

/** One thing at a time. What somebody began with stays as it was, whatever is heard meanwhile. */
type Step =
  | { readonly name: 'reading'; readonly isPublished: boolean }
  | { readonly name: 'changing'; readonly began: TermsAnswer; readonly draft: Draft }
  | {
      readonly name: 'preview';
      readonly began: TermsAnswer;
      readonly draft: Draft;
      readonly change: TermsChange;
      readonly preview: TermsPreview;
    };

function TermsOfShop({
  client,
  shops,
  shop,
  role,
  onShop,
  onShopsChanged,
  onSection,
  onSignedOut,
}: SectionProps) {
  const { t } = useTranslation('staff');
  const [step, setStep] = useState<Step>({ name: 'reading', isPublished: false });
  const heading = useRef<HTMLHeadingElement>(null);
  const place = step.name === 'reading' ? step.name : `${step.name} ${step.began.revision}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step begins at its heading
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [place]);
  const ask = useCallback(() => client.terms(shop.id), [client, shop.id]);
  const { answer, fault, load, take } = useAnswer(ask, AGAIN_MS, onSignedOut);
  const terms = answer?.terms ?? null;
  const isReading = step.name === 'reading';

  function change(began: TermsAnswer): void {
    setStep({ name: 'changing', began, draft: draftOf(began.terms) });
  }

  function startAgain(now: TermsAnswer): void {
    take({ terms: now });
    change(now);
  }

  /** There is a new name or one more shop. Where no shop was chosen the first one is shown, which may now be another: what is said here once would be gone. */
  function shopsChanged(): void {
    onShop(shop.id);
    onShopsChanged();
  }

  function published(now: TermsAnswer): void {
    take({ terms: now });
    shopsChanged();
    setStep({ name: 'reading', isPublished: true });
  }

  return (
    <div className="terms">
      {isReading && shops.length > 1 ? <ShopPicker onShop={onShop} shopId={shop.id} shops={shops} /> : null}
      <div className="terms-heading">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {t(`terms.title.${step.name}`)}
          </h1>
          <p>{t(`terms.lead.${step.name}`, { shop: shop.name })}</p>
        </div>
        {isReading && terms !== null ? (
          <Button action="change-terms" onPress={() => change(terms)}>
            {t('terms.change')}
          </Button>
        ) : null}
      </div>
      {fault === null || !isReading ? null : (
        <div className="staff-alert terms-fault" role="alert">
          <p>{t(`fault.${fault}`)}</p>
          <Button action="try-again" onPress={load}>
            {t('tryAgain')}
          </Button>
        </div>
      )}
      <p className="terms-said" role="status">
        {isReading && step.isPublished ? t('terms.published') : ''}
      </p>
      {isReading && terms !== null ? (
        <>
          <TermsInForce answer={terms} />
          {role === 'administrator' ? (
            <>
              <NewPin client={client} onSignedOut={onSignedOut} shop={shop} />
              <AddShop
                client={client}
                from={terms}
                onAdded={shopsChanged}
                onSignedOut={onSignedOut}
                onTablets={(shopId) => {
                  onShop(shopId);
                  onSection('kiosks');
                }}
              />
            </>
          ) : null}
        </>
      ) : null}
      {step.name === 'changing' ? (
        <ChangeTerms
          began={step.began}
          client={client}
          draft={step.draft}
          key={step.began.revision}
          onDiscard={() => setStep({ name: 'reading', isPublished: false })}
          onPreview={(made) => setStep({ ...made, name: 'preview', began: step.began })}
          onSignedOut={onSignedOut}
          onStartAgain={startAgain}
          shopId={shop.id}
        />
      ) : null}
      {step.name === 'preview' ? (
        <Preview
          began={step.began}
          change={step.change}
          client={client}
          onBack={() => setStep({ name: 'changing', began: step.began, draft: step.draft })}
          onPublished={published}
          onSignedOut={onSignedOut}
          onStartAgain={startAgain}
          preview={step.preview}
          shopId={shop.id}
        />
      ) : null}
    </div>
  );
}
