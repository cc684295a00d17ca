/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks';
import { formatDateTime } from '#i18n/words';
import { type FactPart, type ReceiptFact, type ReceiptReading, receiptInWords } from '#protocol/for-phones';
import { openOnPaper } from '../open-on-paper.ts';
import type { ArrivedReceipt } from '../session.ts';
import { useTranslation } from '../use-translation.ts';
import { regional } from '../wording.ts';
import './facts.css';

interface FactsProps {
  readonly reading: ReceiptReading;
  readonly contribution: ArrivedReceipt['contribution'];
}

/** The receipt in plain words: what the notice asked, and behind one tap all the rest. On paper all of it stands open. */
export function Facts({ reading, contribution }: FactsProps) {
  const { t, language } = useTranslation();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => (details.current === null ? undefined : openOnPaper(details.current, window)), []);
  const facts = receiptInWords(reading, contribution, {
    t,
    language,
    formatTime: (time) => formatDateTime(time, regional(language)),
  });
  return (
    <>
      <List facts={facts.filter(({ isDetail }) => !isDetail)} />
      <details className="more-facts" ref={details}>
        <summary data-action="more-facts">{t('facts.more')}</summary>
        <List facts={facts.filter(({ isDetail }) => isDetail)} />
      </details>
    </>
  );
}

function List({ facts }: { readonly facts: readonly ReceiptFact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ name, parts }) => (
        <div className="fact" key={name}>
          <dt>{name}</dt>
          <dd>
            {parts.map((part) => (
              <Part key={part.kind === 'list' ? part.items.join() : part.text} part={part} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Part({ part }: { readonly part: FactPart }) {
  if (part.kind === 'list') {
    return (
      <ul>
        {part.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    );
  }
  if (part.kind === 'text' || part.href === null) return <p>{part.text}</p>;
  return (
    <a
      className="contact-link"
      href={part.href}
      rel={part.isOurs ? 'noopener' : 'noreferrer noopener'}
      {...(part.isOurs ? { target: '_blank' } : {})}
    >
      {part.text}
    </a>
  );
}
