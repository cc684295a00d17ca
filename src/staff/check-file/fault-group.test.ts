import { describe, expect, it } from 'vitest';
import { FAULT_REASONS } from '#inspection';
import { FAULT_GROUPS, groupOf } from './fault-group.ts';

/** Reasons that are about the lines of the file and about nothing in them. */
const OF_THE_FILE = [
  'line-too-long',
  'not-utf8',
  'too-deep',
  'not-json',
  'not-a-line',
  'not-canonical',
  'header-missing',
  'line-out-of-place',
  'too-many-lines',
  'after-the-end',
  'end-missing',
  'line-count-wrong',
  'file-hash-wrong',
];

describe('what a fault is about', () => {
  it('is told of every fault, and is the file itself only where it is', () => {
    expect(FAULT_REASONS.filter((reason) => groupOf(reason) === 'file')).toEqual(OF_THE_FILE);
  });

  it('has no group that no fault is in', () => {
    expect(new Set(FAULT_REASONS.map(groupOf))).toEqual(new Set(FAULT_GROUPS));
  });
});
