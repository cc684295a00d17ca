/**
 * Deals whole things out by weight (largest remainder): the parts add up to the whole exactly, each is within one of its exact share, and
 * where the weight is nothing so is the part.
 */
export function apportion(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) {
    if (whole > 0) throw new RangeError('There is nobody to deal to.');
    return weights.map(() => 0);
  }
  const exact = weights.map((weight) => (whole * weight) / sum);
  const parts = exact.map(Math.floor);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share), weight: weights[index] ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  const missing = whole - parts.reduce((total, part) => total + part, 0);
  for (const { index } of byRemainder.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
