/** Tables in memory, as the readers of files give them. */
import type { Cell, TableColumn, TableReading } from '#core/bulk/table';

export const columnsOf = (...names: readonly string[]): TableColumn[] =>
  names.map((name, index) => ({ name, letter: String.fromCharCode(65 + index) }));

const cellOf = (given: string | Cell): Cell => {
  if (typeof given !== 'string') return given;
  return given === '' ? { kind: 'blank' } : { kind: 'text', text: given };
};

/** The header is row 1. */
export function tableOf(
  names: readonly string[],
  rows: readonly (readonly (string | Cell)[])[],
  more: Partial<TableReading> = {},
): TableReading {
  return {
    columns: columnsOf(...names),
    choices: [],
    notes: [],
    rowCount: rows.length,
    // eslint-disable-next-line @typescript-eslint/require-await -- files are read so
    async *rows() {
      for (const [index, cells] of rows.entries()) yield { row: index + 2, cells: cells.map(cellOf) };
    },
    ...more,
  };
}
