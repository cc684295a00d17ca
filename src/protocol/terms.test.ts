import { describe, expect, it } from 'vitest';
import { newShopSchema } from './terms.ts';

const nameIsTaken = (name: string): boolean =>
  newShopSchema.safeParse({ copyOf: 'quay', name, timeZone: 'Europe/Dublin', languages: ['en'] }).success;

describe('what an officer writes', () => {
  it.each([
    'Quay Cars',
    'Größe & Söhne “Süd”',
    '海港街汽车',
    'معرض الميناء',
    'नई दुकान',
    'فروشگاه‌های ما',
    'x'.repeat(200),
  ])('may be %s', (name) => {
    expect(nameIsTaken(name)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \u3000 '],
    ['too much', 'x'.repeat(201)],
    ['half a letter', 'Quay\ud83d'],
    ['two lines', 'Quay\nCars'],
    ['a break that only some programs show', 'Quay\u2028Cars'],
    ['a control of terminals', 'Quay\u001b[8m'],
    ['words that are turned round', 'Quay \u202Esrac'],
    ['words that are set apart', 'Quay \u2066Cars'],
    ['something that shows as nothing', '\u200B'],
    ['a name with something that shows as nothing', 'Quay\u200B'],
    ['a letter that shows as nothing', '\u3164'],
    ['a sign without a letter', '\u2800'],
  ])('may not be %s', (_, name) => {
    expect(nameIsTaken(name)).toBe(false);
  });
});
