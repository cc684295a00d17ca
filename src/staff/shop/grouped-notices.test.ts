import { expect, it } from 'vitest';
import { groupNotices } from './grouped-notices.ts';

it('shows a notice once that reads alike in several shops, and each that does not for itself', () => {
  const notice = (shop: string, language: string, version: string, title: string) =>
    ({ shop, language, version, before: null, after: { title } }) as never;
  const groups = groupNotices([
    notice('Quay', 'en', '2', 'May we?'),
    notice('Quay', 'fr', '2', 'On peut ?'),
    notice('Gate', 'en', '5', 'May we?'),
    notice('Gate', 'fr', '1', 'Peut-on ?'),
  ]);
  expect(groups.map(({ language, shops }) => [language, shops])).toEqual([
    [
      'en',
      [
        { shop: 'Quay', version: '2' },
        { shop: 'Gate', version: '5' },
      ],
    ],
    ['fr', [{ shop: 'Quay', version: '2' }]],
    ['fr', [{ shop: 'Gate', version: '1' }]],
  ]);
  expect(groupNotices([])).toEqual([]);
});
