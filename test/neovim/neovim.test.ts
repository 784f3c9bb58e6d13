/** The language server in another editor: Debian's Neovim, with its own LSP client. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureNeovim } from '#scripts/lib/debian';
import { metadata } from '../language/support/metadata';
import { ROOT } from '../support/lsp';

interface Driven {
  readonly problem?: string;
  readonly codes: readonly string[];
  readonly labels: readonly string[];
  readonly hover: string;
  readonly lines: readonly string[];
}

describe('Neovim', () => {
  let folder: string;
  let driven: Driven;
  before(async function () {
    this.timeout(15 * 60_000);
    const nvim = await ensureNeovim();
    folder = mkdtempSync(join(tmpdir(), 'apq-nvim-'));
    const [file, cache] = [join(folder, 'a.apq'), join(folder, 'metadata.json')];
    writeFileSync(file, "get coursedate\n$filter = Stauts eq 'Full'\n$top=5\n");
    writeFileSync(cache, JSON.stringify({ ...metadata, fetchedAt: new Date().toISOString() }));
    const { stdout } = await promisify(execFile)(
      nvim,
      ['--headless', '-u', 'NONE', '-n', '-i', 'NONE', '-S', join(import.meta.dirname, 'drive.lua')],
      {
        env: {
          ...process.env,
          HOME: folder,
          XDG_STATE_HOME: folder,
          XDG_CACHE_HOME: folder,
          APQ_SERVER: join(ROOT, 'dist/server.js'),
          APQ_METADATA: cache,
          APQ_FILE: file,
        },
        timeout: 60_000,
      },
    );
    driven = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Driven;
    assert.equal(driven.problem, undefined);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('shows diagnostics', () => assert.deepEqual(driven.codes, ['unknown-field']));
  it('completes', () => assert.ok(driven.labels.includes('StartDate')));
  it('explains', () => assert.match(driven.hover, /\*\*CourseDate\*\*/));
  it('formats', () =>
    assert.deepEqual(driven.lines, ['GET coursedate', "$filter = Stauts eq 'Full'", '$top    = 5']));
});
