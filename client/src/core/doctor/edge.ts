/** Finds a limit: the largest number that is accepted, with few questions. */

/** Whether a number is accepted; undefined where the answer does not say. */
type Accepts = (value: number) => Promise<boolean | undefined>;

export type Edge =
  | { readonly most: number }
  | { readonly none: number }
  | { readonly unclearAt: number }
  | { readonly refused: number };

/**
 * Doubles from `from` up to `bound`, then closes in on the edge. Limits are round numbers nearly always, so the roundest
 * are tried first. `none`: even the bound is accepted; `refused`: not even the first number is.
 */
export async function findEdge(from: number, bound: number, accepts: Accepts): Promise<Edge> {
  let good = 0;
  let bad = 0;
  for (let value = from; bad === 0; value = Math.min(value * 2, bound)) {
    const accepted = await accepts(value);
    if (accepted === undefined) return { unclearAt: value };
    if (!accepted) bad = value;
    else if (value >= bound) return { none: bound };
    else good = value;
  }
  if (good === 0) return { refused: bad };
  const candidates = roundNumbers(good, bad);
  while (bad - good > 1) {
    const round = candidates.find((value) => value >= good && value < bad);
    if (round !== undefined) candidates.splice(candidates.indexOf(round), 1);
    // A round number is the edge where it is accepted and the next number is not.
    for (const value of round === undefined ? [Math.floor((good + bad) / 2)] : [round, round + 1]) {
      if (value <= good || value >= bad) continue;
      const accepted = await accepts(value);
      if (accepted === undefined) return { unclearAt: value };
      if (accepted) good = value;
      else bad = value;
    }
  }
  return { most: good };
}

const STEPS = [1000, 1024, 500, 100] as const;
/** More candidates would cost more than halving does. */
const MOST_CANDIDATES = 3;

/** From `from` up to below `to`, the roundest first. */
function roundNumbers(from: number, to: number): number[] {
  const found = new Set<number>();
  for (const step of STEPS)
    for (let value = Math.ceil(from / step) * step; value < to; value += step) found.add(value);
  return [...found].slice(0, MOST_CANDIDATES);
}
