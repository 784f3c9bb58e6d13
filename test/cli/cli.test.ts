/** The command line as a process, with the sample platform over real HTTP: output, messages, exit codes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/lsp';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const QUERIES = `### People
# @name people
GET user
$select = ID, Surname
$top = 3
### By ID
GET user?$filter=ID eq '{{people.results[0].ID}}'
$select = ID
### Broken
GET user
$filter = Surname = 'x'
### Change
PUT coursedate/2024
{ "Status": "Full" }
### Asks
@who = ?Whose surname?
GET user
$filter = Surname eq '{{who}}'
$top = 1
### Too many
GET user
$top = 5000
`;

describe('command line', () => {
  let platform: RunningPlatform;
  let folder: string;
  let file: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-cli-'));
    file = join(folder, 'queries.apq');
    writeFileSync(file, QUERIES);
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  const apq = async (
    args: readonly string[],
    {
      env = {},
      input = '',
      interrupt = false,
    }: { env?: Record<string, string>; input?: string; interrupt?: boolean } = {},
  ): Promise<Ended> =>
    new Promise((resolve) => {
      const clean = Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !name.startsWith('APQ_')),
      );
      const child = spawn(process.execPath, [join(ROOT, 'dist/apq.js'), ...args], {
        env: { ...clean, APQ_API_KEY: platform.apiKey, ...env },
        cwd: folder,
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.stderr.on('data', (data: Buffer) => (err += data.toString()));
      child.on('close', (code) => resolve({ code, out, err }));
      child.stdin.end(input);
      if (interrupt) void platform.faulted().then(() => child.kill('SIGINT'));
    });
  const run = async (...args: string[]) => apq(['run', file, '--root', platform.root, ...args]);

  it('prints the first request’s records as a table, and a summary on standard error', async () => {
    const { code, out, err } = await run();
    assert.equal(code, 0, err);
    assert.match(out, /^ID +Surname\n─+ +─+\n(?:\S+ +.+\n){3}$/);
    assert.match(
      err,
      /^People: 3 records; there may be more · \d+ ms · http.*\nTo fetch all, run it with --pages all\.$/m,
    );
  });

  for (const [which, lines] of [
    ['people', 3],
    ['People', 3],
    ['0', 3],
    ['by', 1],
  ] as const) {
    it(`finds a request by “${which}”`, async () => {
      const { code, out } = await run('--request', which, '--format', 'ndjson');
      assert.deepEqual([code, out.trim().split('\n').length], [0, lines]);
    });
  }

  it('writes json, ndjson and csv', async () => {
    const json = JSON.parse((await run('--format', 'json')).out) as unknown[];
    assert.equal(json.length, 3);
    assert.equal((await run('--format', 'ndjson')).out.trim().split('\n').length, 3);
    assert.match((await run('--format', 'csv')).out, /^ID,Surname\r\n/);
  });

  it('fetches pages', async () => {
    const { out } = await run('--pages', '4', '--format', 'ndjson');
    const ids = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { ID: string }).ID);
    assert.equal(new Set(ids).size, 12);
  });

  it('refuses a request with errors, and names their places', async () => {
    const { code, out, err } = await run('--request', 'Broken');
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /queries\.apq:11:19: error unknown-operator: .*\nThe request was not sent/);
  });

  it('refuses to write without --yes, shows with --dry-run, writes with --yes', async () => {
    const refused = await run('--request', 'Change');
    assert.deepEqual([refused.code, refused.out], [2, '']);
    assert.match(refused.err, /--dry-run.*--yes/);
    const shown = await run('--request', 'Change', '--dry-run');
    assert.equal(
      shown.out,
      `### Change\nPUT ${platform.root}/api/v2/coursedate/2024\nContent-Type: application/json\n\n{"Status":"Full"}\n# This changes 1 field of coursedate 2024.\n#   Status: “Available” → “Full”\n\n`,
    );
    assert.doesNotMatch(shown.out + shown.err, new RegExp(platform.apiKey));
    const done = await run('--request', 'Change', '--yes');
    assert.equal(done.code, 0, done.err);
  });

  it('refuses a request with a prompt, unless --var gives its value', async () => {
    const missing = await run('--request', 'Asks');
    assert.equal(missing.code, 2);
    assert.match(missing.err, /“who” is asked for \(Whose surname\?\).*--var who=value/);
    assert.equal((await run('--request', 'Asks', '--var', "who=O'Neill")).code, 0);
  });

  it('ends with 1 and the API’s words when the API refuses', async () => {
    const { code, out, err } = await run('--request', 'Too many');
    assert.deepEqual([code, out], [1, '']);
    assert.match(
      err,
      /queries\.apq:22:1: error api: Too many: “\$top is at most 1000.*” The API refused the request \(400\)\./,
    );
  });

  it('signs in with a key, a password or a key from standard input; else ends with 3', async () => {
    const credentials = { APQ_API_KEY: '', APQ_USERNAME: platform.username, APQ_PASSWORD: platform.password };
    const args = ['run', file, '--root', platform.root];
    assert.equal((await apq(args, { env: credentials })).code, 0);
    assert.equal(
      (await apq([...args, '--api-key-stdin'], { env: { APQ_API_KEY: '' }, input: `${platform.apiKey}\n` }))
        .code,
      0,
    );
    const wrong = await apq(args, { env: { APQ_API_KEY: `${platform.apiKey}-expired` } });
    assert.equal(wrong.code, 3);
    assert.match(wrong.err, /did not accept the sign-in.*copied whole.*other site.*whitelist/);
    const none = await apq(args, { env: { APQ_API_KEY: '' } });
    assert.equal(none.code, 3);
    assert.match(none.err, /APQ_API_KEY/);
  });

  for (const [fault, code, sentence] of [
    [{ html: true, status: 200 }, 3, /A web page came instead of/],
    [{ redirect: 'https://login.example/' }, 3, /redirected to another address\. APQ did not follow/],
    [{ truncate: 'clean' }, 3, /incomplete/],
    [{ status: 500 }, 4, /reported an internal error \(500\)/],
    [{ status: 403 }, 1, /Permission denied \(403\)/],
  ] as const) {
    it(`explains ${JSON.stringify(fault)} in one sentence`, async () => {
      await platform.control({ next: [fault, fault, fault] });
      const ended = await run();
      await platform.control({ reset: true });
      assert.match(ended.err, sentence);
      assert.deepEqual([ended.code, ended.out], [code, '']);
    });
  }

  for (const [env, said] of [
    [{ APQ_API_KEY: '' }, /^Not signed in\. Set APQ_API_KEY, or/m],
    [{ APQ_API_KEY: '', APQ_USERNAME: 'me' }, /^Not signed in\. APQ_PASSWORD is missing\./m],
    [{ APQ_API_KEY: '', APQ_PASSWORD: 'secret' }, /^Not signed in\. APQ_USERNAME is missing\./m],
  ] as const)
    it(`says what is missing to sign in with ${Object.keys(env).join(', ')}`, async () => {
      const { code, err } = await apq(['run', file, '--root', platform.root], { env });
      assert.equal(code, 3);
      assert.match(err, said);
    });

  it('prints a title over each of several tables', async () => {
    const { out } = await apq(['run', file, '--root', platform.root, '--request', '0', '--request', 'By ID']);
    assert.match(out, /^### people\nID +Surname\n[^#]+\n\n### By ID\nID\n/);
  });

  it('ends with 3 when the platform can’t be reached', async () => {
    const { code, err } = await apq(['run', file, '--root', 'http://127.0.0.1:9/accessplan']);
    assert.equal(code, 3);
    assert.match(err, /can’t be reached/);
  });

  it('leaves no half-written file when it is interrupted, and keeps the old one', async () => {
    const output = join(folder, 'out.json');
    writeFileSync(output, 'old');
    await platform.control({ next: [{ hang: true }] });
    const { code } = await apq(
      ['run', file, '--root', platform.root, '--format', 'json', '--output', output],
      { interrupt: true },
    );
    assert.notEqual(code, 0);
    assert.equal(readFileSync(output, 'utf8'), 'old');
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
    assert.equal((await run('--format', 'json', '--output', output)).code, 0);
    assert.equal((JSON.parse(readFileSync(output, 'utf8')) as unknown[]).length, 3);
  });

  it('warns that an interrupted change may have been made', async () => {
    await platform.control({ next: [{ hang: true }] });
    const { err } = await apq(
      ['run', file, '--root', platform.root, '--request', 'Change', '--yes', '--no-keep'],
      { interrupt: true },
    );
    assert.match(err, /^Cancelled\. The change may or may not have been made/);
  });

  it('warns of another host, even without metadata', async () => {
    const foreign = join(folder, 'foreign.apq');
    writeFileSync(foreign, 'https://other.accessplanit.com/accessplan/api/v2/user?$top=1\n');
    const { code, err } = await apq(['run', foreign, '--root', platform.root]);
    assert.equal(code, 0);
    assert.match(
      err,
      /^This address names other\.accessplanit\.com, but requests go only to .+: 127\.0\.0\.1/,
    );
  });

  it('fetches metadata, and checks with it', async () => {
    const metadata = join(folder, 'metadata.json');
    assert.equal(
      (await apq(['metadata', '--root', platform.root, '--output', metadata, '--modules', 'user'])).code,
      0,
    );
    assert.ok(existsSync(metadata));
    const checked = await apq(['check', file, '--metadata', metadata, '--format', 'json']);
    assert.equal(checked.code, 1);
    const list = JSON.parse(checked.out) as {
      file: string;
      code: string;
      severity: string;
      range: unknown;
    }[];
    const found = list.find(({ code }) => code === 'unknown-operator');
    assert.deepEqual(
      { file: found?.file, severity: found?.severity, range: found?.range },
      {
        file,
        severity: 'error',
        range: { start: { line: 10, character: 18 }, end: { line: 10, character: 19 } },
      },
    );
    assert.equal((await apq(['check', file])).code, 1);
  });

  it('takes options in any order, and does not change their values', async () => {
    assert.equal((await apq(['run', '--dry-run', file, '--root', platform.root])).code, 0);
    assert.equal((await apq(['run', '--root', platform.root, '--dry-run', '--', file])).code, 0);
    assert.equal((await run('--output', '007', '--format', 'csv')).code, 0);
    assert.ok(existsSync(join(folder, '007')));
    assert.equal((await run('--output', '.')).code, 2);
    assert.equal((await run('--var', 'nobody=1')).code, 2);
    assert.equal((await run('--output', '')).code, 2);
  });

  it('shows references to earlier responses in a dry run', async () => {
    const { code, out } = await run('--request', 'By ID', '--dry-run');
    assert.equal(code, 0);
    assert.match(decodeURIComponent(out), /ID eq '\{\{people\.results\[0\]\.ID\}\}'/);
  });

  it('prints several results as one JSON document', async () => {
    const two = join(folder, 'two.apq');
    writeFileSync(
      two,
      "### One\n# @name one\nGET user\n$top = 1\n### Two\nGET user\n$filter = ID eq '{{one.results[0].ID}}'\n",
    );
    const { code, out, err } = await apq([
      'run',
      two,
      '--root',
      platform.root,
      '--request',
      'all',
      '--format',
      'json',
    ]);
    assert.equal(code, 0, err);
    const parts = JSON.parse(out) as { request: string; results: { ID: string }[] }[];
    assert.deepEqual(
      parts.map(({ request, results }) => [request, results.length]),
      [
        ['one', 1],
        ['Two', 1],
      ],
    );
    assert.equal(parts[0]?.results[0]?.ID, parts[1]?.results[0]?.ID);
  });

  it('keeps a file’s permissions and follows a link', async () => {
    const real = join(folder, 'real.apq');
    writeFileSync(real, 'get user\n', { mode: 0o600 });
    symlinkSync(real, join(folder, 'link.apq'));
    assert.equal((await apq(['format', join(folder, 'link.apq')])).code, 0);
    assert.equal(readFileSync(real, 'utf8'), 'GET user\n');
    assert.equal(statSync(real).mode & 0o777, 0o600);
    assert.ok(lstatSync(join(folder, 'link.apq')).isSymbolicLink());
  });

  it('tidies files; with --check, fails when they are not tidy', async () => {
    const untidy = join(folder, 'untidy.apq');
    writeFileSync(untidy, 'get user\n$top=3');
    assert.equal((await apq(['format', untidy, '--check'])).code, 1);
    assert.equal(readFileSync(untidy, 'utf8'), 'get user\n$top=3');
    assert.equal((await apq(['format', untidy])).code, 0);
    assert.equal(readFileSync(untidy, 'utf8'), 'GET user\n$top = 3');
    assert.equal((await apq(['format', untidy, '--check'])).code, 0);
  });

  for (const args of [
    [],
    ['frob'],
    ['run'],
    ['check', 'no-such-file.apq'],
    ['run', 'queries.apq'],
    ['run', 'queries.apq', '--root', 'http://example.com/accessplan'],
    ['run', 'queries.apq', '--root', 'acme', '--format', 'xml'],
    ['run', 'queries.apq', '--root', 'acme', '--request', 'nobody'],
    ['check', 'queries.apq', '--nonsense'],
  ]) {
    it(`ends with 2 for: apq ${args.join(' ')}`, async () => {
      const { code, out, err } = await apq(args);
      assert.deepEqual([code, out], [2, ''], err);
      assert.notEqual(err, '');
    });
  }

  describe('expectations and dependencies', () => {
    const runText = async (text: string, ...args: string[]) => {
      const path = join(folder, 'expectations.apq');
      writeFileSync(path, text);
      return apq(['run', path, '--root', platform.root, ...args]);
    };

    it('fails when an expectation is not met, after the other requests have run', async () => {
      const { code, out, err } = await runText(
        '### One\n# @expect count > 5\n# @expect status 200\nGET user\n$top = 2\n### Two\n# @expect count 1\nGET user\n$top = 1\n',
        ...['--request', 'all', '--format', 'json'],
      );
      assert.equal(code, 1, err);
      assert.deepEqual(
        (JSON.parse(out) as { request: string; results: unknown[] }[]).map((each) => [
          each.request,
          each.results.length,
        ]),
        [
          ['One', 2],
          ['Two', 1],
        ],
      );
      assert.match(err, / {2}FAILED {2}Expected count > 5, but it is 2\.\n {2}ok {6}status 200\n/);
      assert.match(err, / {2}ok {6}count 1\nExpectations FAILED: 1 of 3\.\n$/);
    });

    it('goes on after a refusal that is expected', async () => {
      const refused = '@m = NoSuch\n# @expect status 404\nGET {{m}}\n### Next\nGET user\n$top = 1\n';
      const { code, out, err } = await runText(refused, '--request', 'all', '--format', 'json');
      assert.equal(code, 0, err);
      assert.equal((JSON.parse(out) as unknown[]).length, 2);
      assert.match(err, /refused with 404, as expected\n {2}ok {6}status 404\n/);
      const alone = await runText(refused, '--format', 'json');
      assert.deepEqual([alone.code, alone.out], [0, '[]\n'], alone.err);
    });

    it('fails, but goes on, after a refusal where something else was expected', async () => {
      const { code, err } = await runText(
        '@m = NoSuch\n# @expect count 0\nGET {{m}}\n### Next\nGET user\n$top = 1\n',
        ...['--request', 'all'],
      );
      assert.equal(code, 1);
      assert.match(
        err,
        /could not be found on[\s\S]*FAILED {2}Expected count 0, but the API refused[\s\S]*Next: 1 record/,
      );
    });

    it('first runs what a request needs, with a message, and prints only what was asked for', async () => {
      const { code, out, err } = await run('--request', 'By ID', '--format', 'json');
      assert.equal(code, 0, err);
      assert.equal((JSON.parse(out) as unknown[]).length, 1);
      assert.match(err, /^Running “People” first: “By ID” needs its answer\.\nPeople: 3 records/);
    });

    it('does not run a request that needs a refused one, and goes on', async () => {
      const { code, err } = await runText(
        "@m = NoSuch\n# @name no\n# @expect status 404\nGET {{m}}\n### Behind\nGET user\n$filter = ID eq '{{no.results[0].ID}}'\n### Next\nGET user\n$top = 1\n",
        ...['--request', 'all'],
      );
      assert.equal(code, 1);
      assert.match(
        err,
        /FAILED {2}“Behind” was not run: “no”, whose answer it needs, was refused\.\nNext: 1 record/,
      );
    });

    it('runs each request once, whatever their order in the file', async () => {
      const { code, out, err } = await runText(
        "### By ID\n@id = {{people.results[0].ID}}\nGET user\n$filter = ID eq '{{id}}'\n### People\n# @name people\nGET user\n$top = 3\n",
        ...['--request', 'all', '--format', 'json'],
      );
      assert.equal(code, 0, err);
      assert.deepEqual(
        (JSON.parse(out) as { request: string }[]).map(({ request }) => request),
        ['people', 'By ID'],
      );
      assert.doesNotMatch(err, /Running/);
    });

    it('refuses a write that only prepares a value', async () => {
      const { code, err } = await runText(
        '### Make\n# @name made\nPOST user\n{ "Surname": "x" }\n### Read\nGET user\n$filter = ID eq \'{{made.ID}}\'\n',
        ...['--request', 'Read'],
      );
      assert.equal(code, 2);
      assert.match(
        err,
        /“Read” takes a value from the answer of “Make”, which would change records \(POST\)/,
      );
    });

    it('refuses a cycle', async () => {
      const { code, err } = await runText(
        "# @name a\nGET user\n$filter = ID eq '{{b.results[0].ID}}'\n###\n# @name b\nGET user\n$filter = ID eq '{{a.results[0].ID}}'\n",
      );
      assert.equal(code, 1);
      assert.match(err, /error request-cycle: .*b → a → b/);
    });

    it('writes a report', async () => {
      const report = join(folder, 'report.xml');
      const { code } = await runText(
        '### A & B\n# @expect count > 5\n# @expect status 200\nGET user\n$top = 2\n### Plain\nGET user\n$top = 1\n',
        ...['--request', 'all', '--report', `junit=${report}`],
      );
      assert.equal(code, 1);
      const xml = readFileSync(report, 'utf8');
      assert.match(
        xml,
        /<testsuite name="[^"]*expectations\.apq" tests="3" failures="1" errors="0" time="[\d.]+" file="[^"]*expectations\.apq">/,
      );
      assert.match(
        xml,
        /<testcase classname="A &amp; B" name="count &gt; 5" time="[\d.]+" file="[^"]*" line="\d+"><failure message="Expected count &gt; 5, but it is 2\."\/>/,
      );
      assert.equal((await run('--report', 'html')).code, 2);
    });

    it('lets no title steer the terminal or the report', async () => {
      const report = join(folder, 'hostile.xml');
      const { code, err } = await runText(
        '### a\u001b[31m\u202eb\n# @expect count > 5\nGET user\n$top = 2\n',
        ...['--report', `junit=${report}`],
      );
      assert.equal(code, 1);
      assert.match(err, /^a␛\[31m\[U\+202E\]b: 2 records/m);
      assert.match(readFileSync(report, 'utf8'), /classname="a␛\[31m\[U\+202E\]b"/);
    });

    it('runs the health check of the samples without failures', async () => {
      const sample = join(ROOT, 'samples/health-check.apq');
      const { code, err } = await apq(['run', sample, '--root', platform.root, '--request', 'all']);
      assert.equal(code, 0, err);
    });
  });
});
