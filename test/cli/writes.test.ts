/** What `apq run` sends where something speaks against it: real processes, real HTTP, and what arrived there. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq, type ApqOptions } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const ALL = ['--request', 'all', '--yes'];
const ONE = '### One\n# @name one\n# @expect count 1\nGET user\n$select = ID\n$top = 1\n';
const REMOVE = '### Remove\nDELETE user/1001\n';

describe('writes on the command line', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess('--records', '50');
    folder = mkdtempSync(join(tmpdir(), 'apq-writes-'));
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  interface Ran {
    readonly code: number | null;
    readonly out: string;
    readonly err: string;
    /** What arrived at the platform: `GET user`, `DELETE user/1001`. */
    readonly sent: readonly string[];
  }

  async function run(
    text: string,
    args: readonly string[] = ALL,
    { env = {} }: ApqOptions = {},
  ): Promise<Ran> {
    const path = join(folder, 'a.apq');
    writeFileSync(path, text);
    await platform.control({ reset: true });
    const ended = await apq(['run', path, '--root', platform.root, ...args], {
      env: { APQ_API_KEY: platform.apiKey, ...env },
      cwd: folder,
    });
    const sent = (await platform.requests()).map(
      (line) => line.replace('/accessplan/api/v2/', '').split('?')[0] ?? '',
    );
    return { ...ended, sent };
  }
  /** The root of the platform's other site. */
  const sandbox = () => `${platform.root}sandbox`;
  const host = () => new URL(platform.root).host;

  describe('after a failure', () => {
    for (const [what, first, sentence] of [
      [
        'an expectation that is not met',
        ONE.replace('count 1', 'count 9'),
        /FAILED {2}“Remove” was not sent: it changes records, and “One” failed\.\n[\s\S]*Sent: One\. Not sent: Remove\.\nExpectations FAILED: 2 of 2\./,
      ],
      [
        'a refusal where something else was expected',
        '@m = NoSuch\n### One\n# @expect count 1\nGET {{m}}\n',
        /“Remove” was not sent: it changes records, and “One” failed\./,
      ],
      ['a refusal', '@m = NoSuch\n### One\nGET {{m}}\n', /One \(1 of 2\): .* Not sent: Remove\.$/m],
      [
        'a change that was refused',
        '### One\nPUT user/999999\n{ "Surname": "x" }\n',
        /One \(1 of 2\): .* Not sent: Remove\.$/m,
      ],
    ] as const)
      it(`sends no change after ${what}`, async () => {
        const { code, err, sent } = await run(`${first}${REMOVE}`);
        assert.match(err, sentence);
        // Before a change, its record is read, so that it can be taken back.
        assert.doesNotMatch(sent.join(), /DELETE/);
        assert.equal(code, 1);
      });

    it('tells which were sent and which were not', async () => {
      const { code, err, sent } = await run(
        '### Make\nPUT user/1001\n{ "Surname": "x" }\n### gone\nDELETE user/999999\n### del\nDELETE user/1002\n',
      );
      assert.match(err, /a\.apq:5:13: error api: gone \(2 of 3\): .+ Sent: Make\. Not sent: del\.$/m);
      assert.deepEqual([code, sent], [1, ['GET user', 'PUT user/1001', 'GET user', 'DELETE user/999999']]);
    });

    it('still sends the reads', async () => {
      const { sent } = await run(
        `${ONE.replace('count 1', 'count 9')}${REMOVE}### After\nGET venue\n$top = 1\n`,
      );
      assert.deepEqual(sent, ['GET user', 'GET venue']);
    });

    it('sends a change after a refusal that was expected', async () => {
      const { code, sent } = await run(`@m = NoSuch\n### One\n# @expect status 404\nGET {{m}}\n${REMOVE}`);
      assert.deepEqual([code, sent], [0, ['GET NoSuch', 'GET user', 'DELETE user/1001']]);
    });
  });

  describe('before the first request is sent', () => {
    for (const [what, last, status, sentence] of [
      [
        'a missing variable of the environment',
        "### B\nGET user\n$filter = Surname eq '{{$env NO_SUCH}}'\n",
        1,
        /“B” was not sent: the environment variable NO_SUCH is not set\. No request was sent\./,
      ],
      [
        'a secret of the environment',
        "### B\nGET user\n$filter = Surname eq '{{$env APQ_API_KEY}}'\n",
        1,
        /APQ_API_KEY/,
      ],
      [
        'a secret of the environment in an expectation',
        "### B\n# @expect results[0].ID == '{{$env APQ_API_KEY}}'\nGET user\n",
        1,
        /APQ_API_KEY/,
      ],
      [
        'a prompt',
        "@who = ?Whose name?\n### B\nGET user\n$filter = Surname eq '{{who}}'\n",
        2,
        /“who” is asked for/,
      ],
      [
        'an ID that would leave its place',
        '@id = ../token\n### B\nDELETE user/{{id}}\n',
        1,
        /“\.\.\/token” can’t be an ID: .* Correct the value of \{\{id\}\}\. No request was sent\./,
      ],
      [
        'a body that is not JSON with its value',
        '@n = 1, 2\n### B\nPUT user/1001\n{ "Surname": {{n}} }\n',
        1,
        /not a JSON value/,
      ],
      ['an error', '### B\nGET user\n$top = many\n', 1, /a\.apq:\d+:8: error/],
    ] as const)
      it(`checks all for ${what}`, async () => {
        const { code, err, sent } = await run(`${ONE}${last}`);
        assert.match(err, sentence);
        assert.deepEqual([code, sent], [status, []]);
        assert.doesNotMatch(err, new RegExp(platform.apiKey));
      });

    it('shows no key in an address, however it got there', async () => {
      const text = "@who = ?Who\nGET user\n$filter = Surname eq '{{who}}'\n";
      const byVariable = await run(text, ['--var', `who=${platform.apiKey}`]);
      assert.match(byVariable.err, /\*\*\*/);
      const path = join(folder, 'a.apq');
      const child = await apq(
        ['run', path, '--root', platform.root, '--api-key-stdin', '--var', `who=${platform.apiKey}`],
        {
          input: platform.apiKey,
        },
      );
      assert.match(child.err, /\*\*\*/);
      for (const { err } of [byVariable, child]) assert.doesNotMatch(err, new RegExp(platform.apiKey));
    });

    it('reads other variables of the environment as the caller has set them', async () => {
      const text = `${ONE}### B\nGET user\n$filter = Surname eq '{{$env TOWN}}'\n`;
      const { code, err } = await run(text, ALL, { env: { TOWN: 'Leeds' } });
      assert.equal(code, 0, err);
      assert.match(err, /Leeds/);
    });

    it('refuses an ID of an earlier answer that would leave its place', async () => {
      await platform.control({ reset: true });
      const made = await run('### M\nPUT user/1001\n{ "Surname": "../1002" }\n');
      assert.equal(made.code, 0, made.err);
      const { code, err, sent } = await run(
        "### Who\n# @name who\nGET user\n$filter = ID eq '1001'\n### Remove\nDELETE user/{{who.results[0].Surname}}\n",
      );
      assert.match(
        err,
        /“\.\.\/1002” can’t be an ID: .* Correct the value of \{\{who\.results\[0\]\.Surname\}\}\. Sent: Who\. Not sent: Remove\./,
      );
      assert.deepEqual([code, sent], [1, ['GET user']]);
    });
  });

  describe('for another platform', () => {
    const change = (address: string, directive = '') =>
      `### Change\n${directive}PUT ${address}\n{ "Surname": "x" }\n`;

    for (const [what, text] of [
      ['a # @connection line', () => change('user/1001', '# @connection Acme sandbox\n')],
      ['a whole address', () => change(`${sandbox()}/api/v2/user/1001`)],
      [
        'a whole address of another host',
        () => change('https://acme.accessplanit.com/accessplan/api/v2/user/1001'),
      ],
      ['a site', () => change('/accessplansandbox/api/v2/user/1001')],
      ['a variable', () => `@base = ${sandbox()}\n${change('{{base}}/api/v2/user/1001')}`],
      [
        'a variable for the host',
        () => `@host = https://acme.accessplanit.com\n${change('{{host}}/accessplan/api/v2/user/1001')}`,
      ],
    ] as const)
      it(`refuses a change that names it with ${what}`, async () => {
        const { code, err, sent } = await run(text());
        assert.deepEqual([code, sent], [2, []], err);
        assert.match(err, /--connection/);
      });

    it('shows where it would go', async () => {
      const shown = await run(change('user/1001', '# @connection Acme sandbox\n'), ['--dry-run']);
      assert.deepEqual([shown.code, shown.sent], [0, []]);
      assert.match(
        shown.out,
        /^# “Change” was not sent: there is no connection “Acme sandbox”.* --connection "Acme sandbox=https:/m,
      );
      const address = await run(change(`${sandbox()}/api/v2/user/1001`), ['--dry-run']);
      assert.match(address.out, /^# This address names the site “accessplansandbox”/m);
    });

    it('sends a change where --connection says which it is', async () => {
      const given = ['--connection', `ACME Sandbox=${sandbox()}`];
      const named = await run(change('user/1001', '# @connection Acme sandbox\n'), [...ALL, ...given]);
      assert.deepEqual(
        [named.code, named.sent],
        [0, ['GET /accessplansandbox/api/v2/user', 'PUT /accessplansandbox/api/v2/user/1001']],
        named.err,
      );
      const address = await run(change(`${sandbox()}/api/v2/user/1002`), [...ALL, ...given]);
      assert.deepEqual(
        [address.code, address.sent],
        [0, ['GET /accessplansandbox/api/v2/user', 'PUT /accessplansandbox/api/v2/user/1002']],
        address.err,
      );
      const same = await run(change('user/1003', '# @connection Here\n'), [
        ...ALL,
        '--connection',
        `Here=${platform.root}`,
      ]);
      assert.deepEqual([same.code, same.sent], [0, ['GET user', 'PUT user/1003']], same.err);
    });

    it('takes no response of another platform', async () => {
      const text = `### Who\n# @name who\n# @connection Sandbox\nGET user\n$top = 1\n### Change\nPUT user/{{who.results[0].ID}}\n{ "Surname": "x" }\n`;
      const { code, sent } = await run(text, [...ALL, '--connection', `Sandbox=${sandbox()}`]);
      // The ID is that of the request’s own connection, as the file says.
      assert.equal(code, 0);
      assert.equal(sent[0], 'GET /accessplansandbox/api/v2/user');
    });

    it('reads all the same, with a warning', async () => {
      const text = '### Read\n# @connection Acme sandbox\nGET user\n$top = 1\n';
      const { code, err, sent } = await run(text, []);
      assert.deepEqual([code, sent], [0, ['GET user']]);
      assert.match(
        err,
        /asks for the connection “Acme sandbox”; the command line runs it on .*--connection "Acme sandbox=/,
      );
    });

    it('refuses a connection that is no root', async () => {
      for (const given of ['Acme', 'Acme=', 'Acme=ftp://x.y/z'])
        assert.equal((await run(ONE, ['--connection', given])).code, 2, given);
    });

    it('tells where the key goes', async () => {
      const path = join(folder, 'a.apq');
      writeFileSync(path, ONE);
      const env = { APQ_API_KEY: platform.apiKey, HTTPS_PROXY: `http://${host()}` };
      const { err } = await apq(['run', path, '--root', 'https://training.example/accessplan'], { env });
      assert.match(err, /^training\.example is not an accessplanit\.com address: the key is sent there\.$/m);
      assert.doesNotMatch((await run(ONE)).err, /is not an accessplanit/);
    });
  });

  describe('warnings and reports', () => {
    it('prints the warnings of the requests that run, each on a line', async () => {
      const text = `### A\n# @zebra x\nGET user\n$top = 500\n### B\n# @giraffe x\nGET user\n$top = 1\n`;
      const { code, err } = await run(text, ['--request', 'A']);
      assert.equal(code, 0);
      assert.match(err, /^\S*a\.apq:2:4: warning unknown-directive: /m);
      assert.doesNotMatch(err, /giraffe|information/);
    });

    const report = () => join(folder, 'report.xml');
    const xmlOf = async (text: string, args: readonly string[], options?: ApqOptions) => {
      rmSync(report(), { force: true });
      const ran = await run(text, [...args, '--report', `junit=${report()}`], options);
      return { ...ran, xml: readFileSync(report(), 'utf8') };
    };
    const EXPECTING = `${ONE}### Two\n# @expect count 1\n# @expect status 200\nGET venue\n$top = 1\n`;

    it('reports all expectations when the platform is down', async () => {
      await platform.control({ reset: true });
      rmSync(report(), { force: true });
      const path = join(folder, 'a.apq');
      writeFileSync(path, EXPECTING);
      const { code } = await apq(
        [
          'run',
          path,
          '--root',
          'http://127.0.0.1:9/accessplan',
          '--request',
          'all',
          '--report',
          `junit=${report()}`,
        ],
        { env: { APQ_API_KEY: 'k' } },
      );
      const xml = readFileSync(report(), 'utf8');
      assert.equal(code, 3);
      assert.match(xml, /tests="3" failures="0" errors="3"/);
      assert.match(
        xml,
        /classname="Two" name="status 200" time="0\.000" file="[^"]*" line="\d+"><error message="[^"]*can’t be reached/,
      );
    });

    it('reports all expectations when a change was not permitted', async () => {
      const { code, xml, sent } = await xmlOf(`${EXPECTING}${REMOVE}`, ['--request', 'all']);
      assert.deepEqual([code, sent], [2, []]);
      assert.match(xml, /tests="4" failures="0" errors="4"/);
      assert.match(
        xml,
        /classname="Remove" name="answers" time="0\.000" file="[^"]*" line="\d+"><error message="“Remove” would change records/,
      );
    });

    it('reports all expectations when nobody is signed in', async () => {
      const { code, xml } = await xmlOf(EXPECTING, ['--request', 'all'], { env: { APQ_API_KEY: '' } });
      assert.equal(code, 3);
      assert.match(xml, /tests="3" failures="0" errors="3"/);
    });

    it('reports what was judged, and what was not reached', async () => {
      const { code, xml } = await xmlOf(
        `${ONE}@m = NoSuch\n### Lost\nGET {{m}}\n### Two\n# @expect count 1\nGET user\n`,
        ALL,
      );
      assert.equal(code, 1);
      assert.match(xml, /tests="3" failures="0" errors="2"/);
      assert.match(xml, /classname="One" name="count 1" time="[\d.]+" file="[^"]*" line="\d+"\/>/);
    });

    it('reports the expectations of a change that was not sent as errors', async () => {
      const { xml } = await xmlOf(
        `${ONE.replace('count 1', 'count 9')}### Remove\n# @expect status 200\nDELETE user/1001\n`,
        ALL,
      );
      assert.match(xml, /tests="2" failures="1" errors="1"/);
      assert.match(
        xml,
        /classname="Remove" name="status 200" time="0\.000" file="[^"]*" line="\d+"><error message="“Remove” was not sent/,
      );
    });

    it('checks the path of the report before anything is sent', async () => {
      const { code, sent } = await run(ONE, ['--report', `junit=${join(folder, 'no', 'such.xml')}`]);
      assert.deepEqual([code, sent], [2, []]);
    });

    it('takes -v for the version only when it is alone', async () => {
      assert.match((await apq(['-v'])).out, /^apq \d/);
      for (const args of [
        ['run', 'a.apq', '-v'],
        ['-v', 'run', 'a.apq'],
        ['run', 'a.apq', '--version'],
      ]) {
        const { code, out } = await apq(args, { cwd: folder });
        assert.deepEqual([code, out], [2, ''], args.join(' '));
      }
    });
  });

  describe('metadata', () => {
    const metadata = (root: string) =>
      JSON.stringify({
        version: 1,
        root,
        fetchedAt: '2026-01-31T12:00:00Z',
        modules: [
          { name: 'User', fields: [{ name: 'ID', type: 'string', filterable: true, sortable: true }] },
        ],
      });
    let project: string;
    before(() => {
      project = join(folder, 'project');
      mkdirSync(join(project, 'deep', 'er'), { recursive: true });
      writeFileSync(join(project, 'm.json'), metadata('https://acme.accessplanit.com/accessplan'));
      writeFileSync(join(project, 'deep', 'er', 'q.apq'), 'GET user\n$select = Zebra\n');
      writeFileSync(join(project, 'good.apq'), 'GET zebras\n');
    });
    const check = async (args: readonly string[], env = {}) => apq(['check', ...args], { env, cwd: project });

    it('says once, in the last line, that names were not checked', async () => {
      const { code, out, err } = await check(['good.apq', 'deep/er/q.apq']);
      assert.equal(code, 0);
      assert.equal(out, '');
      assert.match(
        err,
        /^2 files without errors\. Names of modules and fields were not checked: no metadata\. [^\n]*\n$/,
      );
    });

    it('takes --metadata, else APQ_METADATA, else the nearest apq.json upwards', async () => {
      const unknown = /unknown-field/;
      assert.match((await check(['deep/er/q.apq', '--metadata', 'm.json'])).out, unknown);
      assert.match((await check(['deep/er/q.apq'], { APQ_METADATA: 'm.json' })).out, unknown);
      writeFileSync(join(project, 'apq.json'), '{"metadata":"m.json"}');
      const found = await check(['deep/er/q.apq']);
      assert.match(found.out, unknown);
      assert.equal(found.err, '1 error in 1 file.\n');
      writeFileSync(join(project, 'deep', 'apq.json'), '{}');
      const some = await check(['deep/er/q.apq', 'good.apq']);
      assert.match(some.err, /were not checked in 1 of them/);
      rmSync(join(project, 'deep', 'apq.json'));
    });

    for (const [json, sentence] of [
      [
        '{"metadata":"m.json","root":"https://evil.example/accessplan"}',
        /has a member “root”, which is not allowed\. .* no address and no key/,
      ],
      ['{"metadata":5}', /apq\.json can’t be used/],
      ['{', /apq\.json is not valid JSON/],
      ['[]', /apq\.json can’t be used/],
    ] as const)
      it(`refuses an apq.json with ${json}`, async () => {
        const before = readFileSync(join(project, 'apq.json'));
        writeFileSync(join(project, 'apq.json'), json);
        const { code, err } = await check(['deep/er/q.apq']);
        writeFileSync(join(project, 'apq.json'), before);
        assert.equal(code, 2, err);
        assert.match(err, sentence);
      });

    it('says where the metadata are those of another platform', async () => {
      assert.doesNotMatch((await check(['good.apq'], { APQ_ROOT: 'acme' })).err, /not of/);
      const differs = /m\.json holds the metadata of https:\/\/acme\.accessplanit\.com\/accessplan, not of /;
      assert.match((await check(['good.apq'], { APQ_ROOT: platform.root })).err, differs);
      const path = join(project, 'run.apq');
      writeFileSync(path, 'GET user\n$select = ID\n$top = 1\n');
      const env = { APQ_API_KEY: platform.apiKey };
      const { code, err } = await apq(['run', path, '--root', platform.root], { env });
      assert.equal(code, 0, err);
      assert.match(err, differs);
      // An address of another site is told once, as what becomes of the request.
      writeFileSync(path, 'GET https://other.accessplanit.com/accessplan/api/v2/user?$top=1\n');
      const foreign = await apq(['run', path, '--root', platform.root], { env });
      assert.equal(foreign.err.split('This address names').length, 2, foreign.err);
    });
  });

  it('fails the check of a file with a key in it', async () => {
    const path = join(folder, 'key.apq');
    writeFileSync(path, 'GET user?$top=1&api_key=0123456789abcdef\n');
    const { code, out } = await apq(['check', path]);
    assert.equal(code, 1);
    assert.match(out, /error secret-in-file/);
  });
});
