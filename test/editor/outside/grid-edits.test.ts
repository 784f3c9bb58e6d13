/** Editing in the grid in a real VS Code: cells, a pasted block, the review, and what the platform has in the end. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { readPage } from '#core/results/read-page';
import {
  clearNotifications,
  eventually,
  openFile,
  runCommand,
  setCursor,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { agreeToChange, cancelChange } from './changes.js';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

const TEXT = '### Venues\nGET venue\n$select = ID, Label, Town, Capacity\n$orderby = ID\n$top = 5\n';
const [LABEL, TOWN] = [1, 2];

describe('editing in the grid of a window', () => {
  let platform: RunningPlatform;
  const editor = useEditor({ files: { 'venues.apq': TEXT }, viewport: { width: 1500, height: 850 } });
  before(async () => {
    platform = await startPlatformProcess('--records', '50');
  });
  after(async () => platform.stop());

  const view = async () => webviewFrame(editor.page, '#tabs');
  const cell = (frame: Frame, row: number, column: number) =>
    frame.locator(`[role=gridcell][data-row="${row}"][data-column="${column}"]`);
  const press = async (...keys: string[]) => {
    for (const key of keys) await editor.page.keyboard.press(key);
  };
  const counted = async (text: string) => {
    const frame = await view();
    await eventually(
      async () => frame.locator('#edited').textContent(),
      (now) => now === text,
    );
  };
  const writes = async () => (await platform.requests()).filter((line) => !line.startsWith('GET '));
  const venue = async (id: string) => {
    const address = `${platform.root}/api/v2/venue?$select=ID,Label,Town,Capacity&$filter=ID%20eq%20'${id}'`;
    const response = await fetch(address, { headers: { Authorization: `Bearer ${platform.apiKey}` } });
    return readPage(await response.json()).records[0];
  };
  /** A picture for whoever asks for it. */
  const picture = async (name: string) => {
    const folder = process.env['APQ_SHOTS'];
    if (folder !== undefined) await editor.page.screenshot({ path: join(folder, `grid-edits-${name}.png`) });
  };

  it('edits cells, pastes a block and reverts a cell, and sends nothing', async () => {
    await connectByKey(editor.page, platform);
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, /^The metadata of Mine/);
    await clearNotifications(editor.page);
    await openFile(editor.page, 'venues.apq');
    await setCursor(editor.page, 2, 1);
    await runCommand(editor.page, 'APQ: Run Request');
    const frame = await view();
    // The list of commands gives the focus back to the file when it closes, which may be after the click.
    await eventually(
      async () => {
        await cell(frame, 0, LABEL).click();
        return editor.page.locator('.editor-group-container.active .tab.active').allInnerTexts();
      },
      (tabs) => tabs.some((tab) => tab.trim() === 'Venues'),
    );
    await cell(frame, 0, LABEL).dblclick();
    await press('Control+a');
    await editor.page.keyboard.type('The Old Mill');
    await press('Tab');
    await editor.page.keyboard.type('Kendal');
    await press('Tab');
    await editor.page.keyboard.type('41');
    await press('Enter');
    await counted('3 changes in 1 record');
    await cell(frame, 2, TOWN).click();
    await frame.evaluate(
      `(() => { const data = new DataTransfer(); data.setData('text/plain', 'York\\t31\\r\\nLeeds\\t32\\r\\n');
         document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`,
    );
    await eventually(
      async () => frame.locator('#edited').textContent(),
      (now) => now !== '3 changes in 1 record',
    );
    await cell(frame, 0, TOWN).click();
    await press('Shift+F10');
    await frame.getByRole('menuitem', { name: 'Revert cell' }).click();
    await eventually(
      async () => cell(frame, 0, TOWN).getAttribute('class'),
      (names) => !(names ?? '').includes('edited'),
    );
    assert.deepEqual(await writes(), []);
    await picture('edits');
  });

  it('opens the review by the key that saves, and sends nothing after Cancel', async () => {
    const frame = await view();
    await cell(frame, 0, LABEL).click();
    await press('Control+s');
    await webviewFrame(editor.page, '#deed');
    await picture('review');
    await cancelChange(editor.page);
    assert.deepEqual(await writes(), []);
    await eventually(
      async () => (await view()).locator('#edited').textContent(),
      (text) => /^\d+ changes in 3 records$/.test(text ?? ''),
    );
  });

  it('sends what was agreed to, and shows what the records have then', async () => {
    const frame = await view();
    await frame.getByRole('button', { name: 'Review Changes' }).click();
    const { deed } = await agreeToChange(editor.page);
    assert.match(deed, /^Change 3/);
    await eventually(writes, (all) => all.length === 3);
    await counted('');
    assert.ok((await writes()).every((line) => line.startsWith('PUT ')));
    const id = (await cell(await view(), 0, 0).textContent()) ?? '';
    const first = await venue(id);
    assert.deepEqual([first?.['Label'], first?.['Capacity']], ['The Old Mill', 41]);
    assert.notEqual(first?.['Town'], 'Kendal');
    await picture('done');
  });
});
