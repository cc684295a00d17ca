/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { formatDateTime } from '#i18n/words';
import type { ReceiptReading } from '#protocol/for-phones';
import { instantFromIso } from '#values';
import type { ArrivedReceipt } from '../session.ts';
import { useTranslation } from '../use-translation.ts';
import { formatDuration, languageNameIn, regional } from '../wording.ts';
import { ContactLink } from './contact-link.tsx';
import './facts.css';

interface FactsProps {
  readonly reading: ReceiptReading;
  readonly contribution: ArrivedReceipt['contribution'];
}

/** The receipt in plain words: one question after another, as the notice asked them. */
export function Facts({ reading, contribution }: FactsProps) {
  const { t, language } = useTranslation();
  const time = instantFromIso(reading.time);
  const isCounted = contribution === 'counted' || contribution === 'anonymous';
  const hasDemographics = reading.purposes.includes('demographics');
  return (
    <dl className="facts">
      <Fact name={t('facts.yesTo')}>
        <ul>
          {reading.purposes.map((purpose) => (
            <li key={purpose}>{t(`facts.purpose.${purpose}`)}</li>
          ))}
        </ul>
        {reading.givenBy === 'guardian' ? <p>{t('facts.guardian')}</p> : null}
      </Fact>
      <Fact name={t('facts.where')}>{reading.shop.name}</Fact>
      <Fact name={t('facts.when')}>
        {time === null ? reading.time : formatDateTime(time, regional(language))}
      </Fact>
      <Fact name={t('facts.kept')}>
        <ul>
          <li>{isCounted ? t('facts.keptItem.number') : t('facts.keptItem.noNumber')}</li>
          {isCounted && hasDemographics ? <li>{t('facts.keptItem.demographics')}</li> : null}
          <li>{t('facts.keptItem.receipt')}</li>
        </ul>
      </Fact>
      <Fact name={t('facts.notKept')}>
        <ul>
          <li>{t('facts.notKeptItem.picture')}</li>
          <li>{t('facts.notKeptItem.identity')}</li>
        </ul>
      </Fact>
      <Fact name={t('facts.howLong')}>
        {isCounted ? (
          <p>{t('facts.link', { duration: formatDuration(reading.retention.link, language) })}</p>
        ) : null}
        <p>{t('facts.receipt', { duration: formatDuration(reading.retention.receipt, language) })}</p>
      </Fact>
      <Fact name={t('facts.who')}>
        {[reading.controller, ...reading.jointControllers].map(({ name, address, contact }) => (
          <div key={name}>
            <p>{name}</p>
            <p>{address}</p>
            <ContactLink contact={contact} />
          </div>
        ))}
      </Fact>
      <Fact name={t('facts.rights')}>{t('facts.rightsBody')}</Fact>
      <Fact name={t('facts.complaint')}>
        <ContactLink contact={reading.regulator.url}>{reading.regulator.name}</ContactLink>
      </Fact>
      <Fact name={t('facts.notice')}>
        <p>
          {t('facts.noticeVersion', {
            language: languageNameIn(reading.notice.language, language),
            version: reading.notice.version,
          })}
        </p>
        <a className="contact-link" href={`/notices/${reading.notice.hash}`} rel="noopener" target="_blank">
          {t('facts.noticeRead')}
        </a>
      </Fact>
      <Fact name={t('facts.id')}>{reading.receiptId}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
