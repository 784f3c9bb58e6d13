/** What VS Code itself makes of our lists: which item comes first after it has sorted them, and what the keys do. */
import assert from 'node:assert/strict';
import {
  clearNotifications,
  eventually,
  openFile,
  runCommand,
  setCursor,
  suggestions,
  typeText,
  visibleLines,
  waitForNotification,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

describe('completion in the editor', () => {
  const editor = useEditor({
    files: { 'list.apq': 'GET CourseDate\n$filter = \n$orderby = \n' },
    viewport: { width: 1400, height: 900 },
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess('--records', '100');
    await connectByKey(editor.page, platform);
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, /^The metadata of Mine (?:is up to date|was fetched)/);
    await clearNotifications(editor.page);
    await openFile(editor.page, 'list.apq');
  });
  after(async () => platform.stop());

  const line = async (number: number) => (await visibleLines(editor.page))[number - 1];
  const first = async (label: string) =>
    eventually(
      async () => suggestions(editor.page),
      ([top]) => top === label,
      { what: `${label} to be first` },
    );

  it('offers a field before a function, and its operators in words', async () => {
    await setCursor(editor.page, 2, 11);
    await typeText(editor.page, 'star');
    await first('StartDate');
    await editor.page.keyboard.press('Enter');
    await eventually(
      async () => line(2),
      (text) => text === '$filter = StartDate ',
    );
    const operators = await first('ge');
    assert.ok(!operators.includes('contains'));
    const shown = editor.page.locator('.suggest-widget.visible .monaco-list-row').nth(1);
    await eventually(
      async () => shown.textContent(),
      (text) => /lt.*is before/.test(text ?? ''),
    );
    await typeText(editor.page, '<');
    await first('lt');
    await editor.page.keyboard.press('Escape');
    await runCommand(editor.page, 'Undo');
  });

  it('offers the start before the end', async () => {
    await setCursor(editor.page, 3, 12);
    await typeText(editor.page, 'date');
    await first('StartDate');
    await editor.page.keyboard.press('Escape');
  });

  it('leaves the quotes by Enter', async () => {
    await setCursor(editor.page, 2, 1);
    await editor.page.keyboard.press('Shift+End');
    await typeText(editor.page, '$filter = Overview ');
    await first('eq');
    await editor.page.keyboard.press('Enter');
    await eventually(
      async () => line(2),
      (text) => text === "$filter = Overview eq ''",
    );
    await typeText(editor.page, 'aid');
    await editor.page.keyboard.press('Enter');
    await typeText(editor.page, ' and');
    await eventually(
      async () => line(2),
      (text) => text === "$filter = Overview eq 'aid' and",
    );
  });
});
