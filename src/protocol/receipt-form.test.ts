import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Controller, makeReceipt, type Party, type ReceiptFacts } from '#consent';
import { facts, KNOWN_LAWS } from '#consent/testing';
import {
  type ControllerId,
  instant,
  isRandomId,
  isSha256,
  type KioskId,
  type ReceiptId,
  type Sha256,
} from '#values';
import { isLanguage, isSlug, isText } from './field-rules.ts';
import { controllerSchema, shopSchema } from './kiosk.ts';
import { MAX_BUTTON } from './limits.ts';
import { readClosedReceipt } from './receipt-form.ts';
import { readReceiptDocument } from './receipt-reading.ts';

type Document = { [key: string]: unknown };
/** As it comes out of a signature. */
const documentOf = (of: ReceiptFacts) => JSON.parse(JSON.stringify(makeReceipt(of))) as Document;

const words = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }).filter(isText) },
  fc.constantFrom('x'.repeat(2_000), '車'.repeat(2_000), ''),
);
const buttonWords = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }).filter(isText),
  fc.constant('x'.repeat(MAX_BUTTON)),
);
const slug = fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,2}$/).filter(isSlug);
const id = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/).filter(isRandomId);
const hash = fc.stringMatching(/^[0-9a-f]{64}$/).filter(isSha256);
const language = fc.constantFrom('en', 'zh-Hans', 'sr-Latn-RS').filter(isLanguage);
const party: fc.Arbitrary<Party> = fc.record({ name: words, address: words, contact: words });
const parties = fc.option(fc.array(party, { maxLength: 8 }), { nil: undefined });
const MAX_LAWS = 10;
const LAWS = [...KNOWN_LAWS.keys(), 'https://law.example/privacy'];
const law = fc.oneof(fc.constantFrom(...LAWS), words);

const controller: fc.Arbitrary<Controller> = fc.record({
  id: slug as unknown as fc.Arbitrary<ControllerId>,
  name: words,
  address: words,
  contact: words,
  country: fc.stringMatching(/^[A-Z]{2}$/),
  regulator: fc.record({ name: words, url: words }),
  laws: fc.array(law, { maxLength: 10 }),
  retention: fc.record({
    linkDays: fc.integer({ min: 0, max: 99_999 }),
    receiptYears: fc.integer({ min: 0, max: 999 }),
  }),
  jointWith: parties,
  processors: parties,
  impactAssessmentUrl: fc.option(
    fc.webUrl().filter((url) => url.length <= 200),
    { nil: undefined },
  ),
});

/** Every receipt that a tablet can give: anybody's yes in any shop. */
const anyFacts: fc.Arbitrary<ReceiptFacts> = fc
  .record({
    receiptId: id as unknown as fc.Arbitrary<ReceiptId>,
    kioskId: id as unknown as fc.Arbitrary<KioskId>,
    purposes: fc.constantFrom(['count'] as const, ['count', 'demographics'] as const),
    givenBy: fc.constantFrom('visitor' as const, 'guardian' as const),
    time: fc.integer({ min: 0, max: 4_000_000_000_000 }).map(instant),
    timeUncertaintyMs: fc.option(
      fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER), fc.integer({ min: 0, max: 2_000 })),
    ),
    notice: fc.record({
      id: words,
      version: words,
      language,
      hash: hash as unknown as fc.Arbitrary<Sha256>,
    }),
    button: buttonWords,
    otherButton: buttonWords,
    isNoFirst: fc.boolean(),
    controller,
    shop: fc.record({
      id: slug,
      name: words,
      timeZone: fc.constant('Europe/Dublin'),
      languages: fc.constant(['en']),
    }),
    address: fc.constantFrom(
      'https://askfirst.example',
      'http://localhost:8080',
      `https://${'a'.repeat(192)}`,
    ),
  })
  .map(({ button, otherButton, isNoFirst, address, ...given }) => ({
    ...given,
    shop: shopSchema.parse(given.shop),
    buttonLabel: button,
    answersShown: isNoFirst ? [otherButton, button] : [button, otherButton],
    receiptUrl: `${address}/r/${given.receiptId}`,
    noticeUrl: `${address}/notices/${given.notice.hash}`,
  }));

/** Every kind of receipt, with all that can stand in one. */
const kinds: readonly ReceiptFacts[] = [
  facts,
  { ...facts, givenBy: 'guardian' },
  {
    ...facts,
    purposes: ['count', 'demographics'],
    controller: {
      ...facts.controller,
      laws: LAWS,
      jointWith: [{ name: 'Head Office plc', address: '2 High Street', contact: 'dpo@head.example' }],
      processors: [{ name: 'Hosting Ltd', address: '3 Low Street', contact: 'dpo@hosting.example' }],
      impactAssessmentUrl: 'https://harbour.example/dpia',
    },
  },
];

/** The document with one of its objects or lists changed, for every one of them. */
function* changedAnywhere(
  value: unknown,
  change: (part: unknown, path: string) => readonly unknown[],
  path = '',
): Generator<unknown> {
  yield* change(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const changed of changedAnywhere(part, change, `${path} › ${key}`)) {
      if (Array.isArray(value)) yield value.with(Number(key), changed);
      else yield { ...value, [key]: changed };
    }
  }
}

function asFirstMade(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.includes('dpv:StorageLocation') ? 'dpv:StorageCondition' : value.map(asFirstMade);
  }
  if (typeof value !== 'object' || value === null) return value;
  const of: Document = { ...value };
  delete of[of['@type'] === 'dpv:ConsentRecord' ? 'dct:identifier' : 'dpv:hasIdentifier'];
  return Object.fromEntries(Object.entries(of).map(([key, part]) => [key, asFirstMade(part)]));
}

/** What a receipt may lack: nothing else. */
const OPTIONAL = [
  'askfirst:timeUncertainty',
  'dpv:hasJointDataControllers',
  'dpv:hasImpactAssessment',
  'askfirst:answersShown',
];
const OF_AGE_AND_GENDER = /hasPersonalData › [12] › skos:broader$/;
/** Each id stands twice, in two terms; the first receipts had one of them. */
const SECOND_ID =
  /^ › dpv:hasIdentifier$|^ › dpv:hasRecordOfActivity › (dct:identifier|dpv:has(DataController|JointDataControllers|Recipient|Authority)( › \d)? › dpv:hasIdentifier)$/;
const mayBeLacking = (path: string, key: string) =>
  OPTIONAL.includes(key) || OF_AGE_AND_GENDER.test(path) || SECOND_ID.test(path);

describe('a receipt', () => {
  it('is taken as it is made, of whatever shop and whoever gave it', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        expect(controllerSchema.safeParse(given.controller).success).toBe(true);
        const document = documentOf(given);
        expect(readClosedReceipt(document)).not.toBeNull();
        expect(readClosedReceipt(document)).toEqual(readReceiptDocument(document));
      }),
      { numRuns: 300 },
    );
  });

  it.each(LAWS)('is taken under %s, named as often as a shop may name laws', (id) => {
    for (const named of [1, MAX_LAWS]) {
      const laws = Array.from({ length: named }, () => id);
      const given = { ...facts, controller: { ...facts.controller, laws } };
      expect(controllerSchema.safeParse(given.controller).success).toBe(true);
      expect(readClosedReceipt(documentOf(given))).not.toBeNull();
    }
  });

  it('is taken as the first tablets made it, with one term for each id and one for what is stored', () => {
    for (const kind of kinds) {
      const first = asFirstMade(documentOf(kind));
      expect(JSON.stringify(first).split('dpv:hasIdentifier')).toHaveLength(2);
      expect(readClosedReceipt(first)).toEqual(readReceiptDocument(documentOf(kind)));
    }
  });

  it('is refused with anything more, wherever it stands', () => {
    const picture = 'A'.repeat(15_000);
    let tried = 0;
    for (const kind of kinds) {
      const withMore = changedAnywhere(documentOf(kind), (part) => {
        if (Array.isArray(part))
          return [
            [...part, picture],
            [...part, part[0]],
            [picture, ...part],
          ];
        return typeof part === 'object' ? [{ ...part, 'askfirst:picture': picture }] : [];
      });
      for (const document of withMore) {
        tried += 1;
        const reading = readClosedReceipt(document);
        // A party, a right or a law may be named once more; a picture may not.
        if (reading !== null) expect(JSON.stringify(document)).not.toContain(picture);
      }
    }
    expect(tried).toBeGreaterThan(300);
  });

  it('is refused with a text that is longer than any, wherever it stands', () => {
    for (const kind of kinds) {
      const withLonger = changedAnywhere(documentOf(kind), (part) =>
        typeof part === 'string' ? ['A'.repeat(15_000), part + 'A'.repeat(2_001)] : [],
      );
      for (const document of withLonger) expect(readClosedReceipt(document)).toBeNull();
    }
  });

  it('is refused without any of what it must have', () => {
    for (const kind of kinds) {
      const withLess = changedAnywhere(documentOf(kind), (part, path) => {
        if (typeof part !== 'object' || part === null || Array.isArray(part)) return [];
        return Object.keys(part)
          .filter((key) => !mayBeLacking(`${path} › ${key}`, key))
          .map((key) => Object.fromEntries(Object.entries(part).filter(([name]) => name !== key)));
      });
      for (const document of withLess) expect(readClosedReceipt(document)).toBeNull();
    }
  });

  it('is refused with another term in place of its own, but where names and words of a shop stand', () => {
    const isFree =
      /hasName|hasAddress|hasContact|answersShown|hasApplicableLaw|hasImpactAssessment|shop › dct:id|hasNotice › dct:|hasDuration › dct:/;
    for (const kind of kinds) {
      const withOther = changedAnywhere(documentOf(kind), (part, path) =>
        typeof part === 'string' && !isFree.test(path) ? [`${part}x`] : [],
      );
      for (const document of withOther) expect(readClosedReceipt(document)).toBeNull();
    }
  });
});
