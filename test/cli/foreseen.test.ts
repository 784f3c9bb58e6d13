/** What --dry-run says of a change besides what would be sent. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

describe('a change of a dry run', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess('--records', '50');
    folder = mkdtempSync(join(tmpdir(), 'apq-dry-'));
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The comments below the request. */
  async function dry(request: string, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
    writeFileSync(join(folder, 'a.apq'), `${request}\n`);
    const { code, out, err } = await apq(['run', 'a.apq', '--request', 'last', '--dry-run'], {
      cwd: folder,
      env: { APQ_ROOT: platform.root, APQ_API_KEY: platform.apiKey, ...env },
    });
    assert.equal(code, 0, err);
    return out.split('\n').filter((line) => /^# /.test(line));
  }

  for (const [request, ...lines] of [
    [
      '### last\nPUT Venue/3\n{ "Capacity": 25, "Town": "Preston", "Password": "x" }',
      '# This changes 2 fields of Venue 3. 1 field has the value already.',
      '#   Capacity: “20” → “25”',
      '#   Town: “Preston” (unchanged)',
      '#   Password: a secret',
    ],
    [
      '### last\nPUT Venue/3\n{ "Capacity": 20 }',
      '# Venue 3 has these values already, so sending this changes nothing.',
      '#   Capacity: “20” (unchanged)',
    ],
    [
      '### last\nPUT Venue/999\n{ "Capacity": 20 }',
      '# Venue has no record with the ID “999”, or you may not see it. Check the ID.',
      '#   Capacity: “20”',
    ],
    [
      '### last\nPOST Venue?$upsert=Label eq \'nowhere\'\n{ "Label": "Nowhere" }',
      '# No record meets the condition of $upsert, so this creates a record of Venue.',
      '#   Label: “Nowhere”',
    ],
    [
      '### last\nDELETE User/1002',
      '# This marks User 1002 (Seán Singh) as deleted. A second DELETE would remove the record for good.',
    ],
    [
      '### first\n# @name first\nGET venue\n$top = 1\n\n### last\nDELETE Venue/{{first.results[0].ID}}',
      '# What this would change was not looked up: it takes a value from the answer of another request.',
    ],
  ] as const)
    it(`is told: ${request.split('\n')[1] ?? ''} …`, async () => assert.deepEqual(await dry(request), lines));

  it('is left open where the platform can’t be asked, and that is said', async () => {
    const put = '### last\nPUT Venue/3\n{ "Capacity": 25 }';
    for (const [env, told] of [
      [{ APQ_API_KEY: '' }, /was not looked up: Not signed in\./],
      [{ APQ_API_KEY: 'wrong' }, /can’t be read\./],
      [{ APQ_ROOT: 'http://127.0.0.1:1/accessplan' }, /can’t be read\. 127\.0\.0\.1:1 can’t be reached/],
    ] as const) {
      const lines = await dry(put, env);
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', told);
    }
  });

  it('only reads', async () => {
    await dry('### last\nDELETE Venue/3');
    assert.ok((await platform.requests()).every((line) => line.startsWith('GET ')));
  });
});
