/** @jsxImportSource preact */

import { type CheckedReceipt, standingOf } from '../check-receipt.ts';
import { useTranslation } from '../use-translation.ts';
import './verdict.css';

const SIGN = {
  passed: 'M5 13l5 5L20 7',
  failed: 'M6 6l13 13M19 6L6 19',
  'not-possible': 'M6 12.5h13',
} as const;

/** What the phone found out about the receipt, one line, with all of it one tap away. */
export function Verdict({ checked }: { readonly checked: CheckedReceipt }) {
  const { t } = useTranslation();
  const standing = { genuine: 'passed', partly: 'not-possible', false: 'failed' } as const;
  return (
    <details className={`verdict verdict-${checked.verdict}`}>
      <summary className="verdict-line">
        <Sign standing={standing[checked.verdict]} />
        <span className="verdict-words">
          <strong>{t(`verdict.${checked.verdict}`)}</strong>
          <span className="verdict-more">{t('verdict.details')}</span>
        </span>
      </summary>
      <div className="verdict-details">
        <ul>
          {checked.findings.map((finding) => (
            <li key={finding}>
              <Sign standing={standingOf(finding)} />
              <span>
                <span className="visually-hidden">{t(`standing.${standingOf(finding)}`)}: </span>
                {t(`finding.${finding}`)}
              </span>
            </li>
          ))}
        </ul>
        <p>{t('meaning.how')}</p>
        <p>{t('meaning.limit')}</p>
        <details>
          <summary className="verdict-document">{t('meaning.document')}</summary>
          <pre dir="ltr">{JSON.stringify(checked.document, null, 2)}</pre>
        </details>
      </div>
    </details>
  );
}

function Sign({ standing }: { readonly standing: keyof typeof SIGN }) {
  return (
    <svg
      aria-hidden="true"
      className={`verdict-sign verdict-sign-${standing}`}
      fill="none"
      viewBox="0 0 25 25"
    >
      <circle cx="12.5" cy="12.5" r="12.5" />
      <path d={SIGN[standing]} />
    </svg>
  );
}
