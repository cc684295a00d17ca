import { expect, it } from 'vitest';
import { timeChanges } from './kept-times.ts';

it('says of each time whether it becomes longer or shorter, and nothing of one that stays', () => {
  const before = { linkDays: 30, receiptYears: 3 };
  expect(timeChanges(before, before)).toEqual([]);
  expect(timeChanges(before, { linkDays: 60, receiptYears: 3 })).toEqual(['linkLonger']);
  expect(timeChanges(before, { linkDays: 14, receiptYears: 5 })).toEqual(['linkShorter', 'receiptLonger']);
  expect(timeChanges(before, { linkDays: 30, receiptYears: 1 })).toEqual(['receiptShorter']);
});
