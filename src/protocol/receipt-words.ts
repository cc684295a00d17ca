import type { Party } from '#consent';
import { type Instant, instantFromIso } from '#values';
import { formatDuration, languageNameIn } from './fact-names.ts';
import { type FactPart, link, list, type ReceiptFact, text } from './fact-parts.ts';
import { addedRights, type DetailKey, detailsInWords } from './receipt-details.ts';
import type { ReceiptAnswer } from './receipt-page.ts';
import type { ReceiptReading } from './receipt-reading.ts';

type Contribution = Extract<ReceiptAnswer, { readonly state: 'known' }>['contribution'];

type FactKey =
  | `facts.${'yesTo' | 'guardian' | 'where' | 'when' | 'who' | 'kept' | 'notKept' | 'howLong' | 'link'}`
  | `facts.${'receipt' | 'notice' | 'noticeRead' | 'noticeVersion' | 'id' | 'rights' | 'rightsBody' | 'complaint'}`
  | `facts.purpose.${'count' | 'demographics'}`
  | `facts.keptItem.${'number' | 'noNumber' | 'demographics' | 'receipt'}`
  | `facts.notKeptItem.${'picture' | 'identity'}`
  | 'facts.ageAndGender'
  | 'facts.workers'
  | DetailKey;

/** The language of the reader: its texts, its tag, and how its readers write a moment. */
interface Reader {
  readonly t: (key: FactKey, values?: Readonly<Record<string, string>>) => string;
  readonly language: string;
  readonly formatTime: (time: Instant) => string;
}

/** A receipt in plain words, all of it. The phone's page and the page without JavaScript both show these. */
export function receiptInWords(
  reading: ReceiptReading,
  contribution: Contribution,
  reader: Reader,
): readonly ReceiptFact[] {
  const isCounted = contribution === 'counted' || contribution === 'anonymous';
  return [
    ...answersOfNotice(reading, isCounted, reader).map((fact) => ({ ...fact, isDetail: false })),
    ...detailsInWords(reading, isCounted, reader).map((fact) => ({ ...fact, isDetail: true })),
  ];
}

/** One question after another, as the notice asked them. */
function answersOfNotice(
  reading: ReceiptReading,
  isCounted: boolean,
  reader: Reader,
): readonly Omit<ReceiptFact, 'isDetail'>[] {
  const { t, language, formatTime } = reader;
  const time = instantFromIso(reading.time);
  const hasDemographics = reading.purposes.includes('demographics');
  const { processors, stored } = reading.particulars;
  const waits = isCounted && stored.some(({ data }) => data === 'askfirst:AgeAndGender');
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
        ...(waits
          ? [text(t('facts.ageAndGender', { duration: formatDuration(reading.retention.link, language) }))]
          : []),
        text(t('facts.receipt', { duration: formatDuration(reading.retention.receipt, language) })),
      ],
    },
    {
      name: t('facts.who'),
      parts: [reading.controller, ...reading.jointControllers].flatMap(partyInWords),
    },
    ...(processors.length === 0
      ? []
      : [{ name: t('facts.workers'), parts: processors.flatMap(partyInWords) }]),
    { name: t('facts.rights'), parts: [text(t('facts.rightsBody')), ...addedRights(reading, reader)] },
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

function partyInWords({ name, address, contact }: Party): readonly FactPart[] {
  return [text(name), text(address), link(contact, contact)];
}
