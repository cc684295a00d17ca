import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import type { TermsChange, TermsPreview } from '#protocol';
import { Button } from '#ui';
import { CompanyFields } from './company-fields.tsx';
import { checkDraft, type Draft, draftOf, isSameDraft } from './draft.ts';
import { LanguageChoice } from './language-choice.tsx';
import { SendFault } from './send-fault.tsx';
import { TabletFields } from './tablet-fields.tsx';
import { SaysAllWrong, TextField } from './text-field.tsx';
import { type ChangingProps, useChanging } from './use-changing.ts';

/** What somebody wrote, and what visitors would read of it. */
interface Previewed {
  readonly draft: Draft;
  readonly change: TermsChange;
  readonly preview: TermsPreview;
}

interface ChangeTermsProps extends ChangingProps {
  /** What the form begins with. */
  readonly draft: Draft;
  readonly onPreview: (previewed: Previewed) => void;
  readonly onDiscard: () => void;
}

/** One form with all that an officer may change. Nothing of it is kept before it is published. */
export function ChangeTerms({ draft: first, onPreview, onDiscard, ...changing }: ChangeTermsProps) {
  const { client, shopId, began } = changing;
  const { t, i18n } = useTranslation('staff');
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(first);
  const written = useRef(first);
  const [isUnchanged, setUnchanged] = useState(false);
  const [tries, setTries] = useState(0);
  const sending = useChanging(changing);
  const checked = checkDraft(draft);
  const wrong = (path: string) => (checked.ok ? undefined : checked.wrong.get(path));
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[data-wrong]')?.focus();
  }, [tries]);

  function change(part: Partial<Draft>): void {
    written.current = { ...written.current, ...part };
    setDraft(written.current);
    setUnchanged(false);
  }

  async function see(): Promise<void> {
    if (!checked.ok) return setTries((before) => before + 1);
    if (isSameDraft(draft, draftOf(began.terms))) return setUnchanged(true);
    const wanted: TermsChange = { revision: began.revision, terms: checked.terms };
    const answer = await sending.send(() => client.previewTerms(shopId, wanted));
    // Who went on writing meanwhile loses nothing: they stay, and ask again.
    if (answer !== null && written.current === draft)
      onPreview({ draft, change: wanted, preview: answer.preview });
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void see();
  }

  return (
    <SaysAllWrong value={tries > 0}>
      <form className="terms-form" noValidate={true} onSubmit={submit} ref={form}>
        <section className="terms-part">
          <h2>{t('terms.group.company', { company: began.terms.controller.name })}</h2>
          {began.shops.length > 1 ? (
            <p className="terms-soft">
              {t('terms.shops', { shops: new Intl.ListFormat(i18n.language).format(began.shops) })}
            </p>
          ) : null}
          <CompanyFields
            company={draft.controller}
            onChange={(controller) => change({ controller })}
            wrong={wrong}
          />
        </section>
        <section className="terms-part">
          <h2>{t('terms.group.shop')}</h2>
          <TextField
            label={t('terms.field.shopName')}
            name="shopName"
            onChange={(name) => change({ shop: { ...draft.shop, name } })}
            value={draft.shop.name}
            wrong={wrong('shop.name')}
          />
          <LanguageChoice
            chosen={draft.shop.languages}
            offered={began.languages}
            onChange={(languages) => change({ shop: { ...draft.shop, languages } })}
            wrong={wrong('shop.languages')}
          />
        </section>
        <section className="terms-part">
          <h2>{t('terms.group.tablets')}</h2>
          <TabletFields
            onChange={(settings) => change({ settings })}
            settings={draft.settings}
            wrong={wrong}
          />
        </section>
        <SendFault onStartAgain={() => void sending.startAgain()} sending={sending} />
        <p className="terms-said" role="status">
          {tries > 0 && !checked.ok
            ? t('terms.look', { count: checked.wrong.size })
            : isUnchanged
              ? t('terms.unchanged')
              : ''}
        </p>
        <div className="terms-buttons">
          <Button action="see-preview" onPress={() => void see()}>
            {t('terms.see')}
          </Button>
          <Button action="discard" look="plain" onPress={onDiscard}>
            {t('terms.discard')}
          </Button>
        </div>
      </form>
    </SaysAllWrong>
  );
}
