/** No secret gets out of the command line, and its advice about secrets can be followed. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useFakeApi } from '../core/support/fake-api';
import { apq } from '../support/apq-process';

const FILES = {
  'sec.apq': "@apikey = S3cretVal\nGET user\n$filter = Name eq '{{apikey}}'\n",
  'pv.apq': "### Change password\nGET user\n$filter = Name eq '{{password}}'\n",
  'write.apq': '@apikey = ?Key\nPOST user\n{ "Name": "{{apikey}}" }\n',
};

describe('secrets on the command line', () => {
  const api = useFakeApi();
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-secrets-'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [line, told] of [
    ['check sec.apq', /rite @apikey = \?apikey to be asked for it/],
    ['check sec.apq -f github', /rite @apikey = \?apikey to be asked for it/],
    ['check sec.apq -f json', /rite @apikey = \?apikey to be asked for it/],
    ['check sec.apq -f sarif', /rite @apikey = \?apikey to be asked for it/],
    ['check sec.apq -f junit', /rite @apikey = \?apikey to be asked for it/],
    ['run pv.apq', /Add a line @password = value\.\n.*, or give --var password=VALUE\./],
    [
      'convert pv.apq --as curl --var password=foo',
      /in place of the value of password: let it get the secret where it runs\./,
    ],
    ['run pv.apq --var password=S3cretVal', /Change password: 0 records.*eq%20'\*\*\*'/],
    ['run pv.apq --var password=abc', /Change password: 0 records.*eq%20'\*\*\*'/],
    ['run pv.apq --var password=abc --verbose', /^> GET .*eq%20'\*\*\*'/m],
    ['run pv.apq --var password=abc --dry-run', /^GET .*eq%20'\*\*\*'/m],
    ['run write.apq --var apikey=S3cretVal --dry-run', /\{"Name":"\*\*\*"\}/],
  ] as const)
    it(`apq ${line}`, async () => {
      api.answer = () => ({ body: '{"results":[]}' });
      const env = { APQ_ROOT: api.root, APQ_API_KEY: 'key-of-the-test' };
      const { out, err } = await apq(line.split(' '), { cwd: folder, env });
      assert.match(`${out}${err}`, told);
      assert.doesNotMatch(`${out}${err}`, /S3cretVal|\babc\b|foo|key-of-the-test/);
    });
});
