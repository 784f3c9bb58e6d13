/** A user imports records from a file: from the Explorer to the report, and the rows that failed once more. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import {
  clearNotifications,
  eventually,
  runCommand,
  screenshot,
  setTheme,
  treeMenu,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { connectByKey } from './connect.js';
import { THEMES } from './pictures.js';
import { useEditor } from './setup.js';

/** Rows 2 and 3 change a town each, row 4 nothing, row 5 is no record. */
const PEOPLE = 'ID;Town;Mobile\n1002;Leeds;007\n1003;York;\n1002x;Hull;\n';

describe('importing records from a file', () => {
  let platform: RunningPlatform;
  const editor = useEditor({ files: { 'people.csv': PEOPLE }, viewport: { width: 1400, height: 1000 } });
  before(async () => {
    platform = await startPlatformProcess('--records', '50');
  });
  after(async () => platform.stop());

  const text = async (frame: Frame, selector: string) =>
    (await frame.locator(selector).innerText()).replace(/\s+/g, ' ').trim();
  const writes = async () =>
    (await platform.requests())
      .filter((line) => !line.startsWith('GET '))
      .map((line) => line.replace(/\?.*/, '').replace('/accessplan/api/v2/', '').toLowerCase());
  const pictures = async (name: string) => {
    for (const theme of THEMES) {
      await setTheme(editor.page, theme);
      await screenshot(editor.page, `import-${name}-${theme}`);
    }
  };
  const missing = async (frame: Frame, what: string) =>
    eventually(
      async () => text(frame, 'body'),
      (shown) => (what === '' ? !/Say what|Name the module/.test(shown) : shown.includes(what)),
    );

  it('connects', async () => {
    await connectByKey(editor.page, platform);
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, /^The metadata of Mine/);
    await clearNotifications(editor.page);
    await platform.control({ reset: true });
  });

  it('prepares it on one page', async () => {
    await runCommand(editor.page, 'View: Show Explorer');
    await treeMenu(editor.page, 'people.csv', 'Import Records…');
    const frame = await webviewFrame(editor.page, '#preview td');
    assert.match(await text(frame, '#preview'), /2 1002 Leeds 007/);
    await frame.locator('#module').fill('user');
    await frame.locator('#module').press('Enter');
    await missing(frame, 'Say what becomes of the rows.');
    await frame.locator('#deed-update').check();
    await missing(frame, '');
    assert.equal(await frame.locator('#field-1').inputValue(), 'Town');
    await pictures('page');
    await eventually(
      async () => frame.locator('#plan').isEnabled(),
      (enabled) => enabled,
    );
    assert.equal(await text(frame, '#plan'), 'Plan 3 Rows');
    assert.deepEqual(await writes(), []);
    await frame.locator('#plan').click();
  });

  it('shows what will be done, and sends it when the user agrees', async () => {
    const frame = await webviewFrame(editor.page, '#deed');
    assert.match(
      await text(frame, '#sentence'),
      /^This changes 2 records of User\. 1 row would be refused and is left out\.$/i,
    );
    await pictures('plan');
    assert.deepEqual(await writes(), []);
    assert.equal(await text(frame, '#deed'), 'Change 2 on Mine');
    await frame.locator('#deed').click();
    await eventually(
      async () => text(frame, '#sentence'),
      (sentence) => sentence === 'The import is over: 2 changed, 1 refused.',
    );
    await pictures('report');
    assert.deepEqual((await writes()).sort(), ['put user/1002', 'put user/1003']);
    assert.match(
      readFileSync(editor.file('people.failed.csv'), 'utf8'),
      /^\uFEFFID;Town;Mobile;apq-reason\r\n1002x;Hull;;/,
    );
    assert.match(readFileSync(editor.file('people.done.csv'), 'utf8'), /apq-id\r\n1002;Leeds;007;1002\r\n/);
    assert.ok(existsSync(editor.file('.people.csv.apq-journal.ndjson')));
    await frame.locator('[data-action=mend]').click();
  });

  it('takes the rows that failed once more, and leaves the column of reasons out', async () => {
    const frame = await webviewFrame(editor.page, async (each) =>
      (await each.locator('#title').innerText()).includes('people.failed.csv'),
    );
    await frame.locator('#module').fill('user');
    await frame.locator('#module').press('Enter');
    await missing(frame, 'Say what becomes of the rows.');
    assert.match(await text(frame, '#columns'), /apq-reason .* Of an earlier import/);
    await frame.locator('#leave').click();
  });
});
