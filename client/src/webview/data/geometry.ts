/** Where rows are in a scrolled box, even when they are taller together than a browser can scroll. */

/** Chromium's limit is 2^25 layout pixels, which a zoomed page reaches sooner. */
export const MAX_PIXELS = 8_000_000;

/**
 * Rows of one height. The box scrolls over `height` pixels; when the rows need more, the scroll bar's position is scaled to
 * a position in the rows, but small steps still move by rows (`top` is the truth, not the scroll bar).
 */
export class Geometry {
  /** Pixels of rows above the upper edge. */
  top = 0;

  constructor(
    public rows: number,
    public rowHeight: number,
    /** Pixels of rows that are in view. */
    public view: number,
  ) {}

  get full(): number {
    return this.rows * this.rowHeight;
  }

  get height(): number {
    return Math.min(this.full, MAX_PIXELS);
  }

  get scaled(): boolean {
    return this.full > MAX_PIXELS;
  }

  get most(): number {
    return Math.max(0, this.full - this.view);
  }

  /** The scroll bar's position for `top`. */
  get bar(): number {
    return this.scaled ? (this.top / this.most) * (this.height - this.view) : this.top;
  }

  /** Follows the user's scroll bar. A position that we set comes back rounded and changes nothing. */
  setBar(bar: number): void {
    if (!this.scaled) this.top = bar;
    else if (Math.abs(bar - this.bar) > 1) this.move((bar / (this.height - this.view)) * this.most);
  }

  move(top: number): void {
    this.top = Math.max(0, Math.min(top, this.most));
  }

  /** Brings a row into sight. */
  reveal(row: number): void {
    const from = row * this.rowHeight;
    if (from < this.top) this.move(from);
    else if (from + this.rowHeight > this.top + this.view) this.move(from + this.rowHeight - this.view);
  }

  /** Returns the rows to draw; `to` is not included. */
  window(overscan: number): { from: number; to: number } {
    const from = Math.max(0, Math.floor(this.top / this.rowHeight) - overscan);
    const to = Math.min(this.rows, Math.ceil((this.top + this.view) / this.rowHeight) + overscan);
    return { from: Math.min(from, Math.max(0, to - 1)), to };
  }

  /** Returns the position of a row on the scrolled surface. */
  offset(row: number): number {
    return row * this.rowHeight - this.top + this.bar;
  }
}

/** Returns the columns between two positions. `edges` holds each left edge and the last right edge. */
export function columnsBetween(
  edges: readonly number[],
  from: number,
  to: number,
): { first: number; last: number } {
  let [low, high] = [0, Math.max(0, edges.length - 2)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle + 1] ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  let last = low;
  while (last + 1 < edges.length - 1 && (edges[last + 1] ?? 0) < to) last++;
  return { first: low, last };
}
