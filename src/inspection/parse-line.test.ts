import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDeeperThan, parseLine } from './parse-line.ts';

const header = '{"made":"2026-03-02T09:00:00.000Z","type":"askfirst-export","version":1}';
const read = (text: string | Uint8Array) => {
  const parsed = parseLine(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  return parsed.ok ? 'read' : parsed.reason;
};

describe('a line', () => {
  it('is read as it is written', () => {
    expect(read(header)).toBe('read');
  });

  it.each([
    ['prose', 'not-json', 'This is a letter to the regulator.'],
    ['nothing', 'not-json', ''],
    ['half an object', 'not-json', header.slice(0, 40)],
    ['a byte order mark', 'not-json', `\ufeff${header}`],
    ['NaN', 'not-json', '{"lines":NaN}'],
    ['a list', 'not-a-line', '[]'],
    ['null', 'not-a-line', 'null'],
    ['a number', 'not-a-line', '7'],
    ['a type that is none', 'not-a-line', '{"type":"__proto__"}'],
    ['a kind that is none', 'not-a-line', '{"body":null,"entry":{"kind":"constructor"},"type":"record"}'],
    ['a record without an entry', 'not-a-line', '{"body":null,"type":"record"}'],
    ['a key that nobody knows', 'not-a-line', header.replace('{', '{"a":1,')],
    ['a prototype', 'not-a-line', header.replace('{', '{"__proto__":{},')],
    ['a version from the future', 'not-a-line', header.replace(':1}', ':2}')],
    ['a time with an offset', 'not-a-line', header.replace('Z', '+00:00')],
    ['a 31st of February', 'not-a-line', header.replace('03-02', '02-31')],
    ['spaces', 'not-canonical', header.replace(',', ', ')],
    ['a carriage return at the end', 'not-canonical', `${header}\r`],
    ['a key twice', 'not-canonical', header.replace('{', '{"version":1,')],
    [
      'keys out of order',
      'not-canonical',
      '{"type":"askfirst-export","made":"2026-03-02T09:00:00.000Z","version":1}',
    ],
    ['a number written in another way', 'not-canonical', header.replace(':1}', ':1.0}')],
    ['an escape that is not needed', 'not-canonical', header.replace('made', '\\u006dade')],
  ])('with %s is refused', (_, reason, text) => {
    expect(read(text)).toBe(reason);
  });

  it.each([
    ['more than a safe integer', '9007199254740992'],
    ['a huge exponent', '1e999'],
    ['minus one', '-1'],
    ['a fraction', '0.5'],
    ['a text', '"1"'],
    ['minus nothing', '-0'],
  ])('with %s for a number is refused', (_, number) => {
    const end = `{"lines":${number},"sha256":"${'a'.repeat(64)}","type":"end"}`;
    expect(['not-a-line', 'not-canonical']).toContain(read(end));
  });

  it('with NUL or half a character in it is refused', () => {
    const shop = (name: string) =>
      `{"controllerId":"a","id":"b","languages":["en"],"name":"${name}","timeZone":"UTC","type":"shop"}`;
    expect(read(shop('Hill'))).toBe('read');
    expect(read(shop('\\u0000'))).toBe('not-a-line');
    expect(read(shop('\\ud800'))).toBe('not-a-line');
    expect(read(new Uint8Array([0x22, 0xc3, 0x28, 0x22]))).toBe('not-utf8');
    expect(read(new Uint8Array([0xed, 0xa0, 0x80]))).toBe('not-utf8');
  });

  it('nested ten thousand deep is refused, whatever it is nested of', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['[{"a":', '}]'],
    ] as const) {
      expect(read(`${open.repeat(10_000)}1${close.repeat(10_000)}`)).toBe('too-deep');
      expect(read(open.repeat(10_000))).toBe('too-deep');
    }
  });

  it('is measured as deep as it is', () => {
    const depthOf = (value: unknown): number =>
      typeof value !== 'object' || value === null
        ? 0
        : 1 + Math.max(0, ...Object.values(value).map((item) => depthOf(item)));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(8), (value, limit) => {
        expect(isDeeperThan(JSON.stringify(value), limit)).toBe(depthOf(value) > limit);
      }),
    );
  });

  it('of any bytes neither passes nor throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(read(bytes)).not.toBe('read');
      }),
    );
  });
});
