/** The first and the last tenth are compared. */
const SHARE_COMPARED = 0.1;

/** The first and the last of the values, as many as are compared. */
export function ends(values: readonly number[]) {
  const count = Math.max(1, Math.floor(values.length * SHARE_COMPARED));
  return { first: values.slice(0, count), last: values.slice(-count) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Of the straight line through the points, by least squares. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  return points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
