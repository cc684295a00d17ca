import { describe, expect, it } from 'vitest';
import { readReceiptAnswer, readRefusalReason } from './receipt-answer.ts';
import { receiptAnswerSchema } from './receipt-page.ts';
import { refusalSchema } from './refusal.ts';

const known = {
  state: 'known',
  receipt: 'a.b.c',
  publicKey: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(43) },
  contribution: 'counted',
  withdrawnAt: null,
};

describe('an answer about a receipt', () => {
  it.each([
    ['unknown', { state: 'unknown' }],
    ['known', known],
    ['known, taken back', { ...known, contribution: 'withdrawn', withdrawnAt: '2026-11-25T01:02:03.004Z' }],
  ])('that is %s is read as the schema reads it', (_, answer) => {
    expect(readReceiptAnswer(answer)).toEqual(receiptAnswerSchema.parse(answer));
  });

  it.each([
    ['null', null],
    ['a list', [known]],
    ['a text', 'known'],
    ['another state', { ...known, state: 'lost' }],
    ['no receipt', { ...known, receipt: undefined }],
    ['a key of another kind', { ...known, publicKey: { ...known.publicKey, kty: 'RSA' } }],
    ['a key that is too short', { ...known, publicKey: { ...known.publicKey, x: 'A' } }],
    ['another contribution', { ...known, contribution: 'doubled' }],
    ['no moment', { ...known, withdrawnAt: 'yesterday' }],
  ])('with %s is none of our server, as the schema says too', (_, answer) => {
    expect(readReceiptAnswer(answer)).toBeNull();
    expect(receiptAnswerSchema.safeParse(answer).success).toBe(false);
  });
});

describe('a refusal', () => {
  it('is told by its reason', () => {
    const refusal = { reason: 'too-many-requests' };
    expect(readRefusalReason(refusal)).toBe(refusalSchema.parse(refusal).reason);
  });

  it.each([null, 'too-many-requests', { reason: 'because' }, {}, [{ reason: 'malformed' }]])(
    'is not %j',
    (body) => {
      expect(readRefusalReason(body)).toBeNull();
      expect(refusalSchema.safeParse(body).success).toBe(false);
    },
  );
});
