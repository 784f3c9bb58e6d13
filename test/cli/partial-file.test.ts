/** What a fetch with `--resume` keeps beside its output, within one process; `output-files.test.ts` has real processes. */
import assert from 'node:assert/strict';
import { linkSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { PartialFile } from '#cli/partial-file';

describe('a partial file', () => {
  let folder: string;
  const path = (name: string) => join(folder, name);
  const PARTIAL = '.out.csv.apq-partial.ndjson';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-partial-'));
    writeFileSync(path('precious'), 'text', { mode: 0o600 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const create = async () =>
    PartialFile.create(path('out.csv'), lstatSync(path('precious')), { root: '', address: '' });

  for (const [title, plant] of [
    ['a link', symlinkSync],
    ['a second name of another file', linkSync],
  ] as const)
    it(`is not begun in ${title}, which is left alone`, async () => {
      plant(path('precious'), path(PARTIAL));
      await assert.rejects(create(), /ndjson can’t be written: something else has this name\.$/);
      assert.equal(readFileSync(path('precious'), 'utf8'), 'text');
    });

  it('is begun anew in place of an old one, for its user only', async () => {
    writeFileSync(path(PARTIAL), 'old', { mode: 0o600 });
    await (await create()).close();
    assert.match(readFileSync(path(PARTIAL), 'utf8'), /^\["apq-partial",.*\n$/);
    assert.equal(lstatSync(path(PARTIAL)).mode & 0o777, 0o600);
  });
});
