/** Where the columns of the grid are, and which of them have cells. */
import { columnsBetween } from '../data/geometry';
import type { Model } from '../data/model';
import { ColumnWidths } from './widths';

export class ColumnTracks {
  /** The width of the column of row numbers. */
  headWidth = 50;
  readonly #widths: ColumnWidths;
  /** Each left edge, and the last right edge. */
  #edges: number[] = [0];
  /** The columns in view, without the pinned ones. */
  #window = { first: 0, last: -1 };

  constructor(
    private readonly model: Model,
    private readonly element: HTMLElement,
  ) {
    this.#widths = new ColumnWidths(model, element);
  }

  /** The columns, their order or their widths changed. */
  changed(): void {
    const { visible, pinned, records } = this.model;
    this.#edges = [0];
    for (const column of visible) this.#edges.push((this.#edges.at(-1) ?? 0) + this.#widths.of(column));
    this.headWidth = 28 + 8 * String(Math.max(100, records.length)).length;
    this.#window = { first: pinned, last: -1 };
  }

  /** Whether more of the records that decide the widths have arrived. */
  outdated(): boolean {
    return this.#widths.outdated();
  }

  /** Of all columns together. */
  get width(): number {
    return this.headWidth + (this.#edges.at(-1) ?? 0);
  }

  widthOf(column: number): number {
    return (this.#edges[column + 1] ?? 0) - (this.#edges[column] ?? 0);
  }

  /** Returns the width that fits a column of these records. */
  fitting(name: string, records: Iterable<Readonly<Record<string, unknown>>>): number {
    const column = this.model.column(name);
    return column === undefined ? 100 : this.#widths.fitting(column, records);
  }

  /** Follows the scroll position. Returns true when other columns need cells now. */
  follow(): boolean {
    const { element, model } = this;
    const { pinned, visible } = model;
    const pinnedWidth = this.#edges[pinned] ?? 0;
    const left = element.scrollLeft + pinnedWidth;
    const right = element.scrollLeft + element.clientWidth - this.headWidth;
    const { first, last } = columnsBetween(this.#edges, left - 200, right + 200);
    const from = Math.max(pinned, first);
    // A few cells beyond the view are kept, so that not every pixel makes new ones.
    if (
      this.#window.last >= 0 &&
      this.#window.first <= Math.max(pinned, columnsBetween(this.#edges, left, left).first) &&
      this.#window.last >= Math.min(visible.length - 1, columnsBetween(this.#edges, left, right).last) &&
      this.#window.first >= from - 3 &&
      this.#window.last <= last + 3
    )
      return false;
    this.#window = { first: from, last: Math.min(visible.length - 1, Math.max(last, from)) };
    return true;
  }

  /** Numbers of the columns that have cells: pinned ones, and those in view. */
  drawn(): number[] {
    const columns: number[] = [];
    for (let at = 0; at < this.model.pinned; at++) columns.push(at);
    for (let at = this.#window.first; at <= this.#window.last; at++) columns.push(at);
    return columns;
  }

  /** Sets the width and position of a cell. */
  shape(cell: HTMLElement, column: number): void {
    const { pinned } = this.model;
    const edge = this.#edges[column] ?? 0;
    cell.style.width = `${this.widthOf(column)}px`;
    cell.classList.toggle('pinned', column < pinned);
    cell.classList.toggle('last-pinned', column === pinned - 1);
    cell.style.left = column < pinned ? `${this.headWidth + edge}px` : '';
    cell.style.marginLeft = column === this.#window.first ? `${edge - (this.#edges[pinned] ?? 0)}px` : '';
  }

  /** Scrolls until a column is in view. */
  reveal(column: number): void {
    const { pinned } = this.model;
    if (column < pinned) return;
    const [left = 0, right = 0] = [this.#edges[column], this.#edges[column + 1]];
    const room = this.element.clientWidth - this.headWidth;
    const covered = this.#edges[pinned] ?? 0;
    if (left - covered < this.element.scrollLeft) this.element.scrollLeft = left - covered;
    else if (right > this.element.scrollLeft + room)
      this.element.scrollLeft = Math.min(left - covered, right - room);
  }

  /** Returns the column at a distance from the left edge of the grid. */
  at(x: number): number {
    const within = x - this.headWidth;
    const pinned = within < (this.#edges[this.model.pinned] ?? 0);
    return columnsBetween(this.#edges, pinned ? within : within + this.element.scrollLeft, 0).first;
  }
}
