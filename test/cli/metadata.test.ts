/** `apq metadata` with a platform that has little to say, and `apq check` for another program. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { useFakeApi } from '../core/support/fake-api';
import { apq } from '../support/apq-process';

describe('metadata from the command line', () => {
  const api = useFakeApi();
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'apq-metadata-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('are not replaced with an empty list', async () => {
    const path = join(folder, 'acme.json');
    writeFileSync(path, 'good');
    api.replies({ body: { modules: [] } });
    const { code, err } = await apq(['metadata', '--root', api.root, '--output', path], {
      env: { APQ_API_KEY: 'key' },
    });
    assert.equal(code, 1);
    assert.match(
      err,
      /^127\.0\.0\.1:\d+ lists no module for this user, so the metadata were left as they are\./m,
    );
    assert.equal(readFileSync(path, 'utf8'), 'good');
  });

  for (const [modules, written] of [
    ['usr', false],
    ['usr,User', true],
  ] as const)
    it(`of a module that does not exist end with 1: ${modules}`, async () => {
      api.answer = ({ url }) => ({
        body: /user/i.test(url) ? '[{"name":"ID","type":"string"}]' : '{"modules":["User"]}',
      });
      const args = ['metadata', '--root', api.root, '--modules', modules];
      const { code, out, err } = await apq(args, { env: { APQ_API_KEY: 'key' } });
      assert.match(err, /^usr: the platform lists no such module for this user\. Did you mean “User”\?$/m);
      assert.deepEqual([code, out !== ''], [1, written]);
    });

  it('print diagnostics as JSON in which nothing reorders what a reader sees', async () => {
    const path = join(folder, 'bidi.apq');
    writeFileSync(path, "GET user\n$filter = Na\u202eme wombat 'x'\n");
    const { out } = await apq(['check', path, '--format', 'json']);
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u200b-\u200f\u2028-\u202e]/);
    assert.match(out, /\\u202e/);
    const [first] = JSON.parse(out) as { message: string }[];
    assert.ok(first);
  });
});
