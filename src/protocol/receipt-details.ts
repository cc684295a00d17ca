import { countryNameIn, formatDuration } from './fact-names.ts';
import { type FactPart, link, list, type ReceiptFact, text } from './fact-parts.ts';
import type { ReceiptReading } from './receipt-reading.ts';

export type DetailKey =
  | `facts.${'tapped' | 'shown' | 'how' | 'howBody' | 'stored' | 'passedOn' | 'noTransfer' | 'noSharing'}`
  | `facts.${'basis' | 'basisBody' | 'basisIn' | 'risks' | 'risksRead' | 'tablet' | 'clock'}`
  | `facts.storedItem.${'picture' | 'counted' | 'receipt'}`
  | `facts.law.${'gdpr' | 'pipl'}`
  | `facts.right.${'pause' | 'move' | 'explain'}`;

interface Reader {
  readonly t: (key: DetailKey, values?: Readonly<Record<string, string>>) => string;
  readonly language: string;
}

type Detail = Omit<ReceiptFact, 'isDetail'>;

/** What a receipt says besides, for whoever wants to know everything. What it does not say is not claimed. */
export function detailsInWords(
  reading: ReceiptReading,
  isCounted: boolean,
  reader: Reader,
): readonly Detail[] {
  const { t } = reader;
  const details: readonly Detail[] = [
    { name: t('facts.tapped'), parts: tapInWords(reading, reader) },
    { name: t('facts.how'), parts: wayInWords(reading, reader) },
    { name: t('facts.stored'), parts: placesInWords(reading, isCounted, reader) },
    { name: t('facts.passedOn'), parts: limitsInWords(reading, reader) },
    { name: t('facts.basis'), parts: lawInWords(reading, reader) },
    { name: t('facts.risks'), parts: risksInWords(reading, reader) },
    { name: t('facts.tablet'), parts: tabletInWords(reading, reader) },
  ];
  return details.filter(({ parts }) => parts.length > 0);
}

const TAPPED = /^tapped the button "(.*)" on the kiosk's screen$/s;

function tapInWords({ method, particulars: { answersShown } }: ReceiptReading, { t }: Reader): FactPart[] {
  return [
    text(TAPPED.exec(method)?.[1] ?? method),
    ...(answersShown.length === 0 ? [] : [text(t('facts.shown', { answers: answersShown.join(' / ') }))]),
  ];
}

/** One sentence for three promises, so all three must be in the receipt. */
function wayInWords({ particulars: { processing, ruledOut } }: ReceiptReading, { t }: Reader): FactPart[] {
  const isPromised =
    processing.includes('dpv:FullAutomation') &&
    processing.includes('dpv:HumanNotInvolved') &&
    ruledOut.includes('askfirst:Recognise');
  return isPromised ? [text(t('facts.howBody'))] : [];
}

function placesInWords(
  { particulars: { stored } }: ReceiptReading,
  isCounted: boolean,
  { t, language }: Reader,
): FactPart[] {
  const image = stored.find(({ data }) => data === 'askfirst:FacialImage');
  const receipt = stored.find(({ data }) => data === 'askfirst:Receipt');
  const country = countryOf(receipt?.place);
  const items = [
    ...(image?.place === 'dpv:WithinDevice' && image.length !== null
      ? [t('facts.storedItem.picture', { duration: formatDuration(image.length, language) })]
      : []),
    ...(country === null
      ? []
      : [
          t(isCounted ? 'facts.storedItem.counted' : 'facts.storedItem.receipt', {
            country: countryNameIn(country, language),
          }),
        ]),
  ];
  return items.length === 0 ? [] : [list(items)];
}

function countryOf(place: string | undefined): string | null {
  return /^loc:([A-Z]{2})$/.exec(place ?? '')?.[1] ?? null;
}

function limitsInWords(
  { particulars: { ruledOut, country } }: ReceiptReading,
  { t, language }: Reader,
): FactPart[] {
  const code = countryOf(country ?? undefined);
  const items = [
    ...(ruledOut.includes('dpv:Transfer') && code !== null
      ? [t('facts.noTransfer', { country: countryNameIn(code, language) })]
      : []),
    ...(ruledOut.includes('dpv:Share') ? [t('facts.noSharing')] : []),
  ];
  return items.length === 0 ? [] : [list(items)];
}

const LAWS = { 'eu-gdpr': 'gdpr', 'cn-pipl': 'pipl' } as const;
/** Beyond those that every visitor has: GDPR, Articles 18 and 20; PIPL, Articles 45 and 48. */
const RIGHTS = {
  pause: ['eu-gdpr:A18'],
  move: ['eu-gdpr:A20', 'cn-pipl:A45'],
  explain: ['cn-pipl:A48'],
} as const;

/** The basis by the articles of each law that is known, and other laws by their address. */
function lawInWords({ particulars }: ReceiptReading, { t }: Reader): FactPart[] {
  const { laws, legalBases } = particulars;
  if (legalBases.length === 0) return [];
  const known = Object.entries(LAWS).flatMap(([prefix, law]) => {
    const articles = legalBases.flatMap((basis) => articleOf(basis, prefix) ?? []);
    if (articles.length === 0) return [];
    return [text(t('facts.basisIn', { law: t(`facts.law.${law}`), articles: articles.join(', ') }))];
  });
  const isKnown = (law: string) => Object.keys(LAWS).some((prefix) => law.startsWith(`${prefix}:`));
  const others = laws.filter((law) => !isKnown(law)).map((law) => link(law, law));
  return [text(t('facts.basisBody')), ...known, ...others];
}

/** What the receipt's laws add to the rights that everybody has. */
export function addedRights({ particulars: { rights } }: ReceiptReading, { t }: Reader): FactPart[] {
  return (Object.keys(RIGHTS) as (keyof typeof RIGHTS)[])
    .filter((right) => RIGHTS[right].some((id) => rights.includes(id)))
    .map((right) => text(t(`facts.right.${right}`)));
}

/** `eu-gdpr:A6-1-a` is 6(1)(a). */
function articleOf(basis: string, law: string): string | null {
  const [, article, parts = ''] = /:A(\d+)((?:-\w+)*)$/.exec(basis) ?? [];
  if (article === undefined || !basis.startsWith(`${law}:`)) return null;
  return article + parts.replace(/-(\w+)/g, '($1)');
}

function risksInWords({ particulars: { impactAssessment } }: ReceiptReading, { t }: Reader): FactPart[] {
  return impactAssessment === null ? [] : [link(t('facts.risksRead'), impactAssessment)];
}

function tabletInWords(
  { kioskId, particulars: { clock } }: ReceiptReading,
  { t, language }: Reader,
): FactPart[] {
  return [
    text(kioskId),
    ...(clock === null ? [] : [text(t('facts.clock', { duration: formatDuration(clock, language) }))]),
  ];
}
