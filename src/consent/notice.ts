import { type ControllerId, type Json, type Sha256, sha256OfJson } from '#values';

/** A question of the second layer with its answer. */
export interface NoticeDetail {
  readonly question: string;
  readonly answer: string;
}

/** Every text that tells a visitor what is asked, and every answer that can be given: this is what the hash in the receipt is over. */
export interface NoticeTexts {
  readonly title: string;
  readonly who: NoticeDetail;
  readonly what: NoticeDetail;
  readonly why: NoticeDetail;
  readonly howLong: NoticeDetail;
  readonly demographics: NoticeDetail;
  /** Stands at the question above, and says that it need not be answered. The first notices did not hold it. */
  readonly optional?: string | undefined;
  readonly ageQuestion: string;
  readonly older: string;
  readonly younger: string;
  /** The third answer to the question for the age. The first notices did not hold it. */
  readonly notMe?: string | undefined;
  readonly guardianQuestion: string;
  readonly guardianAgree: string;
  readonly agree: string;
  readonly decline: string;
  readonly details: readonly NoticeDetail[];
}

/** A notice as it is written for all shops. */
export interface NoticeTemplate extends NoticeTexts {
  readonly optional: string;
  readonly notMe: string;
  /** One more of the details, where somebody works for the controller. */
  readonly processors: NoticeDetail;
}

/** What a template's `{{placeholders}}` stand for in one shop. */
export interface NoticeFacts {
  readonly shop: string;
  readonly controller: string;
  /** Null where nobody works for the controller. */
  readonly processors: string | null;
  readonly contact: string;
  readonly regulator: string;
  readonly regulatorUrl: string;
  readonly ageOfConsent: string;
  /** With its unit, as `30 days`: how a number bends what it counts differs from language to language. */
  readonly linkTime: string;
  readonly receiptTime: string;
  readonly releaseMin: string;
}

/** A version of the text in one language, as one shop shows it. */
export interface Notice {
  readonly id: string;
  readonly version: string;
  readonly controllerId: ControllerId;
  readonly jurisdiction: string;
  /** BCP 47 tag. */
  readonly language: string;
  readonly texts: NoticeTexts;
}

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/** The texts with every placeholder filled. Throws on a placeholder that no fact answers: such a notice must not be published. */
export function renderNotice(template: NoticeTemplate, facts: NoticeFacts): NoticeTexts {
  const known = new Map<string, string | null>(Object.entries(facts));
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (_, name: string) => {
      const value = known.get(name);
      if (value === undefined || value === null) throw new Error(`No fact answers {{${name}}} in a notice.`);
      return value;
    });
  const fillDetail = ({ question, answer }: NoticeDetail): NoticeDetail => ({
    question: fill(question),
    answer: fill(answer),
  });
  return {
    title: fill(template.title),
    who: fillDetail(template.who),
    what: fillDetail(template.what),
    why: fillDetail(template.why),
    howLong: fillDetail(template.howLong),
    demographics: fillDetail(template.demographics),
    optional: fill(template.optional),
    ageQuestion: fill(template.ageQuestion),
    older: fill(template.older),
    younger: fill(template.younger),
    notMe: fill(template.notMe),
    guardianQuestion: fill(template.guardianQuestion),
    guardianAgree: fill(template.guardianAgree),
    agree: fill(template.agree),
    decline: fill(template.decline),
    details: [...template.details, ...(facts.processors === null ? [] : [template.processors])].map(
      fillDetail,
    ),
  };
}

/** SHA-256 over the canonical JSON of the notice as shown. */
export function hashNotice(notice: Notice): Sha256 {
  return sha256OfJson(notice as unknown as Json);
}
