import type { NoticeDetail, NoticeTexts } from '#consent';

/** How a place of a notice can differ. Closed: each has its words under `terms.mark` in the texts. */
export const MARKS = ['changed', 'new', 'gone'] as const;

/** What a visitor reads in one place of a notice: a question with its answer, or a sentence alone. */
export interface NoticeLine {
  readonly question: string | null;
  readonly text: string;
  /** `new`: nothing stood in its place. `gone`: it is not said any more. */
  readonly change: 'same' | (typeof MARKS)[number];
  /** Whether the question itself is not as it was. */
  readonly isQuestionChanged: boolean;
}

const FIRST_QUESTIONS = ['who', 'what', 'why', 'howLong', 'demographics'] as const;
const LATER_SENTENCES = [
  'optional',
  'ageQuestion',
  'older',
  'younger',
  'notMe',
  'guardianQuestion',
  'guardianAgree',
  'agree',
  'decline',
] as const;

/** All that a notice says in the order in which visitors come to it, and how it differs from the one in force. What is gone comes last. */
export function noticeLines(before: NoticeTexts | null, after: NoticeTexts): readonly NoticeLine[] {
  const answered = new Map(before?.details.map((detail) => [detail.question, detail]));
  const asked = new Set(after.details.map(({ question }) => question));
  return [
    sentence(before?.title, after.title),
    ...FIRST_QUESTIONS.map((name) => detailLine(before?.[name], after[name])),
    ...LATER_SENTENCES.flatMap((name) => sentenceIfAny(before?.[name], after[name])),
    // Details come and go with what a company says, so they are found by what they answer and not by their place.
    ...after.details.map((detail) => detailLine(answered.get(detail.question), detail)),
    ...(before?.details ?? [])
      .filter(({ question }) => !asked.has(question))
      .map(({ question, answer }): NoticeLine => line(question, answer, 'gone')),
  ];
}

function sentence(before: string | undefined, after: string): NoticeLine {
  return line(null, after, before === undefined ? 'new' : before === after ? 'same' : 'changed');
}

/** The first notices lack some sentences. */
function sentenceIfAny(before: string | undefined, after: string | undefined): readonly NoticeLine[] {
  if (after !== undefined) return [sentence(before, after)];
  return before === undefined ? [] : [line(null, before, 'gone')];
}

function detailLine(before: NoticeDetail | undefined, { question, answer }: NoticeDetail): NoticeLine {
  if (before === undefined) return line(question, answer, 'new');
  const isQuestionChanged = before.question !== question;
  const isSame = !isQuestionChanged && before.answer === answer;
  return { ...line(question, answer, isSame ? 'same' : 'changed'), isQuestionChanged };
}

function line(question: string | null, text: string, change: NoticeLine['change']): NoticeLine {
  return { question, text, change, isQuestionChanged: false };
}
