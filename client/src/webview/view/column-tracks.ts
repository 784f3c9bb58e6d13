/** Where the columns of the grid are, and which of them have cells. */
import { columnsBetween } from '../data/geometry';
import type { GridModel } from '../data/grid-model';
import { ColumnWidths } from './widths';

export class ColumnTracks {
  /** The width of the column of row numbers. */
  headWidth = 50;
  readonly #widths: ColumnWidths;
  /** Each left edge, and the last right edge. */
  #edges: number[] = [0];
  /** The column that names the records; -1 where it scrolls away like the others, or is pinned anyway. */
  #naming = -1;
  /** The same where there is room for it: it stops at the left edge. */
  #kept = -1;
  /** The columns in view, without the pinned ones. */
  #window = { first: 0, last: -1 };

  constructor(
    private readonly model: GridModel,
    private readonly element: HTMLElement,
  ) {
    this.#widths = new ColumnWidths(model, element);
  }

  /** The columns, their order or their widths changed. */
  changed(): void {
    const { visible, pinned, records, layout, naming } = this.model;
    this.#edges = [0];
    for (const column of visible) this.#edges.push((this.#edges.at(-1) ?? 0) + this.#widths.of(column));
    this.headWidth = 28 + 8 * String(Math.max(100, records.length)).length;
    this.#naming = layout.loose === true || naming < pinned ? -1 : naming;
    this.#window = { first: pinned, last: -1 };
  }

  /** Cells show something else now, so other widths fit. */
  forgetWidths(): void {
    this.#widths.forget();
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
    const kept = this.#keptIn(element.clientWidth - this.headWidth);
    const moved = kept !== this.#kept;
    this.#kept = kept;
    const left = element.scrollLeft + pinnedWidth;
    const right = element.scrollLeft + element.clientWidth - this.headWidth;
    const { first, last } = columnsBetween(this.#edges, left - 200, right + 200);
    const from = Math.max(pinned, first);
    // A few cells beyond the view are kept, so that not every pixel makes new ones.
    if (
      !moved &&
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

  /** The column that stays in view, unless it would take more than half of the room. */
  #keptIn(room: number): number {
    const right = (this.#edges[this.model.pinned] ?? 0) + this.widthOf(this.#naming);
    return this.#naming >= 0 && right <= room / 2 ? this.#naming : -1;
  }

  /** Whether the column that stays in view is left of those that have cells, as it was scrolled past. */
  get #passed(): boolean {
    return this.#kept >= 0 && this.#kept < this.#window.first;
  }

  /** Numbers of the columns that have cells: pinned ones, the one that stays in view, and those in view. */
  drawn(): number[] {
    const columns: number[] = [];
    for (let at = 0; at < this.model.pinned; at++) columns.push(at);
    if (this.#passed) columns.push(this.#kept);
    for (let at = this.#window.first; at <= this.#window.last; at++) columns.push(at);
    return columns;
  }

  /** Sets the width and position of a cell. */
  shape(cell: HTMLElement, column: number): void {
    const { pinned } = this.model;
    const edge = this.#edges[column] ?? 0;
    const pinnedEdge = this.#edges[pinned] ?? 0;
    const kept = column === this.#kept;
    cell.style.width = `${this.widthOf(column)}px`;
    cell.classList.toggle('pinned', column < pinned || kept);
    cell.classList.toggle('last-pinned', column === pinned - 1);
    cell.style.left = column < pinned || kept ? `${this.headWidth + Math.min(edge, pinnedEdge)}px` : '';
    // Where the cell before it ends: cells of columns out of view do not exist.
    const passed = this.#passed ? (this.#edges[this.#kept + 1] ?? 0) : pinnedEdge;
    if (column === this.#window.first) cell.style.marginLeft = `${edge - passed}px`;
    else cell.style.marginLeft = kept && this.#passed ? `${edge - pinnedEdge}px` : '';
  }

  /** Scrolls until a column is in view. */
  reveal(column: number): void {
    const { pinned } = this.model;
    if (column < pinned) return;
    const [left = 0, right = 0] = [this.#edges[column], this.#edges[column + 1]];
    const room = this.element.clientWidth - this.headWidth;
    const kept = this.#kept >= 0 && column > this.#kept ? this.widthOf(this.#kept) : 0;
    const covered = (this.#edges[pinned] ?? 0) + kept;
    if (left - covered < this.element.scrollLeft) {
      if (column !== this.#kept) this.element.scrollLeft = left - covered;
    } else if (right > this.element.scrollLeft + room)
      this.element.scrollLeft = Math.min(left - covered, right - room);
  }

  /** Returns the column at a distance from the left edge of the grid. */
  at(x: number): number {
    const within = x - this.headWidth;
    const pinnedWidth = this.#edges[this.model.pinned] ?? 0;
    const pinned = within < pinnedWidth;
    if (!pinned && this.#kept >= 0) {
      const left = Math.max(pinnedWidth, (this.#edges[this.#kept] ?? 0) - this.element.scrollLeft);
      if (within >= left && within < left + this.widthOf(this.#kept)) return this.#kept;
    }
    return columnsBetween(this.#edges, pinned ? within : within + this.element.scrollLeft, 0).first;
  }
}
