import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import { newShopSchema, type StaffPinAnswer, type TermsAnswer } from '#protocol';
import { Button } from '#ui';
import type { StaffClient } from '../server-client.ts';
import { LanguageChoice } from './language-choice.tsx';
import { SendFault } from './send-fault.tsx';
import { SaysAllWrong, TextField } from './text-field.tsx';
import { useSend } from './use-send.ts';
import { type Wrong, wrongOf } from './wrong.ts';

interface NewShopFormProps {
  readonly client: Pick<StaffClient, 'addShop'>;
  readonly from: TermsAnswer;
  readonly onAdded: (shop: string, made: StaffPinAnswer) => void;
  readonly onCancel: () => void;
  readonly onSignedOut: () => void;
}

/** What a new shop must say for itself: its name, its clock and its languages. */
export function NewShopForm({ client, from, onAdded, onCancel, onSignedOut }: NewShopFormProps) {
  const { t } = useTranslation('staff');
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [shop, setShop] = useState({
    copyOf: from.fixed.shopId,
    name: '',
    timeZone: from.fixed.timeZone,
    languages: from.terms.shop.languages,
  });
  const [tries, setTries] = useState(0);
  const sending = useSend(onSignedOut);
  const parsed = newShopSchema.safeParse(shop);
  const wrong = (field: 'name' | 'languages'): Wrong | undefined => {
    const issue = parsed.error?.issues.find(({ path }) => path[0] === field);
    const path = field === 'name' ? field : 'shop.languages';
    return issue === undefined ? undefined : wrongOf(path, issue.code, shop[field]);
  };
  useEffect(() => {
    const place = tries > 0 ? '[data-wrong]' : 'input';
    form.current?.querySelector<HTMLElement>(place)?.focus();
  }, [tries]);

  async function add(): Promise<void> {
    if (!parsed.success) return setTries((before) => before + 1);
    const answer = await sending.send(() => client.addShop(parsed.data));
    if (answer !== null) onAdded(parsed.data.name, answer.made);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void add();
  }

  return (
    <SaysAllWrong value={tries > 0}>
      <form className="terms-form" noValidate={true} onSubmit={submit} ref={form}>
        <TextField
          isNew={true}
          label={t('terms.field.shopName')}
          name="newShopName"
          onChange={(name) => setShop({ ...shop, name })}
          value={shop.name}
          wrong={wrong('name')}
        />
        <div className="terms-field">
          <label htmlFor={id}>{t('terms.field.timeZone')}</label>
          <p className="terms-soft" id={`${id}-hint`}>
            {t('terms.hint.timeZone')}
          </p>
          <select
            aria-describedby={`${id}-hint`}
            id={id}
            onChange={(event) => setShop({ ...shop, timeZone: event.target.value })}
            value={shop.timeZone}
          >
            {timeZones(from.fixed.timeZone).map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        </div>
        <LanguageChoice
          chosen={shop.languages}
          offered={from.languages}
          onChange={(languages) => setShop({ ...shop, languages: [...languages] })}
          wrong={wrong('languages')}
        />
        {sending.fault === 'not-allowed' ? (
          <p className="staff-alert" role="alert">
            {t('terms.add.notAllowed')}
          </p>
        ) : (
          <SendFault sending={sending} />
        )}
        <div className="terms-buttons">
          <Button action="add-this-shop" onPress={() => void add()}>
            {t('terms.add.confirm')}
          </Button>
          <Button action="add-no-shop" look="plain" onPress={onCancel}>
            {t('terms.add.keep')}
          </Button>
        </div>
      </form>
    </SaysAllWrong>
  );
}

/** Browsers may list a zone by an older name than the shop's own. */
function timeZones(own: string): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), own])].sort();
}
