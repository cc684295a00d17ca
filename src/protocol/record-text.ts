import { type EntryBodies, type EntryKind, type LedgerRecord, LOOK_ENDINGS } from '#ledger';
import { type IsoTime, instantFromIso, type LookId, type ReceiptId, type Sha256 } from '#values';
import { MAX_OPEN_MS, MAX_PEOPLE_IN_LOOK, MAX_RECEIPT_CHARS } from './limits.ts';

// The canonical JSON of what a visit leaves in a ledger, which is nearly all that a ledger holds. A text that fits says what its schema asks, so that
// it needs neither be parsed nor be written anew to see that it is canonical. What does not fit is for the schemas.

const ID = '[\\w-]{22}';
const HASH = '[0-9a-f]{64}';
/** All whole numbers of so many digits are safe. */
const WHOLE = '0|[1-9]\\d{0,14}';
const PEOPLE = `"${ID}"(?:,"${ID}"){0,${MAX_PEOPLE_IN_LOOK - 1}}`;
const PURPOSES = '"count"(?:,"demographics")?';
const SALT = `"salt":"(${ID})"`;

const ENTRY = new RegExp(
  `^\\{"bodyHash":"(${HASH})","kind":"([a-z-]{1,32})","previous":"(${HASH})","seq":(${WHOLE}),"time":"([\\d:.TZ-]{24})"\\}$`,
);
const RECEIPT_ISSUED = new RegExp(
  `^\\{"purposes":\\[(${PURPOSES})\\],"receipt":"([\\w-]+\\.[\\w-]+\\.[\\w-]+)","receiptId":"(${ID})",${SALT},"secretHash":"(${HASH})"\\}$`,
);
const LOOK_OPENED = new RegExp(`^\\{"lookId":"(${ID})","receiptIds":\\[(${PEOPLE})\\],${SALT}\\}$`);
const LOOK_CLOSED = new RegExp(
  `^\\{"ending":"(${LOOK_ENDINGS.join('|')})","framesRefused":(${WHOLE}),"framesSeen":(${WHOLE}),"lookId":"(${ID})",` +
    `"openMs":(null|${WHOLE}),"receiptIds":\\[(${PEOPLE})\\],${SALT}\\}$`,
);
const CONTRIBUTION = new RegExp(`^\\{"headcount":1,"lookId":"(${ID})","receiptId":"(${ID})",${SALT}\\}$`);

type Salted<Kind extends EntryKind> = EntryBodies[Kind] & { readonly salt: string };

type BodyReaders = { readonly [Kind in EntryKind]?: (text: string) => Salted<Kind> | null };

const bodyReaders: BodyReaders = {
  'receipt-issued': (text) => {
    const [, purposes = '', receipt = '', receiptId, salt = '', secretHash] = RECEIPT_ISSUED.exec(text) ?? [];
    if (receiptId === undefined || receipt.length > MAX_RECEIPT_CHARS) return null;
    return {
      purposes: purposes === '"count"' ? ['count'] : ['count', 'demographics'],
      receipt,
      receiptId: receiptId as ReceiptId,
      salt,
      secretHash: secretHash as Sha256,
    };
  },
  'look-opened': (text) => {
    const [, lookId, people = '', salt = ''] = LOOK_OPENED.exec(text) ?? [];
    const receiptIds = peopleIn(people);
    return receiptIds === null ? null : { lookId: lookId as LookId, receiptIds, salt };
  },
  'look-closed': (text) => {
    const [, ending, refused, seen, lookId, openMs, people = '', salt = ''] = LOOK_CLOSED.exec(text) ?? [];
    const receiptIds = peopleIn(people);
    if (receiptIds === null || Number(openMs) > MAX_OPEN_MS) return null;
    return {
      ending: ending as EntryBodies['look-closed']['ending'],
      framesRefused: Number(refused),
      framesSeen: Number(seen),
      lookId: lookId as LookId,
      openMs: openMs === 'null' ? null : Number(openMs),
      receiptIds,
      salt,
    };
  },
  'contribution-recorded': (text) => {
    const [, lookId, receiptId, salt = ''] = CONTRIBUTION.exec(text) ?? [];
    if (receiptId === undefined) return null;
    return { headcount: 1, lookId: lookId as LookId, receiptId: receiptId as ReceiptId, salt };
  },
};

/** Each once; null where there is none or somebody stands there twice. */
function peopleIn(text: string): readonly ReceiptId[] | null {
  if (text === '') return null;
  const ids = text.slice(1, -1).split('","') as ReceiptId[];
  return ids.length === 1 || new Set(ids).size === ids.length ? ids : null;
}

/**
 * What the canonical JSON (RFC 8785) of an entry and of its body say, or null where they are not of a visit or not as the schemas ask, which then
 * say what is wrong. Anybody may have written them.
 */
export function readRecordText(entryText: string, bodyText: string): LedgerRecord | null {
  const [, bodyHash, kind, previous, seq, time = ''] = ENTRY.exec(entryText) ?? [];
  if (kind === undefined || !Object.hasOwn(bodyReaders, kind)) return null;
  const body = bodyReaders[kind as keyof typeof bodyReaders]?.(bodyText) ?? null;
  if (body === null || instantFromIso(time) === null) return null;
  const entry = {
    bodyHash: bodyHash as Sha256,
    kind: kind as EntryKind,
    previous: previous as Sha256,
    seq: Number(seq),
    time: time as IsoTime,
  };
  return { entry, body } as LedgerRecord;
}
