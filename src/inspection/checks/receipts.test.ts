import { describe, expect, it } from 'vitest';
import { hashNotice, makeReceipt, type ReceiptFacts, signReceipt } from '#consent';
import { instant, type Json, SECOND_MS, signJws } from '#values';
import { faultAfter, reportAfter } from '../testing/files.ts';
import { makeKeys } from '../testing/ledger-maker.ts';
import { chinese, type english, otherShop } from '../testing/test-shop.ts';

type Twist = (facts: ReceiptFacts) => ReceiptFacts;
const noticeFacts = ({ id, version, language }: typeof english) => ({ id, version, language });

type Document = ReturnType<typeof makeReceipt>;
type Content = Document['dpv:hasRecordOfActivity'];

function without(key: keyof Content): (document: Document) => object {
  return (document) => {
    const { [key]: _, ...rest } = document['dpv:hasRecordOfActivity'];
    return { ...document, 'dpv:hasRecordOfActivity': rest };
  };
}

function withoutInProcess(key: keyof Content['dpv:hasProcess'][number]): (document: Document) => object {
  return (document) => {
    const content = document['dpv:hasRecordOfActivity'];
    const processes = content['dpv:hasProcess'].map(({ [key]: _, ...rest }) => rest);
    return { ...document, 'dpv:hasRecordOfActivity': { ...content, 'dpv:hasProcess': processes } };
  };
}

describe('a receipt in a ledger', () => {
  it('counts by purpose and by who gave it', async () => {
    const report = await reportAfter(async (maker) => {
      await maker.yes((facts) => ({ ...facts, purposes: ['count', 'demographics'] }));
      await maker.yes((facts) => ({ ...facts, givenBy: 'guardian' }));
      await maker.yes((facts) => ({
        ...facts,
        notice: { ...noticeFacts(chinese), hash: hashNotice(chinese) },
      }));
    });
    expect(report.figures).toMatchObject({
      receipts: 3,
      receiptsByPurpose: { count: 3, demographics: 1 },
      receiptsByGiver: { visitor: 2, guardian: 1 },
    });
    expect(report.notices.first).toHaveLength(2);
  });

  it.each<[string, string, Twist]>([
    [
      'of another kiosk',
      'receipt-of-other-kiosk',
      (facts) => ({ ...facts, kioskId: 'B'.repeat(22) as never }),
    ],
    ['of another shop', 'receipt-of-other-shop', (facts) => ({ ...facts, shop: otherShop })],
    [
      'of another controller',
      'receipt-of-other-shop',
      (facts) => ({ ...facts, controller: { ...facts.controller, id: 'hill' as never } }),
    ],
    [
      'that allows age and gender alone',
      'receipt-without-count',
      (facts) => ({ ...facts, purposes: ['demographics'] }),
    ],
    ['that allows counting twice', 'not-a-line', (facts) => ({ ...facts, purposes: ['count', 'count'] })],
    [
      'of a child, with age and gender',
      'receipt-demographics-of-child',
      (facts) => ({ ...facts, purposes: ['count', 'demographics'], givenBy: 'guardian' }),
    ],
    [
      'over a notice that nobody published',
      'notice-unknown',
      (facts) => ({ ...facts, notice: { ...facts.notice, hash: 'a'.repeat(64) as never } }),
    ],
    [
      'that calls its notice by another version',
      'notice-differs',
      (facts) => ({ ...facts, notice: { ...facts.notice, version: '2' } }),
    ],
    [
      'that calls its notice by another language',
      'notice-differs',
      (facts) => ({ ...facts, notice: { ...facts.notice, language: 'fr' } }),
    ],
    [
      'from before its entry',
      'receipt-time-wrong',
      (facts) => ({ ...facts, time: instant(facts.time - 6 * SECOND_MS) }),
    ],
    [
      'from after its entry',
      'receipt-time-wrong',
      (facts) => ({ ...facts, time: instant(facts.time + 6 * SECOND_MS) }),
    ],
  ])('is refused %s', async (_, reason, twist) => {
    expect(await faultAfter((maker) => maker.yes(twist))).toBe(reason);
  });

  it('is refused with another id or other purposes than its entry says', async () => {
    for (const twist of [
      { receiptId: 'C'.repeat(22) as never },
      { purposes: ['count', 'demographics'] as const },
    ]) {
      const reason = await faultAfter(async (maker) => {
        const facts = maker.facts();
        const jws = await signReceipt(makeReceipt(facts), maker.keys.privateKey, maker.keys.kid);
        maker.issue({ ...facts, ...twist }, jws);
      });
      expect(reason).toBe('receipt-differs');
    }
  });

  it('is refused twice', async () => {
    const reason = await faultAfter(async (maker) => {
      const id = await maker.yes();
      await maker.yes((facts) => ({ ...facts, receiptId: id }));
    });
    expect(reason).toBe('receipt-twice');
  });

  it('is refused with another key, honest or lying, or a signature of something else', async () => {
    const other = await makeKeys();
    expect(await faultAfter((maker) => maker.yes(undefined, other))).toBe('receipt-other-key');
    expect(await faultAfter((maker) => maker.yes(undefined, { ...other, kid: maker.keys.kid }))).toBe(
      'receipt-signature-wrong',
    );
    const otherType = await faultAfter(async (maker) => {
      const { privateKey, kid } = maker.keys;
      maker.issue(maker.facts(), await signJws({}, 'kiosk-request+jwt', privateKey, kid));
    });
    expect(otherType).toBe('receipt-not-one');
    const otherContent = await faultAfter(async (maker) => {
      const { privateKey, kid } = maker.keys;
      maker.issue(maker.facts(), await signJws({}, 'consent-receipt+jws', privateKey, kid));
    });
    expect(otherContent).toBe('receipt-not-one');
  });

  it.each<[string, (document: Document) => object]>([
    ['in which a picture is hidden', (document) => ({ ...document, 'askfirst:picture': 'A'.repeat(15_000) })],
    ['whose visitor is told of no rights', without('dpv:hasRight')],
    ['that names no recipients', without('dpv:hasRecipient')],
    ['that promises nothing', without('dpv:hasRule')],
    ['that does not say how it is taken back', without('dpv:hasConsentControl')],
    ['without a jurisdiction', without('dpv:hasJurisdiction')],
    ['without a law', without('dpv:hasApplicableLaw')],
    ['without a legal basis', withoutInProcess('dpv:hasLegalBasis')],
    ['that does not say what data', withoutInProcess('dpv:hasPersonalData')],
    ['that does not say where and how long', withoutInProcess('dpv:hasStorageCondition')],
  ])('is refused %s, although it is rightly signed', async (_, change) => {
    const reason = await faultAfter(async (maker) => {
      const facts = maker.facts();
      const { privateKey, kid } = maker.keys;
      const document = change(makeReceipt(facts)) as Document;
      maker.issue(facts, await signReceipt(document, privateKey, kid));
    });
    expect(reason).toBe('receipt-not-one');
  });

  it('is refused where its document is nested as deep as its length allows', async () => {
    const reason = await faultAfter(async (maker) => {
      const { privateKey, kid } = maker.keys;
      let deep: Json = 1;
      for (let level = 0; level < 5_000; level += 1) deep = [deep];
      maker.issue(maker.facts(), await signJws(deep, 'consent-receipt+jws', privateKey, kid));
    });
    expect(reason).toBe('receipt-not-one');
  });

  it('is refused while the camera is open', async () => {
    const reason = await faultAfter(async (maker) => {
      maker.open([await maker.yes()]);
      await maker.yes();
    });
    expect(reason).toBe('look-still-open');
  });
});
