/** The rows of the grid that have elements: those in view. Rows that leave it are reused for those that enter. */
import { idOf, memberOf } from '#core/results/table';
import { isLink } from '../data/columns';
import type { Edit } from '../data/edits';
import { visibleLines } from '../data/formats';
import type { GridModel } from '../data/grid-model';
import type { Finder } from '../data/search';
import { isSelected, type Place, type Range } from '../data/selection';
import { voidOf } from '../data/values';
import { editTitle } from './cell-title';
import type { ColumnTracks } from './column-tracks';
import { make } from './dom';

interface RowView {
  readonly element: HTMLElement;
  readonly head: HTMLElement;
  readonly cells: HTMLElement[];
  /** The columns that the cells were made for. */
  made: number;
}

/** What the rows show besides the records. */
export interface Marks {
  readonly focus: Place;
  readonly ranges: readonly Range[];
  readonly find: Finder | undefined;
}

export class GridRows {
  readonly element = make('div', { role: 'rowgroup', class: 'body' });
  readonly #rows = new Map<number, RowView>();
  readonly #pool: RowView[] = [];
  /** Grows when cells must be made again. */
  #made = 0;

  constructor(
    private readonly model: GridModel,
    private readonly tracks: ColumnTracks,
    private readonly marks: () => Marks,
    /** Whether no cell of a column can be edited. */
    private readonly locked: (column: number) => boolean,
  ) {}

  /** All cells are to be made again. */
  renew(): void {
    this.#made++;
  }

  /** Draws the rows from one to before another. */
  draw(from: number, to: number): void {
    for (const [index, view] of this.#rows) {
      if (index >= from && index < to) continue;
      view.element.remove();
      this.#rows.delete(index);
      this.#pool.push(view);
    }
    let next = this.element.firstElementChild;
    for (let index = from; index < to; index++) {
      let view = this.#rows.get(index);
      if (view === undefined) {
        view = this.#pool.pop() ?? newRow();
        this.#rows.set(index, view);
        this.#fill(index, view);
        this.element.insertBefore(view.element, next);
      } else {
        if (view.made !== this.#made) this.#fill(index, view);
        next = view.element.nextElementSibling;
      }
    }
  }

  /** Fills the drawn cells again. */
  fill(): void {
    for (const [row, view] of this.#rows) this.#fill(row, view);
  }

  /** Shows focus and selection. */
  mark(): void {
    for (const [row, view] of this.#rows) this.#mark(row, view);
  }

  cellAt({ row, column }: Place): HTMLElement | undefined {
    return this.#rows.get(row)?.cells.find((cell) => cell.dataset['column'] === String(column));
  }

  #fill(row: number, view: RowView): void {
    const { model } = this;
    const columns = this.tracks.drawn();
    if (view.made !== this.#made) this.#make(view, columns);
    view.element.setAttribute('aria-rowindex', String(row + 2));
    view.element.classList.toggle('odd', row % 2 === 1);
    view.head.textContent = model.formats.count(model.numberAt(row) + 1);
    const record = model.recordAt(row) ?? {};
    const edits = model.edits.records === 0 ? undefined : model.edits.of(idOf(record));
    const { find } = this.marks();
    columns.forEach((at, index) => {
      const [cell, column] = [view.cells[index], model.visible[at]];
      if (cell === undefined || column === undefined) return;
      const edit = edits?.get(column.name);
      const value = edit === undefined ? memberOf(record, column.name) : edit.value;
      const nothing = voidOf(value);
      cell.textContent = model.formats.show(column, value);
      const name = model.nameBeside?.(column, value);
      if (name !== undefined) cell.append(' ', make('bdi', { class: 'beside' }, visibleLines(name)));
      if (nothing === undefined) delete cell.dataset['void'];
      else cell.dataset['void'] = nothing;
      cell.classList.toggle(
        'link',
        nothing === undefined && column.grouped === undefined && isLink(column.name),
      );
      cell.dataset['row'] = String(row);
      if (model.lookOf !== undefined) cell.dataset['look'] = model.lookOf(row, at);
      cell.classList.toggle('match', find?.(column, value) === true);
      cell.removeAttribute('title');
      markEdit(cell, edit);
    });
    this.#mark(row, view);
  }

  #make(view: RowView, columns: readonly number[]): void {
    view.head.style.width = `${this.tracks.headWidth}px`;
    while (view.cells.length < columns.length) {
      const cell = make('div', { role: 'gridcell' });
      view.cells.push(cell);
      view.element.append(cell);
    }
    for (const cell of view.cells.splice(columns.length)) cell.remove();
    columns.forEach((column, at) => {
      const cell = view.cells[at];
      if (cell === undefined) return;
      cell.className = `cell ${this.model.visible[column]?.kind ?? ''}`;
      cell.dataset['column'] = String(column);
      cell.setAttribute('aria-colindex', String(column + 2));
      cell.setAttribute('aria-readonly', String(this.locked(column)));
      this.tracks.shape(cell, column);
    });
    view.made = this.#made;
  }

  #mark(row: number, view: RowView): void {
    const { focus, ranges } = this.marks();
    let any = false;
    for (const cell of view.cells) {
      const column = Number(cell.dataset['column']);
      const here = row === focus.row && column === focus.column;
      const selected = isSelected(ranges, { row, column });
      any ||= selected;
      cell.tabIndex = here ? 0 : -1;
      cell.setAttribute('aria-selected', String(selected));
      cell.classList.toggle('here', here);
    }
    view.head.classList.toggle('chosen', any);
  }
}

/** Marks a changed cell, and one that can't be sent, for eyes that see no colours and for screen readers. */
function markEdit(cell: HTMLElement, edit: Edit | undefined): void {
  if (edit === undefined && !cell.classList.contains('edited')) return;
  const fault = edit?.problem ?? edit?.failure;
  cell.classList.toggle('edited', edit !== undefined);
  cell.classList.toggle('faulty', fault !== undefined);
  if (edit === undefined) cell.removeAttribute('aria-description');
  else cell.setAttribute('aria-description', visibleLines(editTitle(edit)));
  if (fault === undefined) cell.removeAttribute('aria-invalid');
  else cell.setAttribute('aria-invalid', 'true');
}

function newRow(): RowView {
  const head = make('div', { role: 'rowheader', class: 'row-number', 'aria-colindex': 1 });
  return { element: make('div', { role: 'row', class: 'row' }, head), head, cells: [], made: -1 };
}

/** Returns the cell that an event is about. */
export function placeOf(target: EventTarget | null): Place | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('.cell') : null;
  return cell === null
    ? undefined
    : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}

/** Returns the row whose number an event is about. */
export function rowOf(target: EventTarget | null): number | undefined {
  const head = target instanceof Element ? target.closest<HTMLElement>('.body .row-number') : null;
  return head === null ? undefined : Number(head.parentElement?.getAttribute('aria-rowindex')) - 2;
}
