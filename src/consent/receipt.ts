import type { Instant, KioskId, ReceiptId, Sha256 } from '#values';
import type { Controller, Party, Shop } from './controller.ts';
import { dateTime, duration, iri } from './json-ld.ts';
import { lawsTogether } from './laws.ts';
import type { Purpose } from './purpose.ts';
import { RECEIPT_CONTEXT } from './receipt-context.ts';
import { processesOf, prohibitions } from './receipt-processes.ts';

/** Who gave the yes: the visitor, or a parent or guardian for a child. */
export type GivenBy = 'visitor' | 'guardian';

/** What differs from one receipt to the next, and what all of a shop's share. */
export interface ReceiptFacts {
  readonly receiptId: ReceiptId;
  readonly purposes: readonly Purpose[];
  readonly givenBy: GivenBy;
  /** Corrected time of the tap. */
  readonly time: Instant;
  /** How far off that time may be. Null where the kiosk has not compared its clock since it was started or turned. */
  readonly timeUncertaintyMs: number | null;
  readonly notice: {
    readonly id: string;
    readonly version: string;
    readonly language: string;
    readonly hash: Sha256;
  };
  /** The words on the button that was tapped. */
  readonly buttonLabel: string;
  /** The words of both answers, in the order in which they stood on the screen. */
  readonly answersShown: readonly string[];
  readonly controller: Controller;
  readonly shop: Shop;
  readonly kioskId: KioskId;
  /** Where the receipt can be read and taken back: `https://host/r/{id}`, without the secret. */
  readonly receiptUrl: string;
  /** Where the notice can be read as it was shown: `https://host/notices/{hash}`. */
  readonly noticeUrl: string;
}

export type ReceiptDocument = ReturnType<typeof makeReceipt>;

const SCHEMA = 'https://w3id.org/dpv/schema/dpv-27560#';
const GDPR = 'eu-gdpr:GDPR';

/** The receipt as a JSON-LD document with the fields of ISO/IEC TS 27560:2023 in W3C DPV terms. Names no person. */
export function makeReceipt(facts: ReceiptFacts) {
  const { controller, shop, notice } = facts;
  const law = lawsTogether(controller.laws);
  return {
    '@context': RECEIPT_CONTEXT,
    '@type': 'dpv:ConsentReceipt',
    '@id': `urn:askfirst:receipt:${facts.receiptId}`,
    'dct:conformsTo': iri(`${SCHEMA}receipt`),
    // Of the two terms for an id the guide's tables and its text each name another one, for receipts and for records.
    ...identified(facts.receiptId),
    'dct:created': dateTime(facts.time),
    'dct:language': notice.language,
    'dpv:hasRecordOfActivity': {
      '@type': 'dpv:ConsentRecord',
      '@id': `urn:askfirst:record:${facts.receiptId}`,
      'dct:conformsTo': [
        iri(`${SCHEMA}record`),
        ...(controller.laws.includes(GDPR) ? [iri(`${SCHEMA}record-eu-gdpr`)] : []),
      ],
      ...identified(facts.receiptId),
      'dct:created': dateTime(facts.time),
      ...(facts.timeUncertaintyMs === null
        ? {}
        : { 'askfirst:timeUncertainty': duration(`PT${facts.timeUncertaintyMs / 1_000}S`) }),
      'askfirst:kiosk': facts.kioskId,
      'askfirst:shop': { 'dct:identifier': shop.id, 'dpv:hasName': shop.name },
      'dpv:hasDataSubject': {
        '@type': facts.givenBy === 'guardian' ? 'dpv:Child' : 'dpv:Consumer',
        'dct:identifier': facts.receiptId,
      },
      'dpv:hasNotice': {
        '@id': facts.noticeUrl,
        '@type': 'dpv:ConsentNotice',
        'dct:identifier': notice.id,
        'dct:hasVersion': notice.version,
        'dct:language': notice.language,
        'spdx:checksumAlgorithm': iri('spdx:checksumAlgorithm_sha256'),
        'spdx:checksumValue': notice.hash,
      },
      'dpv:hasDataController': {
        '@type': 'dpv:DataController',
        ...identified(controller.id),
        ...contactOf(controller),
      },
      ...(controller.jointWith === undefined || controller.jointWith.length === 0
        ? {}
        : {
            'dpv:hasJointDataControllers': controller.jointWith.map(
              named('dpv:DataController', 'joint-controller'),
            ),
          }),
      'dpv:hasRecipient': [
        { '@type': 'dpv:DataController', ...identified(controller.id) },
        ...(controller.processors ?? []).map(named('dpv:DataProcessor', 'processor')),
      ],
      'dpv:hasProcess': processesOf(facts.purposes, controller, law),
      'dpv:hasRule': prohibitions(controller),
      'dpv:hasJurisdiction': iri(`loc:${controller.country}`),
      'dpv:hasApplicableLaw': controller.laws.map(iri),
      'dpv:hasRight': law.rights.map(({ iri: id, title }) => ({
        '@type': ['dpv:DataSubjectRight', id],
        'dct:title': title,
        'dpv:isExercisedAt': [iri(facts.receiptUrl), controller.contact],
      })),
      'dpv:hasAuthority': {
        '@type': 'dpv:DataProtectionAuthority',
        'dpv:hasIdentifier': controller.regulator.url,
        'dpv:hasName': controller.regulator.name,
        'dpv:hasContact': controller.regulator.url,
      },
      ...(controller.impactAssessmentUrl === undefined
        ? {}
        : { 'dpv:hasImpactAssessment': iri(controller.impactAssessmentUrl) }),
      'dpv:hasConsentStatus': consentGiven(facts),
      'dpv:hasConsentControl': {
        '@type': 'dpv:WithdrawConsent',
        'dpv:isExercisedAt': [iri(facts.receiptUrl), 'the kiosk that issued this receipt'],
      },
    },
  } as const;
}

/** The event that this receipt is of: what state it made, who did what, when, and for how long it holds. */
function consentGiven(facts: ReceiptFacts) {
  return {
    '@type': ['dpv:ConsentGiven', 'dpv:ExpressedConsent'],
    'dpv:isIndicatedBy': iri(facts.givenBy === 'guardian' ? 'dpv:GuardianOfDataSubject' : 'dpv:Consumer'),
    'dpv:hasIndicationMethod': `tapped the button "${facts.buttonLabel}" on the kiosk's screen`,
    'askfirst:answersShown': { '@list': facts.answersShown },
    'dpv:isIndicatedAtTime': dateTime(facts.time),
    'dpv:isImplementedByEntity': facts.kioskId,
    'dpv:hasDuration': duration(`P${facts.controller.retention.linkDays}D`),
  };
}

function contactOf({ name, address, contact }: Party) {
  return { 'dpv:hasName': name, 'dpv:hasAddress': address, 'dpv:hasContact': contact };
}

/** Parties without an id of their own are told apart by their place: an id need be unique in its record alone (guide, section 8.4.2). */
function named(type: string, role: string) {
  return (party: Party, index: number) => ({
    '@type': type,
    'dpv:hasIdentifier': `${role}-${index + 1}`,
    ...contactOf(party),
  });
}

function identified<Id extends string>(id: Id) {
  return { 'dct:identifier': id, 'dpv:hasIdentifier': id } as const;
}
