import { describe, expect, it } from 'vitest';
import type { NoticeTexts } from '#consent';
import { noticeLines } from './notice-lines.ts';

const detail = (question: string, answer: string) => ({ question, answer });
const notice: NoticeTexts = {
  title: 'May we count you?',
  who: detail('Who asks?', 'Quay Cars Ltd, privacy@quay.example'),
  what: detail('What?', 'The camera opens briefly.'),
  why: detail('Why?', 'To know how many people visit.'),
  howLong: detail('How long?', 'After 30 days, the number stays.'),
  demographics: detail('Also guess my age group and gender', 'May be wrong.'),
  optional: 'Your choice',
  ageQuestion: 'Are you 16 or older?',
  older: 'Yes, I am 16 or older',
  younger: 'No, I am younger',
  notMe: 'Do not count me',
  guardianQuestion: 'A parent or guardian must say yes for you.',
  guardianAgree: 'I am the parent or guardian. Yes',
  agree: 'Yes, count me',
  decline: 'No, thank you',
  details: [
    detail('Do you keep my picture?', 'No.'),
    detail('Does anybody help you with this?', 'Yes: Pier.'),
  ],
};
const differing = (before: NoticeTexts | null, after: NoticeTexts) =>
  noticeLines(before, after).filter(({ change }) => change !== 'same');

describe('the lines of a notice', () => {
  it('hold every text of it, in the order in which visitors come to it', () => {
    const lines = noticeLines(notice, notice);
    const { details, ...rest } = notice;
    const texts = [...Object.values(rest), ...details].map((text) =>
      typeof text === 'object' ? text.answer : text,
    );
    expect(lines.map(({ text }) => text)).toEqual(texts);
    expect(lines.every(({ change }) => change === 'same')).toBe(true);
  });

  it('differ where an answer or a sentence does, and nowhere else', () => {
    const after = {
      ...notice,
      who: detail('Who asks?', 'Quay Cars Ltd, ask@quay.example'),
      older: 'Yes, I am 14 or older',
    };
    expect(differing(notice, after)).toEqual([
      {
        question: 'Who asks?',
        text: 'Quay Cars Ltd, ask@quay.example',
        change: 'changed',
        isQuestionChanged: false,
      },
      { question: null, text: 'Yes, I am 14 or older', change: 'changed', isQuestionChanged: false },
    ]);
  });

  it('differ where a question does, though the answer is the same', () => {
    const after = { ...notice, why: detail('What for?', notice.why.answer) };
    expect(differing(notice, after)).toMatchObject([{ question: 'What for?', isQuestionChanged: true }]);
  });

  it('call a detail new that was not there, and the others as they were, whatever place they have', () => {
    const after = { ...notice, details: [detail('Is there a sign?', 'Yes.'), ...notice.details] };
    expect(differing(notice, after)).toMatchObject([{ question: 'Is there a sign?', change: 'new' }]);
  });

  it('call a detail gone that is not there any more', () => {
    const after = { ...notice, details: notice.details.slice(0, 1) };
    expect(differing(notice, after)).toMatchObject([
      { question: 'Does anybody help you with this?', text: 'Yes: Pier.', change: 'gone' },
    ]);
  });

  it('call a sentence new that the first notices lack, and say nothing of it where neither has it', () => {
    const { optional: _, notMe: __, ...early } = notice;
    expect(differing(early, notice)).toMatchObject([
      { text: 'Your choice', change: 'new' },
      { text: 'Do not count me', change: 'new' },
    ]);
    expect(differing(notice, early)).toMatchObject([
      { text: 'Your choice', change: 'gone' },
      { text: 'Do not count me', change: 'gone' },
    ]);
    expect(differing(early, early)).toEqual([]);
  });

  it('are all new in a language that was not spoken before', () => {
    expect(differing(null, notice)).toHaveLength(noticeLines(null, notice).length);
    expect(noticeLines(null, notice).every(({ change }) => change === 'new')).toBe(true);
  });
});
