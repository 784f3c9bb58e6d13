/** Copying and exporting cells, with a description of how many. */
import type { CopyFormat, ExportFormat } from '#core/results/formats';
import { cellText, memberOf } from '#core/results/table';
import { type Cells, copyLong } from '../data/copy';
import { plural } from '../data/formats';
import type { GridModel } from '../data/grid-model';
import { countCells, countRows, isSelected, type Range, selectedColumns, stretches } from '../data/selection';
import { Slices } from '../data/slices';
import type { RowSelection } from '../messages';
import type { Context } from './context';
import { announce } from './dom';

/** The cells of a grid, and where they are sent. */
export interface Copied extends Pick<Context, 'grid' | 'send'> {
  readonly model: GridModel;
}

function cellsOf({ model }: Pick<Copied, 'model'>, ranges: readonly Range[]): Cells {
  const rows: number[] = [];
  for (const { from, to } of stretches(ranges)) for (let row = from; row <= to; row++) rows.push(row);
  const columns = selectedColumns(ranges);
  return {
    records: rows.map((row) => model.shownAt(row) ?? {}),
    columns: columns.map((at) => model.visible[at]?.name ?? ''),
    ...(ranges.length > 1 && {
      holds: (row: number, column: number) =>
        isSelected(ranges, { row: rows[row] ?? -1, column: columns[column] ?? -1 }),
    }),
  };
}

/** `12 cells, 3 of 1,000 rows`. */
export function coverage({ model }: Pick<Copied, 'model'>, ranges: readonly Range[]): string {
  const { formats, records } = model;
  const cells = plural(formats, countCells(ranges), 'cell');
  return `${cells}, ${formats.count(countRows(ranges))} of ${plural(formats, records.length, 'row')}`;
}

export async function copy(
  context: Copied,
  format: CopyFormat,
  ranges = context.grid.chosen(),
): Promise<void> {
  if (ranges.length === 0) return;
  const { model, send } = context;
  const [first] = ranges;
  const what = coverage(context, ranges);
  if (format === 'tsv' && first !== undefined && countCells(ranges) === 1) {
    // A single value is copied unchanged.
    const name = model.visible[first.left]?.name ?? '';
    send({ type: 'copy', text: cellText(memberOf(model.shownAt(first.top) ?? {}, name)), what: '1 cell' });
    announce('Cell copied');
    return;
  }
  const text = await copyLong(cellsOf(context, ranges), format, new Slices());
  send({ type: 'copy', text, what });
  announce(`Copied ${what}`);
}

export function copyRows(context: Copied): void {
  const ranges = context.grid.chosen().map(({ top, bottom }) => ({
    top,
    bottom,
    left: 0,
    right: context.model.visible.length - 1,
  }));
  void copy(context, 'tsv', ranges.slice(0, 1));
}

/** Sends the rows of the view or of the selection to the extension, which writes the file. */
export function exportRows(
  context: Context,
  format: ExportFormat,
  to: 'file' | 'clipboard',
  selected: boolean,
): void {
  const { model, grid, send } = context;
  let rows: RowSelection = model.rows === undefined ? 'all' : [...model.rows];
  if (selected) {
    const chosen: number[] = [];
    for (const { from, to: last } of stretches(grid.chosen()))
      for (let row = from; row <= last; row++) chosen.push(model.numberAt(row));
    rows = chosen;
  }
  send({ type: 'export', format, to, columns: model.visible.map(({ name }) => name), rows });
}
