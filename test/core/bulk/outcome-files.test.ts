/** The files of rows beside an imported file: all that the file has, and refused again until it is mended. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOutcomes } from '#core/bulk/outcome-files';
import { readTable } from '#core/bulk/reading/read-table';
import type { ReadingChoices } from '#core/bulk/table';
import { workbookOf } from './reading/workbooks';
import { useImports } from './support/imports';

const CREATE = { kind: 'create' } as const;

interface Case {
  readonly title: string;
  readonly file: string | Buffer;
  readonly given?: ReadingChoices;
  /** Without the mark, and the reasons as `!`. */
  readonly failed: string;
  /** What tells the values of the failed rows apart, where they are too few for it. */
  readonly again?: ReadingChoices;
}

const row = (number: number, ...cells: readonly string[]) =>
  `<row r="${number}">${cells.map((cell, at) => cell.replace('<c', `<c r="${'ABC'[at]}${number}"`)).join('')}</row>`;
const text = (written: string) => `<c t="str"><v>${written}</v></c>`;

const CASES: readonly Case[] = [
  {
    title: 'cells beyond the header',
    file: 'Surname,Town,Address1\nNg,York,1 High Street, Flat 2, York\nHill,Leeds,\n',
    failed: 'Surname,Town,Address1,apq-reason\r\nNg,York,1 High Street, Flat 2, York,!\r\n',
  },
  {
    title: '… in a file of failed rows',
    file: 'Surname,Town,apq-reason\nNg,York,Yorkshire,old\nHill,Leeds,\n',
    failed: 'Surname,Town,apq-reason\r\nNg,York,Yorkshire,!\r\n',
  },
  {
    title: '… where the column of reasons was moved',
    file: 'apq-reason,Surname,Town\nold,Ng,York,Yorkshire\n,Hill,Leeds\n',
    failed: 'Surname,Town,apq-reason\r\nNg,York,Yorkshire,!\r\n',
  },
  {
    title: 'errors of a spreadsheet',
    file: 'Surname,Town\n#N/A,York\nNg,#REF!\nHill,Leeds\n#VALUE!,#DIV/0!\n',
    failed: 'Surname,Town,apq-reason\r\n#N/A,York,!\r\nNg,#REF!,!\r\n#VALUE!,#DIV/0!,!\r\n',
  },
  {
    title: 'errors of a workbook',
    file: workbookOf({
      rows:
        row(1, text('Surname'), text('Town')) +
        row(2, '<c t="e"><v>#N/A</v></c>', text('York')) +
        row(3, text('Ng'), '<c><f>1+1</f></c>') +
        row(4, text('Hill'), text('#NAME?')),
    }),
    failed: 'Surname,Town,apq-reason\r\n#N/A,York,!\r\nNg,#N/A,!\r\nHill,#NAME?,!\r\n',
  },
  {
    title: 'half a character',
    file: Buffer.from('\uFEFFSurname,Town\r\nN\ud800g,York\r\n', 'utf16le'),
    failed: 'Surname,Town,apq-reason\r\nN\ufffdg,York,!\r\n',
  },
  {
    title: 'semicolons, and a code page',
    file: Buffer.from(
      'Surname;Town;CF_AuditDate\nMüller;Köln;31.02.2026\n"a;b";Ulm, Neu-Ulm;32.01.2026\n',
      'latin1',
    ),
    failed:
      'Surname;Town;CF_AuditDate;apq-reason\r\nMüller;Köln;31.02.2026;!\r\n"a;b";Ulm, Neu-Ulm;32.01.2026;!\r\n',
    again: { dateOrder: 'day' },
  },
  {
    title: 'tabs',
    file: 'Surname\tCF_AuditDate\nNg\tno day\n',
    failed: 'Surname\tCF_AuditDate\tapq-reason\r\nNg\tno day\t!\r\n',
  },
  {
    title: 'numbers of a workbook whose texts have a comma',
    file: workbookOf({
      rows:
        row(1, text('Surname'), text('Town'), text('CF_AuditDate')) +
        row(2, text('Ng'), '<c><v>1.234</v></c>', text('no day')) +
        row(3, text('Hill'), text('2,5'), text('2026-01-31')),
    }),
    failed: 'Surname,Town,CF_AuditDate,apq-reason\r\nNg,"1,234",no day,!\r\n',
    again: { decimalSign: ',' },
  },
];

describe('the files of rows that failed', () => {
  const importing = useImports({ records: 20 });
  let files = 0;

  const failedOf = async (file: string | Buffer, given?: ReadingChoices) => {
    const name = `f${++files}.csv`;
    const path = join(importing().folder, name);
    writeFileSync(path, file);
    const table = await readTable(path, given);
    const journal = await importing().journal({ table, deed: CREATE }, name);
    try {
      const {
        files: { failed },
      } = await writeOutcomes(path, () => table, journal);
      return { failed, refused: journal.counts.refused };
    } finally {
      await journal.close();
    }
  };

  for (const { title, file, given, failed, again } of CASES)
    it(`keep ${title}, and are refused again`, async () => {
      const first = await failedOf(file, given);
      assert.ok(first.failed !== undefined, 'rows were refused');
      const written = readFileSync(first.failed, 'utf8');
      const delimiter = /(.)apq-reason\r\n/.exec(written)?.[1] ?? ',';
      const reason = new RegExp(`${delimiter}(?:"[^"]*(?:""[^"]*)*"|[^"${delimiter}\r\n]*)(?=\r\n)`, 'g');
      const [header = '', ...rows] = written.split(/(?<=\r\n)/);
      const shown = header + rows.map((each) => each.replace(reason, `${delimiter}!`)).join('');
      assert.equal(shown, `\uFEFF${failed}`);
      const second = await failedOf(readFileSync(first.failed), again);
      assert.equal(second.refused, first.refused);
    });
});
