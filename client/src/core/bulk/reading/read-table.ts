/** Reads a table of a file as people write them: CSV in any dialect, Excel workbooks. */
import type { ReadingChoices, TableReading } from '../table';
import { readCsv } from './csv';
import { fileKind } from './file-kind';
import { TableError } from './table-error';
import { tableSource } from './table-source';
import { readWorkbook } from './workbook/workbook';

export { TableError } from './table-error';

/**
 * Reads all of a table once, to find out what it leaves open; the rows are read again as they are asked for.
 * @param source The path of a file, or its content.
 * @throws {TableError} Where nothing can be read; while rows are read, where the file has changed.
 */
export async function readTable(
  source: string | Uint8Array,
  choices: ReadingChoices = {},
  signal?: AbortSignal,
): Promise<TableReading> {
  const file = await tableSource(source);
  const kind = await fileKind(file);
  if (kind === 'csv' && choices.sheet !== undefined)
    throw new TableError(
      `A CSV has no sheets, so there is no “${choices.sheet}”. Choose a workbook, or no sheet.`,
    );
  return kind === 'csv' ? readCsv(file, choices, signal) : readWorkbook(file, choices, signal);
}
