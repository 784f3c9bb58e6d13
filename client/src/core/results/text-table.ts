/** Writes records as a table for a terminal. */
import { visibleOnOneLine } from '../text/foreign-text';
import type { ApiRecord } from './read-page';
import { rowsOf } from './table';

/** Cells are cut so that a row fits `width` characters where that is possible. */
export function toTextTable(records: readonly ApiRecord[], columns: readonly string[], width = 160): string {
  const rows = [columns, ...rowsOf(records, columns)].map((row) =>
    // A control character in the data must not steer the terminal.
    row.map((text) => visibleOnOneLine(text.replace(/\s+/g, ' '))),
  );
  const widths = columns.map((_, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 1),
  );
  let most = Math.max(60, width);
  const total = () => widths.reduce((sum, each) => sum + Math.min(each, most) + 2, -2);
  while (most > 8 && total() > width) most--;
  widths.forEach((each, index) => (widths[index] = Math.min(each, most)));
  const fit = (text: string, size: number) =>
    text.length > size ? `${text.slice(0, size - 1)}…` : text.padEnd(size);
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => fit(text, widths[column] ?? 1))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = rows;
  return [line(head), widths.map((size) => '─'.repeat(size)).join('  '), ...body.map(line)].join('\n') + '\n';
}
