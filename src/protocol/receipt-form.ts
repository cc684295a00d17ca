import type { Purpose } from '#consent';
import {
  exactly,
  type Form,
  isOfForm,
  list,
  oneOf,
  record,
  series,
  seriesBegun,
  text,
} from './closed-form.ts';
import { isText } from './field-rules.ts';
import { MAX_BUTTON, MAX_PARTIES, MAX_TEXT } from './limits.ts';
import { listIn, objectIn, readForm, textIn } from './read-form.ts';
import { type ReceiptReading, readReceiptDocument } from './receipt-reading.ts';

// Whoever holds a tablet's key can sign anything as a receipt, a picture too. So what a ledger takes as a receipt holds what a receipt needs, word
// for word where the words are always the same, and nothing else. docs/ledger.md lists it for others who check.
//
// Context, legal bases and rights stand in `consent` as well: there is what receipts say now, here whatever those that are kept say. Taken from there
// they would also bring all that makes receipts into the staff screen's first page. A test holds both together, law by law.

const CONTEXT = {
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  loc: 'https://w3id.org/dpv/loc#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  'cn-pipl': 'urn:askfirst:law:cn:pipl:',
  dct: 'http://purl.org/dc/terms/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  askfirst: 'urn:askfirst:terms:',
};
const SCHEMA = 'https://w3id.org/dpv/schema/dpv-27560#';

/** What a receipt may say is kept. A kind of data that is kept from now on is added here and in docs/ledger.md. */
const KEPT = ['askfirst:FacialImage', 'askfirst:LinkToCounts', 'askfirst:Receipt', 'askfirst:AgeAndGender'];
const LEGAL_BASES = [
  'eu-gdpr:A6-1-a',
  'eu-gdpr:A9-2-a',
  'cn-pipl:A13-1',
  'cn-pipl:A29',
  'dpv:ExpressedConsent',
];
const RIGHTS: ReadonlyMap<unknown, string> = new Map(
  Object.entries({
    'eu-gdpr:A7-3': 'Withdraw consent',
    'eu-gdpr:A15': 'Access',
    'eu-gdpr:A16': 'Rectification',
    'eu-gdpr:A17': 'Erasure',
    'eu-gdpr:A18': 'Restriction of processing',
    'eu-gdpr:A20': 'Data portability',
    'eu-gdpr:A77': 'Complaint to the authority',
    'cn-pipl:A15': 'Withdraw consent',
    'cn-pipl:A44': 'Know and decide',
    'cn-pipl:A45': 'Consult, copy and transfer',
    'cn-pipl:A46': 'Correction',
    'cn-pipl:A47': 'Deletion',
    'cn-pipl:A48': 'Explanation',
    'cn-pipl:A65': 'Complaint to the authority',
    'askfirst:Withdraw': 'Withdraw consent',
    'askfirst:Read': 'Read and copy',
    'askfirst:Correct': 'Correction',
    'askfirst:Delete': 'Deletion',
    'askfirst:Complain': 'Complaint to the authority',
  }),
);

const MAX_LAWS = 10;
/** No law of ours has more. */
const BASES_OF_A_LAW = 2;
const RIGHTS_OF_A_LAW = 7;
const MAX_STORED = 8;
/** An address of a server, or of an assessment. */
const MAX_ADDRESS = 200;
/** `joint-controller-8`. */
const MAX_ROLE = 18;
/** One sentence or two about how something is kept. */
const MAX_DESCRIPTION = 300;

const words = text(MAX_TEXT);
const button = text(MAX_BUTTON);
const lengthOfTime = text('P'.length + 12, /^P(\d+[YMWD]|T\d+[HMS])$/);
const contact = { 'dpv:hasName': words, 'dpv:hasAddress': words, 'dpv:hasContact': words };
const partyOf = (type: string, role: string) =>
  record({ '@type': type, ...contact }, { 'dpv:hasIdentifier': text(MAX_ROLE, new RegExp(`^${role}-\\d$`)) });
const JOINT_CONTROLLER = partyOf('dpv:DataController', 'joint-controller');
const PROCESSOR = partyOf('dpv:DataProcessor', 'processor');
const iri = (id: Form) => record({ '@id': id });
const dateTime = (time: string) => record({ '@type': 'xsd:dateTime', '@value': time });
const duration = (length: Form) => record({ '@type': 'xsd:duration', '@value': length });
const CONTEXT_FORM = exactly(CONTEXT);
const LEGAL_BASES_FORM = list(iri(oneOf(...LEGAL_BASES)), 1, MAX_LAWS * BASES_OF_A_LAW);
const KEPT_FORM = iri(oneOf(...KEPT));

/**
 * Reads the document of a receipt as those who take it into a ledger or check one do: null where anything of it is missing, is longer than it can
 * be, or is nothing that a receipt has.
 */
export function readClosedReceipt(payload: unknown): ReceiptReading | null {
  const reading = readReceiptDocument(payload);
  const shared = reading === null ? null : readShared(payload, reading);
  return reading !== null && shared !== null && isOfForm(payload, receiptForm(reading, shared))
    ? reading
    : null;
}

/** What a receipt says more than once. */
interface Shared {
  /** Where the shop's server is found. */
  readonly address: string;
  readonly country: string;
  readonly laws: readonly string[];
}

function readShared(payload: unknown, { receiptId }: ReceiptReading): Shared | null {
  return readForm(() => {
    const content = objectIn(objectIn(payload)['dpv:hasRecordOfActivity']);
    const page = `/r/${receiptId}`;
    const [receiptUrl] = listIn(objectIn(content['dpv:hasConsentControl'])['dpv:isExercisedAt'], 1, 2);
    const jurisdiction = objectIn(content['dpv:hasJurisdiction'])['@id'];
    return {
      address: textIn(objectIn(receiptUrl)['@id'], (url) => isPage(url, page)).slice(0, -page.length),
      country: textIn(jurisdiction, (place) => /^loc:[A-Z]{2}$/.test(place)).slice('loc:'.length),
      laws: listIn(content['dpv:hasApplicableLaw'], 0, MAX_LAWS).map((law) =>
        textIn(objectIn(law)['@id'], () => true),
      ),
    };
  });
}

function isPage(url: string, page: string): boolean {
  return url.length <= MAX_ADDRESS + page.length && url.endsWith(page) && isText(url);
}

function receiptForm(reading: ReceiptReading, shared: Shared): Form {
  const { receiptId, time } = reading;
  const needed = {
    '@context': CONTEXT_FORM,
    '@type': 'dpv:ConsentReceipt',
    '@id': `urn:askfirst:receipt:${receiptId}`,
    'dct:conformsTo': iri(`${SCHEMA}receipt`),
    'dct:identifier': receiptId,
    'dct:created': dateTime(time),
    'dct:language': reading.notice.language,
    'dpv:hasRecordOfActivity': recordForm(reading, shared),
  };
  // The first receipts said each id with one of two terms.
  return record(needed, { 'dpv:hasIdentifier': receiptId });
}

function recordForm(reading: ReceiptReading, shared: Shared): Form {
  const { receiptId, time, kioskId, givenBy, purposes, controller } = reading;
  const { address, country, laws } = shared;
  const isUnderGdpr = laws.includes('eu-gdpr:GDPR');
  const receiptUrl = iri(`${address}/r/${receiptId}`);
  return record(
    {
      '@type': 'dpv:ConsentRecord',
      '@id': `urn:askfirst:record:${receiptId}`,
      'dct:conformsTo': series(
        iri(`${SCHEMA}record`),
        ...(isUnderGdpr ? [iri(`${SCHEMA}record-eu-gdpr`)] : []),
      ),
      'dpv:hasIdentifier': receiptId,
      'dct:created': dateTime(time),
      'askfirst:kiosk': kioskId,
      'askfirst:shop': record({ 'dct:identifier': reading.shop.id, 'dpv:hasName': words }),
      'dpv:hasDataSubject': record({
        '@type': givenBy === 'guardian' ? 'dpv:Child' : 'dpv:Consumer',
        'dct:identifier': receiptId,
      }),
      'dpv:hasNotice': noticeForm(reading, address),
      'dpv:hasDataController': record(
        { '@type': 'dpv:DataController', 'dct:identifier': controller.id, ...contact },
        { 'dpv:hasIdentifier': controller.id },
      ),
      'dpv:hasRecipient': seriesBegun(
        record(
          { '@type': 'dpv:DataController', 'dct:identifier': controller.id },
          { 'dpv:hasIdentifier': controller.id },
        ),
        PROCESSOR,
        MAX_PARTIES,
      ),
      'dpv:hasProcess': series(...purposes.map((purpose) => processForm(purpose, country))),
      'dpv:hasRule': rules(country),
      'dpv:hasJurisdiction': iri(`loc:${country}`),
      'dpv:hasApplicableLaw': list(iri(words), 0, MAX_LAWS),
      'dpv:hasRight': list(rightForm(receiptUrl, controller.contact), 1, MAX_LAWS * RIGHTS_OF_A_LAW),
      'dpv:hasAuthority': record(
        { '@type': 'dpv:DataProtectionAuthority', 'dpv:hasName': words, 'dpv:hasContact': words },
        { 'dpv:hasIdentifier': reading.regulator.url },
      ),
      'dpv:hasConsentStatus': statusForm(reading),
      'dpv:hasConsentControl': record({
        '@type': 'dpv:WithdrawConsent',
        'dpv:isExercisedAt': series(receiptUrl, 'the kiosk that issued this receipt'),
      }),
    },
    {
      'dct:identifier': receiptId,
      'askfirst:timeUncertainty': duration(text('PT'.length + 17 + 'S'.length, /^PT\d{1,13}(\.\d{1,3})?S$/)),
      'dpv:hasJointDataControllers': list(JOINT_CONTROLLER, 1, MAX_PARTIES),
      'dpv:hasImpactAssessment': iri(text(MAX_ADDRESS, /^https?:/i)),
    },
  );
}

function noticeForm({ notice }: ReceiptReading, address: string): Form {
  return record({
    '@id': `${address}/notices/${notice.hash}`,
    '@type': 'dpv:ConsentNotice',
    'dct:identifier': words,
    'dct:hasVersion': words,
    'dct:language': notice.language,
    'spdx:checksumAlgorithm': iri('spdx:checksumAlgorithm_sha256'),
    'spdx:checksumValue': notice.hash,
  });
}

/** What is done for one purpose. */
function processForm(purpose: Purpose, country: string): Form {
  const isCount = purpose === 'count';
  return record({
    '@type': 'dpv:Process',
    'dpv:hasPurpose': record({
      '@id': `askfirst:${purpose}`,
      '@type': 'dpv:Purpose',
      'skos:prefLabel': isCount ? 'headcount of visitors' : 'age band and gender statistics',
      'skos:broader': iri('dpv:ServiceUsageAnalytics'),
    }),
    'dpv:hasNecessity': iri(isCount ? 'dpv:Required' : 'dpv:Optional'),
    'dpv:hasLegalBasis': LEGAL_BASES_FORM,
    'dpv:hasPersonalData': isCount ? IMAGE_ALONE : ALL_DATA,
    ...HOW,
    'dpv:hasStorageCondition': list(storageForm(country), 1, MAX_STORED),
  });
}

const IMAGE = {
  '@id': 'askfirst:FacialImage',
  '@type': ['dpv:PersonalData', 'dpv:SensitivePersonalData'],
  'skos:broader': { '@id': 'pd:Picture' },
};
/** The first receipts did not say under which name both are kept. */
const guessed = (term: string) =>
  record(
    { '@id': term, '@type': 'dpv:PersonalData' },
    { 'skos:broader': exactly({ '@id': 'askfirst:AgeAndGender' }) },
  );
const IMAGE_ALONE = exactly([IMAGE]);
const ALL_DATA = series(exactly(IMAGE), guessed('pd:AgeRange'), guessed('pd:Gender'));

/** How everything is done, whatever it is for. */
const HOW = {
  'dpv:hasDataSource': exactly({
    '@type': 'dpv:DataSubjectDataSource',
    'dct:description': "camera of this kiosk, open only after the visitor's yes",
  }),
  'dpv:hasProcessing': exactly([{ '@id': 'dpv:Collect' }, { '@id': 'dpv:Analyse' }, { '@id': 'dpv:Erase' }]),
  'dpv:hasAutomationLevel': iri('dpv:FullAutomation'),
  'dpv:hasHumanInvolvement': iri('dpv:HumanNotInvolved'),
  'dpv:hasProcessingCondition': exactly({
    '@type': 'dpv:ProcessingLocation',
    'dpv:hasLocation': { '@id': 'dpv:WithinDevice' },
  }),
};

const LENGTH_FORM = oneOf(
  duration(lengthOfTime),
  record({ '@type': 'dpv:UntilEventDuration', 'dct:description': text(MAX_DESCRIPTION) }),
);

/** Where something is kept, and for how long; where no time ends it, a sentence tells what does. The first receipts had one term for both. */
function storageForm(country: string): Form {
  return record({
    '@type': oneOf(exactly(['dpv:StorageLocation', 'dpv:StorageDuration']), 'dpv:StorageCondition'),
    'dpv:hasData': KEPT_FORM,
    'dpv:hasLocation': iri(oneOf('dpv:WithinDevice', `loc:${country}`)),
    'dpv:hasDuration': LENGTH_FORM,
  });
}

function rules(country: string): Form {
  const never = (what: string, sentence: string) => ({
    '@type': 'dpv:Prohibition',
    'dpv:hasProcessing': { '@id': what },
    'dct:description': sentence,
  });
  return exactly([
    never('dpv:Transfer', `Nothing leaves ${country}.`),
    never('dpv:Share', 'No third party receives anything.'),
    never('askfirst:Recognise', 'Nobody is recognised or identified. No picture is stored or sent.'),
  ]);
}

function rightForm(receiptUrl: Form, contactOfController: string): Form {
  const isExercisedAt = series(receiptUrl, contactOfController);
  const isTypes = series('dpv:DataSubjectRight', (term) => RIGHTS.has(term));
  const isRight = record({ '@type': isTypes, 'dct:title': words, 'dpv:isExercisedAt': isExercisedAt });
  return (value) => {
    if (!isOfForm(value, isRight)) return false;
    const { '@type': types, 'dct:title': title } = value as {
      '@type': readonly string[];
      'dct:title': string;
    };
    return RIGHTS.get(types[1]) === title;
  };
}

/** The yes itself: which button, of which two, when. */
function statusForm({ givenBy, method, time, kioskId, retention }: ReceiptReading): Form {
  const needed = {
    '@type': series('dpv:ConsentGiven', 'dpv:ExpressedConsent'),
    'dpv:isIndicatedBy': iri(givenBy === 'guardian' ? 'dpv:GuardianOfDataSubject' : 'dpv:Consumer'),
    'dpv:hasIndicationMethod': (value: unknown) => {
      const label = /^tapped the button "(.*)" on the kiosk's screen$/s.exec(method)?.[1];
      return value === method && label !== undefined && isOfForm(label, button);
    },
    'dpv:isIndicatedAtTime': dateTime(time),
    'dpv:isImplementedByEntity': kioskId,
    'dpv:hasDuration': duration(retention.link),
  };
  // The first receipts did not say yet in which order both buttons stood.
  return record(needed, { 'askfirst:answersShown': record({ '@list': series(button, button) }) });
}
