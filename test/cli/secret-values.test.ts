/** Values with the names of secrets are sent, and shown nowhere, however a request gets them. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partsOf } from '../core/results/workbook-parts';
import { useFakeApi } from '../core/support/fake-api';
import { apq } from '../support/apq-process';

/** Each kind of variable has a canary of its own, with characters that are written differently in each place. */
const QUERIES = `@apiToken = CANARY-declared: it's, 1$
@base = CANARY-nested
@accessKey = {{base}}/x
@fromOutside = {{$env OUTSIDE}}
@clientSecret = {{fromOutside}}
@partnerPassword = ?Password
### Sign in
# @name login
GET user
### Ask
# @expect results[0].AccessToken == '{{apiToken}}'
# @expect count == 7
GET course
$filter = A eq '{{apiToken}}' or B eq '{{accessKey}}' or C eq '{{clientSecret}}' or D eq '{{partnerPassword}}'
  or E eq '{{login.results[0].AccessToken}}'
### Change
PUT user/1
{ "A": "{{apiToken}}", "D": "{{partnerPassword}}", "E": "{{login.results[0].AccessToken}}" }
### Question
# @name asked
SQL
select ID, '{{apiToken}}' <> '' as "Has" from login
`;

const CANARIES = ['declared', 'nested', 'environment', 'given', 'answered'];
const RESULTS = ['table', 'csv', 'json', 'ndjson'];

describe('values of secrets', () => {
  const api = useFakeApi();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-canary-'));
    writeFileSync(join(folder, 'a.apq'), QUERIES);
    api.seen.length = 0;
    api.answer = ({ method, url }) => {
      if (method === 'PUT') return { body: { new_id: 1 } };
      const token = url.includes('/user') ? 'CANARY-answered' : 'CANARY-otherwise';
      return { body: { results: [{ ID: '1', AccessToken: token }] } };
    };
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = async (line: string, command = 'run') =>
    apq([command, 'a.apq', '--var', 'partnerPassword=CANARY-given "\'', ...line.split(' ')], {
      cwd: folder,
      env: { APQ_ROOT: api.root, APQ_API_KEY: 'key', OUTSIDE: 'CANARY-environment', XDG_STATE_HOME: folder },
    });

  /** All that was shown or kept. */
  async function shown({ out, err }: { out: string; err: string }): Promise<string> {
    const texts = [out, err];
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (path === 'a.apq' || !/\.\w+$/.test(path)) continue;
      const bytes = readFileSync(join(folder, path));
      texts.push(path.endsWith('.xlsx') ? [...(await partsOf(bytes)).values()].join('\n') : bytes.toString());
    }
    return texts.join('\n');
  }

  const lines = [
    ...RESULTS.map((format) => [`--request Ask -f ${format}`, 'course'] as const),
    ...RESULTS.map((format) => [`--request Ask -f ${format} -o out.${format}`, 'course'] as const),
    ['--request Ask -o out.xlsx', 'course'],
    ['--request Ask -o out.parquet', 'course'],
    ['--request Ask --raw', 'course'],
    ['--request Ask --verbose', 'course'],
    ['--request Ask --report junit=report.xml', 'course'],
    ['--request Ask --dry-run', ''],
    ['--request Change --yes --verbose', 'user/1'],
    ['--request Change --dry-run', ''],
    ['--request Question -f json --verbose', 'user'],
    ['--request Question -o out.xlsx', 'user'],
    ['--request Question --dry-run', ''],
  ] as const;
  for (const [line, sent] of lines)
    it(`run ${line}`, async () => {
      const text = await shown(await run(line));
      // What the platform answered is the result: it was asked for.
      assert.doesNotMatch(text.replaceAll('CANARY-otherwise', ''), /CANARY/);
      if (line.includes('Ask') && sent !== '') {
        const asked = api.seen.map(({ url }) => decodeURIComponent(url)).find((url) => url.includes(sent));
        for (const each of CANARIES) assert.match(asked ?? '', new RegExp(`CANARY-${each}`));
      }
      if (line.includes('Change') && sent !== '') {
        const body = api.seen.find(({ method }) => method === 'PUT')?.body;
        assert.deepEqual(JSON.parse(body ?? ''), {
          A: "CANARY-declared: it's, 1$",
          D: 'CANARY-given "\'',
          E: 'CANARY-answered',
        });
      }
      assert.equal(line.includes('-o '), existsSync(join(folder, line.split(' -o ')[1] ?? 'none')));
    });

  it('test --report junit=report.xml', async () => {
    const text = await shown(await run('--report junit=report.xml', 'test'));
    assert.match(text, /but it is \*\*\*|Expected/);
    assert.doesNotMatch(text, /CANARY/);
  });
  it('a refusal that repeats the request', async () => {
    api.answer = ({ url }) =>
      url.includes('/user')
        ? { body: { results: [{ ID: '1', AccessToken: 'CANARY-answered' }] } }
        : { status: 400, body: { errors: [`No such filter: ${url} ${decodeURIComponent(url)}`] } };
    assert.doesNotMatch(await shown(await run('--request Ask --verbose')), /CANARY/);
  });
});
