/** Workbooks by their XML, for what no program at hand writes. */
import { zipOf } from './zip';

export interface Parts {
  /** What is in `<sheetData>`. */
  readonly rows: string;
  /** What stands behind it, such as merged ranges; before it. */
  readonly after?: string;
  readonly before?: string;
  /** `<si>` elements. */
  readonly texts?: string;
  /** Format codes: the first has style 1. */
  readonly formats?: readonly string[];
  readonly date1904?: boolean;
  readonly more?: Readonly<Record<string, string>>;
}

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The files of a workbook with one sheet. */
export function workbookFiles(parts: Parts): Record<string, string> {
  const { rows, after = '', before = '', texts = '', formats = [], date1904 = false, more } = parts;
  return {
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns:r="${TYPE}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets><sheet name="Data" sheetId="1" r:id="r0"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['sharedStrings', '/xl/sharedStrings.xml'],
      ['styles', 'styles.xml'],
    ]),
    'xl/worksheets/sheet1.xml': `<?xml version="1.0" encoding="UTF-8"?><worksheet>${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
    'xl/sharedStrings.xml': `<sst>${texts}</sst>`,
    'xl/styles.xml': `<styleSheet><numFmts>${formats.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.map((_, at) => `<xf numFmtId="${200 + at}"/>`).join('')}</cellXfs></styleSheet>`,
    ...more,
  };
}

export const workbookOf = (parts: Parts): Buffer => zipOf(workbookFiles(parts));

export const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="${RELATIONS}">${targets.map(([type, target], at) => `<Relationship Id="r${at}" Type="${TYPE}/${type}" Target="${target}"/>`).join('')}</Relationships>`;

/** A sheet whose header is `A`, and whose one value is this cell, without its place. */
export const cellIn = (cell: string, parts: Partial<Parts> = {}): Buffer =>
  workbookOf({
    rows: `<row r="1"><c r="A1" t="str"><v>A</v></c></row><row r="2">${cell.replace('<c', '<c r="A2"')}</row>`,
    ...parts,
  });
