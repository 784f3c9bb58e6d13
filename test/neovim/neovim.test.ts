/** APQ in another editor: Debian's Neovim, set up by the lines of docs/other-editors.md. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureNeovim } from '#scripts/lib/debian';
import { type EditorSetup, setUpEditor } from '../support/editor-setup';

interface Driven {
  readonly problem?: string;
  readonly filetype: string;
  readonly comment: string;
  readonly syntax: string;
  readonly codes: readonly string[];
  readonly labels: readonly string[];
  readonly hover: string;
  readonly quickfix: readonly (readonly [
    line: number,
    column: number,
    type: string,
    valid: 0 | 1,
    text: string,
  ])[];
  readonly lines: readonly string[];
  readonly printed: readonly string[];
  readonly preview: readonly string[];
  readonly lens: readonly string[];
  readonly windows: number;
}

describe('Neovim', () => {
  let setup: EditorSetup;
  let driven: Driven;
  before(async function () {
    this.timeout(15 * 60_000);
    const nvim = await ensureNeovim();
    setup = await setUpEditor();
    const init = join(setup.folder, 'init.lua');
    writeFileSync(init, setup.documented('lua'));
    const { stdout } = await promisify(execFile)(
      nvim,
      ['--headless', '-u', 'NONE', '-n', '-i', 'NONE', '-S', join(import.meta.dirname, 'drive.lua')],
      {
        cwd: setup.folder,
        env: { ...setup.environment, APQ_INIT: init, APQ_FILE: setup.file },
        timeout: 120_000,
      },
    );
    driven = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Driven;
    assert.equal(driven.problem, undefined);
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
  it('lists what apq check finds, with :make', () => {
    const [line, column, type, valid, text] = driven.quickfix.find((each) => each[3] === 1) ?? [];
    assert.deepEqual([line, column, type, valid], [3, 11, 'e', 1]);
    assert.match(text ?? '', /^no-parentheses: /);
  });
  it('runs the request under the cursor, and shows its records in a split', () =>
    assert.match(driven.printed.join('\n'), /^ID +Town\n─+ +─+\n(?:\S+ +.+\n){3}Venues: 3 records/));
  it('passes options on, and uses the same split', () => {
    assert.match(driven.preview.join('\n'), /^### Venues\nGET http\S+\/Venue\?/);
    assert.equal(driven.windows, 2);
  });
  it('runs the request of a code lens', () => assert.match(driven.lens.join('\n'), /Venues: 3 records/));
});
