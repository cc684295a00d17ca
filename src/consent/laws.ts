/** A right under a law, as DPV names it or, where DPV has no term, as we do. */
interface RightInLaw {
  readonly iri: string;
  readonly title: string;
}

/** What a receipt says of a law: its legal bases for what we do, and the rights that it gives. */
export interface Law {
  readonly legalBases: readonly string[];
  readonly rights: readonly RightInLaw[];
}

const right = (iri: string, title: string): RightInLaw => ({ iri, title });

/** Terms of https://w3id.org/dpv/legal/eu/gdpr. */
const GDPR: Law = {
  legalBases: ['eu-gdpr:A6-1-a', 'eu-gdpr:A9-2-a'],
  rights: [
    right('eu-gdpr:A7-3', 'Withdraw consent'),
    right('eu-gdpr:A15', 'Access'),
    right('eu-gdpr:A16', 'Rectification'),
    right('eu-gdpr:A17', 'Erasure'),
    right('eu-gdpr:A18', 'Restriction of processing'),
    right('eu-gdpr:A20', 'Data portability'),
    right('eu-gdpr:A77', 'Complaint to the authority'),
  ],
};

/** Personal Information Protection Law of the People's Republic of China; DPV has no terms for it yet. */
const PIPL: Law = {
  legalBases: ['cn-pipl:A13-1', 'cn-pipl:A29'],
  rights: [
    right('cn-pipl:A15', 'Withdraw consent'),
    right('cn-pipl:A44', 'Know and decide'),
    right('cn-pipl:A45', 'Consult, copy and transfer'),
    right('cn-pipl:A46', 'Correction'),
    right('cn-pipl:A47', 'Deletion'),
    right('cn-pipl:A48', 'Explanation'),
    right('cn-pipl:A65', 'Complaint to the authority'),
  ],
};

/** What we do for every visitor, under whatever law. */
const ANYWHERE: Law = {
  legalBases: ['dpv:ExpressedConsent'],
  rights: [
    right('askfirst:Withdraw', 'Withdraw consent'),
    right('askfirst:Read', 'Read and copy'),
    right('askfirst:Correct', 'Correction'),
    right('askfirst:Delete', 'Deletion'),
    right('askfirst:Complain', 'Complaint to the authority'),
  ],
};

/** Laws that we know, by their ids in a controller's settings. */
export const KNOWN_LAWS: ReadonlyMap<string, Law> = new Map([
  ['eu-gdpr:GDPR', GDPR],
  ['cn-pipl:PIPL', PIPL],
]);

/** What applies under a controller's laws together. A law that we do not know gives what we do for everybody. */
export function lawsTogether(ids: readonly string[]): Law {
  const laws = ids.length === 0 ? [ANYWHERE] : ids.map((id) => KNOWN_LAWS.get(id) ?? ANYWHERE);
  return {
    legalBases: laws.flatMap(({ legalBases }) => legalBases),
    rights: laws.flatMap(({ rights }) => rights),
  };
}
