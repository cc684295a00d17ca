import { createPublicKey } from 'node:crypto';
import jsonld from 'jsonld';
import jws from 'jws';
import { describe, expect, it } from 'vitest';
import { makeReceipt, type ReceiptFacts } from './receipt.ts';
import { RECEIPT_CONTEXT } from './receipt-context.ts';
import { signReceipt } from './receipt-signature.ts';
import { facts, makeKey } from './testing/receipt-facts.ts';

/** Every kind of receipt that there is. */
const kinds: Readonly<Record<string, ReceiptFacts>> = {
  'an adult to be counted': facts,
  'an adult to be counted and guessed': { ...facts, purposes: ['count', 'demographics'] },
  'a guardian for a child': { ...facts, givenBy: 'guardian' },
  'a visitor in China': {
    ...facts,
    controller: { ...facts.controller, country: 'CN', laws: ['cn-pipl:PIPL'] },
  },
  'a shop of two controllers, with a processor and a published assessment': {
    ...facts,
    controller: {
      ...facts.controller,
      jointWith: [{ name: 'Head Office plc', address: '2 High Street', contact: 'dpo@head.example' }],
      processors: [{ name: 'Hosting Ltd', address: '3 Low Street', contact: 'dpo@hosting.example' }],
      impactAssessmentUrl: 'https://harbour.example/dpia',
    },
  },
  'a kiosk that never compared its clock, under a law without terms': {
    ...facts,
    timeUncertaintyMs: null,
    controller: { ...facts.controller, laws: ['https://law.example/privacy'] },
  },
};

/** The value at a path of keys; of a list, of each of its members. */
function at(value: unknown, ...path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((member) => at(member, ...path));
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (typeof value !== 'object' || value === null || !(key in value)) return [];
  return at((value as Record<string, unknown>)[key], ...rest);
}

const record = 'dpv:hasRecordOfActivity';
const process = [record, 'dpv:hasProcess'] as const;
const event = [record, 'dpv:hasConsentStatus'] as const;
const controller = [record, 'dpv:hasDataController'] as const;

/** The mandatory fields of ISO/IEC TS 27560:2023 by their names there, and those that privacy law makes mandatory, with where DPV puts them. */
const mandatory: Readonly<Record<string, readonly string[]>> = {
  'schema version of the receipt': ['dct:conformsTo', '@id'],
  'schema version of the record': [record, 'dct:conformsTo', '@id'],
  'receipt id': ['dpv:hasIdentifier'],
  'receipt id, in the other term': ['dct:identifier'],
  'record id': [record, 'dct:identifier'],
  'record id, in the other term': [record, 'dpv:hasIdentifier'],
  'PII principal id': [record, 'dpv:hasDataSubject', 'dct:identifier'],
  'privacy notice': [record, 'dpv:hasNotice', 'spdx:checksumValue'],
  language: [record, 'dpv:hasNotice', 'dct:language'],
  purpose: [...process, 'dpv:hasPurpose', '@id'],
  'purpose type': [...process, 'dpv:hasPurpose', 'skos:broader', '@id'],
  'lawful basis': [...process, 'dpv:hasLegalBasis', '@id'],
  'PII information': [...process, 'dpv:hasPersonalData', '@id'],
  'PII type': [...process, 'dpv:hasPersonalData', '@type'],
  'PII controllers': [...controller, 'dct:identifier'],
  'collection method': [...process, 'dpv:hasDataSource', '@type'],
  'processing method': [...process, 'dpv:hasProcessing', '@id'],
  'storage locations': [...process, 'dpv:hasStorageCondition', 'dpv:hasLocation', '@id'],
  'retention period': [...process, 'dpv:hasStorageCondition', 'dpv:hasDuration', '@value'],
  'processing location': [...process, 'dpv:hasProcessingCondition', 'dpv:hasLocation', '@id'],
  'geographic restrictions': [record, 'dpv:hasRule', 'dpv:hasProcessing', '@id'],
  jurisdiction: [record, 'dpv:hasJurisdiction', '@id'],
  'recipient third parties': [record, 'dpv:hasRecipient', 'dct:identifier'],
  'withdrawal method': [record, 'dpv:hasConsentControl', 'dpv:isExercisedAt', '@id'],
  'privacy rights': [record, 'dpv:hasRight', 'dct:title'],
  'authority party': [record, 'dpv:hasAuthority', 'dpv:hasName'],
  'party id': [...controller, 'dpv:hasIdentifier'],
  'party name': [...controller, 'dpv:hasName'],
  'party address': [...controller, 'dpv:hasAddress'],
  'party contact': [...controller, 'dpv:hasContact'],
  'party type': [...controller, '@type'],
  'event time': [...event, 'dpv:isIndicatedAtTime', '@value'],
  'validity duration': [...event, 'dpv:hasDuration', '@value'],
  'entity id': [...event, 'dpv:isImplementedByEntity'],
  'event type': [...event, '@type'],
  'event state': [...event, '@type'],
};

/** `safe` makes the processor fail on anything that it would drop. */
const options: jsonld.Options.Expand & { readonly safe: true } = {
  documentLoader: (url) => noNetwork(url),
  safe: true,
};
const noNetwork = (url: string): never => {
  throw new Error(`Expanding a receipt asked for ${url}.`);
};

describe.each(Object.entries(kinds))('the receipt of %s', (_, kind) => {
  it.each(Object.entries(mandatory))('has its %s', (_field, path) => {
    const values = at(makeReceipt(kind), ...path);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(String(value)).not.toBe('');
  });

  it('expands without loss and without network in a standard JSON-LD processor', async () => {
    const document = makeReceipt(kind) as object;
    const expanded = await jsonld.expand(document, options);
    const compacted = await jsonld.compact(expanded, { ...RECEIPT_CONTEXT }, options);
    const again = await jsonld.expand(compacted, options);
    expect(again).toEqual(expanded);
    // What stands in the document stands in the graph: every text of it, whatever its place.
    const texts = (value: unknown): string[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [String(value)];
    const { '@context': __, ...content } = document as Record<string, unknown>;
    const inGraph = new Set(texts(expanded));
    const full = (text: string) => {
      const [prefix = '', ...rest] = text.split(':');
      const base = (RECEIPT_CONTEXT as Record<string, string>)[prefix];
      return base === undefined ? text : `${base}${rest.join(':')}`;
    };
    for (const text of texts(content)) {
      expect(
        [...inGraph].some((known) => known === text || known === full(text)),
        text,
      ).toBe(true);
    }
  });

  it('is verified by another JOSE implementation than the one that signs', async () => {
    const key = await makeKey();
    const signed = await signReceipt(makeReceipt(kind), key.privateKey, key.kid);
    const publicKey = createPublicKey({ key: key.publicKey, format: 'jwk' });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    expect(jws.verify(signed, 'ES256', pem)).toBe(true);
    expect(JSON.parse(jws.decode(signed)?.payload)).toEqual(makeReceipt(kind));
    const other = createPublicKey({ key: (await makeKey()).publicKey, format: 'jwk' });
    expect(jws.verify(signed, 'ES256', other.export({ type: 'spki', format: 'pem' }))).toBe(false);
  });
});

/** What a process says of the data that it needs and of what it stores, as far as an id or a text stands there. */
const idsAt = (value: unknown, ...path: readonly string[]) => at(value, ...path, '@id').map(String);

describe.each(Object.entries(kinds))('the storage conditions in the receipt of %s', (_, kind) => {
  const processes = at(makeReceipt(kind), ...process);

  it('cover each kind of personal data of each purpose, by its own name or that of what it is stored as', () => {
    for (const one of processes) {
      const stored = idsAt(one, 'dpv:hasStorageCondition', 'dpv:hasData');
      for (const data of at(one, 'dpv:hasPersonalData')) {
        const names = [...idsAt(data), ...idsAt(data, 'skos:broader')];
        expect(
          names.some((name) => stored.includes(name)),
          names.join(),
        ).toBe(true);
      }
    }
  });

  it('say each where it is kept and until when, as a length of time or in words', () => {
    for (const condition of processes.flatMap((one) => at(one, 'dpv:hasStorageCondition'))) {
      expect(idsAt(condition, 'dpv:hasLocation')).toHaveLength(1);
      const lengths = at(condition, 'dpv:hasDuration', '@value');
      const events = at(condition, 'dpv:hasDuration', 'dct:description');
      expect([...lengths, ...events]).toHaveLength(1);
    }
  });
});

it('promises no fixed end for age and gender, which wait until enough people can be added up', () => {
  const guessed = makeReceipt({ ...facts, purposes: ['count', 'demographics'] });
  const waiting = at(guessed, ...process, 'dpv:hasStorageCondition').filter((condition) =>
    idsAt(condition, 'dpv:hasData').includes('askfirst:AgeAndGender'),
  );
  expect(waiting).toEqual([
    {
      '@type': ['dpv:StorageLocation', 'dpv:StorageDuration'],
      'dpv:hasData': { '@id': 'askfirst:AgeAndGender' },
      'dpv:hasLocation': { '@id': 'dpv:WithinDevice' },
      'dpv:hasDuration': {
        '@type': 'dpv:UntilEventDuration',
        'dct:description': expect.stringContaining('no fixed end'),
      },
    },
  ]);
  expect(at(waiting, 'dpv:hasDuration', 'dct:description').join()).toContain('For 30 days');
});

it('finds a field missing where it is missing', () => {
  const { 'dpv:hasRecordOfActivity': whole, ...rest } = makeReceipt(facts);
  const { 'dpv:hasAuthority': _, ...without } = whole;
  expect(
    at({ ...rest, 'dpv:hasRecordOfActivity': without }, record, 'dpv:hasAuthority', 'dpv:hasName'),
  ).toEqual([]);
});

it('would fail to expand with a word that no vocabulary has', async () => {
  const document = { ...makeReceipt(facts), favouriteColour: 'green' } as object;
  await expect(jsonld.expand(document, options)).rejects.toThrow();
});
