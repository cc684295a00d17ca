/** @jsxImportSource preact */
import { formatDateTime } from '#i18n/words';
import { type FactPart, type ReceiptReading, receiptInWords } from '#protocol/for-phones';
import type { ArrivedReceipt } from '../session.ts';
import { useTranslation } from '../use-translation.ts';
import { regional } from '../wording.ts';
import './facts.css';

interface FactsProps {
  readonly reading: ReceiptReading;
  readonly contribution: ArrivedReceipt['contribution'];
}

/** The receipt in plain words. */
export function Facts({ reading, contribution }: FactsProps) {
  const { t, language } = useTranslation();
  const facts = receiptInWords(reading, contribution, {
    t,
    language,
    formatTime: (time) => formatDateTime(time, regional(language)),
  });
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
