import jsonld from 'jsonld';
import { expect, it } from 'vitest';
import { makeReceipt } from '#consent';
import { facts } from '#consent/testing';
import { receiptCopy } from './receipt-copy.ts';

const given = {
  receiptId: facts.receiptId,
  receipt: 'header.payload.signature',
  publicKey: { kty: 'EC' },
  document: makeReceipt(facts),
};
const status = 'https://w3id.org/dpv#hasConsentStatus';
const WITHDRAWN_AT = '2026-05-01T10:00:00.000Z';

it('holds what was signed, and says nothing of a withdrawal where there was none', () => {
  const copy = JSON.parse(receiptCopy({ ...given, withdrawnAt: null }));
  expect(copy).toMatchObject({ receipt: given.receipt, publicKey: given.publicKey });
  expect(copy.document).toEqual(JSON.parse(JSON.stringify(given.document)));
  expect(JSON.stringify(copy)).not.toMatch(/withdrawn|status/);
});

it('says once the yes is taken back that it was and when, of the very record that the receipt is of, and who says so', async () => {
  const copy = JSON.parse(receiptCopy({ ...given, withdrawnAt: WITHDRAWN_AT }));
  expect(copy.about).toContain('did not sign');
  const [said] = await jsonld.expand(copy.status, { documentLoader: noNetwork });
  expect(said).toEqual({
    '@id': given.document['dpv:hasRecordOfActivity']['@id'],
    [status]: [
      {
        '@type': ['https://w3id.org/dpv#ConsentWithdrawn'],
        'https://w3id.org/dpv#isIndicatedAtTime': [
          { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime', '@value': WITHDRAWN_AT },
        ],
      },
    ],
  });
});

const noNetwork = (url: string): never => {
  throw new Error(`Expanding asked for ${url}.`);
};
