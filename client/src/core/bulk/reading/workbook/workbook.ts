/** An .xlsx workbook as a table: one of its sheets. */
import type { MadeChoice, ReadingChoices, TableReading } from '../../table';
import { tableReading } from '../reading';
import { NoValuesError, TableError } from '../table-error';
import type { TableSource } from '../table-source';
import type { CellWorld } from './cells';
import { numberFormats } from './number-formats';
import { Package } from './package';
import { sheetRows } from './sheet-rows';
import { contentsOf, type Sheet } from './sheets';
import { sharedTexts } from './texts';

export async function readWorkbook(
  source: TableSource,
  choices: ReadingChoices,
  signal?: AbortSignal,
): Promise<TableReading> {
  const parts = await Package.open(source);
  const { sheets, date1904, ...others } = await contentsOf(parts);
  const world: CellWorld = {
    texts: await sharedTexts(parts, others.sharedStrings),
    formats: await numberFormats(parts, others.styles),
    date1904,
  };
  const read = (sheet: Sheet, how: MadeChoice['how']) =>
    tableReading(
      {
        rows: (rowsSignal, facts) => sheetRows(parts.text(sheet.part, 'sheet', rowsSignal), world, facts),
        choices: [sheetChoice(sheet, how, sheets)],
        delimited: false,
      },
      choices,
      signal,
    );
  if (choices.sheet !== undefined) return read(sheetNamed(choices.sheet, sheets), 'given');
  const visible = sheets.filter(({ hidden }) => !hidden);
  const candidates = visible.length > 0 ? visible : sheets;
  for (const sheet of candidates) {
    try {
      return await read(sheet, candidates.length === 1 ? 'found' : 'assumed');
    } catch (error) {
      if (!(error instanceof NoValuesError)) throw error;
    }
  }
  throw new NoValuesError();
}

/** Names of sheets are the same in any case. */
function sheetNamed(name: string, sheets: readonly Sheet[]): Sheet {
  const key = name.toLowerCase();
  const found =
    sheets.find((each) => each.name === name) ?? sheets.find((each) => each.name.toLowerCase() === key);
  if (found !== undefined) return found;
  const names = sheets.map((each) => `“${each.name}”`).join(', ');
  throw new TableError(`The workbook has no sheet named “${name}”. Choose one of ${names}.`);
}

const sheetChoice = (sheet: Sheet, how: MadeChoice['how'], sheets: readonly Sheet[]): MadeChoice => ({
  name: 'sheet',
  value: sheet.name,
  how,
  options: sheets.map(({ name }) => name),
  sentence:
    sheets.length === 1
      ? `The sheet “${sheet.name}” is read.`
      : `The sheet “${sheet.name}” is read. The workbook also has ${others(sheet, sheets)}.`,
});

const MOST_SHEETS = 10;

function others(sheet: Sheet, sheets: readonly Sheet[]): string {
  const names = sheets.filter((each) => each !== sheet).map(({ name }) => `“${name}”`);
  const more = names.length > MOST_SHEETS ? `, and ${names.length - MOST_SHEETS} more` : '';
  return names.slice(0, MOST_SHEETS).join(', ') + more;
}
