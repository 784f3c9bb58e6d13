/** `apq run` with SQL requests, on the sample platform: every format, what is shown and refused, and how it ends. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { apq, type ApqOptions, type Ended } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const FILE = `@least = 0

### Invoices
# @name invoices
GET Invoice
$select = ID, CompanyName, Outstanding, DateDue
$filter = Outstanding gt '0'

### Companies
# @name companies
# @pages all
GET Company
$select = ID, Label, Town

### Owed by town
# @name owed
# @expect count > 0
SQL
select c.Town, count(*) as invoices, sum(i.Outstanding) as owed
from invoices i join companies c on c.Label = i.CompanyName
where i.DateDue < '{{$today}}' and i.Outstanding > {{least}}
group by c.Town order by owed desc

### Largest
SQL
select Town, owed from owed limit 1
`;

const ONE = (statement: string, more = '') => `### One\n${more}SQL\n${statement}\n`;

const NUMBERS = ['9007199254740993', '9223372036854775807', '9223372036854775808'];

interface Row {
  readonly Town: string;
  readonly invoices: number;
  readonly owed: number;
}

describe('apq run with SQL', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-sql-'));
    write('a.apq', FILE);
    const { code, err } = await run('metadata -o m.json');
    assert.equal(code, 0, err);
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const run = async (line: string, options: ApqOptions = {}): Promise<Ended> =>
    apq(line.split(' '), {
      env: { APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root },
      cwd: folder,
      ...options,
    });
  const rowsOf = async (line: string): Promise<Row[]> => {
    const { code, out, err } = await run(line);
    assert.equal(code, 0, err);
    return JSON.parse(out) as Row[];
  };

  /** The same, counted in plain loops over the records. */
  async function expected(): Promise<Row[]> {
    const all = async (request: string) =>
      (await rowsOf(`run a.apq --request ${request} --pages all -f json`)) as unknown as Record<
        string,
        string
      >[];
    const [invoices, companies] = [await all('invoices'), await all('companies')];
    const now = new Date();
    const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
    const towns = new Map<string, { invoices: number; cents: number }>();
    for (const invoice of invoices) {
      if ((invoice['DateDue'] ?? '9') >= today) continue;
      for (const company of companies.filter((each) => each['Label'] === invoice['CompanyName'])) {
        const town = company['Town'] ?? '';
        const { invoices: before, cents } = towns.get(town) ?? { invoices: 0, cents: 0 };
        towns.set(town, {
          invoices: before + 1,
          cents: cents + Math.round(Number(invoice['Outstanding']) * 100),
        });
      }
    }
    return [...towns]
      .map(([Town, { invoices: count, cents }]) => ({ Town, invoices: count, owed: cents / 100 }))
      .sort((a, b) => b.owed - a.owed);
  }

  it('says on standard error which texts are not the numbers that a statement takes them for', async () => {
    const fees = "values ('12,50'), ('£100'), ('3')";
    const tables = `### Fees\n# @name fees\nSQL\nwith v(Fee) as (${fees}) select Fee from v\n\n`;
    write(
      'fees.apq',
      `${tables}${ONE('select sum(Fee), sum(trim(Fee)) from fees where Fee > 1', '# @name sum\n')}`,
    );
    const { code, out, err } = await run('run fees.apq --request sum --format csv');
    assert.equal(code, 0, err);
    assert.match(out, /\b3,3\b/);
    assert.ok(
      err.includes(
        'Fee of fees: 2 of 3 values are not numbers: sum and avg leave them out and no comparison takes them for numbers.',
      ),
      err,
    );
    write('computed.apq', ONE(`with v(Fee) as (${fees}) select sum(Fee) from v`));
    assert.match(
      (await run('run computed.apq')).err,
      /sum and avg left out texts that are not numbers \(2 times\)\./,
    );
  });

  it('divides a whole sum of another SQL request exactly', async () => {
    const sums = '### Sums\n# @name sums\nSQL\nselect sum(a) as Sum from (select 29520.0 as a)\n\n';
    write('sums.apq', `${sums}${ONE('select Sum / 7 as Day from sums')}`);
    assert.match((await run('run sums.apq --request One --format csv')).out, /^4217\.14/m);
  });

  it('gives the same as loops over the records', async () => {
    const rows = await rowsOf('run a.apq --request owed --pages all -f json --metadata m.json');
    const plain = await expected();
    assert.ok(rows.length > 3);
    const byTown = (list: readonly Row[]) => [...list].sort((a, b) => (a.Town < b.Town ? -1 : 1));
    assert.deepEqual(byTown(rows), byTown(plain));
  });

  it('gives the same without metadata: the fields of each table are asked for, once', async () => {
    const helpBefore = (await platform.requests()).filter((each) => each.includes('/apihelp/')).length;
    const help = async () =>
      (await platform.requests()).filter((each) => each.includes('/apihelp/')).slice(helpBefore);
    const known = await rowsOf('run a.apq --request owed --pages all -f json --metadata m.json');
    assert.deepEqual(await help(), []);
    const { code, out, err } = await run('run a.apq --request owed --pages all -f json');
    assert.equal(code, 0, err);
    assert.deepEqual(JSON.parse(out), known);
    assert.doesNotMatch(err, /types of the fields/);
    assert.equal((await help()).length, 2, (await help()).join('\n'));
    await run('run a.apq --request companies');
    assert.equal((await help()).length, 2, 'none for a request that is no table');
  });

  it('says what runs first, and what is a part only', async () => {
    const { code, err } = await run('run a.apq --request owed -f json');
    assert.equal(code, 0, err);
    assert.match(err, /Running “Invoices” first: “Owed by town” needs its answer\./);
    assert.match(err, /invoices: 50 records; there may be more, fetched just now; “# @pages all”/);
    assert.match(err, /Owed by town: \d+ records?; there may be more · /);
    assert.match(err, /Expectations met: 1 of 1/);
  });

  it('fetches each table once where all run, also where its records are streamed to a file', async () => {
    const before = (await platform.requests()).length;
    const { code, err } = await run('run a.apq --request all --pages all -o all.csv');
    assert.equal(code, 0, err);
    const asked = (await platform.requests()).slice(before).filter((each) => each.includes('GET'));
    const first = asked.filter((each) => !each.includes('$skip') && !each.includes('/apihelp/'));
    assert.equal(first.length, 2, first.join('\n'));
    const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
    assert.equal(names.length, 4, names.join());
    for (const name of names) assert.ok(read(name).split('\r\n').length > 2, name);
    for (const name of names) rmSync(join(folder, name));
  });

  for (const format of ['table', 'csv', 'json', 'ndjson'])
    it(`keeps all digits, and truth values as such: ${format}`, async () => {
      const values = NUMBERS.map((each, index) => `'${each}' as t${index}, ${each} as n${index}`);
      write('one.apq', ONE(`select ${values.slice(0, 2).join(', ')}, '${NUMBERS[2] ?? ''}' as t2`));
      const { code, out, err } = await run(`run one.apq -f ${format}`);
      assert.equal(code, 0, err);
      for (const number of NUMBERS) assert.ok(out.includes(number), out);
    });

  it('brings out truth values and lists of fields as they came, with --typed', async () => {
    write(
      'typed.apq',
      '### U\n# @name users\nGET Course\n$top = 3\n$select = ID, Label, Advertise, CategoryIDs, CategoryLabels, AutoComplete\n### S\nSQL\nselect * from users limit 1\n',
    );
    const [plain] = await rowsOf('run typed.apq --request U -f json --typed --metadata m.json');
    const [row] = await rowsOf('run typed.apq --request S -f json --typed --metadata m.json');
    const sent = Object.entries(plain ?? {}).filter(([, value]) => value !== null);
    assert.ok(sent.length > 3 && sent.some(([, value]) => typeof value === 'boolean'));
    const came = new Map(Object.entries(row ?? {}));
    for (const [name, value] of sent) assert.deepEqual(came.get(name), value, name);
  });

  for (const format of ['xlsx', 'parquet'])
    it(`writes ${format}`, async () => {
      const { code, err } = await run(`run a.apq --request owed -o o.${format}`);
      assert.equal(code, 0, err);
      assert.ok(readFileSync(join(folder, `o.${format}`)).length > 200);
    });

  it('keeps the order of its columns, also of those that look like numbers', async () => {
    write('one.apq', ONE('select 1 as b, 2 as "2", 3 as "1", 4 as b'));
    assert.equal((await run('run one.apq -f csv')).out, 'b,2,1,b_2\r\n1,2,3,4\r\n');
  });

  it('writes null as asked for', async () => {
    write('one.apq', ONE("select null as a, '' as b"));
    assert.equal((await run('run one.apq -f csv --null NULL')).out, 'a,b\r\nNULL,\r\n');
  });

  it('shows what would be asked and fetched, and sends nothing', async () => {
    const before = (await platform.requests()).length;
    const { code, out } = await run('run a.apq --request owed --dry-run');
    assert.equal(code, 0);
    assert.match(out, /### Invoices\nGET http/);
    assert.match(
      out,
      /# \{\{least\}\} is 0\n# Table: invoices, one page\n# Table: companies, all pages\nSQL\nselect c\.Town/,
    );
    assert.match(out, /# '?\{\{\$today\}\}'? is '\d{4}-/);
    assert.equal((await platform.requests()).length, before);
  });

  for (const [line, message] of [
    ['run a.apq --request owed --raw', /--raw writes the answer of a platform/],
    ['run a.apq --request owed --resume -o r.csv', /--resume goes with no SQL request/],
  ] as const)
    it(`refuses ${line}`, async () => {
      const { code, err } = await run(line);
      assert.equal(code, 2);
      assert.match(err, message);
    });

  it('has no program', async () => {
    const { code, err } = await run('convert a.apq --request owed --as curl');
    assert.equal(code, 1);
    assert.match(err, /“Owed by town” was not converted\. A SQL request is answered here/);
  });

  it('says where a statement is wrong', async () => {
    write('wrong.apq', `${FILE}\n### Wrong\nSQL\nselect 'é', StartDat from companies\n`);
    const { code, err } = await run('run wrong.apq --request Wrong');
    assert.equal(code, 1);
    assert.match(err, /wrong\.apq:30:13: error .*StartDat/);
  });

  it('runs no change for a table', async () => {
    write(
      'post.apq',
      '### New\n# @name made\nPOST User\n{ "Surname": "x" }\n### Owed\nSQL\nselect * from made\n',
    );
    const { code, err } = await run('run post.apq --request Owed --yes');
    assert.equal(code, 1);
    assert.match(err, /made/);
    assert.ok(!(await platform.requests()).some((each) => each.startsWith('POST') && /user$/i.test(each)));
  });

  it('ends at once when it is interrupted, and leaves no file', async () => {
    const endless =
      'with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c, companies';
    write('endless.apq', `### Companies\n# @name companies\nGET Company\n### Endless\nSQL\n${endless}\n`);
    let sent = 0;
    const { code, err } = await run('run endless.apq --request Endless -o e.json', {
      watch: (text) => {
        if (sent > 0 || !text.includes('Companies: ')) return undefined;
        sent = performance.now();
        return 'SIGINT';
      },
    });
    assert.equal(code, 130, err);
    assert.ok(!existsSync(join(folder, 'e.json')));
  });

  it('tests its expectations', async () => {
    const { code, out } = await run('test a.apq --metadata m.json');
    assert.equal(code, 0);
    assert.match(out, /ok .*Owed by town: count > 0/);
  });

  it('quotes nobody on standard error where the answer is only a count', async () => {
    const people = '### People\n# @name people\nGET User\n\n';
    const asks = ONE('select count(*) as n from people where Phone > 5 and Surname <> 7', '# @name asked\n');
    write('people.apq', `${people}${asks}`);
    const asked = await run('run people.apq --request asked --format csv');
    assert.match(asked.err, /Phone of people: \d+ of \d+ values are not numbers: no comparison/);
    assert.doesNotMatch(asked.err, /such as “/);
  });
});
