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
    'dpv:hasStorageCondition': storage(controller),
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
  return [
    image,
    { '@id': 'pd:AgeRange', '@type': 'dpv:PersonalData' },
    { '@id': 'pd:Gender', '@type': 'dpv:PersonalData' },
  ];
}

function storage({ country, retention }: Controller) {
  return [
    storedAs('askfirst:FacialImage', 'dpv:WithinDevice', IMAGE_RETENTION),
    storedAs('askfirst:LinkToCounts', `loc:${country}`, `P${retention.linkDays}D`),
    storedAs('askfirst:Receipt', `loc:${country}`, `P${retention.receiptYears}Y`),
  ];
}

function storedAs(data: string, location: string, length: string) {
  return {
    '@type': 'dpv:StorageCondition',
    'dpv:hasData': iri(data),
    'dpv:hasLocation': iri(location),
    'dpv:hasDuration': duration(length),
  };
}
