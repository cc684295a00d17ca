import { formatUnit, type Instant, instantFromIso } from '#values';
import type { ReceiptAnswer } from './receipt-page.ts';
import type { ReceiptReading } from './receipt-reading.ts';

type Contribution = Extract<ReceiptAnswer, { readonly state: 'known' }>['contribution'];

/** A question that a receipt answers, with its answer in plain words. */
export interface ReceiptFact {
  readonly name: string;
  readonly parts: readonly FactPart[];
}

export type FactPart =
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  /** Without an address where what was written is none that may be followed. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string | null; readonly isOurs: boolean };

type FactKey =
  | `facts.${'yesTo' | 'guardian' | 'where' | 'when' | 'who' | 'kept' | 'notKept' | 'howLong' | 'link'}`
  | `facts.${'receipt' | 'notice' | 'noticeRead' | 'noticeVersion' | 'id' | 'rights' | 'rightsBody' | 'complaint'}`
  | `facts.purpose.${'count' | 'demographics'}`
  | `facts.keptItem.${'number' | 'noNumber' | 'demographics' | 'receipt'}`
  | `facts.notKeptItem.${'picture' | 'identity'}`;

/** The language of the reader: its texts, its tag, and how its readers write a moment. */
interface Reader {
  readonly t: (key: FactKey, values?: Readonly<Record<string, string>>) => string;
  readonly language: string;
  readonly formatTime: (time: Instant) => string;
}

/** A receipt in plain words: one question after another, as the notice asked them. The phone's page and the page without JavaScript both show these. */
export function receiptInWords(
  reading: ReceiptReading,
  contribution: Contribution,
  { t, language, formatTime }: Reader,
): readonly ReceiptFact[] {
  const time = instantFromIso(reading.time);
  const isCounted = contribution === 'counted' || contribution === 'anonymous';
  const hasDemographics = reading.purposes.includes('demographics');
  const parties = [reading.controller, ...reading.jointControllers];
  return [
    {
      name: t('facts.yesTo'),
      parts: [
        list(reading.purposes.map((purpose) => t(`facts.purpose.${purpose}`))),
        ...(reading.givenBy === 'guardian' ? [text(t('facts.guardian'))] : []),
      ],
    },
    { name: t('facts.where'), parts: [text(reading.shop.name)] },
    { name: t('facts.when'), parts: [text(time === null ? reading.time : formatTime(time))] },
    {
      name: t('facts.kept'),
      parts: [
        list([
          isCounted ? t('facts.keptItem.number') : t('facts.keptItem.noNumber'),
          ...(isCounted && hasDemographics ? [t('facts.keptItem.demographics')] : []),
          t('facts.keptItem.receipt'),
        ]),
      ],
    },
    {
      name: t('facts.notKept'),
      parts: [list([t('facts.notKeptItem.picture'), t('facts.notKeptItem.identity')])],
    },
    {
      name: t('facts.howLong'),
      parts: [
        ...(isCounted
          ? [text(t('facts.link', { duration: formatDuration(reading.retention.link, language) }))]
          : []),
        text(t('facts.receipt', { duration: formatDuration(reading.retention.receipt, language) })),
      ],
    },
    {
      name: t('facts.who'),
      parts: parties.flatMap(({ name, address, contact }) => [
        text(name),
        text(address),
        link(contact, contact),
      ]),
    },
    { name: t('facts.rights'), parts: [text(t('facts.rightsBody'))] },
    { name: t('facts.complaint'), parts: [link(reading.regulator.name, reading.regulator.url)] },
    {
      name: t('facts.notice'),
      parts: [
        text(
          t('facts.noticeVersion', {
            language: languageNameIn(reading.notice.language, language),
            version: reading.notice.version,
          }),
        ),
        { kind: 'link', text: t('facts.noticeRead'), href: `/notices/${reading.notice.hash}`, isOurs: true },
      ],
    },
    { name: t('facts.id'), parts: [text(reading.receiptId)] },
  ];
}

const list = (items: readonly string[]): FactPart => ({ kind: 'list', items });
const text = (words: string): FactPart => ({ kind: 'text', text: words });
const link = (words: string, contact: string): FactPart => ({
  kind: 'link',
  text: words,
  href: addressOf(contact),
  isOurs: false,
});

const MAIL_ADDRESS = /^[^\s@:/?]+@[^\s@:/?]+$/;

/** Where a contact of a receipt leads: only a mail or web address is followed, since others wrote it. */
export function addressOf(contact: string): string | null {
  if (MAIL_ADDRESS.test(contact)) return `mailto:${contact}`;
  return /^https?:\/\//.test(contact) ? contact : null;
}

const UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const;

/** An ISO 8601 duration of one part, as `P30D`, in words. What is written otherwise is shown as it is written. */
export function formatDuration(duration: string, language: string): string {
  const [, amount, letter] = /^P(\d{1,4})([YMWD])$/.exec(duration) ?? [];
  if (amount === undefined || letter === undefined) return duration;
  return formatUnit(Number(amount), UNITS[letter as keyof typeof UNITS], language);
}

/** A language's name in another one, as `英语`. A tag that names no language is shown as it stands: receipts are written by others. */
export function languageNameIn(tag: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
