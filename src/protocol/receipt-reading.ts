import { z } from 'zod';
import type { GivenBy, Party, Purpose } from '#consent';
import type { ControllerId, IsoTime, KioskId, ReceiptId, Sha256, ShopId } from '#values';
import {
  controllerIdField,
  isoTimeField,
  kioskIdField,
  languageField,
  receiptIdField,
  sha256Field,
  shopIdField,
  textField,
} from './fields.ts';
import { MAX_PARTIES } from './limits.ts';

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
}

const iri = <Id extends string>(...ids: [Id, ...Id[]]) => z.object({ '@id': z.enum(ids) });
const duration = z.object({ '@value': z.string().regex(/^P\w{1,12}$/) });
const storage = z.object({ 'dpv:hasData': z.object({ '@id': z.string() }), 'dpv:hasDuration': duration });
const party = z.object({
  'dpv:hasName': textField,
  'dpv:hasAddress': textField,
  'dpv:hasContact': textField,
});

/** Only what the project reads; other terms may stand in the document and are kept as they are. */
const documentSchema = z.object({
  '@type': z.literal('dpv:ConsentReceipt'),
  'dct:identifier': receiptIdField,
  'dct:language': languageField,
  'dpv:hasRecordOfActivity': z.object({
    'dpv:hasIdentifier': receiptIdField,
    'askfirst:kiosk': kioskIdField,
    'askfirst:shop': z.object({ 'dct:identifier': shopIdField, 'dpv:hasName': textField }),
    'dpv:hasDataSubject': z.object({ '@type': z.enum(['dpv:Consumer', 'dpv:Child']) }),
    'dpv:hasNotice': z.object({
      'dct:identifier': textField,
      'dct:hasVersion': textField,
      'dct:language': languageField,
      'spdx:checksumValue': sha256Field,
    }),
    'dpv:hasDataController': party.extend({ 'dct:identifier': controllerIdField }),
    'dpv:hasJointDataControllers': z.array(party).max(MAX_PARTIES).optional(),
    'dpv:hasAuthority': z.object({ 'dpv:hasName': textField, 'dpv:hasContact': textField }),
    'dpv:hasProcess': z
      .array(
        z.object({
          'dpv:hasPurpose': iri('askfirst:count', 'askfirst:demographics'),
          'dpv:hasStorageCondition': z.array(storage).max(8),
        }),
      )
      .min(1)
      .max(2),
    'dpv:hasConsentStatus': z.object({
      'dpv:isIndicatedAtTime': z.object({ '@value': isoTimeField }),
      'dpv:hasIndicationMethod': textField,
    }),
  }),
});

/** What the signed document of a receipt says, or null where it is not a receipt of this form. */
export function readReceiptDocument(payload: unknown): ReceiptReading | null {
  const parsed = documentSchema.safeParse(payload);
  if (!parsed.success) return null;
  const record = parsed.data['dpv:hasRecordOfActivity'];
  const storageOf = (data: string) =>
    record['dpv:hasProcess'][0]?.['dpv:hasStorageCondition'].find(
      (item) => item['dpv:hasData']['@id'] === data,
    )?.['dpv:hasDuration']['@value'];
  const link = storageOf('askfirst:LinkToCounts');
  const receipt = storageOf('askfirst:Receipt');
  if (link === undefined || receipt === undefined) return null;
  if (record['dpv:hasIdentifier'] !== parsed.data['dct:identifier']) return null;
  return {
    receiptId: parsed.data['dct:identifier'],
    kioskId: record['askfirst:kiosk'],
    time: record['dpv:hasConsentStatus']['dpv:isIndicatedAtTime']['@value'],
    language: parsed.data['dct:language'],
    purposes: record['dpv:hasProcess'].map((process) =>
      process['dpv:hasPurpose']['@id'] === 'askfirst:count' ? 'count' : 'demographics',
    ),
    givenBy: record['dpv:hasDataSubject']['@type'] === 'dpv:Child' ? 'guardian' : 'visitor',
    shop: { id: record['askfirst:shop']['dct:identifier'], name: record['askfirst:shop']['dpv:hasName'] },
    controller: {
      id: record['dpv:hasDataController']['dct:identifier'],
      ...readParty(record['dpv:hasDataController']),
    },
    jointControllers: (record['dpv:hasJointDataControllers'] ?? []).map(readParty),
    regulator: {
      name: record['dpv:hasAuthority']['dpv:hasName'],
      url: record['dpv:hasAuthority']['dpv:hasContact'],
    },
    notice: {
      id: record['dpv:hasNotice']['dct:identifier'],
      version: record['dpv:hasNotice']['dct:hasVersion'],
      language: record['dpv:hasNotice']['dct:language'],
      hash: record['dpv:hasNotice']['spdx:checksumValue'],
    },
    method: record['dpv:hasConsentStatus']['dpv:hasIndicationMethod'],
    retention: { link, receipt },
  };
}

function readParty(from: z.infer<typeof party>): Party {
  return { name: from['dpv:hasName'], address: from['dpv:hasAddress'], contact: from['dpv:hasContact'] };
}
