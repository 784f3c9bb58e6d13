/** SQL requests in the pipeline: what runs first, what the engine is asked, and what others use of the answer. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Extent } from '#core/running/extent';
import { type RunOutcome, type RunPort, runRequests } from '#core/running/pipeline';
import { readQueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { answersFrom, Responses } from '#core/running/responses';
import { runSql } from '#core/sql/run-sql';
import type { SqlAnswer, SqlQuestion } from '#engine/types';
import { LanguageService, type RequestInfo } from '#language';
import { CONNECTION, NO_LOG, resultOf } from '../support/runs';

const OTHER = { ...CONNECTION, id: 'two', name: 'Beta' };

const FILE = `### Invoices
# @name invoices
GET Invoice
### Companies
# @name companies
# @connection Beta
GET Company
### Owed
# @name owed
SQL
select c.Town from invoices i join companies c on c.ID = i.ID where i.Due < '{{$today}}'
### Towns
SQL
select * from owed
### First
GET course
$filter = Town eq '{{owed.results[0].Town}}'
`;

/** What the engine answers in these tests. */
const ANSWER: SqlAnswer = {
  columns: [{ name: 'Town', type: 'string' }],
  rows: [['Rome'], ['Oslo']],
  whole: true,
  notes: [],
};

class Run {
  readonly log: string[] = [];
  readonly questions: SqlQuestion[] = [];
  readonly outcomes: (RunOutcome | Refusal)[] = [];
  readonly notes: string[] = [];
  readonly responses = new Responses();
  extent: Extent = { kind: 'whole' };

  constructor(private readonly answer: SqlAnswer = ANSWER) {}

  port(change: Partial<RunPort> = {}): RunPort {
    const connectionOf = ({ connection }: RequestInfo) => (connection === 'Beta' ? OTHER : CONNECTION);
    return {
      connection: async (request) => Promise.resolve(connectionOf(request)),
      connectionOf,
      language: async () => Promise.resolve(new LanguageService()),
      responses: this.responses,
      answer: answersFrom(this.responses, connectionOf),
      writes: NO_LOG,
      confirm: () => assert.fail('nothing to confirm'),
      send: async ({ wire, connection }) => {
        this.log.push(`send ${wire.module} to ${connection.name}`);
        return Promise.resolve({ ...resultOf(wire.module), extent: this.extent });
      },
      query: async (prepared) => {
        this.log.push(`ask ${prepared.tables.map(({ name }) => name).join(', ')}`);
        this.notes.push(...prepared.notes);
        const run = async (question: SqlQuestion) => {
          this.questions.push(question);
          return Promise.resolve(this.answer);
        };
        return runSql({ run }, prepared);
      },
      report: async (_step, outcome) => {
        this.outcomes.push(outcome);
        return Promise.resolve(!(outcome instanceof Refusal));
      },
      ...change,
    };
  }

  async run(titles: string, change: Partial<RunPort> = {}, text = FILE): Promise<readonly string[]> {
    const file = readQueryFile('a.apq', text);
    const chosen = titles
      .split(' ')
      .flatMap((title) => file.requests.find((each) => each.title === title) ?? []);
    this.log.length = 0;
    this.notes.length = 0;
    await runRequests(file, chosen, this.port(change));
    return this.log;
  }

  get last(): RunOutcome {
    const last = this.outcomes.at(-1);
    assert.ok(last !== undefined && !(last instanceof Refusal));
    return last;
  }
}

const FETCHED = ['send Invoice to Acme', 'send Company to Beta', 'ask invoices, companies'];

describe('a SQL request', () => {
  it('runs what its tables need first, each on its own connection', async () =>
    assert.deepEqual(await new Run().run('Owed'), FETCHED));

  it('gets the records as tables, and its variables as values', async () => {
    const run = new Run();
    await run.run('Owed');
    const [question] = run.questions;
    assert.match(String(question?.values[0]), /^\d{4}-\d\d-\d\dT00:00:00$/);
    assert.deepEqual(
      question?.tables.map(({ name, columns, rows }) => [name, columns.map((each) => each.name), [...rows]]),
      [
        ['invoices', ['ID'], [['Invoice']]],
        ['companies', ['ID'], [['Company']]],
      ],
    );
  });

  it('has a result like any other', async () => {
    const run = new Run();
    await run.run('Owed');
    const outcome = run.last;
    assert.ok(outcome.kind === 'answered');
    const { records, count, columns, json } = outcome.result;
    assert.deepEqual(
      [records, count, columns, json],
      [
        [{ Town: 'Rome' }, { Town: 'Oslo' }],
        2,
        ANSWER.columns,
        { results: [{ Town: 'Rome' }, { Town: 'Oslo' }] },
      ],
    );
  });

  it('uses the last answers, and says how old they are', async () => {
    const run = new Run();
    await run.run('Owed');
    assert.deepEqual(await run.run('Owed'), ['ask invoices, companies']);
    assert.deepEqual(run.notes, [
      'invoices: 1 record, fetched just now.',
      'companies: 1 record from Beta, fetched just now.',
      'The types of the fields of invoices, companies are not known, so a number that was sent as a text is a text here. Write a metadata file (apq metadata --output FILE), and name it with --metadata FILE.',
    ]);
  });

  it('gives the engine the same keys for the same answers, and others for new ones', async () => {
    const run = new Run();
    await run.run('Owed');
    await run.run('Owed');
    await run.run('Owed', { anew: true });
    const keys = run.questions.map(({ tables }) => tables.map(({ key }) => key).join());
    assert.equal(keys[0], keys[1]);
    assert.notEqual(keys[1], keys[2]);
  });

  it('fetches its tables anew where that is asked for', async () => {
    const run = new Run();
    await run.run('Owed');
    assert.deepEqual(await run.run('Owed', { anew: true }), FETCHED);
  });

  it('fetches a table again whose request has changed since', async () => {
    const run = new Run();
    await run.run('Owed');
    const changed = FILE.replace('GET Invoice', 'GET Invoice\n$select = ID, Due');
    assert.deepEqual(await run.run('Owed', {}, changed), ['send Invoice to Acme', 'ask invoices, companies']);
  });

  it('fetches a table again whose records were not kept', async () => {
    const run = new Run();
    const stream: Partial<RunPort> = {
      send: async () => Promise.resolve({ ...resultOf('x'), records: [], count: 9 }),
    };
    await run.run('Invoices', stream);
    assert.deepEqual(await run.run('Owed'), FETCHED);
  });

  describe('uses an answer again only where the same would be sent', () => {
    const text = (town: string, ids = "'1'", variables = '') => `@town = ${town}
${variables}
### B
# @name b
# @pages all
GET Booking
$filter = ID eq ${ids}
### Inv
# @name inv
GET Invoice
$filter = Town eq '{{town}}'
### U
# @name users
GET User
$filter = ID eq '{{b.results[*].ID}}'
### V
# @name venues
GET Venue
$filter = ID eq '{{b.results[0].ID}}'
### Sum
SQL
select count(*) from inv
### Users
SQL
select count(*) from users
### Venues
SQL
select count(*) from venues
`;
    const cases: readonly [string, string, string, string, readonly string[]][] = [
      ['the same text', 'Sum', text('Leeds'), text('Leeds'), ['ask inv']],
      ['another title and comment', 'Sum', text('Leeds'), text('Leeds', "'1' # one"), ['ask inv']],
      ['a variable', 'Sum', text('Leeds'), text('York'), ['send Invoice to Acme', 'ask inv']],
      ['a new identifier', 'Sum', text('{{$guid}}'), text('{{$guid}}'), ['send Invoice to Acme', 'ask inv']],
      ['a day', 'Sum', text('{{$today}}'), text('{{$today - 1d}}'), ['send Invoice to Acme', 'ask inv']],
      ...['Users', 'Venues'].map((title): [string, string, string, string, readonly string[]] => [
        `the source of ${title}`,
        title,
        text('x'),
        text('x', "'2'"),
        ['send Booking to Acme', `send ${title.slice(0, -1)} to Acme`, `ask ${title.toLowerCase()}`],
      ]),
    ];
    for (const [what, title, before, now, log] of cases)
      it(what, async () => {
        const run = new Run();
        await run.run(title, {}, before);
        assert.deepEqual(await run.run(title, {}, now), log);
      });

    it('a source that was run on its own since', async () => {
      const run = new Run();
      await run.run('Users', {}, text('x'));
      await run.run('B', {}, text('x'));
      assert.deepEqual(await run.run('Users', {}, text('x')), ['send User to Acme', 'ask users']);
      assert.deepEqual(await run.run('Users', {}, text('x')), ['ask users']);
    });

    it('a prompt, once it is answered', async () => {
      const run = new Run();
      const asking = (town: string) => ({ ask: async () => Promise.resolve(town) });
      const file = text('?Town');
      await run.run('Sum', asking('Leeds'), file);
      assert.deepEqual(await run.run('Sum', asking('Leeds'), file), ['ask inv']);
      assert.deepEqual(await run.run('Sum', asking('York'), file), ['send Invoice to Acme', 'ask inv']);
    });

    it('more pages', async () => {
      const run = new Run();
      run.extent = { kind: 'part' };
      await run.run('Sum', {}, text('x'));
      const all = text('x').replace('# @name inv', '# @name inv\n# @pages all');
      assert.deepEqual(await run.run('Sum', {}, all), ['send Invoice to Acme', 'ask inv']);
      assert.deepEqual(await run.run('Sum', {}, text('x')), ['ask inv']);
    });
  });

  it('may be a table, and is run again then', async () => {
    const run = new Run();
    await run.run('Owed');
    assert.deepEqual(await run.run('Towns'), ['ask invoices, companies', 'ask owed']);
    assert.deepEqual(
      run.questions.at(-1)?.tables.map(({ columns, rows }) => [columns, [...rows]]),
      [[ANSWER.columns, ANSWER.rows]],
    );
  });

  it('gives values to other requests', async () =>
    assert.deepEqual(await new Run().run('First'), [...FETCHED, 'send course to Acme']));

  it('runs each request once where all run', async () =>
    assert.deepEqual(await new Run().run('Invoices Companies Owed Towns'), [...FETCHED, 'ask owed']));

  it('says how many there are where a table is a part', async () => {
    const run = new Run();
    run.extent = { kind: 'part' };
    await run.run('Owed');
    assert.deepEqual(
      run.notes[0],
      'invoices: 1 record; there may be more, fetched just now; “# @pages all” in its request fetches all.',
    );
    assert.equal(run.last.kind, 'answered');
  });

  it('is a part where a table is, and so is what is asked of its result (two further on)', async () => {
    const run = new Run();
    run.extent = { kind: 'part' };
    const extentOf = async (title: string, text = FILE) => {
      await run.run(title, {}, text);
      const { last } = run;
      return last.kind === 'answered' && last.result.extent;
    };
    const of = (name: string) => ({ kind: 'part', reason: `“${name}” has only a part of its records.` });
    assert.deepEqual(await extentOf('Owed'), of('invoices'));
    assert.deepEqual(await extentOf('Towns'), of('owed'));
    assert.ok(
      run.notes.some((note) =>
        /^owed: 2 records; there may be more, run just now\. “invoices” has only/.test(note),
      ),
    );
  });

  it('is doubtful where a table is, with its reason', async () => {
    const run = new Run();
    run.extent = { kind: 'doubtful', reason: 'Records may be missing.' };
    await run.run('Owed');
    const outcome = run.last;
    assert.deepEqual(outcome.kind === 'doubtful' && outcome.reason, '“invoices”: Records may be missing.');
  });

  it('is doubtful where not all rows came', async () => {
    const run = new Run({ ...ANSWER, whole: false });
    await run.run('Owed');
    assert.match(run.last.kind === 'doubtful' ? run.last.reason : '', /more than 2 rows.*limit/);
  });

  it('never runs a change for a table', async () => {
    const run = new Run();
    const text = '### New\n# @name made\nPOST User\n{ "Surname": "x" }\n### Owed\nSQL\nselect * from made';
    assert.deepEqual(await run.run('Owed', {}, text), []);
    const [refusal] = run.outcomes;
    assert.ok(refusal instanceof Refusal);
    assert.equal(
      refusal.message,
      '“Owed” was not run: its table “made” is the answer to a POST, which changes records. Read the records with a GET, and use that as the table.',
    );
  });

  it('needs no table', async () =>
    assert.deepEqual(await new Run().run('One', {}, '### One\nSQL\nselect 1'), ['ask ']));

  it('ends at once where it is stopped', async () => {
    const run = new Run();
    const abort = new AbortController();
    await run.run('Owed', {
      query: async (prepared) =>
        runSql(
          { run: async () => Promise.reject(new Error('stopped')).finally(() => abort.abort()) },
          prepared,
          {
            signal: abort.signal,
          },
        ),
    });
    assert.ok(run.last.kind === 'failed');
    assert.match(String(run.last.error), /cancelled|stopped/i);
  });
});
