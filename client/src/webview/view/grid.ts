/**
 * The grid (WAI-ARIA grid pattern): any number of rows and columns. The DOM holds those in view, and rows that leave
 * it are reused for those that enter. The heads of the columns are row -1 for the keyboard.
 */
import { visibleLines } from '../data/formats';
import { Geometry } from '../data/geometry';
import type { GridModel } from '../data/grid-model';
import { type Finder, finderOf } from '../data/search';
import { isSelected, type Place, type Range, rangeOf } from '../data/selection';
import { cellTitle } from './cell-title';
import { columnHead, type HeadActions } from './column-head';
import { ColumnTracks } from './column-tracks';
import { eachFrame, make } from './dom';
import { moveFor } from './grid-keys';
import { pressed } from './grid-pointer';
import { GridRows, placeOf, rowOf } from './grid-rows';

interface GridActions extends HeadActions {
  /** Handles a key that the grid does not; returns true when it did something. */
  readonly key: (event: KeyboardEvent, place: Place) => boolean;
  readonly cellMenu: (place: Place, at: { x: number; y: number }) => void;
  readonly open: (place: Place) => void;
  readonly selected: () => void;
  /** Why no cell of a column can be edited: a sentence; undefined where they can be. */
  readonly locked: (column: number) => string | undefined;
  /** Why a cell can't be edited, where the user is about to edit cells. */
  readonly lock: (place: Place) => string | undefined;
  /** The cells may be elsewhere now. */
  readonly drawn: () => void;
  readonly scrolled: () => void;
}

const OVERSCAN = 6;

export class Grid {
  readonly element: HTMLElement;
  focus: Place = { row: 0, column: 0 };
  ranges: readonly Range[] = [];
  readonly #surface = make('div', {
    role: 'grid',
    'aria-multiselectable': 'true',
    class: 'surface',
  });
  readonly #head = make('div', { role: 'rowgroup', class: 'head' });
  readonly #geometry = new Geometry(0, 24, 0);
  readonly #tracks: ColumnTracks;
  readonly #rows: GridRows;
  /** Where a selection that is extended begins. */
  anchor: Place = { row: 0, column: 0 };
  #find: Finder | undefined;
  readonly #drawSoon = eachFrame(() => this.draw());

  constructor(
    private readonly model: GridModel,
    private readonly actions: GridActions,
    label = 'Records',
  ) {
    this.#surface.setAttribute('aria-label', label);
    this.element = make('div', { class: 'grid' }, this.#surface);
    this.#tracks = new ColumnTracks(model, this.element);
    this.#rows = new GridRows(
      model,
      this.#tracks,
      () => ({ focus: this.focus, ranges: this.ranges, find: this.#find }),
      (column) => actions.locked(column) !== undefined,
    );
    this.#surface.append(this.#head, this.#rows.element);
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('pointerdown', (event) =>
      pressed(event, this, (place) => isSelected(this.ranges, place)),
    );
    this.element.addEventListener('dblclick', (event) => {
      const place = placeOf(event.target);
      if (place !== undefined) this.actions.open(place);
    });
    this.element.addEventListener('contextmenu', (event) => this.#context(event));
    this.element.addEventListener('mouseover', (event) => this.#hover(event));
    this.element.addEventListener('focusin', (event) => this.#focused(event));
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  /** The columns, their order or their widths changed. */
  columnsChanged(): void {
    const { visible } = this.model;
    this.#tracks.changed();
    this.#surface.setAttribute('aria-colcount', String(visible.length + 1));
    this.#surface.style.width = `${this.#tracks.width}px`;
    this.#surface.hidden = visible.length === 0;
    this.focus = { ...this.focus, column: clamp(this.focus.column, visible.length - 1) };
    this.draw();
  }

  /** Names came to stand beside IDs, or went. */
  namesChanged(): void {
    this.#tracks.forgetWidths();
    this.columnsChanged();
    this.#rows.fill();
  }

  /** The rows changed: drawn ones show something else now. */
  rowsChanged(): void {
    if (this.focus.row >= 0) this.focus = { ...this.focus, row: clamp(this.focus.row, this.model.count - 1) };
    this.#rows.renew();
    this.draw();
  }

  /** Rows were added at the end; the first ones also decide the widths. */
  rowsAdded(): void {
    if (this.#tracks.outdated()) this.columnsChanged();
    else this.#drawSoon();
  }

  matchesChanged(): void {
    const text = this.model.matches?.text ?? '';
    this.#find = text === '' ? undefined : finderOf(text, this.model.formats);
    this.#rows.fill();
  }

  /** Cells were edited. */
  editsChanged(): void {
    this.#rows.fill();
  }

  /** Whether cells can be edited may have changed. */
  locksChanged(): void {
    this.#rows.renew();
    this.draw();
  }

  /** Where a cell is in the page; undefined where it is out of sight. */
  boxOf(place: Place): DOMRect | undefined {
    const box = this.#rows.cellAt(place)?.getBoundingClientRect();
    const inner = this.inner();
    return box === undefined || box.bottom <= inner.top || box.right <= inner.left ? undefined : box;
  }

  /** The scroll position, to restore it when the page is shown again. */
  get place(): { top: number; left: number } {
    return { top: this.#geometry.top, left: this.element.scrollLeft };
  }

  scrollTo({ top, left }: { top: number; left: number }): void {
    this.draw();
    this.#geometry.move(top);
    this.element.scrollLeft = left;
    this.draw();
  }

  /** Goes to the top left corner, where nothing is selected; the focus of the page stays where it is. */
  toStart(): void {
    this.focus = { row: 0, column: 0 };
    this.anchor = this.focus;
    this.ranges = [];
    this.scrollTo({ top: 0, left: 0 });
  }

  select(ranges: readonly Range[]): void {
    this.ranges = ranges;
    this.#rows.mark();
    this.actions.selected();
  }

  /** The selection, or the cell with the focus. */
  chosen(): readonly Range[] {
    const { row, column } = this.focus;
    return this.ranges.length > 0 ? this.ranges : row >= 0 ? [rangeOf({ row, column }, { row, column })] : [];
  }

  selectAll(): void {
    if (this.model.count > 0) this.select([this.wholeRows(0, this.model.count - 1)]);
  }

  selectColumn(column: number, add = false): void {
    const range = { top: 0, bottom: this.model.count - 1, left: column, right: column };
    this.select(add ? [...this.ranges, range] : [range]);
  }

  /** Moves the focus and scrolls to it. */
  moveTo(place: Place, { extend = false, focus = true } = {}): void {
    const row = Math.max(-1, clamp(place.row, this.model.count - 1, -1));
    const column = clamp(place.column, this.model.visible.length - 1);
    this.focus = { row, column };
    // Rows that came since it was drawn last count, too.
    this.#geometry.rows = this.model.count;
    if (row >= 0) this.#geometry.reveal(row);
    this.#tracks.reveal(column);
    if (extend && row >= 0 && this.anchor.row >= 0) this.ranges = [rangeOf(this.anchor, this.focus)];
    else {
      this.anchor = this.focus;
      this.ranges = [];
    }
    this.draw();
    this.#rows.mark();
    if (focus) this.#focusCell();
    this.actions.selected();
  }

  focusCell(): void {
    this.#focusCell();
  }

  /** Returns the width that fits the rows in view and those that follow. */
  fitting(name: string): number {
    const from = Math.max(0, Math.floor(this.#geometry.top / this.#geometry.rowHeight));
    const rows = Array.from({ length: 500 }, (_, at) => this.model.recordAt(from + at) ?? {});
    return this.#tracks.fitting(name, rows);
  }

  widthOf(column: number): number {
    return this.#tracks.widthOf(column);
  }

  headAt(column: number): HTMLElement | undefined {
    return this.#cellAt({ row: -1, column });
  }

  draw(): void {
    const { model, element } = this;
    if (element.clientHeight === 0) return;
    const geometry = this.#geometry;
    const rowHeight = parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 24;
    geometry.rowHeight = rowHeight;
    geometry.rows = model.count;
    geometry.view = Math.max(rowHeight, element.clientHeight - rowHeight - 2);
    geometry.move(geometry.top);
    const surfaceHeight = `${geometry.height + rowHeight + 2}px`;
    if (this.#surface.style.height !== surfaceHeight) this.#surface.style.height = surfaceHeight;
    this.#surface.setAttribute('aria-rowcount', String(model.count + 1));
    if (Math.abs(element.scrollTop - geometry.bar) > 1) element.scrollTop = geometry.bar;
    if (this.#tracks.follow()) {
      this.#rows.renew();
      this.#drawHead();
    }
    const hadFocus =
      element.contains(document.activeElement) && this.#head.contains(document.activeElement) === false;
    const { from, to } = geometry.window(OVERSCAN);
    this.#rows.draw(from, to);
    // Uses the actual scroll position, not the requested one: the difference would be a jump.
    const offset = from * rowHeight - geometry.top + element.scrollTop;
    this.#rows.element.style.transform = `translateY(${offset}px)`;
    const shown = this.focus.row >= from && this.focus.row < to && this.#cellAt(this.focus) !== undefined;
    this.#surface.tabIndex = shown || this.focus.row < 0 ? -1 : 0;
    if (hadFocus && document.activeElement !== this.#cellAt(this.focus)) this.#focusCell();
    this.actions.drawn();
  }

  /** The sorting or filters of columns changed. */
  headsChanged(): void {
    this.#drawHead();
  }

  #drawHead(): void {
    const hadFocus = this.#head.contains(document.activeElement);
    const row = make('div', { role: 'row', 'aria-rowindex': 1, class: 'row' });
    const corner = make(
      'div',
      {
        role: 'rowheader',
        class: 'row-number corner',
        'aria-colindex': 1,
        title: 'Select all',
      },
      make('span', { class: 'hidden-text' }, 'All rows'),
    );
    corner.style.width = `${this.#tracks.headWidth}px`;
    row.append(corner);
    for (const at of this.#tracks.drawn()) {
      const column = this.model.visible[at];
      if (column === undefined) continue;
      const head = columnHead(column, at, this.model, this.actions);
      head.tabIndex = this.focus.row === -1 && this.focus.column === at ? 0 : -1;
      this.#tracks.shape(head, at);
      row.append(head);
    }
    this.#head.replaceChildren(row);
    if (hadFocus) this.#focusCell();
  }

  #cellAt({ row, column }: Place): HTMLElement | undefined {
    if (row < 0)
      return (
        this.#head.querySelector<HTMLElement>(`[role=columnheader][data-column="${column}"]`) ?? undefined
      );
    return this.#rows.cellAt({ row, column });
  }

  /** Focuses the cell, or the whole grid while the cell is not in view. */
  #focusCell(): void {
    const cell = this.#cellAt(this.focus);
    if (cell === undefined) this.#surface.focus({ preventScroll: true });
    else {
      cell.tabIndex = 0;
      cell.focus({ preventScroll: true });
    }
  }

  wholeRows(top: number, bottom: number): Range {
    return {
      top: Math.min(top, bottom),
      bottom: Math.max(top, bottom),
      left: 0,
      right: this.model.visible.length - 1,
    };
  }

  #scrolled(): void {
    this.#geometry.setBar(this.element.scrollTop);
    this.draw();
    this.actions.scrolled();
  }

  /** Moves a few rows for each notch of the wheel, even when the scroll bar is scaled. */
  #wheel(event: WheelEvent): void {
    if (!this.#geometry.scaled || event.deltaY === 0 || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const unit =
      event.deltaMode === 1 ? this.#geometry.rowHeight : event.deltaMode === 2 ? this.#geometry.view : 1;
    this.#geometry.move(this.#geometry.top + event.deltaY * unit);
    if (event.deltaX !== 0) this.element.scrollLeft += event.deltaX;
    this.#drawSoon();
    this.actions.scrolled();
  }

  #key(event: KeyboardEvent): void {
    const { model, focus } = this;
    const control = event.ctrlKey || event.metaKey;
    if ((event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu') {
      const box = this.#cellAt(focus)?.getBoundingClientRect();
      if (box === undefined) return;
      event.preventDefault();
      if (focus.row < 0) this.actions.columnMenu(focus.column, { x: box.left, y: box.bottom });
      else this.actions.cellMenu(focus, { x: box.left + 8, y: box.bottom });
      return;
    }
    if (this.actions.key(event, focus)) {
      event.preventDefault();
      return;
    }
    if (control && event.key.toLowerCase() === 'a') this.selectAll();
    else if (event.key === ' ' && event.shiftKey && focus.row >= 0) {
      const from = this.ranges.length === 1 ? this.anchor.row : focus.row;
      this.select([this.wholeRows(from, focus.row)]);
    } else if (event.key === ' ' && control) this.selectColumn(focus.column);
    else if (event.key === 'Escape' && this.ranges.length > 0) this.select([]);
    else {
      const to = moveFor(event, {
        ...focus,
        page: Math.max(1, Math.floor(this.#geometry.view / this.#geometry.rowHeight) - 1),
        rows: model.count,
        columns: model.visible.length,
      });
      if (to === undefined) return;
      this.moveTo(to, { extend: event.shiftKey });
    }
    event.preventDefault();
  }

  /** Scrolls by pixels. */
  scrollBy(across: number, down: number): void {
    if (down !== 0) this.#geometry.move(this.#geometry.top + down);
    if (across !== 0) this.element.scrollLeft += across;
    this.draw();
  }

  /** Where the cells are in the page, below the heads and beside the row numbers. */
  inner(): DOMRect {
    const box = this.element.getBoundingClientRect();
    const [top, left] = [box.top + 30, box.left + this.#tracks.headWidth];
    return new DOMRect(left, top, box.right - 20 - left, box.bottom - 20 - top);
  }

  /** The cell nearest to a point of the page. */
  placeAt(x: number, y: number): Place {
    const box = this.element.getBoundingClientRect();
    const { rowHeight, top } = this.#geometry;
    return {
      row: clamp(Math.floor((y - box.top - rowHeight + top) / rowHeight), this.model.count - 1),
      column: clamp(this.#tracks.at(x - box.left), this.model.visible.length - 1),
    };
  }

  #context(event: MouseEvent): void {
    const head =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[role=columnheader]') : null;
    const place = placeOf(event.target) ?? (rowOf(event.target) === undefined ? undefined : this.focus);
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    if (head !== null) this.actions.columnMenu(Number(head.dataset['column']), at);
    else if (place !== undefined) this.actions.cellMenu(place, at);
  }

  /** Shows the value as the API sent it, if the cell shows it cut or formatted. */
  #hover(event: MouseEvent): void {
    const place = placeOf(event.target);
    const cell = place === undefined ? undefined : this.#cellAt(place);
    if (place === undefined || cell === undefined || cell.title !== '') return;
    cell.title = visibleLines(cellTitle(this.model, place, cell, this.actions.lock(place)));
  }

  #focused(event: FocusEvent): void {
    const head =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[role=columnheader]') : null;
    if (head !== null) this.focus = { row: -1, column: Number(head.dataset['column']) };
    else if (event.target === this.#surface) {
      const cell = this.#cellAt(this.focus);
      if (cell !== undefined) cell.focus({ preventScroll: true });
    }
  }
}

const clamp = (value: number, most: number, least = 0) => Math.max(least, Math.min(value, most));
