/** The command line: values arrive, are checked, are sent on and are written as the API sent them. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useFakeApi } from '../core/support/fake-api';
import { apq } from '../support/apq-process';

const RECORD = '{"ID":9223372036854775807,"Cost":0.12345678901234567891,"Day":"2025-02-31","Far":1e400}';

describe('command line: values as the API sent them', () => {
  const api = useFakeApi();
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'apq-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the requests of a text on a platform with one record. */
  async function run(text: string, ...args: readonly string[]) {
    writeFileSync(join(folder, 'q.apq'), text);
    api.seen.length = 0;
    api.answer = ({ url }) => ({ body: `{"results":[${url.includes('$skip=1') ? '' : RECORD}]}` });
    return apq(['run', 'q.apq', ...args], {
      cwd: folder,
      env: { APQ_ROOT: api.root, APQ_API_KEY: 'key-of-the-test' },
    });
  }

  it('compares expected numbers in all digits, and says the value that came', async () => {
    const met = await run('# @expect results[0].ID == 9223372036854775807\nGET course\n');
    assert.equal(met.code, 0, met.err);
    const { code, err } = await run('# @expect results[0].ID == 9223372036854775806\nGET course\n');
    assert.notEqual(code, 0);
    assert.match(err, /but it is 9223372036854775807/);
  });

  it('sends all digits of an earlier response', async () => {
    const { code, err } = await run(
      "### A\n# @name a\nGET course\n### B\nGET coursedate\n$filter = CourseID eq '{{a.results[0].ID}}' and Cost eq '{{a.results[0].Cost}}'\n",
      ...['--request', 'B'],
    );
    assert.equal(code, 0, err);
    const last = api.seen.map(({ url }) => url).filter((url) => /coursedate/i.test(url));
    assert.match(
      decodeURIComponent(last.at(-1) ?? ''),
      /'9223372036854775807' and Cost eq '0\.12345678901234567891'/,
    );
  });

  for (const [format, expected] of [
    [
      'json',
      /"ID": 9223372036854775807,\s+"Cost": 0\.12345678901234567891,\s+"Day": "2025-02-31",\s+"Far": 1e400\s/,
    ],
    ['ndjson', new RegExp(`^${RECORD}\\n$`)],
    ['csv', /9223372036854775807,0\.12345678901234567891,2025-02-31,1e400\r\n/],
    ['table', /9223372036854775807 {2}0\.12345678901234567891 {2}2025-02-31 {2}1e400\n/],
  ] as const) {
    it(`writes all digits as ${format}`, async () => {
      const { out, err } = await run('GET course\n', '--format', format);
      assert.match(out, expected, err);
    });
  }
  for (const format of ['json', 'ndjson', 'csv'] as const)
    it(`writes all digits as ${format} of a fetch that can be resumed`, async () => {
      const file = join(folder, `out.${format}`);
      const { code, err } = await run('# @pages all\nGET course\n', ...['--output', file, '--resume']);
      assert.equal(code, 0, err);
      assert.match(readFileSync(file, 'utf8'), /9223372036854775807.*0\.12345678901234567891/s);
    });
});
