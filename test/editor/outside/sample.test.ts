/** The first minute on the sample platform, and that it keeps what was changed there. */
import assert from 'node:assert/strict';
import {
  confirmDialog,
  eventually,
  focusEditor,
  openFile,
  runCommand,
  setCursor,
  squiggles,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { agreeToChange } from './changes.js';
import { useEditor } from './setup.js';

const FILES = {
  'change.apq': 'PUT User/1001\n{ "Phone": "01524 555 123" }\n',
  'read.apq': "GET User\n$select = Phone\n$filter = ID eq '1001'\n",
};

describe('the sample platform', () => {
  const editor = useEditor({ files: FILES });
  const result = async (holds: string | RegExp) => {
    const frame = await webviewFrame(editor.page, async (each) => {
      const text = (await each.locator('body').textContent({ timeout: 500 })) ?? '';
      return typeof holds === 'string' ? text.includes(holds) : holds.test(text);
    });
    return frame.locator('body').innerText();
  };
  const phone = async () => {
    await openFile(editor.page, 'read.apq');
    await setCursor(editor.page, 1, 1);
    await runCommand(editor.page, 'APQ: Run Request');
    return result(/1 record/);
  };

  it('opens on a saved query without a warning, its result beside it', async () => {
    await runCommand(editor.page, 'APQ: Open Sample Platform');
    const tab = editor.page.locator('.tab.active .label-name', { hasText: 'first-steps.apq' });
    await tab.waitFor({ state: 'visible', timeout: 30_000 });
    await result(/20 (of|records)/);
    await eventually(
      async () => squiggles(editor.page),
      ({ error, warning }) => error === 0 && warning === 0,
    );
    assert.equal(await editor.page.locator('.tab.dirty').count(), 0, 'nothing asks to be saved');
  });

  it('has all samples at hand', async () => {
    await runCommand(editor.page, 'View: Show accessplanit');
    const names = editor.page.locator('.pane', { hasText: 'Samples' }).locator('.monaco-list-row');
    await eventually(
      async () => (await names.allInnerTexts()).join('|'),
      (text) =>
        ['first-steps.apq', 'changes.apq', 'health-check.apq', 'invoices.apq'].every((name) =>
          text.includes(name),
        ),
    );
  });

  it('keeps a change over a reload, until it is reset', async () => {
    const before = await phone();
    assert.doesNotMatch(before, /01524 555 123/);
    await openFile(editor.page, 'change.apq');
    await setCursor(editor.page, 1, 1);
    await runCommand(editor.page, 'APQ: Run Request');
    assert.equal((await agreeToChange(editor.page)).deed, 'Change 1 Field');
    await result(/Changed · 200/);

    await editor.reload();
    await focusEditor(editor.page);
    await runCommand(editor.page, 'View: Close All Editors');
    assert.match(await phone(), /01524 555 123/);

    await runCommand(editor.page, 'APQ: Reset Sample Platform');
    await confirmDialog(editor.page, 'Reset');
    await waitForNotification(editor.page, /as it was at first/);
    await runCommand(editor.page, 'View: Close All Editors');
    assert.doesNotMatch(await phone(), /01524 555 123/);
  });
});

describe('a new user', () => {
  const editor = useEditor({
    files: { 'notes.txt': '' },
    settings: { 'workbench.startupEditor': 'welcomePage' },
  });
  const walkthrough = () =>
    editor.page.locator('.gettingStartedContainer', { hasText: 'Try it on the sample platform' });

  it('sees the first steps once', async () => {
    await walkthrough().waitFor({ state: 'visible', timeout: 30_000 });
    await editor.page.locator('.tab.active .codicon-close').click();
    await walkthrough().waitFor({ state: 'hidden' });
    await editor.reload();
    await openFile(editor.page, 'notes.txt');
    await editor.page.waitForTimeout(3000);
    assert.equal(await walkthrough().count(), 0);
  });

  it('finds them again by asking for help, even from another walkthrough', async () => {
    await runCommand(editor.page, 'APQ: Help and Walkthrough');
    await walkthrough().waitFor({ state: 'visible' });
  });
});
