import { languageName, useTranslation } from '#i18n';
import type { TermsPreview } from '#protocol';
import { languageDirection } from '#values';
import { type NoticeLine, noticeLines } from './notice-lines.ts';

interface PreviewedNoticeProps {
  readonly notice: TermsPreview['notices'][number];
  readonly isOpen: boolean;
}

/** A notice that would be new. What differs from the one in force stands first and is marked; the rest is folded away. */
export function PreviewedNotice({ notice, isOpen }: PreviewedNoticeProps) {
  const { t } = useTranslation('staff');
  const { shop, language, version, before, after } = notice;
  const lines = noticeLines(before, after);
  // Where a language is new all of it is: then nothing is marked, and all of it is there to be read.
  const shown = before === null ? lines : lines.filter(({ change }) => change !== 'same');
  const same = lines.filter((line) => !shown.includes(line));
  return (
    <details className="terms-preview" data-language={language} open={isOpen}>
      <summary>
        <h2 lang={language}>{languageName(language)}</h2>{' '}
        <span className="terms-soft">
          {t(before === null ? 'terms.newLanguage' : 'terms.newVersion', { shop, version })}
        </span>
      </summary>
      <Lines isMarked={before !== null} language={language} lines={shown} />
      {same.length === 0 ? null : (
        <details className="terms-preview-same">
          <summary>{t('terms.same', { count: same.length })}</summary>
          <Lines isMarked={false} language={language} lines={same} />
        </details>
      )}
    </details>
  );
}

interface LinesProps {
  readonly lines: readonly NoticeLine[];
  readonly language: string;
  readonly isMarked: boolean;
}

function Lines({ lines, language, isMarked }: LinesProps) {
  return (
    <ul className="terms-preview-lines" dir={languageDirection(language)} lang={language}>
      {lines.map((line) => (
        <li key={`${line.change} ${line.question} ${line.text}`}>
          {line.question === null ? null : (
            <h3>
              <Said change={isMarked && line.isQuestionChanged ? 'changed' : 'same'} text={line.question} />
            </h3>
          )}
          <p>
            <Said change={isMarked ? line.change : 'same'} text={line.text} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Colour alone tells a screen reader nothing, so that the mark also comes in words: those of the reader and not of the notice. */
function Said({ change, text }: Pick<NoticeLine, 'change' | 'text'>) {
  const { t, i18n } = useTranslation('staff');
  if (change === 'same') return text;
  const Mark = change === 'gone' ? 'del' : 'mark';
  return (
    <Mark>
      <span className="visually-hidden" dir={languageDirection(i18n.language)} lang={i18n.language}>
        {t(`terms.mark.${change}`)}{' '}
      </span>
      {text}
    </Mark>
  );
}
