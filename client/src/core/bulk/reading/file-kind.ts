/** What a file really is, whatever its name says. */
import { TableError } from './table-error';
import type { TableSource } from './table-source';

/** Those whose first bytes tell. */
const FOREIGN: readonly { readonly starts: readonly number[]; readonly sentence: string }[] = [
  {
    starts: bytesOf('%PDF-'),
    sentence: 'This is a PDF, not a table. Export its data as CSV or .xlsx from where they come from.',
  },
  {
    starts: bytesOf('{\\rtf'),
    sentence: 'This is a text document (RTF), not a table. Save its table as CSV or .xlsx, and choose that.',
  },
  {
    starts: [0x1f, 0x8b],
    sentence: 'This file is compressed (gzip). Unpack it first, and choose the CSV or .xlsx file in it.',
  },
];

/** The container of old workbooks, and of new ones that have a password. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const SEARCHED_BYTES = 1 << 20;

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const HEAD_BYTES = 4096;
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06];
const HTML = /^\s*(?:<!doctype html|<html|<table|<head|<meta)/i;
const XML = /^\s*<\?xml/i;

/** Throws a `TableError` for what is neither a workbook nor text. */
export async function fileKind(source: TableSource): Promise<'csv' | 'workbook'> {
  const head = await source.head(HEAD_BYTES);
  if (beginsWith(head, OLE)) throw oldWorkbook(await source.head(SEARCHED_BYTES));
  if (head.length === 0) throw new TableError('The file is empty. Choose one with a header and rows.');
  const foreign = FOREIGN.find(({ starts }) => beginsWith(head, starts));
  if (foreign !== undefined) throw new TableError(foreign.sentence);
  if (beginsWith(head, ZIP) || beginsWith(head, EMPTY_ZIP)) return 'workbook';
  const text = head
    .subarray(0, 1024)
    .toString('latin1')
    .replace(/^ï»¿|^ÿþ|^þÿ/, '')
    .replaceAll('\0', '');
  if (HTML.test(text))
    throw new TableError(
      'This is a web page (HTML), whatever its name says. Open it in Excel, save it as .xlsx, and choose that.',
    );
  if (XML.test(text))
    throw new TableError(
      'This is an XML file, not a table. Open it in Excel, save it as .xlsx, and choose that.',
    );
  return 'csv';
}

const oldWorkbook = (head: Buffer): TableError =>
  new TableError(
    head.includes(ENCRYPTED)
      ? 'The workbook has a password. Save it without one, and choose that.'
      : 'This is a workbook of Excel 97 to 2003 (.xls), which can’t be read. Save it as an .xlsx file, and choose that.',
  );

const beginsWith = (head: Buffer, starts: readonly number[]): boolean =>
  starts.every((byte, at) => head[at] === byte);

function bytesOf(text: string): readonly number[] {
  return [...Buffer.from(text, 'latin1')];
}
