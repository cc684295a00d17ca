import {
  formatDate,
  formatDateTime,
  formatDuration,
  formatNumber,
  languageName,
  useTranslation,
} from '#i18n';
import { SUPPLIERS } from '#inspection';
import { ENTRY_KINDS } from '#ledger';
import { type Inspection, STAFF_ROLES } from '#protocol';
import { type IsoTime, instantFromIso, SECOND_MS } from '#values';
import type { Question } from './verdicts.ts';

/** Rights that people use by themselves, each where its words say. */
const RIGHTS = ['right-see', 'right-move', 'right-correct', 'right-delete'] as const;
/** The people from which on China asks for a filing: Measures for the Security Management of Facial Recognition (2025). */
const FILED_FROM = 100_000;
/** What the tests of the texts let pass (Flesch-Kincaid). */
const HIGHEST_GRADE = 6;

export interface Figure {
  readonly label: string;
  readonly value: string;
}

/** Gives the figures that stand under a question. */
export function useFigures(inspection: Inspection): (question: Question) => readonly Figure[] {
  const { t, i18n } = useTranslation('staff');
  const { language } = i18n;
  const { looks, receipts, withdrawals, releases, kiosks, notices, software, controller } = inspection;
  const number = (value: number) => formatNumber(value, language);
  const of = (part: number, whole: number) =>
    t('inspection.value.of', { part: number(part), whole: number(whole) });
  const duration = (milliseconds: number) => formatDuration(milliseconds, language);
  const list = (items: readonly string[]) =>
    items.length === 0 ? t('inspection.value.none') : new Intl.ListFormat(language).format(items);
  const timeOf = (iso: IsoTime) => {
    const known = instantFromIso(iso);
    return known === null ? iso : formatDateTime(known, language, inspection.shop.timeZone);
  };
  const longLooks = sumOfLongLooks(inspection);
  const people = (count: number) => t('inspection.value.people', { count });
  const figure = (name: FigureName, value: string): Figure => ({
    label: t(`inspection.figure.${name}`),
    value,
  });

  return (question) => {
    switch (question) {
      case 'told':
        return [
          figure('receipts', number(receipts.issued)),
          figure('notices', number(notices.filter((notice) => notice.receipts > 0).length)),
          figure('languages', list(Object.keys(receipts.byLanguage).map(languageName))),
          ...some(receipts.pruned, (count) => figure('pruned', number(count))),
        ];
      case 'plain':
        return [
          figure('in-force', number(notices.filter((notice) => notice.isInForce).length)),
          figure('grade', number(HIGHEST_GRADE)),
        ];
      case 'consent':
        return [
          figure('looks', of(looks.covered, looks.opened)),
          figure('seconds', of(inSeconds(looks.coveredMs), inSeconds(looks.cameraMs))),
          ...some(ofProblem(inspection, 'look-not-in-ledger'), (count) => figure('stray', number(count))),
          ...some(looks.byEnding.interrupted, (count) => figure('interrupted', number(count))),
          ...some(longLooks.count, (count) => figure('long-looks', number(count))),
          ...some(longLooks.milliseconds, (time) => figure('long-looks-time', duration(time))),
          ...some(looks.stillOpen, (count) => figure('still-open', number(count))),
          ...some(looks.pruned, (count) => figure('pruned', number(count))),
        ];
      case 'upload':
        return [
          figure('kinds', number(ENTRY_KINDS.length)),
          // The schemas of `protocol` are strict: what has no field cannot be sent.
          figure('pictures', t('inspection.value.none')),
        ];
      case 'suppliers':
        return [
          figure('suppliers', number(SUPPLIERS.length + controller.processors.length)),
          figure('parts', software === null ? t('inspection.value.none') : number(software.parts)),
        ];
      case 'country':
        return [
          figure('country', countryName(controller.country, language)),
          figure(
            'processors',
            controller.processors.length === 0 ? t('inspection.value.nobody') : list(controller.processors),
          ),
        ];
      case 'security':
        return [
          figure('roles', number(STAFF_ROLES.length)),
          // The server has no log of requests: addresses and ids are personal data.
          figure('request-log', t('inspection.value.none')),
        ];
      case 'operation':
        return [
          figure(
            'sealed',
            t(location.protocol === 'https:' ? 'inspection.value.sealed' : 'inspection.value.open'),
          ),
        ];
      case 'networks':
        return [figure('networks', list((software?.networks ?? []).map(bareName)))];
      case 'deletion':
        return [
          figure('withdrawn', number(withdrawals.made)),
          figure('links-cut', number(inspection.retention.done.linksCut)),
          figure('receipts-deleted', number(inspection.retention.done.receiptsDeleted)),
        ];
      case 'withdrawal': {
        const { made, effect, inLedger, ledger } = withdrawals;
        return [
          figure('withdrawn', number(made)),
          ...some(made, () => figure('timed', of(effect.timed, made))),
          ...known(effect.medianMs, (time) => figure('median', duration(time))),
          ...known(effect.longestMs, (time) => figure('longest', duration(time))),
          ...some(effect.tooLate, (count) => figure('too-late', number(count))),
          ...some(made, () => figure('in-ledger', of(inLedger, made))),
          ...known(ledger.longestMs, (time) => figure('ledger-longest', duration(time))),
        ];
      }
      case 'rights':
        return [
          ...RIGHTS.map((right) => figure(right, t(`inspection.value.${right}`))),
          figure('right-ask', controller.contact),
          figure('right-complain', controller.regulator.name),
        ];
      case 'minimum':
        return [
          figure('releases', number(releases.made)),
          figure('released-people', people(releases.people)),
          figure(
            'smallest',
            releases.smallest === null ? t('inspection.value.none') : people(releases.smallest),
          ),
        ];
      case 'refusing':
        return [
          figure('counted', number(inspection.contributions)),
          figure('declined', number(inspection.tallies.declined)),
          figure('left', number(inspection.tallies.left)),
        ];
      case 'children':
        return [
          figure('guardian', number(receipts.byGiver.guardian)),
          figure('child-demographics', number(ofProblem(inspection, 'demographics-of-child'))),
        ];
      case 'retention': {
        const { settings, lastRun, done, due } = inspection.retention;
        const next = (dates: typeof due.links) => {
          const [first] = dates;
          return first === undefined
            ? t('inspection.value.none')
            : t('inspection.value.due', {
                date: formatDate(first.date, language),
                number: number(first.count),
              });
        };
        return [
          figure('link-days', t('inspection.value.days', { count: settings.linkDays })),
          figure('receipt-years', t('inspection.value.years', { count: settings.receiptYears })),
          figure('last-run', lastRun === null ? t('inspection.value.none') : timeOf(lastRun)),
          figure('links-cut', number(done.linksCut)),
          figure('receipts-deleted', number(done.receiptsDeleted)),
          figure('waiting-deleted', number(done.waitingDeleted)),
          figure('refusals-deleted', number(done.refusalsDeleted)),
          figure('links-due', next(due.links)),
          figure('receipts-due', next(due.receipts)),
        ];
      }
      case 'filing': {
        const { shops, receiptsKept } = inspection.ofController;
        const ever = receiptsKept + inspection.retention.done.receiptsDeleted;
        return [
          figure('yes-so-far', number(receipts.issued)),
          figure('shops', number(shops)),
          figure('yes-ever', number(ever)),
          figure('passed', t(ever >= FILED_FROM ? 'inspection.value.yes' : 'inspection.value.no')),
        ];
      }
      case 'change':
        return [figure('notices', number(notices.filter((notice) => notice.receipts > 0).length))];
      case 'guess':
      case 'sale':
      case 'access':
      case 'assessment':
      case 'signs':
        return [];
      case 'records':
        return [
          figure('kiosks', number(kiosks.length)),
          figure('entries', number(kiosks.reduce((sum, { entries }) => sum + entries, 0))),
          figure(
            'signed',
            of(
              kiosks.filter(({ checkpoint }) => checkpoint?.isVerified === true).length,
              kiosks.filter(({ entries }) => entries > 0).length,
            ),
          ),
        ];
    }
  };
}

type FigureName =
  | 'receipts'
  | 'notices'
  | 'languages'
  | 'in-force'
  | 'grade'
  | 'roles'
  | 'request-log'
  | 'sealed'
  | (typeof RIGHTS)[number]
  | 'right-ask'
  | 'right-complain'
  | 'looks'
  | 'seconds'
  | 'stray'
  | 'interrupted'
  | 'long-looks'
  | 'long-looks-time'
  | 'still-open'
  | 'pruned'
  | 'kinds'
  | 'pictures'
  | 'parts'
  | 'suppliers'
  | 'country'
  | 'processors'
  | 'networks'
  | 'withdrawn'
  | 'in-ledger'
  | 'timed'
  | 'median'
  | 'longest'
  | 'too-late'
  | 'ledger-longest'
  | 'releases'
  | 'released-people'
  | 'smallest'
  | 'counted'
  | 'declined'
  | 'left'
  | 'guardian'
  | 'child-demographics'
  | 'link-days'
  | 'receipt-years'
  | 'yes-so-far'
  | 'shops'
  | 'yes-ever'
  | 'passed'
  | 'last-run'
  | 'links-cut'
  | 'receipts-deleted'
  | 'waiting-deleted'
  | 'refusals-deleted'
  | 'links-due'
  | 'receipts-due'
  | 'entries'
  | 'kiosks'
  | 'signed';

function inSeconds(milliseconds: number): number {
  return Math.round(milliseconds / (SECOND_MS / 10)) / 10;
}

/** What is nought needs no line. */
function some(count: number, show: (count: number) => Figure): readonly Figure[] {
  return count === 0 ? [] : [show(count)];
}

/** Looks of all kiosks of which only the kiosk's word says that the camera was off for most of the time until they were closed. */
function sumOfLongLooks({ notes }: Inspection): { readonly count: number; readonly milliseconds: number } {
  const noted = notes.filter(({ note }) => note === 'long-looks');
  return {
    count: noted.reduce((sum, { count }) => sum + count, 0),
    milliseconds: noted.reduce((sum, { milliseconds }) => sum + (milliseconds ?? 0), 0),
  };
}

/** What is not known needs none either. */
function known(value: number | null, show: (value: number) => Figure): readonly Figure[] {
  return value === null ? [] : [show(value)];
}

function ofProblem({ problems }: Inspection, name: Inspection['problems'][number]['problem']): number {
  return problems.filter(({ problem }) => problem === name).reduce((sum, { count }) => sum + count, 0);
}

function countryName(code: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}

/** `models/age_gender_model.bin` as `age gender model`. */
function bareName(file: string): string {
  return file
    .replace(/^.*\//, '')
    .replace(/\.\w+$/, '')
    .replaceAll('_', ' ');
}
