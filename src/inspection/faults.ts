import type { KioskId } from '#values';

/** Everything that can be wrong with an export, each with its sentence for a person. */
const SENTENCES = {
  // The lines of the file.
  'line-too-long': 'This line is longer than any line of an export can be.',
  'not-utf8': 'This line is not UTF-8 text.',
  'too-deep': 'This line holds objects within objects deeper than any line of an export does.',
  'not-json': 'This line is not JSON.',
  'not-a-line':
    'This line is not one of the lines of an export, or a field of it is missing, unknown or out of range.',
  'not-canonical': 'This line is not written in canonical form (RFC 8785).',
  'header-missing':
    'The file does not begin with the header of an export in a version that this checker knows.',
  'line-out-of-place': 'This line stands where lines of its type may not stand.',
  'too-many-lines': 'There are more lines of this type than an export can have.',
  'after-the-end': 'The file goes on after its end line.',
  'end-missing': 'The file ends without a whole end line: it was cut off, or is still being written.',
  'line-count-wrong':
    'The end line names another number of lines than the file has: lines are missing or were added.',
  'file-hash-wrong':
    'The end line names another hash than the file has: the file was changed after it was written.',
  // Who is who.
  'named-twice': 'This controller, shop, notice or kiosk stands in the file twice.',
  'controller-unknown': 'This line names a controller that the file does not describe.',
  'shop-unknown': 'This line names a shop that the file does not describe.',
  'time-zone-unknown': "The shop's time zone is none.",
  'notice-hash-wrong': "The notice's text is not the one that its hash was made of.",
  'key-unusable': "The kiosk's public key is not a point on the curve P-256.",
  // The chain.
  'too-many-entries': 'The kiosk has more entries than a ledger can have.',
  'sequence-broken':
    'The sequence number is not one more than the one before: an entry is missing, doubled or out of order.',
  'previous-hash-wrong':
    'The entry does not name the hash of the entry before it: one of the two was changed.',
  'body-hash-wrong': "The body is not the one that its entry's hash was made of: it was changed.",
  'first-entry-wrong': 'A ledger begins with the pairing of its kiosk, and this one does not.',
  'paired-twice': 'Only the first entry of a ledger may be the pairing of its kiosk.',
  'pairing-wrong':
    'The pairing names another kiosk, shop, controller or key than the kiosk of this ledger has.',
  'time-backwards': 'The entry is older than the one before it, and is no change of the clock.',
  'pruned-too-new': 'The body was taken out although an older one of its class is still there.',
  'pruned-for-nothing': 'The body was taken out although it is about nobody.',
  'first-entry-pruned': 'The first entry must keep its body.',
  // Notices and receipts.
  'notice-unknown': "The entry names a notice that the file does not hold for this kiosk's shop.",
  'notice-differs': 'The version or the language is not that of the notice whose hash is named.',
  'receipt-not-one': 'The text in the entry is not a receipt.',
  'receipt-other-key': "The receipt was signed with another key than the kiosk's.",
  'receipt-signature-wrong':
    "The receipt's signature is wrong: it was not made by the kiosk, or the receipt was changed.",
  'receipt-of-other-kiosk': 'The receipt was given by another kiosk.',
  'receipt-of-other-shop': 'The receipt names another shop or another controller.',
  'receipt-differs': 'The receipt has another id or other purposes than its entry says.',
  'receipt-without-count': 'The receipt does not allow counting, without which nothing else may be asked.',
  'receipt-demographics-of-child': 'The receipt allows age and gender for a child, which may never be.',
  'receipt-time-wrong': 'The receipt and its entry name different times.',
  'receipt-twice': 'There is a receipt with this id already.',
  // Looks.
  'look-still-open': 'The look before this one was never closed.',
  'look-not-open': 'A look is closed that was not open.',
  'look-id-twice': 'There is a look with this id already.',
  'receipt-unknown': 'The entry names a receipt that was not given before it.',
  'look-after-withdrawal': 'The camera was opened for a receipt that had been taken back.',
  'look-again':
    'The camera was opened again for a receipt, and the look before was not a first look that saw too many people.',
  'look-too-late': 'The camera was opened longer after the yes than a yes allows.',
  'look-differs': 'The look is closed with another id or other receipts than it was opened with.',
  'look-too-long': 'The camera was open longer than a look may last.',
  'look-longer-than-possible':
    'The camera is said to have been open for longer than lies between opening and closing.',
  'look-duration-wrong':
    'The time that the camera was on cannot be with this ending: only an interrupted look may leave it open, and must; none is where it did not open, and some where it counted.',
  'look-frames-wrong': 'The frames that were seen and refused cannot be with this ending.',
  // What was counted.
  'contribution-without-look':
    'Somebody was counted without a look for their receipt that had just ended in counting.',
  'contribution-twice': 'Somebody was counted twice.',
  'contribution-after-withdrawal': 'Somebody was counted after taking their yes back.',
  'withdrawn-twice': 'The same receipt was taken back twice.',
  'release-too-small': 'Ages and genders of fewer people than a release must have were let go.',
  'release-sum-wrong': "The release's numbers do not add up to its people.",
  'release-too-large':
    'Ages and genders of more people were let go than gave them, were counted and did not take it back.',
  'release-too-soon': 'Ages and genders were let go while fewer than twice as many people waited for it.',
  'tally-hour-wrong': 'The tally is of an hour that no calendar has.',
  'tally-twice': "The hour's tally was closed before.",
  'tally-too-early': "The hour's tally was closed before the hour was over.",
  // Checkpoints.
  'checkpoint-not-one': 'The text in the line is not a checkpoint.',
  'checkpoint-other-key': "The checkpoint was signed with another key than the kiosk's.",
  'checkpoint-signature-wrong':
    "The checkpoint's signature is wrong: it was not made by the kiosk, or was changed.",
  'checkpoint-of-other-kiosk': 'The checkpoint is of another kiosk.',
  'checkpoint-beyond-end':
    'The kiosk signed a checkpoint beyond the last entry: entries were cut off at the end.',
  'checkpoint-differs': 'The kiosk signed another entry with this number: the ledger was rewritten.',
} as const;

export type FaultReason = keyof typeof SENTENCES;
export const FAULT_REASONS = Object.keys(SENTENCES) as readonly FaultReason[];

/** The first thing that is wrong. Nothing after it was checked. */
export interface Fault {
  readonly ok: false;
  readonly reason: FaultReason;
  /** Line of the file, from 1. */
  readonly line: number;
  /** Whose ledger the line belongs to, and its sequence number, where it is an entry of one. */
  readonly kioskId: KioskId | null;
  readonly seq: number | null;
}

export function faultInWords(reason: FaultReason): string {
  return SENTENCES[reason];
}
