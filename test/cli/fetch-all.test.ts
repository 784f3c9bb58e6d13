/** Fetching all pages on the command line: streaming, retries, `--resume`; with faults of the sample platform. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq, type Ended } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const QUERIES = `### Users
GET user
$select = ID, Surname, Forenames
### Counted
GET user
$select = ID
$count = true
# @pages all
### Small
GET user
$select = ID
$top = 20
### Other
GET user
$select = ID, Email
`;
const TOTAL = 1200;

describe('command line: all pages', () => {
  let platform: RunningPlatform;
  let folder: string;
  let file: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-fetch-'));
    file = join(folder, 'queries.apq');
    writeFileSync(file, QUERIES);
  });
  beforeEach(() => platform.control({ reset: true }));
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  const run = async (
    args: readonly string[],
    { kill, root }: { kill?: NodeJS.Signals; root?: string } = {},
  ): Promise<Ended> => {
    let killed = false;
    const all = args.includes('--pages') ? [] : ['--pages', 'all'];
    return apq(['run', file, '--root', root ?? platform.root, ...all, ...args], {
      env: { APQ_API_KEY: platform.apiKey },
      cwd: folder,
      // After some pages, when the partial file exists.
      watch: () => {
        const begun = readdirSync(folder).some(
          (name) => name.endsWith('.apq-partial.ndjson') && text(name).includes('\n["page",'),
        );
        if (killed || kill === undefined || !begun) return undefined;
        killed = true;
        return kill;
      },
    });
  };
  const path = (name: string) => join(folder, name);
  const text = (name: string) => readFileSync(path(name), 'utf8');
  const leftovers = () => readdirSync(folder).filter((name) => name.startsWith('.'));
  const idsOf = (ndjson: string) =>
    ndjson
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { ID: string }).ID);

  it('writes the same csv, ndjson and json to a file as to standard output', async () => {
    const shown: Record<string, string> = {};
    for (const format of ['csv', 'ndjson', 'json']) {
      const printed = await run(['--format', format]);
      assert.equal(printed.code, 0, printed.err);
      assert.match(printed.err, /^Users: 1,200 records · 24 pages · /);
      const written = await run(['--format', format, '--output', `all.${format}`]);
      assert.deepEqual([written.code, written.out], [0, '']);
      assert.equal(text(`all.${format}`), printed.out);
      const resumed = await run(['--format', format, '--output', `again.${format}`, '--resume']);
      assert.equal(resumed.code, 0, resumed.err);
      assert.equal(text(`again.${format}`), printed.out);
      shown[format] = printed.out;
    }
    assert.equal(new Set(idsOf(shown['ndjson'] ?? '')).size, TOTAL);
    assert.equal((JSON.parse(shown['json'] ?? '') as unknown[]).length, TOTAL);
    assert.equal(shown['json'], `${JSON.stringify(JSON.parse(shown['json'] ?? ''), undefined, 2)}\n`);
    assert.match(shown['csv'] ?? '', /^ID,Surname,Forenames\r\n1001,/);
    assert.deepEqual(leftovers(), []);
  });

  it('writes an empty document in each format when there are no records', async () => {
    writeFileSync(
      path('none.apq'),
      "GET user\n$select = ID, Email\n$filter = Surname eq 'nobody of this name'\n",
    );
    for (const [format, expected] of [
      ['csv', 'ID,Email\r\n'],
      ['ndjson', ''],
      ['json', '[]\n'],
    ] as const) {
      const ended = await apq(
        ['run', path('none.apq'), '--root', platform.root, '--pages', 'all', '--format', format],
        {
          env: { APQ_API_KEY: platform.apiKey },
        },
      );
      assert.deepEqual([ended.code, ended.out], [0, expected]);
    }
  });

  it('fetches all records when one in four responses is a fault, and reports each retry', async () => {
    await platform.control({ random: { rate: 0.25, seed: 3 } });
    const { code, out, err } = await run(['--request', 'Small', '--format', 'ndjson', '--concurrency', '6']);
    assert.equal(code, 0, err);
    assert.equal(new Set(idsOf(out)).size, TOTAL);
    assert.match(err, /^Page \d+: .+\. Trying again (at once|in \d+\.\d s) \(attempt 2 of \d\)\.$/m);
  });

  it('waits as long as Retry-After asks for', async () => {
    await platform.control({ next: [{ status: 429, retryAfter: 1 }] });
    const started = Date.now();
    const { code, err } = await run(['--format', 'ndjson']);
    assert.equal(code, 0);
    assert.ok(Date.now() - started >= 1000);
    assert.match(
      err,
      /^“The sample platform was asked to answer 429\.” 127\.0\.0\.1:\d+ asks for a pause of 1 second \(429\).* Trying again in 1\.\d s \(attempt 2 of 9\)\.$/m,
    );
  });

  it('silently renews tokens that expire on the way', async () => {
    const work = apq(
      [
        'run',
        file,
        '--root',
        platform.root,
        '--request',
        'Small',
        '--pages',
        'all',
        '--format',
        'ndjson',
        '--concurrency',
        '1',
      ],
      {
        env: { APQ_USERNAME: platform.username, APQ_PASSWORD: platform.password },
      },
    );
    await platform.control({ latency: 20 });
    for (let count = 0; count < 4; count++) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await platform.control({ expireTokens: true });
    }
    const { code, out, err } = await work;
    assert.equal(code, 0, err);
    assert.equal(new Set(idsOf(out)).size, TOTAL);
    assert.doesNotMatch(err, /sign/);
  });

  it('reports duplicates and gaps', async () => {
    await platform.control({ churn: { insert: 2, times: 3 } });
    const inserted = await run(['--format', 'ndjson', '--concurrency', '1', '--output', 'inserted']);
    assert.deepEqual([inserted.code, inserted.out, existsSync(path('inserted'))], [1, '', false]);
    assert.deepEqual(leftovers(), []);
    assert.match(inserted.err, /^Up to 6 records did not come, /m);
    assert.match(
      inserted.err,
      /changed while their pages were fetched: there were 1,200, now there are 1,206/,
    );
    await platform.control({ churn: { remove: 3, times: 2 } });
    const removed = await run(['--format', 'csv', '--concurrency', '1', '--output', 'removed', '--resume']);
    assert.match(removed.err, /there were 1,206, now there are 1,200/);
    assert.deepEqual([removed.code, existsSync(path('removed'))], [1, false]);
    assert.match(removed.err, /^Up to 6 records did not come, .*Fetch again/m);
    // What came is no place to go on from.
    assert.deepEqual(leftovers(), []);
  });

  it('leaves nothing behind after a failure without --resume', async () => {
    writeFileSync(path('old.csv'), 'old');
    await platform.control({ latency: 60 });
    const work = run(['--request', 'Small', '--format', 'csv', '--output', 'old.csv', '--concurrency', '1']);
    setTimeout(() => void platform.control({ random: { rate: 1, faults: [{ status: 403 }] } }), 700);
    const { code, err } = await work;
    assert.equal(code, 1, err);
    assert.match(err, /Small: “The sample platform was asked to answer 403\.” Permission denied/);
    assert.equal(text('old.csv'), 'old');
    assert.deepEqual(leftovers(), []);
  });

  for (const [kill, ends] of [
    ['SIGINT', 130],
    // As after a power failure, without a last message.
    ['SIGKILL', null],
  ] as const)
    it(`continues after ${kill}, with the same result as without an interruption`, async () => {
      const whole = await run(['--request', 'Small', '--format', 'csv']);
      await platform.control({ latency: 40 });
      const args = [
        '--request',
        'Small',
        '--format',
        'csv',
        '--output',
        'small.csv',
        '--resume',
        '--concurrency',
        '2',
      ];
      const first = await run(args, { kill });
      assert.equal(first.code, ends, first.err);
      assert.ok(!existsSync(path('small.csv')));
      if (kill === 'SIGINT')
        assert.match(
          first.err,
          /of 1,200 records are kept next to small\.csv: run the same command with --resume/,
        );
      assert.ok(leftovers().includes('.small.csv.apq-partial.ndjson'));
      await platform.control({ reset: true });
      const second = await run(args);
      assert.equal(second.code, 0, second.err);
      assert.match(
        second.err,
        /^Continuing after [\d,]+ of 1,200 records, which arrived less than a minute ago\.$/m,
      );
      assert.equal(text('small.csv'), whole.out);
      // What a killed process left is swept.
      assert.deepEqual(leftovers(), []);
      rmSync(path('small.csv'));
    });

  it('continues after a failure, even in another format, or starts over without --resume', async () => {
    await platform.control({ latency: 20 });
    const args = ['--request', 'Small', '--output', 'part', '--concurrency', '2'];
    const first = await run([...args, '--format', 'csv', '--resume'], { kill: 'SIGINT' });
    assert.equal(first.code, 130, first.err);
    await platform.control({ reset: true, random: { rate: 1, faults: [{ status: 403 }] } });
    const again = await run([...args, '--format', 'csv', '--resume']);
    assert.equal(again.code, 1);
    assert.match(again.err, /are kept next to part/);
    const over = await run([...args, '--format', 'csv']);
    assert.equal(over.code, 1);
    assert.match(
      over.err,
      /Starting over\. An unfinished fetch of less than a minute ago with .* is next to part; --resume would continue it\./,
    );
    await platform.control({ reset: true });
    const done = await run([...args, '--format', 'ndjson', '--resume']);
    assert.equal(done.code, 0, done.err);
    assert.equal(new Set(idsOf(text('part'))).size, TOTAL);
    assert.deepEqual(leftovers(), []);
  });

  describe('starts over, and says why,', () => {
    const args = ['--output', 'part', '--concurrency', '2', '--format', 'csv', '--resume'];
    const partial = () => path('.part.apq-partial.ndjson');
    beforeEach(async () => {
      await platform.control({ latency: 20 });
      const first = await run(['--request', 'Small', ...args], { kill: 'SIGINT' });
      assert.equal(first.code, 130, first.err);
      await platform.control({ reset: true });
    });
    const startsOver = async (which: string, more: string[], why: RegExp, records: number, root?: string) => {
      const { code, err } = await run(
        ['--request', which, ...args, ...more],
        root === undefined ? {} : { root },
      );
      assert.equal(code, 0, err);
      assert.match(err, why);
      assert.doesNotMatch(err, /Continuing/);
      assert.equal(text('part').trim().split('\r\n').length, records + 1);
      assert.deepEqual(leftovers(), []);
    };

    it('for another address', async () =>
      startsOver(
        'Other',
        [],
        /^Starting over: the unfinished fetch next to part asked for .*\$select=ID&.*, this one asks for .*\$select=ID,Email/m,
        TOTAL,
      ));
    it('for another platform', async () =>
      startsOver(
        'Small',
        [],
        /^Starting over: .* went to http.*, this one goes to http.*sandbox\.$/m,
        120,
        platform.root.replace(/accessplan$/, 'accessplansandbox'),
      ));
    it('after the time of --resume-within, which is a day', async () => {
      // The hash of a mark does not cover the mark itself.
      const aged = (ms: number) =>
        readFileSync(partial(), 'utf8').replace(
          /"savedAt":\d+(?=[^\n]*\n[^\n]*$)/g,
          () => `"savedAt":${Date.now() - ms}`,
        );
      writeFileSync(partial(), aged(7 * 3_600_000));
      await startsOver(
        'Small',
        ['--resume-within', '6h'],
        /^Starting over: .* is of 7 hours ago \(--resume-within says how old it may be\)\.$/m,
        TOTAL,
      );
    });
  });

  it('loses nothing when a later page has more members', async () => {
    const csv = async (...args: string[]) => {
      await platform.control({ reset: true, next: [{ status: 503 }, { types: true }, { wide: 5 }] });
      return run(['--request', 'Users', '--format', 'csv', '--concurrency', '1', '--pages', '3', ...args]);
    };
    const printed = await csv();
    assert.equal(printed.code, 0, printed.err);
    assert.match(printed.err, /The header lacks CF_Field3, CF_Field4/);
    assert.match(printed.out, /Value 4\r\n/);
    for (const args of [[], ['--resume']]) {
      const written = await csv('--output', 'wide.csv', ...args);
      assert.equal(written.code, 0, written.err);
      const [header = '', ...rows] = text('wide.csv').trim().split('\r\n');
      assert.equal(header, 'ID,Surname,Forenames,CF_Field3,CF_Field4');
      assert.equal(rows.length, 150);
      assert.match(rows[60] ?? '', /,Value 3,Value 4$/);
      assert.match(rows[0] ?? '', /,,$/);
    }
    assert.deepEqual(leftovers(), []);
  });

  for (const args of [
    ['--resume', '--format', 'csv'],
    ['--resume', '--output', 'x'],
    ['--resume', '--output', 'x', '--format', 'csv', '--request', 'all'],
    ['--resume', '--output', 'x', '--format', 'csv', '--dry-run'],
    ['--concurrency', '0'],
    ['--concurrency', '17'],
    ['--concurrency', 'many'],
  ])
    it(`ends with 2 for: ${args.join(' ')}`, async () => {
      const { code, out, err } = await run(args);
      assert.deepEqual([code, out], [2, ''], err);
      assert.match(err, /--(resume|concurrency) /);
    });
});
