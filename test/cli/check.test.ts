/** `apq check`: what it reports, in each format, what it fixes, and how it ends. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CODES } from '#language';
import { apq } from '../support/apq-process';

const FILES = {
  'good.apq': 'GET user\n$select = ID\n',
  // The second line has a character of two UTF-16 units before what is wrong.
  'bad.apq': "GET user\n$filter = Surname eq '😀' and Town = 'x'\n",
  'warned.apq': 'GET user\n$select = ID, ID\n',
  'names.apq': 'GET zebras\n$select = Stripes\n',
  'a, b%: ü/c.apq': 'GET user\n$frob = 1\n',
  'mixed.apq': 'GET user\n$filter = Surname = "x"\n$select = ID, ID\n$frob = 1\n',
  'variable.apq': '@m = User\nGET {{m}}\n###\nGET zebras\n',
  'broken.apq': "GET user\n$filter = Surname eq 'x\n",
};
const METADATA = {
  version: 1,
  root: 'https://acme.accessplanit.com/accessplan',
  fetchedAt: new Date().toISOString(),
  modules: [{ name: 'User' }],
};
const BAD = 'bad.apq:2:36: error unknown-operator: The API has no operator “=”. Write eq.\n';
const WARNED = 'warned.apq:2:15: warning duplicate-field: “ID” appears twice. Remove one.\n';
const UNCHECKED = 'Names of modules and fields were not checked';

describe('apq check', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-check-'));
    mkdirSync(join(folder, 'a, b%: ü'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'metadata.json'), JSON.stringify(METADATA));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const check = async (args: readonly string[], { input = '', env = {} } = {}) =>
    apq(['check', ...args], { cwd: folder, input, env });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  for (const [args, out, said, code] of [
    [['good.apq'], '', /^1 file without errors\. Names .* not checked: no metadata\./, 0],
    [['bad.apq', 'good.apq'], BAD, /^1 error in 2 files\. /, 1],
    [['warned.apq'], WARNED, /^1 file without errors, 1 warning\. /, 0],
    [['bad.apq', 'warned.apq'], BAD + WARNED, /^1 error, 1 warning in 2 files\. /, 1],
    [['warned.apq', '--max-warnings', '1'], WARNED, /^1 file without errors, 1 warning\. /, 0],
    [['warned.apq', '--max-warnings', '0'], WARNED, /^1 warning: --max-warnings allows 0\.$/m, 1],
    [['bad.apq', 'warned.apq', '--quiet'], BAD, /^$/, 1],
    [['warned.apq', '-q', '--max-warnings', '0'], '', /^1 warning: --max-warnings allows 0\.\n$/, 1],
    [['warned.apq', '-q'], '', /^$/, 0],
    [['names.apq', '--metadata', 'metadata.json', '-q'], /^names\.apq:1:5: error unknown-module: /, /^$/, 1],
    [['names.apq', '--strict'], /^names\.apq:1:5: error no-metadata: /, /^1 error in 1 file\.\n$/, 1],
    [
      ['good.apq', '--metadata', 'metadata.json'],
      /^good\.apq:1:5: information no-metadata: /,
      /^1 file without/,
      0,
    ],
    [
      ['good.apq', '--metadata', 'metadata.json', '--strict'],
      /^good\.apq:1:5: error no-metadata: /,
      /^1 error/,
      1,
    ],
    [
      ['variable.apq', '--metadata', 'metadata.json', '--strict'],
      /^variable\.apq:2:1: error no-metadata: The module is \{\{m\}\}, so .*\nvariable\.apq:4:5: error unknown-module: /,
      /^2 errors in 1 file/,
      1,
    ],
    [['good.apq', '--max-warnings', '-1'], '', /^Give --max-warnings a value/, 2],
    [['good.apq', '--max-warnings=x'], '', /^--max-warnings must be a whole number, 0 or more\.\n$/, 2],
    [
      ['good.apq', '--format', 'xml'],
      '',
      /^--format must be text, json, github, sarif or junit, not “xml”\.\n$/,
      2,
    ],
    [['good.apq', '-o', 'good.apq'], '', /^--output would write over good\.apq, which is checked\./, 2],
    [['good.apq', '-f', 'json', '-o', 'a.sarif'], '', /^--format json and --output a\.sarif contradict/, 2],
    [
      ['good.apq', '-o', 'a.csv'],
      '',
      /^No format belongs to the name a\.csv\. .*\.json, \.sarif or \.xml/,
      2,
    ],
    [['good.apq', '-o', '.'], '', /^\. is a folder\. Name a file\.$/m, 2],
    [['-', '--fix', '-f', 'json'], '', /^With --fix, .* standard output\. .* --output FILE\.\n$/, 2],
  ] as const)
    it(`apq check ${args.join(' ')} ends with ${code}`, async () => {
      const ended = await check(args);
      if (typeof out === 'string') assert.equal(ended.out, out, ended.err);
      else assert.match(ended.out, out);
      assert.match(ended.err, said);
      assert.equal(ended.code, code);
    });

  describe('formats', () => {
    it('json: one list with the positions of LSP; an empty one where nothing is found', async () => {
      const { out } = await check(['bad.apq', 'warned.apq', '--format', 'json']);
      assert.deepEqual(JSON.parse(out), [
        {
          file: 'bad.apq',
          code: 'unknown-operator',
          severity: 'error',
          message: 'The API has no operator “=”. Write eq.',
          range: { start: { line: 1, character: 35 }, end: { line: 1, character: 36 } },
        },
        {
          file: 'warned.apq',
          code: 'duplicate-field',
          severity: 'warning',
          message: '“ID” appears twice. Remove one.',
          range: { start: { line: 1, character: 14 }, end: { line: 1, character: 16 } },
        },
      ]);
      assert.equal((await check(['good.apq', '--format', 'json'])).out, '[]\n');
    });

    it('github: a command for each finding, with its escapes', async () => {
      const { out } = await check(['.', '--format', 'github']);
      assert.deepEqual(out.split('\n').slice(0, 2), [
        '::error file=a%2C b%25%3A ü/c.apq,line=2,col=1,endLine=2,endColumn=6,title=unsupported-parameter::The API has no parameter “$frob”. Write one of $select, $filter, $orderby, $top, $skip, $count, or remove it.',
        '::error file=bad.apq,line=2,col=36,endLine=2,endColumn=37,title=unknown-operator::The API has no operator “=”. Write eq.',
      ]);
      assert.match(out, /^::warning file=warned\.apq,line=2,/m);
      for (const line of out.trimEnd().split('\n')) assert.match(line, /^::(?:error|warning|notice) file=/);
    });

    it('github: a percent sign in a message is written %25', async () => {
      const { out } = await check(['-', '-f', 'github'], { input: 'GET user\n$select = A%0A, A%0A\n' });
      assert.match(out, /::“A%250A” appears twice/);
    });

    it('github and sarif: paths from the root of the repository, wherever it runs', async () => {
      const env = { GITHUB_WORKSPACE: join(folder, '..') };
      const { out } = await check(['bad.apq', '-f', 'github'], { env });
      assert.match(out, /^::error file=apq-check-[^/]+\/bad\.apq,/);
    });

    it('sarif: rules with help, and results with places', async () => {
      const { out, code } = await check(['.', '--format', 'sarif']);
      assert.equal(code, 1);
      const { version, $schema, runs } = JSON.parse(out) as Sarif;
      assert.deepEqual([version, $schema], ['2.1.0', 'https://json.schemastore.org/sarif-2.1.0.json']);
      const [run] = runs;
      assert.ok(run);
      assert.equal(run.columnKind, 'utf16CodeUnits');
      assert.deepEqual(run.invocations, [{ executionSuccessful: true, toolExecutionNotifications: [] }]);
      const { rules } = run.tool.driver;
      assert.deepEqual(rules.map(({ id }) => id).sort(), Object.keys(CODES).sort());
      for (const rule of rules) {
        assert.match(rule.helpUri, new RegExp(`^https://.*/docs/diagnostics\\.md#${rule.id}$`));
        for (const text of [rule.shortDescription.text, rule.fullDescription.text, rule.help.text])
          assert.ok(text.length > 10 && !/[`_]/.test(text), text);
        assert.match(rule.help.markdown, /```apq\n/);
      }
      for (const { ruleId, ruleIndex } of run.results) assert.equal(rules[ruleIndex]?.id, ruleId);
      assert.deepEqual(
        run.results
          .slice(0, 2)
          .map(({ ruleId, level, message, locations }) => [ruleId, level, message, locations]),
        [
          place('unsupported-parameter', 'a%2C%20b%25%3A%20%C3%BC/c.apq', [2, 1, 2, 6]),
          place('unknown-operator', 'bad.apq', [2, 36, 2, 37]),
        ].map(({ ruleId, locations }, index) => [ruleId, 'error', run.results[index]?.message, locations]),
      );
    });

    it('sarif: says that a file could not be read', async () => {
      const { out, code } = await check(['none.apq', 'good.apq', '--format', 'sarif']);
      assert.equal(code, 2);
      const [run] = (JSON.parse(out) as Sarif).runs;
      const [invocation] = run?.invocations ?? [];
      assert.equal(invocation?.executionSuccessful, false);
      assert.match(JSON.stringify(invocation), /"level":"error","message":\{"text":"none\.apq can’t be read/);
      assert.deepEqual(run?.results, []);
    });

    for (const [format, said] of [
      ['github', /^::error::none\.apq can’t be read: [^\n]+\n$/],
      [
        'junit',
        /<testsuite name="not checked" tests="1" failures="0" errors="1"[^>]*>\n[^]*none\.apq can’t be read/,
      ],
    ] as const)
      it(`${format}: says that a file could not be read`, async () => {
        const { out, code } = await check(['none.apq', 'good.apq', '--format', format]);
        assert.equal(code, 2);
        assert.match(out, said);
      });

    it('junit: a suite for each file, a case for each finding or for none', async () => {
      const { out } = await check(['good.apq', 'bad.apq', 'warned.apq', '--format', 'junit']);
      assert.equal(
        out,
        `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
<testsuite name="good.apq" tests="1" failures="0" errors="0" time="0.000" file="good.apq">
<testcase classname="good.apq" name="no findings" time="0.000" file="good.apq"/>
</testsuite>
<testsuite name="bad.apq" tests="1" failures="1" errors="0" time="0.000" file="bad.apq">
<testcase classname="bad.apq" name="unknown-operator at 2:36" time="0.000" file="bad.apq" line="2"><failure message="2:36: error unknown-operator: The API has no operator “=”. Write eq."/></testcase>
</testsuite>
<testsuite name="warned.apq" tests="1" failures="0" errors="0" time="0.000" file="warned.apq">
<testcase classname="warned.apq" name="duplicate-field at 2:15" time="0.000" file="warned.apq" line="2"><system-out>2:15: warning duplicate-field: “ID” appears twice. Remove one.</system-out></testcase>
</testsuite>
</testsuites>
`,
      );
    });

    for (const [name, begin] of [
      ['out.json', '['],
      ['out.sarif', '{\n"$schema"'],
      ['out.XML', '<?xml'],
      ['out.txt', 'bad.apq:2:36: error'],
      ['out', 'bad.apq:2:36: error'],
    ] as const)
      it(`--output ${name} decides about the format`, async () => {
        const { out, code, err } = await check(['bad.apq', '--output', name]);
        assert.deepEqual([code, out], [1, ''], err);
        assert.ok(read(name).startsWith(begin), read(name));
      });

    it('--format decides where the name says nothing; --output - is standard output', async () => {
      await check(['bad.apq', '--output', 'out.dat', '--format', 'text']);
      assert.equal(read('out.dat'), BAD);
      assert.equal((await check(['bad.apq', '-o', '-'])).out, BAD);
    });

    it('leaves an old report where the check could not be made', async () => {
      writeFileSync(join(folder, 'out.json'), 'old');
      const { code } = await check(['bad.apq', '-o', 'out.json', '--metadata', 'none.json']);
      assert.deepEqual([code, read('out.json')], [2, 'old']);
    });

    it('shows what would steer a terminal, in every format', async () => {
      const input = 'GET user\n$select = A\u001b[31m\u202e, A\u001b[31m\u202e\n$\u001b]0;x\u0007 = 1\n';
      for (const format of ['text', 'json', 'github', 'sarif', 'junit']) {
        const { out } = await check(['-', '--format', format], { input });
        assert.doesNotMatch(out, /[\u001b\u0007\u202e]/, format);
      }
    });
  });

  describe('--fix', () => {
    it('writes what is sure, reports what remains, and leaves other files alone', async () => {
      const old = new Date(2020, 0, 1);
      for (const name of ['good.apq', 'broken.apq']) utimesSync(join(folder, name), old, old);
      const { code, out, err } = await check(['good.apq', 'mixed.apq', 'broken.apq', '--fix']);
      assert.equal(read('mixed.apq'), "GET user\n$filter = Surname eq 'x'\n$select = ID\n$frob = 1\n");
      assert.match(
        out,
        /^mixed\.apq:4:1: error unsupported-parameter: [^\n]*\nbroken\.apq:2:22: error [^\n]*\n$/,
      );
      assert.equal(
        err.replace(/\. Names[^]*/, '.'),
        [
          'mixed.apq:2:19: fixed unknown-operator: Replace with “eq”',
          "mixed.apq:2:21: fixed missing-quotes: Write 'x'",
          'mixed.apq:3:15: fixed duplicate-field: Remove it',
          '1 file fixed. 2 errors in 3 files.',
        ].join('\n'),
      );
      assert.equal(code, 1);
      for (const name of ['good.apq', 'broken.apq']) {
        assert.equal(read(name), FILES[name as 'good.apq']);
        assert.equal(statSync(join(folder, name)).mtimeMs, old.getTime());
      }
    });

    it('ends with 0 when nothing remains, and then changes nothing more', async () => {
      assert.equal((await check(['bad.apq', 'warned.apq', '--fix', '--max-warnings', '0'])).code, 0);
      const { code, err } = await check(['bad.apq', 'warned.apq', '--fix']);
      assert.equal(code, 0);
      assert.match(err, /^2 files without errors\. /);
    });

    it('prints the fixed text of standard input, and the findings on standard error', async () => {
      const { code, out, err } = await check(['-', '--fix'], { input: FILES['mixed.apq'] });
      assert.equal(out, "GET user\n$filter = Surname eq 'x'\n$select = ID\n$frob = 1\n");
      assert.match(
        err,
        /^(?:<stdin>:[23]:\d+: fixed [^\n]*\n)+<stdin>:4:1: error unsupported-parameter: [^\n]*\n1 file fixed\. 1 error in 1 file\. /,
      );
      assert.equal(code, 1);
      const unchanged = await check(['-', '--fix', '-o', 'out.json'], { input: FILES['good.apq'] });
      assert.deepEqual([unchanged.out, read('out.json')], [FILES['good.apq'], '[]\n']);
    });

    it('fixes what the metadata say, and keeps byte order mark and line ends', async () => {
      writeFileSync(join(folder, 'bom.apq'), '\ufeffGET usr\r\n$select = ID, ID\r\n');
      await check(['bom.apq', '--fix', '--metadata', 'metadata.json']);
      assert.equal(read('bom.apq').replace('User', 'usr'), '\ufeffGET usr\r\n$select = ID\r\n');
    });

    it('guesses no name of a change, and tells no fix with --quiet', async () => {
      writeFileSync(join(folder, 'usr.apq'), 'DELETE usr/1\n###\nPOST Usr\n{}\n###\nGET usr\n');
      const { err } = await check(['usr.apq', '--fix', '-q', '--metadata', 'metadata.json']);
      assert.deepEqual([read('usr.apq'), err], ['DELETE usr/1\n###\nPOST Usr\n{}\n###\nGET User\n', '']);
    });

    it('says what it can’t write, goes on, and ends with 2', async () => {
      mkdirSync(join(folder, '.bad.apq.apq-lock'));
      const { code, err, out } = await check(['bad.apq', 'warned.apq', '--fix']);
      assert.match(err, /^bad\.apq|\.bad\.apq\.apq-lock/m);
      assert.deepEqual([code, out, read('warned.apq')], [2, BAD, 'GET user\n$select = ID\n']);
    });
  });

  for (const [words, told] of [
    [['--verison'], /^There is no option “--verison”\. Did you mean --version\?/],
    [
      ['doctor', '--yes', '--root', METADATA.root, '-o', 'users.csv'],
      /users\.csv is none: let its name end in \.json\.$/m,
    ],
  ] as const)
    it(`apq ${words.join(' ')} is refused`, async () => {
      const { code, err } = await apq(words, { cwd: folder });
      assert.match(err, told);
      assert.equal(code, 2);
    });

  it('says of many files what it says of each alone', async () => {
    const names = ['bad.apq', 'good.apq', 'mixed.apq', 'names.apq', 'warned.apq'];
    const alone = await Promise.all(names.map(async (name) => (await check([name])).out));
    const { out, err } = await check(names);
    assert.equal(out, alone.join(''));
    assert.ok(err.includes(UNCHECKED));
  });
});

interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly columnKind: string;
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
    readonly results: readonly Result[];
  }[];
}
interface Rule {
  readonly id: string;
  readonly helpUri: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: unknown;
}

function place(ruleId: string, uri: string, [startLine, startColumn, endLine, endColumn]: readonly number[]) {
  const region = { startLine, startColumn, endLine, endColumn };
  return { ruleId, locations: [{ physicalLocation: { artifactLocation: { uri }, region } }] };
}
