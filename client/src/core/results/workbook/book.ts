/** Writes records as an Excel workbook: typed cells, a frozen header, a filter on every column. */
import type { ExportColumn } from '../export-column';
import type { ApiRecord } from '../read-page';
import { type About, aboutXml } from './about';
import { formOf } from './column-form';
import { MAX_COLUMNS, MAX_ROWS, type Shortfall, shortfallNotes } from './limits';
import { addressOf, type RecordSheet, recordSheetXml, type Writing } from './sheet';
import { SheetNames } from './sheet-names';
import { stylesXml } from './styles';
import { SharedTexts, xmlAttribute } from './text-cells';
import { ZipWriter } from './zip';

/** A workbook, and what its reader should know of it, in sentences. */
interface Workbook {
  readonly bytes: Buffer;
  readonly notes: readonly string[];
}

/** The records of one request. More of them than a sheet holds go on with a further sheet. */
export interface Sheet {
  /** Shortened and changed where Excel allows no such name. */
  readonly name: string;
  readonly records: readonly ApiRecord[];
  readonly columns: readonly ExportColumn[];
  /** Where they come from, for the sheet *About*. */
  readonly about?: About;
}

/** A sheet as it gets into the file. */
interface Part extends RecordSheet {
  readonly name: string;
}

/**
 * Cells have the types of the columns. Texts are text cells, so that none becomes a formula, and dates are dates as
 * written, without a time zone. For many records this takes seconds: call it in a worker.
 */
export async function toWorkbook(sheets: readonly Sheet[]): Promise<Workbook> {
  const shortfall: Shortfall = { longNumbers: 0, cutTexts: 0, columns: 0, furtherSheets: 0 };
  const writing: Writing = { texts: new SharedTexts(), shortfall };
  const names = new SheetNames();
  const zip = new ZipWriter();
  const parts: Part[] = [];
  const abouts: { name: string; about: About }[] = [];
  for (const sheet of sheets) {
    const own = partsOf(sheet, names, shortfall);
    for (const part of own) {
      parts.push(part);
      await zip.add(`xl/worksheets/sheet${parts.length}.xml`, recordSheetXml(part, writing));
    }
    if (sheet.about !== undefined)
      abouts.push({ name: own.map(({ name }) => name).join(', '), about: sheet.about });
  }
  const notes = shortfallNotes(shortfall);
  const titles = parts.map(({ name }) => name);
  const [first] = abouts;
  if (first !== undefined) {
    // They are about the whole workbook.
    abouts[0] = { ...first, about: { ...first.about, notes: [...first.about.notes, ...notes] } };
    titles.push(names.nameFor('About'));
    await zip.add(`xl/worksheets/sheet${titles.length}.xml`, aboutXml(abouts, writing));
  }
  await zip.add('xl/sharedStrings.xml', writing.texts.xml());
  for (const [name, text] of frameOf(titles, parts)) await zip.add(name, [text]);
  return { bytes: zip.end(), notes };
}

function partsOf({ name, records, columns }: Sheet, names: SheetNames, shortfall: Shortfall): Part[] {
  const shown = columns
    .slice(0, MAX_COLUMNS)
    .map((column) => ({ name: column.name, form: formOf(column, records) }));
  shortfall.columns += columns.length - shown.length;
  const parts: Part[] = [];
  for (let from = 0; from === 0 || from < records.length; from += MAX_ROWS - 1)
    parts.push({
      name: names.nameFor(name),
      columns: shown,
      records: records.length < MAX_ROWS ? records : records.slice(from, from + MAX_ROWS - 1),
    });
  shortfall.furtherSheets += parts.length - 1;
  return parts;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts that bind the sheets together. */
function frameOf(
  titles: readonly string[],
  parts: readonly Part[],
): (readonly [name: string, text: string])[] {
  const [styles, texts] = [titles.length + 1, titles.length + 2];
  const link = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${LINKS}/${type}" Target="${target}"/>`;
  const sheets = titles.map(
    (name, at) => `<sheet name="${xmlAttribute(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const links = titles.map((_, at) => link(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`));
  const types = titles.map(
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets>${sheets.join('')}</sheets>${filterNames(parts)}</workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${links.join('')}${link(styles, 'styles', 'styles.xml')}${link(texts, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    ],
    ['xl/styles.xml', stylesXml()],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${link(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${types.join('')}<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/></Types>`,
    ],
  ];
}

/** The name under which programs look for a sheet’s filter. */
function filterNames(parts: readonly Part[]): string {
  const names = parts.flatMap(({ name, columns, records }, at) => {
    if (columns.length === 0) return [];
    const [last, row] = addressOf(columns.length - 1, records.length + 1).split(/(?<=\D)(?=\d)/);
    const range = `'${name.replaceAll("'", "''")}'!$A$1:$${last}$${row}`;
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">${xmlAttribute(range)}</definedName>`,
    ];
  });
  return names.length === 0 ? '' : `<definedNames>${names.join('')}</definedNames>`;
}
