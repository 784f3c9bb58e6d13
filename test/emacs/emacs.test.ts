/** APQ in Emacs, with Eglot and lsp-mode, set up by the lines of docs/other-editors.md. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '#scripts/lib/debian';
import { type EditorSetup, setUpEditor } from '../support/editor-setup';
import { skipUnless } from '../support/skip';

type Place = readonly [file: string, line: number, column: number];

interface Driven {
  readonly problem?: string;
  readonly faces: readonly string[];
  readonly commented: string;
  readonly comments: readonly (true | null)[];
  readonly checked: Place;
  readonly refused: string;
  readonly refusal: Place;
  /** From here on, undefined without Eglot. */
  readonly mode?: string;
  readonly diagnostics?: readonly string[];
  readonly completions?: readonly string[];
  readonly lines?: readonly string[];
  readonly printed?: string;
  readonly windows?: number;
  readonly preview?: string;
  /** Undefined without lsp-mode. */
  readonly 'lines-of-lsp-mode'?: readonly string[];
  readonly 'lens-of-lsp-mode'?: string;
}

const TIDY = [
  'GET coursedate',
  "$filter = Status eq 'Full' and Cost gt '0' or Status eq 'Cancelled' and Cost gt '0'",
];

describe('Emacs', () => {
  let setup: EditorSetup | undefined;
  let driven: Driven;
  before(async function () {
    this.timeout(180_000);
    const emacs = findProgram(['emacs']);
    if (emacs === undefined) return;
    setup = await setUpEditor();
    const init = join(setup.folder, 'init.el');
    writeFileSync(init, setup.documented('elisp'));
    const done = promisify(execFile)(emacs, ['--batch', '-q', '-l', join(import.meta.dirname, 'drive.el')], {
      cwd: setup.folder,
      env: { ...setup.environment, APQ_INIT: init, APQ_FILE: setup.file },
      timeout: 120_000,
    });
    done.child.stdin?.end(); // A question ends it: nobody is there to answer.
    driven = JSON.parse((await done).stdout.trim().split('\n').at(-1) ?? '') as Driven;
    assert.equal(driven.problem, undefined);
  });
  after(async () => setup?.end());
  beforeEach(function () {
    skipUnless(this, setup !== undefined, 'needs Emacs');
  });

  it('colours words, and knows a comment from a sign in a value', () => {
    assert.deepEqual(driven.faces, [
      'font-lock-keyword-face',
      'font-lock-builtin-face',
      'font-lock-string-face',
    ]);
    assert.deepEqual([driven.commented, driven.comments], ['# GET venue', [true, null]]);
  });
  it('goes to what apq check finds, whatever the name of the file', () =>
    assert.deepEqual(driven.checked, ['wrong - copy.apq', 3, 10]));
  it('goes to the mistake for which a request was not sent', () => {
    assert.match(driven.refused, /The request was not sent/);
    assert.deepEqual(driven.refusal, ['wrong - copy.apq', 3, 10]);
  });

  describe('with Eglot', () => {
    beforeEach(function () {
      skipUnless(this, driven.mode !== undefined, 'needs Eglot');
    });
    it('knows the type of the file', () => assert.equal(driven.mode, 'apq-mode'));
    it('shows diagnostics', () =>
      assert.match(driven.diagnostics?.join() ?? '', /^apq \[no-parentheses\]: /));
    it('completes', () => assert.ok(driven.completions?.includes('StartDate')));
    it('fixes and formats', () => assert.deepEqual(driven.lines?.slice(1, 3), TIDY));
    it('runs the request under the cursor, and shows its records in a window', () => {
      assert.match(driven.printed ?? '', /^ID +Town\n─+ +─+\n(?:\S+ +.+\n){3}Venues: 3 records/m);
      assert.equal(driven.windows, 2);
    });
    it('passes options on', () => assert.match(driven.preview ?? '', /^### Venues\nGET http\S+\/Venue\?/m));
  });

  describe('with lsp-mode', () => {
    beforeEach(function () {
      skipUnless(this, driven['lines-of-lsp-mode'] !== undefined, 'needs lsp-mode');
    });
    it('fixes and formats', () => assert.deepEqual(driven['lines-of-lsp-mode']?.slice(1, 3), TIDY));
    it('does what a code lens says', () =>
      assert.match(driven['lens-of-lsp-mode'] ?? '', /^### Venues\nGET http\S+\/Venue\?/m));
  });
});
