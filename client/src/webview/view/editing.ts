/** Editing cells in place: what is typed, pasted, cleared and filled becomes edits of records; nothing is sent. */
import type { Conventions } from '#core/bulk/cell-value';
import { idOf, memberOf } from '#core/results/table';
import type { Column } from '../data/columns';
import { cellLock } from '../data/editable';
import type { CellEdit, CellKey, NewValue } from '../data/edits';
import { plural } from '../data/formats';
import { fillDown, readBlock, spread } from '../data/paste';
import { isSelected, type Place, type Range, stretches } from '../data/selection';
import { conventionsOf, editText, effectiveType, emptied, hintOf, typedValue } from '../data/typed-text';
import { CellEditor } from './cell-editor';
import type { Context } from './context';
import { announce, find } from './dom';

/** A cell that can be edited: which one, and what it holds. */
interface OpenCell extends CellKey {
  readonly of: Column;
  readonly type: NewValue['type'];
  /** What the record has. */
  readonly before: unknown;
  /** What is shown: the edit, where there is one. */
  readonly value: unknown;
}

/** More cells are not changed by one action: it would take too long, and is more likely a slip. */
const MOST_CELLS = 100_000;

/** What editing asks of the page. */
interface EditingParts {
  /** Shows what the changes will do. */
  readonly review: () => void;
  /** Whether keys type has changed. */
  readonly changed: () => void;
}

export class Editing {
  #editor:
    | { readonly view: CellEditor; readonly cell: OpenCell; number: number; place: Place | undefined }
    | undefined;
  #typing = false;
  #known: { readonly locale: string; readonly conventions: Conventions } | undefined;

  /** `host`: where the editor is shown. */
  constructor(
    private readonly context: Context,
    private readonly host: HTMLElement,
    private readonly parts: EditingParts,
  ) {
    host.addEventListener('paste', (event) => this.#paste(event));
  }

  /** Whether keys type into cells; else letters are shortcuts. */
  get typing(): boolean {
    return this.#typing;
  }

  set typing(on: boolean) {
    if (on === this.#typing) return;
    this.#typing = on;
    this.parts.changed();
  }

  /** Opens the editor of a cell; `typed`: the text to begin with. Returns false, and says why, where it can't be edited. */
  begin(place: Place, typed?: string): boolean {
    this.commit();
    const { grid, model } = this.context;
    const cell = this.#cellAt(place);
    if (typeof cell === 'string') {
      this.#note(cell);
      return false;
    }
    this.typing = true;
    grid.moveTo(place);
    const { type, value, of } = cell;
    const view = new CellEditor(
      {
        label: `${cell.column} of ${cell.id}`,
        text: editText(value, type, this.#conventions()),
        ...(typed === undefined ? {} : { typed }),
        hint: hintOf(type, this.#conventions()),
        options: of.field?.values ?? (type === 'boolean' ? ['true', 'false'] : []),
      },
      {
        commit: (text, move) => this.#committed(cell, text, move),
        cancel: () => this.#cancelled(),
        review: () => this.parts.review(),
        problem: (text) => typedValue(text, type, this.#conventions()).problem,
      },
    );
    this.#editor = { view, cell, number: model.numberAt(place.row), place };
    this.host.append(view.element);
    this.drawn();
    view.open();
    return true;
  }

  /** Ends an open edit and keeps what was typed. */
  commit(): void {
    this.#editor?.view.close(true);
  }

  /** The grid was drawn: the editor stays over its cell. */
  drawn(): void {
    if (this.#editor === undefined) return;
    const place = this.#placeOfEditor();
    this.#editor.view.place(place === undefined ? undefined : this.context.grid.boxOf(place));
  }

  /** Rows came, or have another order: the editor goes with its record. */
  rowsChanged(): void {
    const editor = this.#editor;
    if (editor === undefined) return;
    const [before, place] = [editor.place, this.#placeOfEditor()];
    editor.place = place;
    if (place !== undefined && before?.row !== place.row) this.context.grid.moveTo(place, { focus: false });
  }

  #placeOfEditor(): Place | undefined {
    const editor = this.#editor;
    if (editor === undefined) return undefined;
    const { model } = this.context;
    const column = model.visible.findIndex(({ name }) => name === editor.cell.column);
    if (idOf(model.records[editor.number]) !== editor.cell.id)
      editor.number = model.records.findIndex((record) => idOf(record) === editor.cell.id);
    const row = model.rowOf(editor.number);
    return row < 0 || column < 0 ? undefined : { row, column };
  }

  #committed(
    cell: OpenCell,
    typed: string,
    move?: { readonly rows: number; readonly columns: number },
  ): void {
    const place = this.#placeOfEditor() ?? this.context.grid.focus;
    this.#editor = undefined;
    const { grid } = this.context;
    const shown = editText(cell.value, cell.type, this.#conventions());
    // A text field has no other line breaks than its own.
    const text = shown.includes('\r\n') ? typed.replace(/\r?\n/g, '\r\n') : typed;
    if (text !== shown) this.#set([{ ...cell, ...typedValue(text, cell.type, this.#conventions()) }]);
    if (move !== undefined) grid.moveTo({ row: place.row + move.rows, column: place.column + move.columns });
  }

  #cancelled(): void {
    this.#editor = undefined;
    this.context.grid.focusCell();
  }

  /** Handles a key on a cell; returns true when it did something. */
  key(event: KeyboardEvent, place: Place): boolean {
    const done = place.row >= 0 && this.#do(event, place);
    // No other part of the window takes it, too.
    if (done) event.stopPropagation();
    return done;
  }

  #do(event: KeyboardEvent, place: Place): boolean {
    const { key, altKey, shiftKey } = event;
    const control = event.ctrlKey || event.metaKey;
    const low = key.toLowerCase();
    if (control && !altKey) {
      if (low === 'z') return this.#repeat(shiftKey ? 'redo' : 'undo');
      if (low === 'y') return this.#repeat('redo');
      if (low === 'd') return this.fillDown();
      if (key === 'Delete') return this.setNull();
      return false;
    }
    switch (key) {
      case 'F2':
        this.begin(place);
        return true;
      case 'Delete':
        return this.clear();
      case ' ':
        return !shiftKey && this.#toggle(place);
      case 'Escape':
        return this.#revertRow(place);
      case 'Enter':
        if (!this.typing) return false;
        this.context.grid.moveTo({ ...place, row: place.row + (shiftKey ? -1 : 1) });
        return true;
      case 'Dead':
      case 'Process':
        // The text that is being composed arrives in the editor.
        if (this.typing) this.begin(place, '');
        return false;
    }
    const types = this.typing && [...key].length === 1 && (!altKey || event.getModifierState('AltGraph'));
    if (types) this.begin(place, key);
    return types;
  }

  /** Empties the selected cells. */
  clear(): boolean {
    return this.#fill(({ type }) => emptied(type), 'cleared');
  }

  /** Sets the selected cells to null. */
  setNull(): boolean {
    return this.#fill(({ type }) => ({ type, value: null }), 'set to null');
  }

  /** Repeats the first selected value of each column below it. */
  fillDown(): boolean {
    const [range] = this.context.grid.chosen();
    if (range === undefined || this.#tooMany([range])) return true;
    const pairs = fillDown(range);
    const changes = pairs.flatMap(({ from, to }) => {
      const source = this.#shown(from);
      return [[to, (cell: OpenCell): NewValue => ({ ...source, type: cell.type })] as const];
    });
    return this.#change(changes, 'filled');
  }

  revertCells(): void {
    const { grid, model } = this.context;
    const ranges = grid.chosen();
    const keys: CellKey[] = [];
    for (const { from, to } of stretches(ranges))
      for (let row = from; row <= to; row++) {
        const id = idOf(model.recordAt(row));
        for (const name of model.edits.of(id)?.keys() ?? []) {
          const column = model.visible.findIndex((each) => each.name === name);
          if (id !== undefined && isSelected(ranges, { row, column })) keys.push({ id, column: name });
        }
      }
    this.#reverted(model.edits.revert(keys));
  }

  revertRecord(place: Place): void {
    const id = idOf(this.context.model.recordAt(place.row));
    if (id !== undefined) this.#reverted(this.context.model.edits.revertRecord(id));
  }

  revertAll(): void {
    this.commit();
    this.#reverted(this.context.model.edits.revertAll());
  }

  #revertRow(place: Place): boolean {
    const { grid, model } = this.context;
    if (grid.ranges.length > 0 || model.edits.of(idOf(model.recordAt(place.row))) === undefined) return false;
    this.revertRecord(place);
    return true;
  }

  #reverted(cells: number): void {
    if (cells > 0)
      this.#note(
        `${plural(this.context.model.formats, cells, 'change')} reverted. Ctrl+Z brings ${cells === 1 ? 'it' : 'them'} back.`,
      );
  }

  #repeat(what: 'undo' | 'redo'): boolean {
    const { grid, model } = this.context;
    const cells = model.edits[what]();
    const [first] = cells;
    if (first === undefined) return true;
    const row = model.rowOf(model.records.findIndex((record) => idOf(record) === first.id));
    const column = model.visible.findIndex(({ name }) => name === first.column);
    if (row >= 0 && column >= 0) grid.moveTo({ row, column });
    this.#note(
      `${plural(model.formats, cells.length, 'cell')} ${what === 'undo' ? 'as before' : 'changed again'}.`,
    );
    return true;
  }

  /** A key on a cell of true or false turns it round. */
  #toggle(place: Place): boolean {
    const cell = this.#cellAt(place);
    if (typeof cell === 'string' || cell.type !== 'boolean') return false;
    const on = cell.value === true || cell.value === 'true';
    this.typing = true;
    this.#set([{ ...cell, value: !on }]);
    return true;
  }

  #paste(event: ClipboardEvent): void {
    // Into the editor, the browser pastes.
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const ranges = this.context.grid.chosen();
    if (text === '' || ranges.length === 0) return;
    event.preventDefault();
    if (this.#tooMany(ranges)) return;
    const { model } = this.context;
    const { cells, beyond, header } = spread(readBlock(text), {
      ranges,
      rows: model.count,
      columns: model.visible.map(({ name }) => name),
    });
    this.#change(
      cells.map(({ text: each, ...place }) => [
        place,
        ({ type }) => typedValue(each, type, this.#conventions()),
      ]),
      'pasted',
      [
        ...(header ? ['The first row names the columns, and was left out.'] : []),
        ...(beyond > 0 ? [`${plural(model.formats, beyond, 'cell')} had no place in the grid.`] : []),
      ],
    );
  }

  #fill(value: (cell: OpenCell) => NewValue, deed: string): boolean {
    const ranges = this.context.grid.chosen();
    if (this.#tooMany(ranges)) return true;
    const places = ranges.flatMap(placesIn);
    return this.#change(
      places.map((place) => [place, value]),
      deed,
    );
  }

  #tooMany(ranges: readonly Range[]): boolean {
    const cells = ranges.reduce(
      (sum, { top, bottom, left, right }) => sum + (bottom - top + 1) * (right - left + 1),
      0,
    );
    if (cells > MOST_CELLS)
      this.#note(`At most ${this.context.model.formats.count(MOST_CELLS)} cells can be changed at a time.`);
    return cells > MOST_CELLS;
  }

  /** Changes those of the cells that can be, as one action, and says how many could not. */
  #change(
    cells: readonly (readonly [Place, (cell: OpenCell) => NewValue])[],
    deed: string,
    notes: readonly string[] = [],
  ): boolean {
    this.commit();
    const { formats } = this.context.model;
    const locks: string[] = [];
    const edits: CellEdit[] = [];
    for (const [place, value] of cells) {
      const cell = this.#cellAt(place);
      if (typeof cell === 'string') locks.push(cell);
      else edits.push({ id: cell.id, column: cell.column, before: cell.before, ...value(cell) });
    }
    if (edits.length > 0) this.typing = true;
    this.#set(edits);
    const [lock] = locks;
    const bad = edits.filter(({ problem }) => problem !== undefined).length;
    const said = [
      ...(edits.length === 0 ? [] : [`${plural(formats, edits.length, 'cell')} ${deed}.`]),
      ...(bad > 1 ? [`${formats.count(bad)} of them hold what their fields can’t.`] : []),
      ...notes,
      ...(lock === undefined ? [] : [`${plural(formats, locks.length, 'cell')} left alone: ${lock}`]),
    ];
    if (edits.length !== 1 || locks.length > 0 || notes.length > 0) this.#note(said.join(' '));
    return true;
  }

  #set(edits: readonly CellEdit[]): void {
    this.#note('');
    this.context.model.edits.set(edits);
    const [edit] = edits;
    if (edits.length === 1 && edit?.problem !== undefined) this.#note(edit.problem);
  }

  /** The value, and what is wrong with it, that a cell shows, whether it can be edited or not. */
  #shown({ row, column }: Place): NewValue {
    const { model } = this.context;
    const record = model.recordAt(row) ?? {};
    const name = model.visible[column]?.name ?? '';
    const edit = model.edits.of(idOf(record))?.get(name);
    const value = edit === undefined ? memberOf(record, name) : edit.value;
    return {
      type: 'unknown',
      value: value === undefined ? null : value,
      ...(edit?.problem === undefined ? {} : { problem: edit.problem }),
    };
  }

  /** Returns the cell at a place, or why it can't be edited. */
  #cellAt({ row, column: at }: Place): OpenCell | string {
    const { model, head } = this.context;
    const [of, record] = [model.visible[at], model.recordAt(row)];
    if (of === undefined || record === undefined) return 'There is no cell.';
    const lock = cellLock(of, record, head());
    const id = idOf(record);
    if (lock !== undefined || id === undefined) return lock ?? '';
    const before = memberOf(record, of.name);
    const edit = model.edits.get({ id, column: of.name });
    const type = effectiveType(of.field?.type ?? 'unknown', before);
    return { id, column: of.name, of, type, before, value: edit === undefined ? before : edit.value };
  }

  #conventions(): Conventions {
    const { locale } = this.context.model.formats;
    if (this.#known?.locale !== locale) this.#known = { locale, conventions: conventionsOf(locale) };
    return this.#known.conventions;
  }

  /** Why a cell can't be edited: a sentence; undefined where it can be. */
  lock(place: Place): string | undefined {
    const cell = this.#cellAt(place);
    return typeof cell === 'string' ? cell : undefined;
  }

  /** Says something at the foot of the page, and aloud. */
  #note(text: string): void {
    find('edit-note').textContent = text;
    if (text !== '') announce(text);
  }
}

function placesIn({ top, bottom, left, right }: Range): Place[] {
  const places: Place[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) places.push({ row, column });
  return places;
}
