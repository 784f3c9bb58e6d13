/** *Check What This Platform Supports*: from the user's consent to the page, and what the editor does differently then. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  clearNotifications,
  confirmDialog,
  openFile,
  runCommand,
  screenshot,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { connectByKey } from './connect';
import { useEditor } from './setup.js';

describe('check of what a platform supports', () => {
  const editor = useEditor({
    files: { 'grouped.apq': "GET coursedate\n$filter = (Status eq 'Full')\n" },
    viewport: { width: 1400, height: 1000 },
  });
  let platform: RunningPlatform;
  before(async () => {
    const quirks = ['parentheses', 'top-20', 'count-names', 'left-to-right'];
    platform = await startPlatformProcess('--records', '2000', '--quirks', quirks.join(','));
  });
  after(async () => platform.stop());

  it('asks before it asks the platform, and nothing where the user does not agree', async () => {
    await connectByKey(editor.page, platform);
    const before = (await platform.requests()).filter((request) => request.includes('/api/v2/'));
    await runCommand(editor.page, 'APQ: Check What This Platform Supports');
    const dialog = editor.page.locator('.monaco-dialog-box');
    assert.match(await dialog.innerText(), /at most 60 small requests[^]*only read/);
    await confirmDialog(editor.page, 'Cancel');
    const after = (await platform.requests()).filter((request) => request.includes('/api/v2/'));
    assert.deepEqual(after, before);
  });

  it('shows what was found, with what was asked and answered', async () => {
    await openFile(editor.page, 'grouped.apq');
    await runCommand(editor.page, 'APQ: Check What This Platform Supports');
    await confirmDialog(editor.page, 'Check Now');
    const frame = await webviewFrame(editor.page, 'h1', { timeoutMs: 60_000 });
    const text = await frame.locator('body').innerText();
    await clearNotifications(editor.page);
    await screenshot(editor.page, 'doctor page');
    await frame.locator('h3').first().scrollIntoViewIfNeeded();
    await frame.locator('h3').nth(4).scrollIntoViewIfNeeded();
    await screenshot(editor.page, 'doctor page, asked and answered');
    assert.match(text, /What Mine supports/);
    assert.match(text, /Parentheses in a filter\s+yes\s+no/);
    assert.match(text, /The largest \$top\s+20\s+none/);
    assert.match(text, /\$filter=ID eq '[^']+' and \(ID eq/);
    assert.ok((await platform.requests()).every((request) => request.startsWith('GET ')));
  }).timeout(90_000);

  it('keeps the answers with the metadata of the connection', () => {
    const files = readdirSync(editor.dataFolder, { recursive: true, encoding: 'utf8' });
    const file = files.find((name) => /metadata.127\.0\.0\.1.*\.json$/.test(name));
    const { platform: kept } = JSON.parse(readFileSync(join(editor.dataFolder, file ?? ''), 'utf8')) as {
      platform: { traits: { parentheses: boolean; largestTop: number } };
    };
    assert.deepEqual([kept.traits.parentheses, kept.traits.largestTop], [true, 20]);
  });
});
