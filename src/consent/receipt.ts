import { type Instant, type KioskId, type ReceiptId, type Sha256, toIso } from '#values';
import type { Controller, Shop } from './controller.ts';
import type { Purpose } from './purpose.ts';
import { RECEIPT_CONTEXT } from './receipt-context.ts';

/** Who gave the yes: the visitor, or a parent or guardian for a child. */
export type GivenBy = 'visitor' | 'guardian';

/** What differs from one receipt to the next, and what all of a shop's share. */
export interface ReceiptFacts {
  readonly receiptId: ReceiptId;
  readonly purposes: readonly Purpose[];
  readonly givenBy: GivenBy;
  /** Corrected time of the tap. */
  readonly time: Instant;
  /** How far off that time may be. Null where the kiosk has never been able to compare its clock. */
  readonly timeUncertaintyMs: number | null;
  readonly notice: {
    readonly id: string;
    readonly version: string;
    readonly language: string;
    readonly hash: Sha256;
  };
  /** The words on the button that was tapped. */
  readonly buttonLabel: string;
  readonly controller: Controller;
  readonly shop: Shop;
  readonly kioskId: KioskId;
  /** Where the receipt can be read and taken back: `https://host/r/{id}`, without the secret. */
  readonly receiptUrl: string;
}

export type ReceiptDocument = ReturnType<typeof makeReceipt>;

const IMAGE_RETENTION = 'PT20S';

/** The receipt as a JSON-LD document with the fields of ISO/IEC TS 27560:2023 in W3C DPV terms. Names no person. */
export function makeReceipt(facts: ReceiptFacts) {
  const { controller, shop, notice } = facts;
  const underGdpr = controller.laws.includes('eu-gdpr:GDPR');
  const linkDuration = `P${controller.retention.linkDays}D`;
  const receiptDuration = `P${controller.retention.receiptYears}Y`;
  const subjectType = facts.givenBy === 'guardian' ? 'dpv:Child' : 'dpv:Consumer';
  return {
    '@context': RECEIPT_CONTEXT,
    '@type': 'dpv:ConsentReceipt',
    '@id': `urn:askfirst:receipt:${facts.receiptId}`,
    'dct:conformsTo': iri('https://w3id.org/dpv/schema/dpv-27560#receipt'),
    'dct:identifier': facts.receiptId,
    'dct:created': time(facts.time),
    'dct:language': notice.language,
    'dpv:hasRecordOfActivity': {
      '@type': 'dpv:ConsentRecord',
      '@id': `urn:askfirst:record:${facts.receiptId}`,
      'dct:conformsTo': [
        iri('https://w3id.org/dpv/schema/dpv-27560#record'),
        ...(underGdpr ? [iri('https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr')] : []),
      ],
      'dpv:hasIdentifier': facts.receiptId,
      'dct:created': time(facts.time),
      'askfirst:timeUncertaintyMs': facts.timeUncertaintyMs,
      'askfirst:kiosk': facts.kioskId,
      'askfirst:shop': { 'dct:identifier': shop.id, 'schema:name': shop.name },
      'dpv:hasDataSubject': { '@type': subjectType, 'dct:identifier': facts.receiptId },
      'dpv:hasNotice': {
        '@type': 'dpv:ConsentNotice',
        'dct:identifier': notice.id,
        'dct:hasVersion': notice.version,
        'dct:language': notice.language,
        'spdx:checksumValue': notice.hash,
      },
      'dpv:hasDataController': {
        '@type': 'dpv:DataController',
        'dct:identifier': controller.id,
        'schema:name': controller.name,
        'dpv:hasAddress': controller.address,
        'dpv:hasContact': controller.contact,
      },
      'dpv:hasRecipient': { '@type': 'dpv:DataController', 'dct:identifier': controller.id },
      'dpv:hasJurisdiction': iri(`loc:${controller.country}`),
      'dpv:hasApplicableLaw': controller.laws.map(iri),
      'dpv:hasAuthority': {
        '@type': 'dpv:DataProtectionAuthority',
        'schema:name': controller.regulator.name,
        'schema:url': controller.regulator.url,
      },
      'dpv:hasProcess': facts.purposes.map((purpose) => ({
        '@type': 'dpv:Process',
        'dpv:hasPurpose': purposeTerm(purpose),
        'dpv:hasLegalBasis': underGdpr
          ? [iri('eu-gdpr:A6-1-a'), iri('eu-gdpr:A9-2-a')]
          : [iri('dpv:ExpressedConsent')],
        'dpv:hasPersonalData': personalData(purpose),
        'dpv:hasDataSource': 'camera of this kiosk, only after the yes',
        'dpv:hasProcessing': [iri('dpv:Collect'), iri('dpv:Analyse'), iri('dpv:Erase')],
        'dpv:hasStorageCondition': [
          {
            '@type': 'dpv:StorageCondition',
            'dpv:hasData': iri('pd:FacialImage'),
            'dpv:hasLocation': iri('dpv:WithinDevice'),
            'dpv:hasDuration': duration(IMAGE_RETENTION),
          },
          {
            '@type': 'dpv:StorageCondition',
            'dpv:hasData': iri('askfirst:LinkToCounts'),
            'dpv:hasLocation': iri(`loc:${controller.country}`),
            'dpv:hasDuration': duration(linkDuration),
          },
          {
            '@type': 'dpv:StorageCondition',
            'dpv:hasData': iri('askfirst:Receipt'),
            'dpv:hasLocation': iri(`loc:${controller.country}`),
            'dpv:hasDuration': duration(receiptDuration),
          },
        ],
      })),
      'dpv:hasConsentStatus': [iri('dpv:ConsentGiven'), iri('dpv:ExpressedConsent')],
      'dpv:isIndicatedBy':
        facts.givenBy === 'guardian' ? iri('dpv:GuardianOfDataSubject') : iri('dpv:Consumer'),
      'dpv:hasIndicationMethod': `tapped the button "${facts.buttonLabel}" on the kiosk's screen`,
      'dpv:isIndicatedAtTime': time(facts.time),
      'dpv:hasConsentControl': {
        '@type': 'dpv:WithdrawConsent',
        'dpv:isExercisedAt': [iri(facts.receiptUrl), 'the kiosk that issued this receipt'],
      },
    },
  } as const;
}

function purposeTerm(purpose: Purpose) {
  return purpose === 'count'
    ? {
        '@id': 'askfirst:count',
        'skos:prefLabel': 'headcount of visitors',
        'skos:broader': iri('dpv:ServiceUsageAnalytics'),
      }
    : {
        '@id': 'askfirst:demographics',
        'skos:prefLabel': 'age band and gender statistics',
        'skos:broader': iri('dpv:ServiceUsageAnalytics'),
      };
}

function personalData(purpose: Purpose) {
  const image = { '@id': 'pd:FacialImage', '@type': 'dpv:SensitivePersonalData' };
  if (purpose === 'count') return [image];
  return [
    image,
    { '@id': 'pd:AgeRange', '@type': 'dpv:PersonalData' },
    { '@id': 'pd:Gender', '@type': 'dpv:PersonalData' },
  ];
}

function iri(id: string) {
  return { '@id': id };
}

function time(at: Instant) {
  return { '@type': 'xsd:dateTime', '@value': toIso(at) };
}

function duration(length: string) {
  return { '@type': 'xsd:duration', '@value': length };
}
