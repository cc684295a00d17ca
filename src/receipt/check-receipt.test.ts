import { describe, expect, it } from 'vitest';
import { makeReceipt, type ReceiptFacts, signReceipt } from '#consent';
import { facts, makeKey } from '#consent/testing';
import { type ReceiptId, toIso } from '#values';
import { checkReceipt, standingOf } from './check-receipt.ts';

const ID = facts.receiptId;
const OTHER_ID = 'CCCCCCCCCCCCCCCCCCCCCC' as ReceiptId;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A tablet, the link on its screen, and an honest server. */
async function honest(changes: Partial<ReceiptFacts> = {}) {
  const key = await makeKey();
  const document = makeReceipt({ ...facts, purposes: ['count', 'demographics'], ...changes });
  const receipt = await signReceipt(document, key.privateKey, key.kid);
  return { key, document, link: { receiptId: ID, keyThumbprint: key.kid }, receipt };
}

describe('the check on the phone', () => {
  it('finds an honest receipt genuine and reads it', async () => {
    const { key, link, receipt } = await honest();
    const checked = await checkReceipt(link, { receipt, publicKey: key.publicKey }, true);
    expect(checked).toMatchObject({
      verdict: 'genuine',
      findings: ['key-matches', 'signature-holds', 'id-matches'],
      document: { 'dct:identifier': ID },
      reading: {
        purposes: ['count', 'demographics'],
        time: toIso(facts.time),
        shop: { name: 'Harbour Street' },
      },
    });
  });

  const forgeries = {
    /** The server made a key and a receipt of its own that fit each other. */
    'wrong key': async () => {
      const { link } = await honest();
      const own = await honest();
      return { link, given: { receipt: own.receipt, publicKey: own.key.publicKey }, finding: 'key-differs' };
    },
    /** Signed by another key, which the server does not show. */
    'receipt of another tablet': async () => {
      const { link, key } = await honest();
      const other = await honest();
      return { link, given: { receipt: other.receipt, publicKey: key.publicKey }, finding: 'other-key' };
    },
    'forged signature': async () => {
      const { link, key, document } = await honest();
      const forger = await makeKey();
      const receipt = await signReceipt(document, forger.privateKey, key.kid);
      return { link, given: { receipt, publicKey: key.publicKey }, finding: 'signature-wrong' };
    },
    'edited payload': async () => {
      const { link, key, receipt, document } = await honest();
      const [header, , signature] = receipt.split('.');
      const edited = encode({ ...document, 'dct:language': 'zh-Hans' });
      return {
        link,
        given: { receipt: `${header}.${edited}.${signature}`, publicKey: key.publicKey },
        finding: 'signature-wrong',
      };
    },
    'no signature': async () => {
      const { link, key, document } = await honest();
      const header = { alg: 'none', typ: 'consent-receipt+jws', kid: key.kid };
      return {
        link,
        given: { receipt: `${encode(header)}.${encode(document)}.`, publicKey: key.publicKey },
        finding: 'signature-wrong',
      };
    },
    'other id': async () => {
      const { key, link, receipt } = await honest({ receiptId: OTHER_ID });
      return { link, given: { receipt, publicKey: key.publicKey }, finding: 'id-differs' };
    },
    'not a receipt': async () => {
      const { key, link } = await honest();
      return { link, given: { receipt: 'hello', publicKey: key.publicKey }, finding: 'not-a-receipt' };
    },
    /** Signed by the right key, but not in the words that a receipt has. */
    'signed, but of no form that we know': async () => {
      const { key, link } = await honest();
      const receipt = await signReceipt({ hello: 'there' } as never, key.privateKey, key.kid);
      return { link, given: { receipt, publicKey: key.publicKey }, finding: 'form-unknown' };
    },
  };

  it.each(Object.entries(forgeries))('calls it false: %s', async (_, forge) => {
    const { link, given, finding } = await forge();
    const checked = await checkReceipt(link, given, true);
    expect(checked).toMatchObject({ verdict: 'false', reading: null });
    expect(checked.findings.at(-1)).toBe(finding);
    expect(checked.findings.map(standingOf)).toEqual([
      ...checked.findings.slice(1).map(() => 'passed'),
      'failed',
    ]);
  });

  it('says what it could not check where the link names no key', async () => {
    const { key, link, receipt } = await honest();
    const given = { receipt, publicKey: key.publicKey };
    expect(await checkReceipt({ ...link, keyThumbprint: null }, given, true)).toMatchObject({
      verdict: 'partly',
      findings: ['key-not-in-link', 'signature-holds', 'id-matches'],
      reading: { receiptId: ID },
    });
  });

  it('still refuses a forged receipt where the link names no key', async () => {
    const { link, given } = await forgeries['edited payload']();
    expect(await checkReceipt({ ...link, keyThumbprint: null }, given, true)).toMatchObject({
      verdict: 'false',
      findings: ['key-not-in-link', 'signature-wrong'],
    });
  });

  it('never calls a receipt genuine in a browser that cannot check signatures', async () => {
    const { key, link, receipt } = await honest();
    expect(await checkReceipt(link, { receipt, publicKey: key.publicKey }, false)).toMatchObject({
      verdict: 'partly',
      findings: ['no-crypto', 'id-matches'],
      reading: { receiptId: ID },
    });
  });

  it('reads no receipt whose link to the counts has an event for its end, which no date can be held against', async () => {
    const { key, link, document } = await honest();
    const text = JSON.stringify(document).replaceAll(
      '{"@type":"xsd:duration","@value":"P30D"}',
      '{"@type":"dpv:UntilEventDuration","dct:description":"P30D"}',
    );
    const receipt = await signReceipt(JSON.parse(text), key.privateKey, key.kid);
    expect(await checkReceipt(link, { receipt, publicKey: key.publicKey }, true)).toMatchObject({
      verdict: 'false',
      findings: ['key-matches', 'signature-holds', 'form-unknown'],
    });
  });

  it('sees another receipt than that of the link also where it cannot check signatures', async () => {
    const { link, given } = await forgeries['other id']();
    expect(await checkReceipt(link, given, false)).toMatchObject({ verdict: 'false', reading: null });
  });
});
