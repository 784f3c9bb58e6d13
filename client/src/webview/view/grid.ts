/**
 * The grid (WAI-ARIA grid pattern): any number of rows and columns. The DOM holds those in view, and rows that leave
 * it are reused for those that enter. The heads of the columns are row -1 for the keyboard.
 */
import { cellText, memberOf } from '#core/results/table';
import type { Column } from '../data/columns';
import { isLink } from '../data/columns';
import { visibleLines } from '../data/formats';
import { columnsBetween, Geometry } from '../data/geometry';
import type { Model } from '../data/model';
import { type Finder, finderOf } from '../data/search';
import { isSelected, type Place, type Range, rangeOf } from '../data/selection';
import { voidOf } from '../data/values';
import { columnHead, type HeadActions } from './column-head';
import { eachFrame, make } from './dom';
import { moveFor } from './grid-keys';
import { ColumnWidths } from './widths';

interface GridActions extends HeadActions {
  /** Handles a key that the grid does not; returns true when it did something. */
  readonly key: (event: KeyboardEvent, place: Place) => boolean;
  readonly cellMenu: (place: Place, at: { x: number; y: number }) => void;
  readonly open: (place: Place) => void;
  readonly selected: () => void;
  readonly scrolled: () => void;
}

interface RowView {
  readonly element: HTMLElement;
  readonly head: HTMLElement;
  readonly cells: HTMLElement[];
  /** The columns that the cells were made for. */
  made: number;
}

const OVERSCAN = 6;

export class Grid {
  readonly element: HTMLElement;
  focus: Place = { row: 0, column: 0 };
  ranges: readonly Range[] = [];
  readonly #surface = make('div', {
    role: 'grid',
    'aria-label': 'Records',
    'aria-multiselectable': 'true',
    class: 'surface',
  });
  readonly #head = make('div', { role: 'rowgroup', class: 'head' });
  readonly #body = make('div', { role: 'rowgroup', class: 'body' });
  readonly #geometry = new Geometry(0, 24, 0);
  readonly #widths: ColumnWidths;
  readonly #rows = new Map<number, RowView>();
  readonly #pool: RowView[] = [];
  #edges: number[] = [0];
  #headWidth = 50;
  #window = { first: 0, last: -1 };
  /** Grows when cells must be made again. */
  #made = 0;
  #anchor: Place = { row: 0, column: 0 };
  #find: Finder | undefined;
  readonly #drawSoon = eachFrame(() => this.draw());

  constructor(
    private readonly model: Model,
    private readonly actions: GridActions,
  ) {
    this.element = make('div', { class: 'grid' }, this.#surface);
    this.#surface.append(this.#head, this.#body);
    this.#widths = new ColumnWidths(model, this.element);
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('pointerdown', (event) => this.#down(event));
    this.element.addEventListener('dblclick', (event) => {
      const place = this.#placeOf(event.target);
      if (place !== undefined) this.actions.open(place);
    });
    this.element.addEventListener('contextmenu', (event) => this.#context(event));
    this.element.addEventListener('mouseover', (event) => this.#hover(event));
    this.element.addEventListener('focusin', (event) => this.#focused(event));
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  /** The columns, their order or their widths changed. */
  columnsChanged(): void {
    const { visible, pinned } = this.model;
    this.#edges = [0];
    for (const column of visible) this.#edges.push((this.#edges.at(-1) ?? 0) + this.#widths.of(column));
    this.#headWidth = 28 + 8 * String(Math.max(100, this.model.records.length)).length;
    this.#surface.setAttribute('aria-colcount', String(visible.length + 1));
    this.#surface.style.width = `${this.#headWidth + (this.#edges.at(-1) ?? 0)}px`;
    this.#surface.hidden = visible.length === 0;
    this.focus = { ...this.focus, column: clamp(this.focus.column, visible.length - 1) };
    this.#window = { first: pinned, last: -1 };
    this.draw();
  }

  /** The rows changed: drawn ones show something else now. */
  rowsChanged(): void {
    if (this.focus.row >= 0) this.focus = { ...this.focus, row: clamp(this.focus.row, this.model.count - 1) };
    this.#made++;
    this.draw();
  }

  /** Rows were added at the end; the first ones also decide the widths. */
  rowsAdded(): void {
    if (this.#widths.outdated()) this.columnsChanged();
    else this.#drawSoon();
  }

  matchesChanged(): void {
    const text = this.model.matches?.text ?? '';
    this.#find = text === '' ? undefined : finderOf(text, this.model.formats);
    for (const [row, view] of this.#rows) this.#fill(row, view);
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

  select(ranges: readonly Range[]): void {
    this.ranges = ranges;
    for (const [row, view] of this.#rows) this.#mark(row, view);
    this.actions.selected();
  }

  /** The selection, or the cell with the focus. */
  chosen(): readonly Range[] {
    const { row, column } = this.focus;
    return this.ranges.length > 0 ? this.ranges : row >= 0 ? [rangeOf({ row, column }, { row, column })] : [];
  }

  selectAll(): void {
    if (this.model.count > 0) this.select([this.#whole(0, this.model.count - 1)]);
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
    if (row >= 0) this.#geometry.reveal(row);
    this.#revealColumn(column);
    if (extend && row >= 0 && this.#anchor.row >= 0) this.ranges = [rangeOf(this.#anchor, this.focus)];
    else {
      this.#anchor = this.focus;
      this.ranges = [];
    }
    this.draw();
    for (const [index, view] of this.#rows) this.#mark(index, view);
    if (focus) this.#focusCell();
    this.actions.selected();
  }

  focusCell(): void {
    this.#focusCell();
  }

  /** Returns the width that fits the rows in view and those that follow. */
  fitting(name: string): number {
    const column = this.model.column(name);
    const from = Math.max(0, Math.floor(this.#geometry.top / this.#geometry.rowHeight));
    const rows = Array.from({ length: 500 }, (_, at) => this.model.recordAt(from + at) ?? {});
    return column === undefined ? 100 : this.#widths.fitting(column, rows);
  }

  widthOf(column: number): number {
    return (this.#edges[column + 1] ?? 0) - (this.#edges[column] ?? 0);
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
    this.#drawColumns();
    const hadFocus =
      element.contains(document.activeElement) && this.#head.contains(document.activeElement) === false;
    const { from, to } = geometry.window(OVERSCAN);
    for (const [index, view] of this.#rows) {
      if (index >= from && index < to) continue;
      view.element.remove();
      this.#rows.delete(index);
      this.#pool.push(view);
    }
    let next = this.#body.firstElementChild;
    for (let index = from; index < to; index++) {
      let view = this.#rows.get(index);
      if (view === undefined) {
        view = this.#pool.pop() ?? this.#newRow();
        this.#rows.set(index, view);
        this.#fill(index, view);
        this.#body.insertBefore(view.element, next);
      } else {
        if (view.made !== this.#made) this.#fill(index, view);
        next = view.element.nextElementSibling;
      }
    }
    // Uses the actual scroll position, not the requested one: the difference would be a jump.
    const offset = from * rowHeight - geometry.top + element.scrollTop;
    this.#body.style.transform = `translateY(${offset}px)`;
    const shown = this.focus.row >= from && this.focus.row < to && this.#cellAt(this.focus) !== undefined;
    this.#surface.tabIndex = shown || this.focus.row < 0 ? -1 : 0;
    if (hadFocus && document.activeElement !== this.#cellAt(this.focus)) this.#focusCell();
  }

  #drawColumns(): void {
    const { element, model } = this;
    const { pinned, visible } = model;
    const pinnedWidth = this.#edges[pinned] ?? 0;
    const left = element.scrollLeft + pinnedWidth;
    const { first, last } = columnsBetween(
      this.#edges,
      left - 200,
      element.scrollLeft + element.clientWidth - this.#headWidth + 200,
    );
    const from = Math.max(pinned, first);
    // A few cells beyond the view are kept, so that not every pixel makes new ones.
    if (
      this.#window.last >= 0 &&
      this.#window.first <= Math.max(pinned, columnsBetween(this.#edges, left, left).first) &&
      this.#window.last >=
        Math.min(
          visible.length - 1,
          columnsBetween(this.#edges, left, left + element.clientWidth - this.#headWidth - pinnedWidth).last,
        ) &&
      this.#window.first >= from - 3 &&
      this.#window.last <= last + 3
    )
      return;
    this.#window = { first: from, last: Math.min(visible.length - 1, Math.max(last, from)) };
    this.#made++;
    this.#drawHead();
  }

  /** Numbers of the columns that have cells: pinned ones, and those in view. */
  #drawn(): number[] {
    const columns: number[] = [];
    for (let at = 0; at < this.model.pinned; at++) columns.push(at);
    for (let at = this.#window.first; at <= this.#window.last; at++) columns.push(at);
    return columns;
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
    corner.style.width = `${this.#headWidth}px`;
    row.append(corner);
    for (const at of this.#drawn()) {
      const column = this.model.visible[at];
      if (column === undefined) continue;
      const head = columnHead(column, at, this.model, this.actions);
      head.tabIndex = this.focus.row === -1 && this.focus.column === at ? 0 : -1;
      this.#shape(head, at);
      row.append(head);
    }
    this.#head.replaceChildren(row);
    if (hadFocus) this.#focusCell();
  }

  /** Sets the width and position of a cell. */
  #shape(cell: HTMLElement, column: number): void {
    const { pinned } = this.model;
    const edge = this.#edges[column] ?? 0;
    cell.style.width = `${(this.#edges[column + 1] ?? 0) - edge}px`;
    cell.classList.toggle('pinned', column < pinned);
    cell.classList.toggle('last-pinned', column === pinned - 1);
    cell.style.left = column < pinned ? `${this.#headWidth + edge}px` : '';
    cell.style.marginLeft = column === this.#window.first ? `${edge - (this.#edges[pinned] ?? 0)}px` : '';
  }

  #newRow(): RowView {
    const head = make('div', { role: 'rowheader', class: 'row-number', 'aria-colindex': 1 });
    return { element: make('div', { role: 'row', class: 'row' }, head), head, cells: [], made: -1 };
  }

  #fill(row: number, view: RowView): void {
    const { model } = this;
    const columns = this.#drawn();
    if (view.made !== this.#made) {
      view.head.style.width = `${this.#headWidth}px`;
      while (view.cells.length < columns.length) {
        const cell = make('div', { role: 'gridcell' });
        view.cells.push(cell);
        view.element.append(cell);
      }
      for (const cell of view.cells.splice(columns.length)) cell.remove();
      columns.forEach((column, at) => {
        const cell = view.cells[at];
        if (cell === undefined) return;
        cell.className = `cell ${model.visible[column]?.kind ?? ''}`;
        cell.dataset['column'] = String(column);
        cell.setAttribute('aria-colindex', String(column + 2));
        this.#shape(cell, column);
      });
      view.made = this.#made;
    }
    view.element.setAttribute('aria-rowindex', String(row + 2));
    view.element.classList.toggle('odd', row % 2 === 1);
    view.head.textContent = model.formats.count(model.numberAt(row) + 1);
    const record = model.recordAt(row) ?? {};
    columns.forEach((at, index) => {
      const [cell, column] = [view.cells[index], model.visible[at]];
      if (cell === undefined || column === undefined) return;
      const value = memberOf(record, column.name);
      const nothing = voidOf(value);
      cell.textContent = model.formats.show(column, value);
      if (nothing === undefined) delete cell.dataset['void'];
      else cell.dataset['void'] = nothing;
      cell.classList.toggle('link', nothing === undefined && isLink(column.name));
      cell.dataset['row'] = String(row);
      cell.classList.toggle('match', this.#find?.(column, value) === true);
      cell.removeAttribute('title');
    });
    this.#mark(row, view);
  }

  #mark(row: number, view: RowView): void {
    let any = false;
    for (const cell of view.cells) {
      const column = Number(cell.dataset['column']);
      const here = row === this.focus.row && column === this.focus.column;
      const selected = isSelected(this.ranges, { row, column });
      any ||= selected;
      cell.tabIndex = here ? 0 : -1;
      cell.setAttribute('aria-selected', String(selected));
      cell.classList.toggle('here', here);
    }
    view.head.classList.toggle('chosen', any);
  }

  #cellAt({ row, column }: Place): HTMLElement | undefined {
    if (row < 0)
      return (
        this.#head.querySelector<HTMLElement>(`[role=columnheader][data-column="${column}"]`) ?? undefined
      );
    return this.#rows.get(row)?.cells.find((cell) => cell.dataset['column'] === String(column));
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

  #revealColumn(column: number): void {
    const { pinned } = this.model;
    if (column < pinned) return;
    const [left = 0, right = 0] = [this.#edges[column], this.#edges[column + 1]];
    const room = this.element.clientWidth - this.#headWidth;
    const covered = this.#edges[pinned] ?? 0;
    if (left - covered < this.element.scrollLeft) this.element.scrollLeft = left - covered;
    else if (right > this.element.scrollLeft + room)
      this.element.scrollLeft = Math.min(left - covered, right - room);
  }

  #whole(top: number, bottom: number): Range {
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
      const from = this.ranges.length === 1 ? this.#anchor.row : focus.row;
      this.select([this.#whole(from, focus.row)]);
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

  #placeOf(target: EventTarget | null): Place | undefined {
    const cell = target instanceof Element ? target.closest<HTMLElement>('.cell') : null;
    return cell === null
      ? undefined
      : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
  }

  #rowOf(target: EventTarget | null): number | undefined {
    const head = target instanceof Element ? target.closest<HTMLElement>('.body .row-number') : null;
    return head === null ? undefined : Number(head.parentElement?.getAttribute('aria-rowindex')) - 2;
  }

  #down(event: PointerEvent): void {
    if (event.target instanceof Element && event.target.closest('.corner') !== null) {
      this.selectAll();
      return;
    }
    const place = this.#placeOf(event.target);
    const row = this.#rowOf(event.target);
    const to = place ?? (row === undefined ? undefined : { row, column: 0 });
    if (to === undefined) return;
    if (event.button === 2 && isSelected(this.ranges, to)) return;
    event.preventDefault();
    const whole = place === undefined;
    const kept = event.ctrlKey || event.metaKey ? this.ranges : [];
    // The focused cell becomes the first of several selected ranges.
    const first =
      kept.length === 0 && (event.ctrlKey || event.metaKey) ? [rangeOf(this.focus, this.focus)] : kept;
    const anchor = event.shiftKey ? this.#anchor : to;
    const extend = (end: Place) => {
      const range = whole ? this.#whole(anchor.row, end.row) : rangeOf(anchor, end);
      const one = first.length === 0 && !whole && range.top === range.bottom && range.left === range.right;
      this.select(one ? [] : [...first, range]);
    };
    this.moveTo(to);
    this.#anchor = anchor;
    extend(to);
    if (event.button === 0) this.#drag(event, extend);
  }

  /** Follows the pointer until it is released; beyond an edge the grid keeps scrolling. */
  #drag(start: PointerEvent, extend: (end: Place) => void): void {
    let last = start;
    const step = () => {
      const box = this.element.getBoundingClientRect();
      const speed = (low: number, high: number, at: number) =>
        at < low ? at - low : at > high ? at - high : 0;
      const down = speed(box.top + 30, box.bottom - 20, last.clientY);
      const across = speed(box.left + this.#headWidth, box.right - 20, last.clientX);
      if (down !== 0) this.#geometry.move(this.#geometry.top + down);
      if (across !== 0) this.element.scrollLeft += across;
      if (down !== 0 || across !== 0) this.draw();
      extend(this.#placeAt(last.clientX, last.clientY));
    };
    const timer = setInterval(step, 40);
    const move = (event: PointerEvent) => (last = event);
    const end = () => {
      clearInterval(timer);
      if (last !== start) extend(this.#placeAt(last.clientX, last.clientY));
      window.removeEventListener('pointermove', move);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end, { once: true });
  }

  #placeAt(x: number, y: number): Place {
    const box = this.element.getBoundingClientRect();
    const { rowHeight, top } = this.#geometry;
    const within = x - box.left - this.#headWidth;
    const pinned = within < (this.#edges[this.model.pinned] ?? 0);
    const at = columnsBetween(this.#edges, pinned ? within : within + this.element.scrollLeft, 0).first;
    return {
      row: clamp(Math.floor((y - box.top - rowHeight + top) / rowHeight), this.model.count - 1),
      column: clamp(at, this.model.visible.length - 1),
    };
  }

  #context(event: MouseEvent): void {
    const head =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[role=columnheader]') : null;
    const place =
      this.#placeOf(event.target) ?? (this.#rowOf(event.target) === undefined ? undefined : this.focus);
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    if (head !== null) this.actions.columnMenu(Number(head.dataset['column']), at);
    else if (place !== undefined) this.actions.cellMenu(place, at);
  }

  /** Shows the value as the API sent it, if the cell shows it cut or formatted. */
  #hover(event: MouseEvent): void {
    const place = this.#placeOf(event.target);
    const cell = place === undefined ? undefined : this.#cellAt(place);
    const column = place === undefined ? undefined : this.model.visible[place.column];
    if (cell === undefined || column === undefined || cell.title !== '') return;
    cell.title = visibleLines(
      titleOf(column, memberOf(this.model.recordAt(place?.row ?? 0) ?? {}, column.name), cell),
    );
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

function titleOf(column: Column, value: unknown, cell: HTMLElement): string {
  const nothing = voidOf(value);
  if (nothing === 'missing') return `The record has no ${column.name}.`;
  if (nothing === 'null') return 'null';
  if (nothing === 'empty') return Array.isArray(value) ? 'An empty list' : 'An empty text';
  if (Array.isArray(value)) return `${value.length} values\n${value.map(cellText).join('\n')}`.slice(0, 2000);
  const text = cellText(value);
  return text !== cell.textContent || cell.scrollWidth > cell.clientWidth ? text.slice(0, 2000) : '';
}

const clamp = (value: number, most: number, least = 0) => Math.max(least, Math.min(value, most));
