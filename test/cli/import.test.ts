/** `apq import`: real processes, real HTTP, and what arrived at the platform. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextStep } from '#cli/import-report';
import { exportColumns } from '#core/results/export-column';
import { toWorkbook } from '#core/results/workbook/book';
import { relations, workbookOf } from '../core/bulk/reading/workbooks';
import { apq } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

type Json = Readonly<Record<string, unknown>>;

describe('apq import', () => {
  let platform: RunningPlatform;
  let folder: string;
  let files = 0;
  before(async () => {
    platform = await startPlatformProcess('--records', '60');
    folder = mkdtempSync(join(tmpdir(), 'apq-import-'));
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  const file = (text: string | Buffer, name = `people${++files}.csv`): string => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  const run = async (name: string, args: string, env: Readonly<Record<string, string>> = {}) => {
    await platform.control({ reset: true });
    const words = ['import', name, '--module', 'user', '--root', platform.root, ...args.split(' ')];
    const state = { XDG_STATE_HOME: join(folder, 'state'), LOCALAPPDATA: join(folder, 'state') };
    const ended = await apq(words, { env: { APQ_API_KEY: platform.apiKey, ...state, ...env }, cwd: folder });
    const sent = (await platform.requests())
      .filter((line) => !line.startsWith('GET'))
      .map((line) => line.replace('/accessplan/api/v2/', ''));
    return { ...ended, sent };
  };
  const users = async (filter: string, select = 'ID,Email,Surname,Town,Forenames') => {
    const address = `${platform.root}/api/v2/user?$select=${select}&$top=50&$filter=${encodeURIComponent(filter)}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${platform.apiKey}` } });
    return ((await answer.json()) as { results: Readonly<Record<string, string>>[] }).results;
  };
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('prints its plan as JSON, and sends nothing', async () => {
    const [one, two] = await users("Email ne ''");
    const name = file(
      `Email,Surname\nnew@plan.example,New\n${one?.['Email']},Other\n${two?.['Email']},${two?.['Surname']}\n,Nobody\n`,
    );
    const { code, out, sent } = await run(name, '--upsert Email --dry-run --format json');
    const plan = JSON.parse(out) as Json & { rows: Json[] };
    assert.deepEqual([plan['create'], plan['update'], plan['unchanged'], plan['refused']], [1, 1, 1, 1]);
    assert.deepEqual(plan.rows.slice(0, 3), [
      { row: 2, outcome: 'create' },
      { row: 3, outcome: 'update' },
      { row: 4, outcome: 'unchanged' },
    ]);
    assert.deepEqual([plan.rows[3]?.['row'], plan.rows[3]?.['outcome']], [5, 'refused']);
    assert.match(String(plan.rows[3]?.['reason']), /Column A \(“Email”\) is blank/);
    assert.deepEqual([code, sent], [1, []]);
    assert.equal(existsSync(join(folder, `.${name}.apq-journal.ndjson`)), false);
  });

  it('prints its plan as text, and 0 where no row would be refused', async () => {
    const [one] = await users("Email ne ''");
    const { code, out, sent } = await run(
      file(`ID,Town,Surname\n${one?.['ID']},Planned,${one?.['Surname']}\n`),
      '--update ID --dry-run',
    );
    assert.match(
      out,
      /^Plan for people\d+\.csv, User on http.*: create 0, change 1, leave 0 as they are, refuse 0\.\n {2}Changes Town in 1\.\n {2}Row 2 changes User .*: Town: “.*” → “Planned”\n$/,
    );
    assert.deepEqual([code, sent], [0, []]);
  });

  it('leaves a field alone whose cell is blank', async () => {
    const [one] = await users("Town ne ''");
    const { out } = await run(file(`ID,Town\n${one?.['ID']},\n`), '--update ID --dry-run --format json');
    assert.deepEqual(JSON.parse(out), {
      create: 0,
      update: 0,
      unchanged: 1,
      refused: 0,
      rows: [{ row: 2, outcome: 'unchanged' }],
    });
  });

  it('sends nothing without --yes, and says what to add', async () => {
    const { code, out, err, sent } = await run(file('Surname\nNobody\n'), '--create');
    assert.match(out, /create 1/);
    assert.match(err, /Nothing was sent\. Add --yes to send these rows\./);
    assert.deepEqual([code, sent], [2, []]);
  });

  it('sends its rows, writes those done with their IDs, and is done with the file', async () => {
    const name = file('Email,Surname,Phone\na@done.example,"Ann, A",01569\nb@done.example,Bob,\n');
    const { code, out, sent } = await run(name, '--upsert Email --yes');
    assert.equal(out, '2 rows: 2 created.\n');
    assert.deepEqual([code, sent.length], [0, 2]);
    const [ann, bob] = await users("endswith(Email,'@done.example')", 'ID,Surname,Phone');
    assert.deepEqual([ann?.['Surname'], ann?.['Phone'], bob?.['Surname']], ['Ann, A', '01569', 'Bob']);
    assert.equal(
      read(name.replace('.csv', '.done.csv')),
      `\uFEFFEmail,Surname,Phone,apq-id\r\na@done.example,"Ann, A",01569,${ann?.['ID']}\r\nb@done.example,Bob,,${bob?.['ID']}\r\n`,
    );
    const again = await run(name, '--upsert Email --yes');
    assert.match(
      again.err,
      /This file was imported already \(2 created\)\. To import it once more, add --restart\./,
    );
    assert.deepEqual([again.code, again.sent], [2, []]);
    const resumed = await run(name, '--upsert Email --yes --resume');
    assert.deepEqual([resumed.code, resumed.out, resumed.sent], [0, '2 rows: 2 created.\n', []]);
    const restarted = await run(name, '--upsert Email --yes --restart');
    assert.deepEqual([restarted.code, restarted.out, restarted.sent], [0, '2 rows: 2 unchanged.\n', []]);
  });

  it('writes the rows that failed with their reasons, and takes them back mended', async () => {
    const [one] = await users("Email ne ''");
    const name = file(`ID,Town,apq-reason\n999999,X,old\n${one?.['ID']},Mended,\n`);
    const { code, err, out, sent } = await run(name, '--update ID --yes');
    const failures = name.replace('.csv', '.failed.csv');
    assert.deepEqual([code, out, sent.length], [1, '2 rows: 1 changed, 1 refused.\n', 1]);
    assert.match(err, new RegExp(`Rows that failed are in ${failures}, each with its reason`));
    assert.equal(
      read(failures),
      '\uFEFFID,Town,apq-reason\r\n999999,X,There is no record with the ID “999999”.\r\n',
    );
    const [two] = (await users("Email ne ''")).slice(1);
    file(read(failures).replace('999999', String(two?.['ID'])), failures);
    const again = await run(failures, '--update ID --yes');
    assert.deepEqual(
      [again.code, again.out, again.sent],
      [0, '1 row: 1 changed.\n', [`PUT User/${two?.['ID']}`]],
    );
  });

  it('gives a reason for each row that the platform refuses, and 1', async () => {
    await platform.control({ reset: true });
    const name = file('Surname\nA\nB\n');
    const words = ['import', name, '--module', 'user', '--root', platform.root, '--create', '--yes'];
    await platform.control({ random: { rate: 1, writes: true, faults: [{ status: 403 }] } });
    const { code, out } = await apq(words, { env: { APQ_API_KEY: platform.apiKey }, cwd: folder });
    await platform.control({ reset: true });
    assert.deepEqual([code, out], [1, '2 rows: 2 failed.\n']);
    assert.equal(read(name.replace('.csv', '.failed.csv')).match(/Permission denied \(403\)/g)?.length, 2);
  });

  it('names what the rows that failed can’t tell by themselves', async () => {
    const name = file(
      Buffer.from('Surname;NotesCount;CF_AuditDate\nMüller;1.234,5;03.04.2026\nNg;1;32.04.2026\n', 'latin1'),
    );
    const { err } = await run(name, '--create --map NotesCount= --yes');
    assert.match(
      err,
      /are in people\d+\.failed\.csv, .* import that file with --date-order day --decimal comma\./,
    );
    assert.match(
      read(name.replace('.csv', '.failed.csv')),
      /^\uFEFFSurname;NotesCount;CF_AuditDate;apq-reason\r\nNg;1;/,
    );
  });

  it('shows the first rows of each kind as they will be sent', async () => {
    const [one] = await users("Town ne ''");
    const name = file(
      Buffer.from(
        `Email;Surname;CF_AuditDate;Town\n${['a', 'b', 'c', 'd'].map((each) => `${each}@shown.example;Müller;03/04/1986;`).join('\n')}\n${one?.['Email']};;;Köln\n`,
        'latin1',
      ),
    );
    const { out } = await run(name, '--upsert Email --date-order day --dry-run');
    const lines = out.split('\n').filter((line) => line.startsWith('  Row '));
    assert.deepEqual(
      lines.slice(0, 3),
      [2, 3, 4].map(
        (row) =>
          `  Row ${row} creates: Email: “${'abc'[row - 2]}@shown.example”, Surname: “Müller”, CF_AuditDate: “1986-04-03”`,
      ),
    );
    assert.equal(lines.length, 4);
    assert.match(
      lines[3] ?? '',
      new RegExp(`^  Row 6 changes User ${one?.['ID']} \\(.*\\): Town: “${one?.['Town']}” → “Köln”$`),
    );
  });

  it('says what a file that has changed since would do again', async () => {
    const name = file('Surname\nAgain\nOnce more\n');
    await run(name, '--create --yes');
    file('Surname\nAgain\nOnce more\nNew\n', name);
    const changed = await run(name, '--create --yes');
    assert.match(
      changed.err,
      /was imported before \(2 created\), and has changed since\. Put the rows that are new or mended into a file of their own, and import that\. With --restart, all rows are sent: it would create records again: 2 rows were created already\./,
    );
    const resumed = await run(name, '--create --yes --resume');
    assert.match(
      resumed.err,
      /can’t go on: the file has changed since it was begun\. Put the file back as it was, or begin anew with --restart\. It would create records again: 2 rows/,
    );
    const update = await run(name, '--upsert Surname --yes');
    assert.match(
      update.err,
      /has changed since\. Import all of it with --restart: rows whose records are as the file has them change nothing/,
    );
    assert.deepEqual(
      [changed, resumed, update].map(({ code, sent }) => [code, sent.length]),
      [
        [2, 0],
        [2, 0],
        [2, 0],
      ],
    );
    const nothing = await run(file('Surname\nA\n'), '--create --resume');
    assert.match(nothing.err, /There is no import of .* to go on with\. Nothing was sent/);
  });

  it('does not say to check what --resume looks up', async () => {
    const name = file('Surname\nA\nB\nC\nD\n');
    const words = ['import', name, '--module', 'user', '--root', platform.root, '--create', '--yes'];
    await platform.control({ reset: true });
    await platform.control({ random: { rate: 1, writes: true, faults: [{ status: 503 }] } });
    const { code, err } = await apq([...words, '--retries', '0', '--concurrency', '1'], {
      env: { APQ_API_KEY: platform.apiKey, XDG_STATE_HOME: join(folder, 'state') },
      cwd: folder,
    });
    await platform.control({ reset: true });
    assert.equal(code, 4);
    assert.match(err, /unknown\.csv\. No import can find their records: look whether they are there/);
    assert.match(err, /\(503\)\. Go on with --resume\.\n$/);
    assert.match(
      nextStep({ key: { column: 0, field: 'Email' } }),
      /With --resume, their records are looked up/,
    );
  });

  /** What is told about a plan that can be made. */
  const TOLD: readonly (readonly [what: string, text: string, args: string, told: RegExp, not?: RegExp])[] = [
    [
      'a column that the platform sets, once',
      'ID,Surname\n1,A\n2,B\n3,C\n',
      '--create --dry-run',
      /Column A \(“ID”\): the platform sets ID, so .* Leave the column out with --map A=\.[\s\S]*\n {2}Rows 2, 3, 4: ID can’t be written/,
    ],
    [
      'a column that the platform sets by its name',
      'Email,DateCreated\nx@told.example,2026-01-01\n',
      '--upsert Email --dry-run',
      /Column B \(“DateCreated”\): the platform sets DateCreated[\s\S]*refuse 1\./,
    ],
    ['no rows', 'Surname,Town\n', '--create --dry-run', /The file has no rows below its header/],
    [
      'a key that is no address among addresses',
      'Email,Town\na@x.example,X\nb@x.example,Y\nTotal,2\n',
      '--upsert Email --dry-run',
      /Row 4: “Total” is no e-mail address, as the other values of Column A \(“Email”\) are/,
    ],
    [
      'no column that was left out',
      'Surname,Town\nA,B\n',
      '--create --map Town= --dry-run',
      /create 1/,
      /Town/,
    ],
    [
      'no name of two columns of which one was left out',
      'Surname,Town,Town\nA,B,C\n',
      '--create --map C= --dry-run',
      /Town: “B”/,
      /named|left out/,
    ],
  ];
  for (const [what, text, args, told, not] of TOLD)
    it(`tells ${what}`, async () => {
      const { out, err, sent } = await run(file(text), args);
      assert.match(err + out, told);
      if (not !== undefined) assert.doesNotMatch(err + out, not);
      assert.deepEqual(sent, []);
    });

  it('says which sheet it read, and which there are, where no column fits', async () => {
    const cover =
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Made by</v></c></row><row r="2"><c r="A2" t="str"><v>Ann</v></c></row></sheetData></worksheet>';
    const people =
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Email</v></c></row><row r="2"><c r="A2" t="str"><v>a@sheet.example</v></c></row></sheetData></worksheet>';
    const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const name = file(
      workbookOf({
        rows: '',
        more: {
          'xl/workbook.xml': `<workbook xmlns:r="${types}"><sheets><sheet name="Cover" r:id="r0"/><sheet name="People" r:id="r1"/></sheets></workbook>`,
          'xl/_rels/workbook.xml.rels': relations([
            ['worksheet', 'worksheets/sheet1.xml'],
            ['worksheet', 'worksheets/sheet2.xml'],
          ]),
          'xl/worksheets/sheet1.xml': cover,
          'xl/worksheets/sheet2.xml': people,
        },
      }),
      'sheets.xlsx',
    );
    const { code, err } = await run(name, '--upsert Email --dry-run');
    assert.match(err, /The sheet “Cover” is read\. The workbook also has “People”\./);
    assert.match(
      err,
      /No column is the field Email, .* Its one column is A \(“Made by”\)\.[\s\S]*add --sheet NAME/,
    );
    assert.equal(code, 2);
    assert.equal((await run(name, '--upsert Email --dry-run --sheet People')).code, 0);
  });

  const USAGE: readonly (readonly [what: string, text: string, args: string, why: RegExp])[] = [
    [
      'no deed',
      'Surname\nA\n',
      '--dry-run',
      /Say what becomes of the rows with one of --create, --update COLUMN and --upsert FIELD/,
    ],
    ['two deeds', 'Surname\nA\n', '--create --update ID --dry-run', /Say what becomes/],
    ['--dry-run with --yes', 'Surname\nA\n', '--create --dry-run --yes', /contradict/],
    ['--resume with --restart', 'Surname\nA\n', '--create --yes --resume --restart', /contradict/],
    [
      'an unknown field',
      'Surname\nA\n',
      '--create --map Surname=Surnam --dry-run',
      /User has no field “Surnam”. Did you mean “Surname”/,
    ],
    [
      'an unknown column',
      'Surname\nA\n',
      '--create --map Surnam=Surname --dry-run',
      /--map Surnam: The file has no column “Surnam”. Did you mean “Surname”\?/,
    ],
    [
      'two columns for a field',
      'Surname,surname\nA,B\n',
      '--create --dry-run',
      /both taken for Surname[\s\S]*--map COLUMN=FIELD/,
    ],
    [
      'an unclear date',
      'Surname,CF_AuditDate\nA,03/04/2026\n',
      '--create --dry-run',
      /Row 2: .*“03\/04\/2026” can be .* Say so with --date-order day or --date-order month\./,
    ],
    [
      'a quotation mark that never closes',
      'ID,Town\n1,"abc\n2,def\n3,ghi',
      '--update ID --dry-run',
      /Row 2 .*not closed/,
    ],
    [
      'no column of that name for the IDs',
      'Nr,Town\n1,A\n',
      '--update ID --dry-run',
      /The file has no column “ID”\. Its columns are A \(“Nr”\), B \(“Town”\)\.\n.*Say which column has the IDs with --update COLUMN/,
    ],
    [
      'a sheet of a CSV',
      'Surname\nA\n',
      '--create --sheet People --dry-run',
      /A CSV has no sheets, so there is no “People”/,
    ],
    ['an empty file', '', '--create --dry-run', /empty/],
    [
      'a key that can’t be filtered',
      'Surname,NotesCount\nA,1\n',
      '--upsert FullAddress --dry-run',
      /can’t be filtered|No column is the field/,
    ],
  ];
  for (const [what, text, args, why] of USAGE)
    it(`refuses ${what}, with nothing sent`, async () => {
      const { code, err, sent } = await run(file(text), args);
      assert.match(err, why);
      assert.deepEqual([code, sent], [2, []]);
    });

  it('refuses an unknown module, with near names', async () => {
    const ended = await apq(
      ['import', file('A\n1\n'), '--module', 'usr', '--root', platform.root, '--create', '--dry-run'],
      {
        env: { APQ_API_KEY: platform.apiKey },
        cwd: folder,
      },
    );
    assert.equal(ended.code, 2);
    assert.match(ended.err, /The platform has no module “usr”\. Did you mean User\?/);
  });

  it('takes what it is told about the file and its columns', async () => {
    const name = file(Buffer.from('Nachname;Mail;Datum;Ort\nMüller;m@told.example;03.04.2026;\n', 'latin1'));
    const { code, err } = await run(
      name,
      '--create --yes --date-order day --map Nachname=Surname --map B=Email --map Datum=CF_AuditDate --map Ort=',
    );
    assert.equal(code, 0, err);
    assert.match(err, /Windows-1252/);
    const [made] = await users("Email eq 'm@told.example'", 'Surname,CF_AuditDate');
    assert.deepEqual(made, { Surname: 'Müller', CF_AuditDate: '2026-04-03T00:00:00' });
  });

  it('reads a workbook, and refuses a row whose cells are none', async () => {
    const records = [
      { Email: 'w@sheet.example', Surname: 'Workbook', Phone: '01569', CF_AuditDate: '2026-04-03T09:30:00' },
      { Email: 'x@sheet.example', Surname: 'Second', Phone: null, CF_AuditDate: 'soon' },
    ];
    const columns = exportColumns(Object.keys(records[0] ?? {}), []);
    const name = file((await toWorkbook([{ name: 'x', records, columns }])).bytes, 'sheet.xlsx');
    const { code, out, err } = await run(name, '--upsert Email --yes');
    assert.deepEqual([code, out], [1, '2 rows: 1 created, 1 refused.\n'], err);
    const [made] = await users("Email eq 'w@sheet.example'", 'Surname,Phone,CF_AuditDate');
    assert.deepEqual(made, { Surname: 'Workbook', Phone: '01569', CF_AuditDate: '2026-04-03T09:30:00' });
    assert.match(
      read('sheet.failed.csv'),
      /^\uFEFFEmail,Surname,Phone,CF_AuditDate,apq-reason\r\nx@sheet\.example,Second,,soon,/,
    );
  });

  it('empties what it is told to, and fills only what is empty', async () => {
    const [one] = await users("Town ne ''");
    const name = file(`ID,Town,Forenames\n${one?.['ID']},,Nobody\n`);
    const { code, out } = await run(name, '--update ID --clear Town --only-empty Forenames --dry-run');
    assert.match(out, /change 1 \(which empties 1 field\)/);
    assert.equal(code, 0);
    await run(name, '--update ID --clear Town --only-empty Forenames --yes');
    const [after] = await users(`ID eq '${one?.['ID']}'`);
    assert.deepEqual([after?.['Town'], after?.['Forenames']], ['', one?.['Forenames']]);
  });

  it('ends with 3 where the sign-in is not accepted or nothing answers, with nothing sent', async () => {
    const name = file('Surname\nA\n');
    const refused = await run(name, '--create --yes', { APQ_API_KEY: 'wrong-key-wrong-key' });
    assert.deepEqual([refused.code, refused.sent], [3, []]);
    const gone = await apq(
      ['import', name, '--module', 'user', '--create', '--yes', '--root', 'http://127.0.0.1:9/accessplan'],
      {
        env: { APQ_API_KEY: platform.apiKey },
        cwd: folder,
      },
    );
    assert.equal(gone.code, 3);
  });

  it('ends what is under way after Ctrl+C, and goes on later', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `c${index}@interrupted.example,C${index}`);
    const name = file(`Email,Surname\n${rows.join('\n')}\n`);
    const words = ['import', name, '--module', 'user', '--root', platform.root, '--upsert', 'Email', '--yes'];
    const env = { APQ_API_KEY: platform.apiKey, XDG_STATE_HOME: join(folder, 'state') };
    await platform.control({ reset: true, latency: 20 });
    const journal = join(folder, `.${name}.apq-journal.ndjson`);
    let interrupts = 0;
    const isTime = () => existsSync(journal) && readFileSync(journal, 'utf8').includes('"done"');
    // A second signal would mean “at once”.
    const watch = () => (isTime() && interrupts++ === 0 ? 'SIGINT' : undefined);
    const first = await apq(words, { env, cwd: folder, watch });
    assert.equal(first.code, 130, first.err);
    assert.match(first.out, /^300 rows: \d+ created, \d+ not sent\.\n$/);
    assert.match(first.err, /Interrupted\. Go on with --resume\./);
    const asked = await run(name, '--upsert Email --resume');
    assert.match(asked.err, /Until now: \d+ created, \d+ not sent\. Nothing was sent\. Add --yes to go on\./);
    assert.deepEqual([asked.code, asked.sent], [2, []]);
    const last = await run(name, '--upsert Email --yes --resume');
    assert.deepEqual([last.code, last.out], [0, '300 rows: 300 created.\n']);
    assert.equal((await users("endswith(Email,'@interrupted.example')")).length, 50);
  });

  it('keeps the old records, unless it is told not to', async () => {
    const [one] = await users("Email ne ''");
    const log = join(folder, 'state', 'apq', 'changes.ndjson');
    const count = () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.includes('"kept"')).length;
    const before = count();
    await run(file(`ID,Town\n${one?.['ID']},Kept\n`), '--update ID --yes');
    assert.equal(count(), before + 1);
    await run(file(`ID,Town\n${one?.['ID']},Not kept\n`), '--update ID --yes --no-keep');
    assert.equal(count(), before + 1);
  });

  it('goes on only with the import that was interrupted', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `r${index}@resume.example,R${index}`);
    const name = file(`Email,Surname\n${rows.join('\n')}\n`);
    await platform.control({ reset: true });
    // The platform asks for a long pause at some row: the run ends.
    const words = ['import', name, '--module', 'user', '--root', platform.root, '--upsert', 'Email', '--yes'];
    const env = { APQ_API_KEY: platform.apiKey };
    await platform.control({
      random: { rate: 0.2, seed: 3, writes: true, faults: [{ status: 429, retryAfter: 4000 }] },
    });
    const first = await apq(words, { env, cwd: folder });
    assert.equal(first.code, 4, first.err);
    assert.match(first.err, /asks for a pause of 4000 seconds \(429\).*Go on with --resume\./);
    assert.match(first.out, /40 rows: \d+ created, \d+ not sent\./);
    const plain = await run(name, '--upsert Email --yes');
    assert.match(plain.err, /was interrupted \(.*\)\. Go on with --resume, or begin anew with --restart\./);
    const other = await run(name, '--create --yes --resume');
    assert.match(other.err, /can’t go on: it was begun as an upsert, not as a creation/);
    const mapped = await run(name, '--upsert Email --map Surname=Forenames --yes --resume');
    assert.match(mapped.err, /can’t go on: its columns were taken for other fields/);
    const elsewhere = words.map((word) => (word === platform.root ? `${platform.root}sandbox` : word));
    const site = await apq([...elsewhere, '--resume'], { env, cwd: folder });
    assert.match(site.err, /can’t go on: it was begun on .*accessplan, not on .*accessplansandbox/);
    writeFileSync(join(folder, name), `Email,Surname\n${rows.join('\n')}\nnew@resume.example,N\n`);
    const changed = await run(name, '--upsert Email --yes --resume');
    assert.match(changed.err, /can’t go on: the file has changed since it was begun/);
    assert.deepEqual(
      [plain, other, mapped, changed].map(({ code, sent }) => [code, sent.length]),
      Array.from({ length: 4 }, () => [2, 0]),
    );
    writeFileSync(join(folder, name), `Email,Surname\n${rows.join('\n')}\n`);
    const last = await run(name, '--upsert Email --yes --resume');
    assert.deepEqual([last.code, last.out], [0, '40 rows: 40 created.\n']);
    assert.equal((await users("endswith(Email,'@resume.example')")).length, 40);
  });
});
