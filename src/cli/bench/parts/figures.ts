import type { Figure } from '../../bench.ts';

export function alone(name: string, value: number, unit: string): Figure {
  return { name, value: rounded(value), unit, against: null, ratio: null };
}

export function against(name: string, value: number, other: string, otherValue: number): Figure {
  return { name, value: rounded(value), unit: 's', against: other, ratio: rounded(value / otherValue) };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
