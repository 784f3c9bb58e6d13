/** A table some of whose cells were mended before the import; its file stays as it is. */
import type { Cell, TableReading, TableRow } from './table';

/** Texts by the number of the row, then by the index of the column. */
export class CellEdits {
  readonly #rows = new Map<number, Map<number, string>>();

  get size(): number {
    return [...this.#rows.values()].reduce((sum, columns) => sum + columns.size, 0);
  }

  set(row: number, column: number, text: string): void {
    const columns = this.#rows.get(row);
    if (columns === undefined) this.#rows.set(row, new Map([[column, text]]));
    else columns.set(column, text);
  }

  clear(): void {
    this.#rows.clear();
  }

  apply(row: TableRow): TableRow {
    const columns = this.#rows.get(row.row);
    if (columns === undefined) return row;
    return { ...row, cells: row.cells.map((cell, at) => edited(cell, columns.get(at))) };
  }
}

const edited = (cell: Cell, text: string | undefined): Cell => {
  if (text === undefined) return cell;
  return text.trim() === '' ? { kind: 'blank' } : { kind: 'text', text };
};

export const editedTable = (table: TableReading, edits: CellEdits): TableReading => ({
  ...table,
  async *rows(signal) {
    for await (const row of table.rows(signal)) yield edits.apply(row);
  },
});
