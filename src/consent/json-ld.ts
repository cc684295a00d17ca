import { type Instant, toIso } from '#values';

/** A reference to something that is described elsewhere. */
export function iri(id: string): { readonly '@id': string } {
  return { '@id': id };
}

export function dateTime(at: Instant) {
  return { '@type': 'xsd:dateTime', '@value': toIso(at) } as const;
}

/** A length of time in ISO 8601, as `P30D`. */
export function duration(length: string) {
  return { '@type': 'xsd:duration', '@value': length } as const;
}
