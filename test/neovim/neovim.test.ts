/** APQ in another editor: Debian's Neovim, set up by the lines of docs/other-editors.md. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureNeovim } from '#scripts/lib/debian';
import { type EditorSetup, setUpEditor } from '../support/editor-setup';
import { ROOT } from '../support/lsp';
import { skipUnless } from '../support/skip';

/** What the language server alone gives. */
interface Checked {
  readonly problem?: string;
  readonly codes: readonly string[];
  readonly labels: readonly string[];
  readonly hover: string;
}

interface Driven extends Checked {
  /** Whether it is version 0.11 or later. */
  readonly version: 0 | 1;
  readonly filetype: string;
  readonly comment: string;
  readonly syntax: string;
  readonly cursor: readonly [line: number, column: number];
  readonly lines: readonly string[];
  readonly printed: readonly string[];
  readonly preview: readonly string[];
  readonly lens: readonly string[];
  readonly windows: number;
  /** Messages. */
  readonly told: readonly string[];
}

describe('Neovim', () => {
  let nvim: string;
  let setup: EditorSetup;
  let driven: Driven;

  /** Uses Neovim with this `init.lua`. */
  async function drive<T extends Checked>(lua: string, env: NodeJS.ProcessEnv = {}): Promise<T> {
    const init = join(setup.folder, 'init.lua');
    writeFileSync(init, lua);
    const { stdout } = await promisify(execFile)(
      nvim,
      ['--headless', '-u', 'NONE', '-n', '-i', 'NONE', '-S', join(import.meta.dirname, 'drive.lua')],
      {
        cwd: setup.folder,
        env: { ...setup.environment, APQ_INIT: init, APQ_FILE: setup.file, ...env },
        timeout: 120_000,
      },
    );
    const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
    assert.equal(result.problem, undefined);
    return result;
  }

  before(async function () {
    this.timeout(15 * 60_000);
    nvim = await ensureNeovim();
    setup = await setUpEditor();
    copyFileSync(join(ROOT, 'docs/editors/apq.lua'), join(setup.folder, 'apq.lua'));
    driven = await drive<Driven>(setup.documented('lua'));
  });
  after(async () => setup.end());

  it('knows the type of the file, its comments and its words', () =>
    assert.deepEqual([driven.filetype, driven.comment, driven.syntax], ['apq', '# %s', 'apqMethod']));
  it('shows diagnostics', () => assert.deepEqual(driven.codes, ['no-parentheses']));
  it('completes', () => assert.ok(driven.labels.includes('StartDate')));
  it('explains', () => assert.match(driven.hover, /\*\*CourseDate\*\*/));
  it('fixes and formats', () =>
    assert.deepEqual(driven.lines.slice(1, 3), [
      'GET coursedate',
      "$filter = Status eq 'Full' and Cost gt '0' or Status eq 'Cancelled' and Cost gt '0'",
    ]));
  it('goes to what apq check finds, with :make', () => assert.deepEqual(driven.cursor, [3, 10]));
  it('runs the request under the cursor, and shows its records in a split', () =>
    assert.match(driven.printed.join('\n'), /^ID +Town\n─+ +─+\n(?:\S+ +.+\n){3}Venues: 3 records/));
  it('passes options on, and uses the same split', () => {
    assert.match(driven.preview.join('\n'), /^### Venues\nGET http\S+\/Venue\?/);
    assert.equal(driven.windows, 2);
  });
  it('runs the request of a code lens', () => assert.match(driven.lens.join('\n'), /Venues: 3 records/));

  it('says why nothing was run', () => {
    const [readOnly, unnamed, ...rest] = driven.told;
    assert.match(readOnly ?? '', /^Nothing was run, as the file could not be saved: E45: /);
    assert.equal(unnamed, 'Nothing was run: save the file under a name first.');
    assert.equal(rest.at(-1), 'no-such-program could not be started: is it on the PATH of Neovim?');
  });
  it('finds apq on the PATH when only apq.lua was copied', async () => {
    const lua = setup.documented('lua').replace(join(ROOT, 'docs/editors'), setup.folder);
    const { codes } = await drive(lua, { APQ_SERVER_ONLY: '1' });
    assert.deepEqual(codes, ['mixed-and-or']);
  });

  it('needs no file of ours for the language server, from 0.11 on', async function () {
    skipUnless(this, driven.version === 1, 'needs Neovim 0.11');
    const { codes, labels } = await drive(setup.documented('lua', 1), { APQ_SERVER_ONLY: '1' });
    assert.deepEqual(codes, ['mixed-and-or']);
    assert.ok(labels.includes('StartDate'));
  });
});
