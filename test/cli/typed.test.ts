/** `apq run --typed`: with the metadata of the platform, page by page and at once. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq, type Ended } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const METADATA = (root: string) => ({
  version: 1,
  root,
  fetchedAt: '2026-01-31T12:00:00Z',
  modules: [
    {
      name: 'User',
      fetchedAt: '2026-01-31T12:00:00Z',
      fields: [
        { name: 'ID', type: 'integer', filterable: true, sortable: true },
        { name: 'Surname', type: 'list', filterable: true, sortable: true },
      ],
    },
    { name: 'Venue' },
  ],
});

describe('apq run --typed', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-typed-'));
    writeFileSync(join(folder, 'm.json'), JSON.stringify(METADATA(platform.root)));
    writeFileSync(
      join(folder, 'a.apq'),
      '### A\nGET User\n$select = ID, Surname\n$top = 2\n### V\nGET Venue\n',
    );
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });
  const run = async (line: string): Promise<Ended> =>
    apq(['run', 'a.apq', ...line.split(' ')], {
      env: { APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root },
      cwd: folder,
    });

  for (const line of ['-f json', '-f json --pages 2', '-f ndjson', '-f ndjson --pages 2'])
    it(`brings values to their types: ${line}`, async () => {
      const { code, out, err } = await run(`--typed --metadata m.json ${line}`);
      assert.equal(code, 0, err);
      const records = (
        line.includes('ndjson')
          ? out
              .trim()
              .split('\n')
              .map((each) => JSON.parse(each) as unknown)
          : JSON.parse(out)
      ) as { ID: unknown; Surname: unknown }[];
      assert.equal(records.length, line.includes('pages') ? 4 : 2);
      assert.deepEqual(records[0], { ID: 1001, Surname: ['Integration'] });
    });

  for (const [line, told] of [
    [
      '--typed -f json',
      /^--typed needs the metadata of User, and there are none\. Fetch them with apq metadata/,
    ],
    ['--typed -f json --metadata m.json --request V', /^--typed needs the metadata of Venue/],
    ['--typed -f csv --metadata m.json', /^--typed is for --format json or ndjson\.\n$/],
    ['--typed --metadata m.json', /^--typed is for --format json or ndjson\.\n$/],
  ] as const)
    it(`is wrong usage: ${line}`, async () => {
      const { code, err } = await run(line);
      assert.equal(code, 2);
      assert.match(err, told);
    });
});
