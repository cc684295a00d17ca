import type { Controller } from './controller.ts';
import { duration, iri } from './json-ld.ts';
import type { Law } from './laws.ts';
import type { Purpose } from './purpose.ts';

/** The longest that the camera is open, and with it the picture there. */
const IMAGE_RETENTION = 'PT20S';

/** What is done for each purpose that was agreed to, with all that ISO/IEC TS 27560 asks of it: a `dpv:Process` each. */
export function processesOf(purposes: readonly Purpose[], controller: Controller, law: Law) {
  return purposes.map((purpose) => ({
    '@type': 'dpv:Process',
    'dpv:hasPurpose': purposeTerm(purpose),
    'dpv:hasNecessity': iri(purpose === 'count' ? 'dpv:Required' : 'dpv:Optional'),
    'dpv:hasLegalBasis': law.legalBases.map(iri),
    'dpv:hasPersonalData': personalData(purpose),
    'dpv:hasDataSource': {
      '@type': 'dpv:DataSubjectDataSource',
      'dct:description': "camera of this kiosk, open only after the visitor's yes",
    },
    'dpv:hasProcessing': ['dpv:Collect', 'dpv:Analyse', 'dpv:Erase'].map(iri),
    'dpv:hasAutomationLevel': iri('dpv:FullAutomation'),
    'dpv:hasHumanInvolvement': iri('dpv:HumanNotInvolved'),
    'dpv:hasProcessingCondition': {
      '@type': 'dpv:ProcessingLocation',
      'dpv:hasLocation': iri('dpv:WithinDevice'),
    },
    'dpv:hasStorageCondition': storage(purpose, controller),
  }));
}

/** What no process of ours does, whatever the purpose. */
export function prohibitions(controller: Controller) {
  return [
    {
      '@type': 'dpv:Prohibition',
      'dpv:hasProcessing': iri('dpv:Transfer'),
      'dct:description': `Nothing leaves ${controller.country}.`,
    },
    {
      '@type': 'dpv:Prohibition',
      'dpv:hasProcessing': iri('dpv:Share'),
      'dct:description': 'No third party receives anything.',
    },
    {
      '@type': 'dpv:Prohibition',
      'dpv:hasProcessing': iri('askfirst:Recognise'),
      'dct:description': 'Nobody is recognised or identified. No picture is stored or sent.',
    },
  ];
}

function purposeTerm(purpose: Purpose) {
  const title = purpose === 'count' ? 'headcount of visitors' : 'age band and gender statistics';
  return {
    '@id': `askfirst:${purpose}`,
    '@type': 'dpv:Purpose',
    'skos:prefLabel': title,
    'skos:broader': iri('dpv:ServiceUsageAnalytics'),
  } as const;
}

/** Under GDPR and PIPL a face is sensitive, so it is flagged although it is gone within seconds. */
function personalData(purpose: Purpose) {
  const image = {
    '@id': 'askfirst:FacialImage',
    '@type': ['dpv:PersonalData', 'dpv:SensitivePersonalData'],
    'skos:broader': iri('pd:Picture'),
  };
  if (purpose === 'count') return [image];
  const guessed = { '@type': 'dpv:PersonalData', 'skos:broader': iri(AGE_AND_GENDER) };
  return [image, { '@id': 'pd:AgeRange', ...guessed }, { '@id': 'pd:Gender', ...guessed }];
}

/** The two are guessed, kept and added up together. */
const AGE_AND_GENDER = 'askfirst:AgeAndGender';

function storage(purpose: Purpose, { country, retention }: Controller) {
  return [
    stored('askfirst:FacialImage', 'dpv:WithinDevice', duration(IMAGE_RETENTION)),
    ...(purpose === 'demographics'
      ? [stored(AGE_AND_GENDER, 'dpv:WithinDevice', untilAddedUp(retention.linkDays))]
      : []),
    stored('askfirst:LinkToCounts', `loc:${country}`, duration(`P${retention.linkDays}D`)),
    stored('askfirst:Receipt', `loc:${country}`, duration(`P${retention.receiptYears}Y`)),
  ];
}

function stored<Length>(data: string, location: string, length: Length) {
  return {
    '@type': ['dpv:StorageLocation', 'dpv:StorageDuration'],
    'dpv:hasData': iri(data),
    'dpv:hasLocation': iri(location),
    'dpv:hasDuration': length,
  };
}

/** A date would force a sum over few people, which would tell about each of them. So the end is an event, and the receipt says which. */
function untilAddedUp(linkDays: number) {
  return {
    '@type': 'dpv:UntilEventDuration',
    'dct:description':
      'Waits on this tablet until it can be added up with those of at least as many people as the notice says. That has no fixed end. ' +
      `For ${linkDays} ${linkDays === 1 ? 'day' : 'days'} the tablet knows that it belongs to this receipt and can take it out again, after that no more.`,
  } as const;
}
