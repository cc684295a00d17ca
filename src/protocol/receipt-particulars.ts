import type { Party } from '#consent';
import { isText } from './field-rules.ts';
import { MAX_PARTIES } from './limits.ts';
import { listIn, objectIn, oneOf, readForm, textIn } from './read-form.ts';

/**
 * What a receipt says besides what counts and checks go by, for people who want to know all of it. Terms stand as in the document, since which laws
 * there are is not ours to close. What is not there, or of another form, is left empty: no claim is then made for it.
 */
export interface ReceiptParticulars {
  /** In the order in which they stood on the screen. */
  readonly answersShown: readonly string[];
  readonly processors: readonly Party[];
  readonly laws: readonly string[];
  readonly legalBases: readonly string[];
  readonly rights: readonly string[];
  /** What is never done, as `dpv:Transfer`. */
  readonly ruledOut: readonly string[];
  /** How the data are got and worked on, as `dpv:FullAutomation`. */
  readonly processing: readonly string[];
  readonly stored: readonly Stored[];
  /** Whose law applies, as `loc:IE`. */
  readonly country: string | null;
  readonly impactAssessment: string | null;
  /** How far off the tablet's clock may have been: an ISO 8601 duration. */
  readonly clock: string | null;
}

interface Stored {
  readonly data: string;
  readonly place: string;
  /** An ISO 8601 duration, or null where an event ends it. */
  readonly length: string | null;
}

type Form = Readonly<Record<string, unknown>>;

const MAX_MEMBERS = 32;

export function readParticulars(record: Form): ReceiptParticulars {
  const processes = objectsIn(record['dpv:hasProcess']);
  const first = (values: readonly string[]): string | null => values[0] ?? null;
  return {
    answersShown: objectsIn(record['dpv:hasConsentStatus']).flatMap((event) =>
      objectsIn(event['askfirst:answersShown']).flatMap((shown) => textsIn(shown['@list'])),
    ),
    processors: objectsIn(record['dpv:hasRecipient']).flatMap(readProcessor).slice(0, MAX_PARTIES),
    laws: idsIn(record['dpv:hasApplicableLaw']),
    legalBases: together(processes, (process) => idsIn(process['dpv:hasLegalBasis'])),
    rights: together(objectsIn(record['dpv:hasRight']), (right) => textsIn(right['@type'])),
    ruledOut: together(objectsIn(record['dpv:hasRule']), readProhibition),
    processing: together(processes, (process) => [
      ...idsIn(process['dpv:hasAutomationLevel']),
      ...idsIn(process['dpv:hasHumanInvolvement']),
    ]),
    stored: processes.flatMap((process) => objectsIn(process['dpv:hasStorageCondition']).flatMap(readStored)),
    country: first(idsIn(record['dpv:hasJurisdiction'])),
    impactAssessment: first(idsIn(record['dpv:hasImpactAssessment'])),
    clock: first(
      objectsIn(record['askfirst:timeUncertainty']).flatMap((length) => textsIn(length['@value'])),
    ),
  };
}

function readProcessor(recipient: Form): readonly Party[] {
  const party = readForm(() => {
    oneOf(recipient['@type'], ['dpv:DataProcessor']);
    return {
      name: textIn(recipient['dpv:hasName'], isText),
      address: textIn(recipient['dpv:hasAddress'], isText),
      contact: textIn(recipient['dpv:hasContact'], isText),
    };
  });
  return party === null ? [] : [party];
}

function readProhibition(rule: Form): readonly string[] {
  return rule['@type'] === 'dpv:Prohibition' ? idsIn(rule['dpv:hasProcessing']) : [];
}

function readStored(condition: Form): readonly Stored[] {
  const [data] = idsIn(condition['dpv:hasData']);
  const [place] = idsIn(condition['dpv:hasLocation']);
  const [length = null] = objectsIn(condition['dpv:hasDuration']).flatMap((one) => textsIn(one['@value']));
  return data === undefined || place === undefined ? [] : [{ data, place, length }];
}

/** JSON-LD writes one value as it is and several as a list. */
function membersOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : (readForm(() => listIn(value, 0, MAX_MEMBERS)) ?? [value]);
}

function objectsIn(value: unknown): readonly Form[] {
  return membersOf(value).flatMap((member) => readForm(() => [objectIn(member)]) ?? []);
}

function textsIn(value: unknown): readonly string[] {
  return membersOf(value).flatMap((member) => readForm(() => [textIn(member, isText)]) ?? []);
}

function idsIn(value: unknown): readonly string[] {
  return objectsIn(value).flatMap((member) => textsIn(member['@id']));
}

/** What several of them say, each thing once. */
function together<One>(ones: readonly One[], says: (one: One) => readonly string[]): readonly string[] {
  return [...new Set(ones.flatMap(says))];
}
