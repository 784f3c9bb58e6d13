/** What a file really is, whatever its name says. */
import { TableError } from './table-error';

/** Those whose first bytes tell. `advice`: what the user can do instead. */
const FOREIGN: readonly { readonly starts: readonly number[]; readonly sentence: string }[] = [
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    sentence:
      'This is an Excel 97–2003 workbook (.xls), or one with a password, which can’t be read. Save it as an .xlsx file without a password, and choose that.',
  },
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

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06];
const HTML = /^\s*(?:<!doctype html|<html|<table|<head|<meta)/i;
const XML = /^\s*<\?xml/i;

/** Throws a `TableError` for what is neither a workbook nor text. `head`: the first bytes of the file. */
export function fileKind(head: Buffer): 'csv' | 'workbook' {
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

const beginsWith = (head: Buffer, starts: readonly number[]): boolean =>
  starts.every((byte, at) => head[at] === byte);

function bytesOf(text: string): readonly number[] {
  return [...Buffer.from(text, 'latin1')];
}
