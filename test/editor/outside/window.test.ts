// The least that a user can expect: VS Code opens with the extension installed and shows the folder.
import assert from 'node:assert/strict';
import { explorerEntries, openFile, visibleLines } from '#scripts/lib/workbench';
import { useEditor } from './setup.js';

describe('VS Code with the packaged extension', () => {
  const editor = useEditor({ files: { 'notes.txt': 'first line\nsecond line\n' } });

  it('shows the files of the folder in the explorer', async () => {
    assert.deepEqual(await explorerEntries(editor.page), ['notes.txt']);
  });

  it('opens one of them', async () => {
    await openFile(editor.page, 'notes.txt');
    assert.deepEqual((await visibleLines(editor.page)).slice(0, 2), ['first line', 'second line']);
  });
});
