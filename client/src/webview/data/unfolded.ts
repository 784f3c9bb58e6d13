/** Rows of one line each, of which some are unfolded to several. */

export class Unfolded {
  /** Unfolded rows in order, and the number of lines that the rows up to each one add. */
  #rows: readonly number[] = [];
  #added: readonly number[] = [];

  /** `lines`: of each unfolded row, how many it has with its first. */
  set(lines: ReadonlyMap<number, number>): void {
    this.#rows = [...lines.keys()].sort((a, b) => a - b);
    let sum = 0;
    this.#added = this.#rows.map((row) => (sum += (lines.get(row) ?? 1) - 1));
  }

  /** How many lines so many rows have. */
  count(rows: number): number {
    return rows + (this.#added.at(-1) ?? 0);
  }

  /** Returns the line on which a row begins. */
  lineOf(row: number): number {
    const before = firstAtLeast(this.#rows, row);
    return row + (before === 0 ? 0 : (this.#added[before - 1] ?? 0));
  }

  /** Returns the row of a line, and the line's number within the row. */
  at(line: number): { readonly row: number; readonly within: number } {
    // Finds the last unfolded row that begins at or above the line.
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#start(middle) <= line) low = middle + 1;
      else high = middle;
    }
    const before = low - 1;
    if (before < 0) return { row: line, within: 0 };
    const row = this.#rows[before] ?? 0;
    const within = line - this.#start(before);
    const behind = (this.#added[before] ?? 0) + row;
    return line <= behind ? { row, within } : { row: line - (this.#added[before] ?? 0), within: 0 };
  }

  #start(at: number): number {
    return (this.#rows[at] ?? 0) + (at === 0 ? 0 : (this.#added[at - 1] ?? 0));
  }
}

function firstAtLeast(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
