/**
 * A face that changes this many times as much as what stands still around it is alive. Pictures on a wall, mannequins and things that the
 * networks take for a face do not change; nobody can stand so still that they never do (docs/architecture.md has the rates).
 */
const LEAST_STIR = 2.5;

/** Whether a face that has stirred this much is alive: 1 is the noise of the picture itself. */
export function isAlive(stir: number): boolean {
  return stir >= LEAST_STIR;
}
