import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import type { TermsChange, TermsPreview } from '#protocol';
import { Button } from '#ui';
import { CompanyFields } from './company-fields.tsx';
import { checkDraft, type Draft } from './draft.ts';
import { LanguageChoice } from './language-choice.tsx';
import { changedFacts } from './said-facts.ts';
import { SaidIn } from './said-in.tsx';
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
  const { t } = useTranslation('staff');
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
    const wanted: TermsChange = { revision: began.revision, terms: checked.terms };
    const answer = await sending.send(() => client.previewTerms(shopId, wanted));
    // Who went on writing meanwhile loses nothing: they stay, and ask again.
    if (answer === null || written.current !== draft) return;
    const { preview } = answer;
    // A newer program may word notices anew: then the same terms are worth publishing.
    if (preview.notices.length === 0 && changedFacts(began.terms, wanted.terms).length === 0)
      return setUnchanged(true);
    onPreview({ draft, change: wanted, preview });
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void see();
  }

  return (
    <SaysAllWrong value={tries > 0}>
      <form className="terms-form" noValidate={true} onSubmit={submit} ref={form}>
        <section className="terms-part">
          <SaidIn answer={began} group="company" />
          <CompanyFields
            company={draft.controller}
            onChange={(controller) => change({ controller })}
            wrong={wrong}
          />
        </section>
        <section className="terms-part">
          <SaidIn answer={began} group="shop" />
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
          <SaidIn answer={began} group="tablets" />
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
