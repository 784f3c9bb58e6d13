/**
 * A grid (WAI-ARIA grid pattern) of any number of rows: the DOM holds those in sight. Arrow keys, Home, End, Page Up and
 * Page Down move; Ctrl+C copies the cell, Ctrl+Shift+C the row.
 */
export class Grid {
  #columns: readonly string[] = [];
  #numeric: readonly boolean[] = [];
  #rows: (readonly string[])[] = [];
  #focus = { row: 0, column: 0 };
  #rowHeight = 24;
  #drawn = '';
  readonly #table: HTMLTableElement;
  readonly #head: HTMLTableSectionElement;
  readonly #body: HTMLTableSectionElement;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly copy: (text: string) => void,
  ) {
    this.#table = document.createElement('table');
    this.#table.setAttribute('role', 'grid');
    this.#table.setAttribute('aria-label', 'Records');
    this.#head = this.#table.createTHead();
    this.#body = this.#table.createTBody();
    scroller.append(this.#table);
    scroller.addEventListener('scroll', () => this.#draw(), { passive: true });
    scroller.addEventListener('keydown', (event) => this.#key(event));
    scroller.addEventListener('mousedown', (event) => this.#click(event));
    new ResizeObserver(() => this.#draw()).observe(scroller);
  }

  setColumns(columns: readonly string[], numeric: readonly boolean[]): void {
    this.#numeric = numeric;
    if (columns.join('\n') === this.#columns.join('\n')) return;
    this.#columns = columns;
    this.#focus = { row: 0, column: 0 };
    const row = document.createElement('tr');
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', '1');
    row.append(
      cell('th', '', 'corner'),
      ...columns.map((name) => {
        const header = cell('th', name);
        header.setAttribute('role', 'columnheader');
        header.setAttribute('scope', 'col');
        return header;
      }),
    );
    this.#head.replaceChildren(row);
    this.#table.hidden = columns.length === 0;
    this.#table.setAttribute('aria-colcount', String(columns.length));
    this.#drawn = '';
    this.#draw();
  }

  /** Replaces the rows from `start` on. */
  setRows(start: number, rows: readonly (readonly string[])[]): void {
    if (start === 0) {
      this.#focus = { row: 0, column: 0 };
      this.scroller.scrollTop = 0;
    }
    this.#rows = [...this.#rows.slice(0, start), ...rows];
    this.#table.setAttribute('aria-rowcount', String(this.#rows.length + 1));
    this.#drawn = '';
    this.#draw();
  }

  #draw(): void {
    const measured = this.#body.querySelector<HTMLElement>('tr[role=row]')?.offsetHeight ?? 0;
    if (measured > 0) this.#rowHeight = measured;
    const overscan = 12;
    const visible = Math.ceil(this.scroller.clientHeight / this.#rowHeight) + 2 * overscan;
    const first = Math.max(
      0,
      Math.min(Math.floor(this.scroller.scrollTop / this.#rowHeight) - overscan, this.#rows.length - visible),
    );
    const last = Math.min(this.#rows.length, first + visible);
    const key = `${first}-${last}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    const rows: HTMLElement[] = [];
    if (first > 0) rows.push(this.#spacer(first));
    for (let index = first; index < last; index++) rows.push(this.#row(index));
    if (last < this.#rows.length) rows.push(this.#spacer(this.#rows.length - last));
    const hadFocus = this.#body.contains(document.activeElement);
    this.#body.replaceChildren(...rows);
    if (hadFocus) this.#cellAt(this.#focus.row, this.#focus.column)?.focus({ preventScroll: true });
  }

  #spacer(rows: number): HTMLElement {
    const row = document.createElement('tr');
    row.setAttribute('aria-hidden', 'true');
    row.style.height = `${rows * this.#rowHeight}px`;
    return row;
  }

  #row(index: number): HTMLElement {
    const row = document.createElement('tr');
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', String(index + 2));
    row.classList.toggle('odd', index % 2 === 1);
    row.append(cell('th', (index + 1).toLocaleString('en-GB'), 'number'));
    const values = this.#rows[index] ?? [];
    for (let column = 0; column < this.#columns.length; column++) {
      const text = values[column] ?? '';
      const data = cell('td', text, this.#numeric[column] === true ? 'numeric' : '');
      data.setAttribute('role', 'gridcell');
      data.setAttribute('aria-colindex', String(column + 1));
      data.tabIndex = index === this.#focus.row && column === this.#focus.column ? 0 : -1;
      data.dataset['row'] = String(index);
      data.dataset['column'] = String(column);
      if (text.length > 40) data.title = text.slice(0, 2000);
      row.append(data);
    }
    return row;
  }

  #cellAt(row: number, column: number): HTMLElement | null {
    return this.#body.querySelector<HTMLElement>(`td[data-row="${row}"][data-column="${column}"]`);
  }

  #moveTo(row: number, column: number): void {
    const target = {
      row: clamp(row, this.#rows.length - 1),
      column: clamp(column, this.#columns.length - 1),
    };
    const before = this.#cellAt(this.#focus.row, this.#focus.column);
    if (before !== null) before.tabIndex = -1;
    this.#focus = target;
    const top = target.row * this.#rowHeight;
    const room = this.scroller.clientHeight - this.#rowHeight * 2;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top > this.scroller.scrollTop + room) this.scroller.scrollTop = top - room;
    this.#draw();
    const after = this.#cellAt(target.row, target.column);
    if (after === null) return;
    after.tabIndex = 0;
    after.focus({ preventScroll: true });
    after.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }

  #key(event: KeyboardEvent): void {
    const { row, column } = this.#focus;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.#rowHeight) - 2);
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === 'c' && (window.getSelection()?.isCollapsed ?? true)) {
      const values = this.#rows[row] ?? [];
      this.copy(event.shiftKey ? values.join('\t') : (values[column] ?? ''));
      event.preventDefault();
      return;
    }
    const target = MOVES[event.key]?.({
      row,
      column,
      page,
      control,
      rows: this.#rows.length,
      columns: this.#columns.length,
    });
    if (target === undefined || event.altKey) return;
    event.preventDefault();
    this.#moveTo(...target);
  }

  #click(event: MouseEvent): void {
    const data = event.target instanceof Element ? event.target.closest<HTMLElement>('td[data-row]') : null;
    if (data === null) return;
    const before = this.#cellAt(this.#focus.row, this.#focus.column);
    if (before !== null) before.tabIndex = -1;
    this.#focus = { row: Number(data.dataset['row']), column: Number(data.dataset['column']) };
    data.tabIndex = 0;
  }
}

interface Place {
  readonly row: number;
  readonly column: number;
  readonly page: number;
  readonly control: boolean;
  readonly rows: number;
  readonly columns: number;
}

const MOVES: Readonly<Record<string, (place: Place) => [row: number, column: number]>> = {
  ArrowDown: ({ row, column }) => [row + 1, column],
  ArrowUp: ({ row, column }) => [row - 1, column],
  ArrowRight: ({ row, column }) => [row, column + 1],
  ArrowLeft: ({ row, column }) => [row, column - 1],
  PageDown: ({ row, column, page }) => [row + page, column],
  PageUp: ({ row, column, page }) => [row - page, column],
  Home: ({ row, control }) => [control ? 0 : row, 0],
  End: ({ row, control, rows, columns }) => [control ? rows - 1 : row, columns - 1],
};

const clamp = (value: number, most: number) => Math.max(0, Math.min(value, most));

function cell(name: 'td' | 'th', text: string, className = ''): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  if (className !== '') element.className = className;
  return element;
}
