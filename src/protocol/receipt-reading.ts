import type { GivenBy, Party, Purpose } from '#consent';
import {
  type ControllerId,
  type IsoTime,
  instantFromIso,
  isRandomId,
  isSha256,
  type KioskId,
  type ReceiptId,
  type Sha256,
  type ShopId,
} from '#values';
import { isLanguage, isSlug, isText } from './field-rules.ts';
import { MAX_PARTIES } from './limits.ts';
import { listIn, objectIn, oneOf, readForm, textIn } from './read-form.ts';
import { type ReceiptParticulars, readParticulars } from './receipt-particulars.ts';

/** What a receipt says, in the words of this project. */
export interface ReceiptReading {
  readonly receiptId: ReceiptId;
  readonly kioskId: KioskId;
  readonly time: IsoTime;
  readonly language: string;
  readonly purposes: readonly Purpose[];
  readonly givenBy: GivenBy;
  readonly shop: { readonly id: ShopId; readonly name: string };
  readonly controller: Party & { readonly id: ControllerId };
  readonly jointControllers: readonly Party[];
  readonly regulator: { readonly name: string; readonly url: string };
  readonly notice: {
    readonly id: string;
    readonly version: string;
    readonly language: string;
    readonly hash: Sha256;
  };
  readonly method: string;
  /** ISO 8601 durations. */
  readonly retention: { readonly link: string; readonly receipt: string };
  readonly particulars: ReceiptParticulars;
}

const DURATION = /^P\w{1,12}$/;
const MAX_STORED = 8;
/** Each purpose once at most. */
const MAX_PROCESSES = 2;
const UNTIL_EVENT = 'dpv:UntilEventDuration';
const PURPOSES = { 'askfirst:count': 'count', 'askfirst:demographics': 'demographics' } as const;
const GIVERS = { 'dpv:Consumer': 'visitor', 'dpv:Child': 'guardian' } as const;

/**
 * What the signed document of a receipt says, or null where it is not a receipt of this form. Anybody may have written it, so nothing of it is
 * trusted before it is read. Only what the project reads is looked at, so that a phone reads what its tablet wrote years ago or years from now: other
 * terms may stand in the document. What goes into a ledger is read by `readClosedReceipt`, which takes none.
 */
export function readReceiptDocument(payload: unknown): ReceiptReading | null {
  return readForm(() => {
    const document = objectIn(payload);
    oneOf(document['@type'], ['dpv:ConsentReceipt']);
    const receiptId = textIn<ReceiptId>(document['dct:identifier'], isRandomId);
    const language = textIn(document['dct:language'], isLanguage);
    const record = objectIn(document['dpv:hasRecordOfActivity']);
    oneOf(record['dpv:hasIdentifier'], [receiptId]);
    const kioskId = textIn<KioskId>(record['askfirst:kiosk'], isRandomId);
    const shop = objectIn(record['askfirst:shop']);
    const controller = objectIn(record['dpv:hasDataController']);
    const regulator = objectIn(record['dpv:hasAuthority']);
    const status = objectIn(record['dpv:hasConsentStatus']);
    const processes = listIn(record['dpv:hasProcess'], 1, MAX_PROCESSES).map(readProcess);
    return {
      receiptId,
      kioskId,
      time: textIn<IsoTime>(
        objectIn(status['dpv:isIndicatedAtTime'])['@value'],
        (text) => instantFromIso(text) !== null,
      ),
      language,
      purposes: processes.map(({ purpose }) => purpose),
      givenBy: named(GIVERS, objectIn(record['dpv:hasDataSubject'])['@type']),
      shop: {
        id: textIn<ShopId>(shop['dct:identifier'], isSlug),
        name: textIn(shop['dpv:hasName'], isText),
      },
      controller: {
        id: textIn<ControllerId>(controller['dct:identifier'], isSlug),
        ...readParty(controller),
      },
      jointControllers: readParties(record['dpv:hasJointDataControllers']),
      regulator: {
        name: textIn(regulator['dpv:hasName'], isText),
        url: textIn(regulator['dpv:hasContact'], isText),
      },
      notice: readNotice(objectIn(record['dpv:hasNotice'])),
      method: textIn(status['dpv:hasIndicationMethod'], isText),
      retention: {
        link: textIn(processes[0]?.stored.get('askfirst:LinkToCounts'), isDuration),
        receipt: textIn(processes[0]?.stored.get('askfirst:Receipt'), isDuration),
      },
      particulars: readParticulars(record),
    };
  });
}

function readNotice(notice: Readonly<Record<string, unknown>>): ReceiptReading['notice'] {
  return {
    id: textIn(notice['dct:identifier'], isText),
    version: textIn(notice['dct:hasVersion'], isText),
    language: textIn(notice['dct:language'], isLanguage),
    hash: textIn<Sha256>(notice['spdx:checksumValue'], isSha256),
  };
}

/** A purpose, and how long what it needs is kept: the first that is said of each kind of data. */
function readProcess(value: unknown): {
  readonly purpose: Purpose;
  readonly stored: ReadonlyMap<string, string | null>;
} {
  const process = objectIn(value);
  const stored = listIn(process['dpv:hasStorageCondition'], 0, MAX_STORED).map(
    (item): [string, string | null] => {
      const storage = objectIn(item);
      return [
        textIn(objectIn(storage['dpv:hasData'])['@id'], () => true),
        readLength(objectIn(storage['dpv:hasDuration'])),
      ];
    },
  );
  return {
    purpose: named(PURPOSES, objectIn(process['dpv:hasPurpose'])['@id']),
    stored: new Map(stored.reverse()),
  };
}

/** A length of time; null where an event ends it, which is only said in words. */
function readLength(length: Readonly<Record<string, unknown>>): string | null {
  if (length['@type'] !== UNTIL_EVENT) return textIn(length['@value'], isDuration);
  textIn(length['dct:description'], isText);
  return null;
}

function readParties(value: unknown): readonly Party[] {
  return value === undefined ? [] : listIn(value, 0, MAX_PARTIES).map((party) => readParty(objectIn(party)));
}

function readParty(party: Readonly<Record<string, unknown>>): Party {
  return {
    name: textIn(party['dpv:hasName'], isText),
    address: textIn(party['dpv:hasAddress'], isText),
    contact: textIn(party['dpv:hasContact'], isText),
  };
}

function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** What a word of the document is in the words of this project. */
function named<Word extends string, Meaning>(
  words: Readonly<Record<Word, Meaning>>,
  value: unknown,
): Meaning {
  return words[oneOf(value, Object.keys(words) as Word[])];
}
