/** In a workspace that is not trusted APQ completes and checks, but runs nothing. */
import assert from 'node:assert/strict';
import {
  clearNotifications,
  confirmDialog,
  eventually,
  openFile,
  runCommand,
  setCursor,
  squiggles,
  triggerSuggest,
  waitForNotification,
} from '#scripts/lib/workbench';
import { useEditor } from './setup.js';

describe('an untrusted workspace', () => {
  const editor = useEditor({
    files: { 'a.apq': 'GET user\n$filter = Surname = 5\n', 'b.apq': 'GET user\n$ = \n' },
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'always',
    },
  });

  it('stays untrusted when the user says so', async () => {
    await confirmDialog(editor.page, "No, I don't trust the authors");
  });
  it('is checked and completed', async () => {
    await openFile(editor.page, 'a.apq');
    await eventually(
      async () => squiggles(editor.page),
      ({ error }) => error > 0,
    );
    await openFile(editor.page, 'b.apq');
    await setCursor(editor.page, 2, 2);
    assert.ok((await triggerSuggest(editor.page)).includes('$filter'));
    await editor.page.keyboard.press('Escape');
  });
  it('runs nothing, and explains why', async () => {
    await clearNotifications(editor.page);
    await runCommand(editor.page, 'APQ: Run Request');
    await waitForNotification(
      editor.page,
      /^Requests run only in a trusted workspace: this file could come from someone else\./,
    );
  });
});
