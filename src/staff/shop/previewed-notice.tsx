import { useState } from 'react';
import { languageName, useTranslation } from '#i18n';
import { languageDirection } from '#values';
import type { NoticeGroup } from './grouped-notices.ts';
import { type NoticeLine, noticeLines } from './notice-lines.ts';

interface PreviewedNoticeProps {
  readonly notice: NoticeGroup;
  readonly isFirst: boolean;
}

/** A notice that would be new, in all shops where it reads alike. The first is open; hundreds that nobody opened cost nothing. */
export function PreviewedNotice({ notice, isFirst }: PreviewedNoticeProps) {
  const { t } = useTranslation('staff');
  const [isOpened, setOpened] = useState(isFirst);
  const { language, before, shops } = notice;
  return (
    <details
      className="terms-preview"
      data-language={language}
      onToggle={() => setOpened(true)}
      open={isFirst}
    >
      <summary>
        <h2 lang={language}>{languageName(language)}</h2>
        {shops.map(({ shop, version }) => (
          <span className="terms-soft" key={`${shop} ${version}`}>
            {' '}
            {t(before === null ? 'terms.newLanguage' : 'terms.newVersion', { shop, version })}
          </span>
        ))}
      </summary>
      {isOpened ? <Reading notice={notice} /> : null}
    </details>
  );
}

/** What differs from the notice in force stands first and is marked; the rest is folded away. */
function Reading({ notice: { language, before, after } }: { readonly notice: NoticeGroup }) {
  const { t } = useTranslation('staff');
  const lines = noticeLines(before, after);
  // Where a language is new all of it is: then nothing is marked, and all of it is there to be read.
  const shown = before === null ? lines : lines.filter(({ change }) => change !== 'same');
  const same = lines.filter((line) => !shown.includes(line));
  return (
    <>
      <Lines isMarked={before !== null} language={language} lines={shown} />
      {same.length === 0 ? null : (
        <details className="terms-preview-same">
          <summary>{t('terms.same', { count: same.length })}</summary>
          <Lines isMarked={false} language={language} lines={same} />
        </details>
      )}
    </>
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
