import { describe, expect, it } from 'vitest';
import { instant } from '#values';
import { isOpenAt } from './opening-hours.ts';

const at = (time: string) => instant(Date.parse(`2026-11-25T${time}:00Z`));

describe('a shop', () => {
  it('is open from its first minute to the one before its last', () => {
    const hours = { from: '09:00', to: '18:30' };
    const open = ['08:59', '09:00', '18:29', '18:30'].map((time) => isOpenAt(hours, at(time), 'UTC'));
    expect(open).toEqual([false, true, true, false]);
  });

  it('may be open past midnight', () => {
    const hours = { from: '18:00', to: '02:00' };
    const open = ['17:59', '23:30', '01:59', '02:00'].map((time) => isOpenAt(hours, at(time), 'UTC'));
    expect(open).toEqual([false, true, true, false]);
  });

  it('goes by its own clock', () => {
    expect(isOpenAt({ from: '09:00', to: '18:00' }, at('08:30'), 'Europe/Berlin')).toBe(true);
  });

  it('that names no hours is always open', () => {
    expect(isOpenAt(undefined, at('03:00'), 'UTC')).toBe(true);
  });
});
