/** Where a person is on the staff screen; null: where everybody begins. Both come from an address that anybody may have written. */
export interface Place {
  readonly section: string | null;
  readonly shopId: string | null;
}

/** The place that the query of an address names. */
export function readPlace(search: string): Place {
  const query = new URLSearchParams(search);
  return { section: query.get('section'), shopId: query.get('shop') };
}

/** The query that names a place; empty where everybody begins. */
export function writePlace({ section, shopId }: Place): string {
  const query = new URLSearchParams();
  if (section !== null) query.set('section', section);
  if (shopId !== null) query.set('shop', shopId);
  return query.size === 0 ? '' : `?${query}`;
}
