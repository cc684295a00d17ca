import {
  type ExportReport,
  type Fault,
  type Figures,
  faultInWords,
  type KioskReport,
  type Listed,
  legible,
  spelledOut,
} from '#inspection';
import { SECOND_MS } from '#values';

/** Said where the figure is in its order: a person reads it from top to bottom. Line by line, since a file may hold thousands of kiosks. */
export function* reportLines(file: string, report: ExportReport): Generator<string> {
  const { lines, bytes, made, controllers, shops, kiosks, total } = report;
  yield `${fileName(file)}: in order.`;
  yield `Exported ${made}, ${many(lines, 'line')}, ${many(bytes, 'byte')}.`;
  yield `Controllers: ${named(controllers)}. Shops: ${named(shops)}.`;
  for (const kiosk of kiosks) {
    yield '';
    yield* kioskLines(kiosk);
  }
  if (kiosks.length > 1) {
    yield '';
    yield `All ${kiosks.length} kiosks together:`;
    yield* figureLines(total);
  }
}

/** The path of a file as whoever named it finds it again, whatever it is called: the file may come from an attacker, and its name with it. */
export function fileName(path: string): string {
  return quoted(spelledOut(path));
}

export function faultLines(file: string, { reason, line, kioskId, seq }: Fault): string[] {
  const place = [
    `line ${line}`,
    ...(kioskId === null ? [] : [`kiosk ${kioskId}`]),
    ...(seq === null ? [] : [`entry ${seq}`]),
  ];
  return [
    `${fileName(file)}: WRONG in ${place.join(', ')}.`,
    `${faultInWords(reason)} (${reason})`,
    'Nothing after this line was checked.',
  ];
}

function kioskLines(kiosk: KioskReport): string[] {
  const { kioskId, shopId, controllerId, keyThumbprint, firstTime, lastTime, notices } = kiosk;
  return [
    `Kiosk ${kioskId} in the shop ${shopId} of ${controllerId}`,
    `  key: ${keyThumbprint} (the end of the link in each of its receipts)`,
    ...(firstTime === null ? [] : [`  from ${firstTime} to ${lastTime}`]),
    `  notices: ${inWords(notices, ({ version, language, hash }) => `version ${quoted(legible(version))} in ${language} (${hash})`)}`,
    ...figureLines(kiosk.figures),
    ...gapLines(kiosk),
  ];
}

function figureLines(figures: Figures): string[] {
  const { receiptsByPurpose: purposes, receiptsByGiver: givers, tallies, looks } = figures;
  const ended = Object.entries(looks).filter(([, count]) => count > 0);
  return [
    `  entries: ${figures.entries}`,
    `  receipts: ${figures.receipts} (to be counted ${purposes.count}, age and gender too ${purposes.demographics}; by the visitor ${givers.visitor}, by a guardian ${givers.guardian})`,
    `  looks: ${ended.map(([ending, count]) => `${ending} ${count}`).join(', ') || 'none'}`,
    `  camera open: ${figures.cameraMs / SECOND_MS} seconds${looks.interrupted === 0 ? '' : `, and for an unknown time in ${many(looks.interrupted, 'interrupted look')}`}`,
    `  contributions: ${figures.contributions}; taken back: ${many(figures.withdrawn, 'receipt')}; counted now: ${figures.countedNow}`,
    `  ages and genders released: of ${many(figures.releasedPeople, 'person', 'people')} in ${many(figures.releases, 'release')}`,
    `  tallies: ${many(tallies.closed, 'hour')}, ${tallies.declined} said no, ${tallies.left} left`,
    ...(figures.clockChanges === 0 ? [] : [`  clock changed: ${many(figures.clockChanges, 'time')}`]),
    ...(figures.pruned === 0
      ? []
      : [
          `  pruned: ${many(figures.pruned, 'body', 'bodies')}; not checkable any more: ${many(figures.notCheckable, 'later entry', 'later entries')}`,
        ]),
  ];
}

function gapLines(kiosk: KioskReport): string[] {
  const { figures, gaps, newestCheckpoint, entriesAfterCheckpoint, prunedUntil } = kiosk;
  const words = {
    'no-entries': 'The ledger is empty.',
    'look-open-at-end':
      'The ledger ends while the camera is open: it was exported just then, or what came after is missing.',
    'look-late-and-interrupted': `${many(figures.lateInterrupted, 'look was', 'looks were')} opened after the yes had run out, and then interrupted: that the camera stayed shut is not proven.`,
    'long-looks': `${many(figures.longLooks, 'look has', 'looks have')} more than 2 minutes between opening and closing, ${figures.longLooksMs / SECOND_MS} seconds together: that the camera was on for only a part of that is the kiosk's word alone.`,
    'no-checkpoint': 'No checkpoint is in the file, so entries cut off at the end would not show.',
    'entries-after-checkpoint': `${many(entriesAfterCheckpoint, 'entry', 'entries')} after the newest checkpoint: a cut among them would not show.`,
  } as const;
  return [
    ...(prunedUntil === null ? [] : [`  pruned until: ${prunedUntil}`]),
    ...(newestCheckpoint === null
      ? []
      : [`  newest checkpoint: entry ${newestCheckpoint.seq}, signed ${newestCheckpoint.time}`]),
    ...gaps.map((gap) => `  NOTE: ${words[gap]}`),
  ];
}

function named(all: Listed<{ readonly name: string }>): string {
  return inWords(all, ({ name }) => quoted(legible(name)));
}

function inWords<Item>({ first, more }: Listed<Item>, word: (item: Item) => string): string {
  return [...first.map(word), ...(more === 0 ? [] : [`and ${more} more`])].join(', ') || 'none';
}

/** So that what a file says of itself is never taken for what we say of it. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}

function many(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
