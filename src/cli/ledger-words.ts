import {
  type ExportReport,
  type Fact,
  type FactName,
  type Fault,
  faultInWords,
  figureFacts,
  fileFacts,
  type Gap,
  type KioskReport,
  kioskFacts,
  type Listed,
  legible,
  sizeOfGap,
  spelledOut,
} from '#inspection';

/** Line by line, since a file may hold thousands of kiosks. */
export function* reportLines(file: string, report: ExportReport): Generator<string> {
  const { kiosks, total } = report;
  yield `${fileName(file)}: in order.`;
  yield* fileFacts(report).flatMap(factLines);
  for (const kiosk of kiosks) {
    yield '';
    yield `Kiosk ${kiosk.kioskId}`;
    yield* kioskFacts(kiosk).flatMap(factLines);
    yield* kiosk.gaps.map((gap) => `  NOTE: ${gapInWords(gap, kiosk)}`);
  }
  if (kiosks.length > 1) {
    yield '';
    yield `All ${kiosks.length} kiosks together`;
    yield* figureFacts(total).flatMap(factLines);
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

const LABELS: Readonly<Record<FactName, string>> = {
  made: 'made',
  lines: 'lines',
  bytes: 'bytes',
  controllers: 'controllers',
  shops: 'shops',
  shop: 'shop',
  controller: 'controller',
  key: 'key (the end of the link in each of its receipts)',
  from: 'from',
  to: 'to',
  notices: 'notices',
  entries: 'entries',
  receipts: 'receipts',
  purposeCount: 'receipts to be counted',
  demographics: 'receipts for age and gender too',
  visitor: 'receipts by the visitor',
  guardian: 'receipts by a guardian',
  looks: 'looks',
  endings: 'looks by how they ended',
  looksPruned: 'looks whose ending is pruned',
  seconds: 'camera open',
  interrupted: 'looks interrupted, for which nobody knows how long it was open',
  lateInterrupted: 'of these, opened when the yes had run out',
  longLooks: 'looks with more than 2 minutes between opening and closing',
  longSeconds: 'time between the two, together',
  contributions: 'counted',
  withdrawn: 'receipts taken back',
  countedNow: 'counted now',
  releases: 'releases of ages and genders',
  releasedPeople: 'people in them',
  hours: 'hours with a tally',
  declined: 'said no',
  left: 'left without answering',
  clockChanges: 'changes of the clock',
  linksPruned: 'links to the counts pruned',
  linksPrunedUntil: 'links pruned until',
  receiptsPruned: 'entries of receipts and looks pruned',
  receiptsPrunedUntil: 'receipts and looks pruned until',
  notCheckable: 'entries that refer to what is pruned and cannot be checked any more',
  checkpoint: 'newest checkpoint',
  afterCheckpoint: 'entries after it',
};

function factLines(fact: Fact): string[] {
  const label = `  ${LABELS[fact.name]}:`;
  const [first = '', ...more] = wordsOf(fact);
  return more.length === 0
    ? [`${label} ${first}`]
    : [label, ...[first, ...more].map((word) => `    ${word}`)];
}

/** What a fact says, in several lines where that is several things. */
function wordsOf(fact: Fact): readonly string[] {
  switch (fact.kind) {
    case 'number':
      return [String(fact.number)];
    case 'seconds':
      return [`${fact.seconds} seconds`];
    case 'time':
      return [fact.time];
    case 'id':
      return [fact.id];
    case 'names':
      return inWords(fact.names, ({ id, name }) => `${quoted(legible(name))} (${id})`);
    case 'notices':
      return inWords(
        fact.notices,
        ({ version, language, hash }) => `version ${quoted(legible(version))} in ${language} (${hash})`,
      );
    case 'endings':
      return [fact.endings.map(({ ending, count }) => `${ending} ${count}`).join(', ') || 'none'];
    case 'checkpoint':
      return [`entry ${fact.checkpoint.seq}, signed ${fact.checkpoint.time}`];
  }
}

function inWords<Item>({ first, more }: Listed<Item>, word: (item: Item) => string): readonly string[] {
  const words = [...first.map(word), ...(more === 0 ? [] : [`and ${more} more`])];
  return words.length === 0 ? ['none'] : words;
}

function gapInWords(gap: Gap, kiosk: KioskReport): string {
  const { count, seconds } = sizeOfGap(gap, kiosk);
  const words: Readonly<Record<Gap, string>> = {
    'no-entries': 'The ledger is empty.',
    'look-open-at-end':
      'The ledger ends while the camera is open: it was exported just then, or what came after is missing.',
    'look-late-and-interrupted': `${many(count, 'look was', 'looks were')} opened after the yes had run out, and then interrupted: that the camera stayed shut is not proven.`,
    'long-looks': `${many(count, 'look has', 'looks have')} more than 2 minutes between opening and closing, ${seconds} seconds together: that the camera was on for only a part of that is the kiosk's word alone.`,
    'no-checkpoint': 'No checkpoint is in the file, so entries cut off at the end would not show.',
    'entries-after-checkpoint': `${many(count, 'entry', 'entries')} after the newest checkpoint: a cut among them would not show.`,
  };
  return words[gap];
}

/** So that what a file says of itself is never taken for what we say of it. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}

function many(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
