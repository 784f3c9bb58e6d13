/** From an empty profile to several connections: the view of connections, as a user clicks through it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  acceptInput,
  clearNotifications,
  clickNotificationButton,
  confirmDialog,
  eventually,
  expandTreeRow,
  fillInput,
  openConnectionsView,
  openFile,
  pick,
  pickLabels,
  runCommand,
  setCursor,
  statusBarItems,
  treeMenu,
  treeRow,
  treeRows,
  triggerSuggest,
  visibleLines,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { useEditor } from './setup.js';

describe('the view of connections', () => {
  const editor = useEditor({
    files: {
      'change.apq': 'PUT coursedate/2024\n{ "Status": "Full" }\n',
      'old.apq': 'GET coursedate\n$select = OldField\n',
      'other.apq': '# @connection \nGET user\n',
    },
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess();
  });
  after(async () => platform.stop());

  const rows = async (accept: (rows: string[]) => boolean) =>
    eventually(async () => treeRows(editor.page), accept, { what: 'rows of the view' });

  it('offers ways to begin', async () => {
    await openConnectionsView(editor.page);
    const buttons = editor.page.locator('.welcome-view-content .monaco-button:visible');
    await buttons.first().waitFor();
    assert.deepEqual(await buttons.allInnerTexts(), [
      'Add Connection',
      'Open Sample Platform',
      'Import Connections',
    ]);
    await buttons.first().click();
    await fillInput(editor.page, platform.root);
    await fillInput(editor.page, 'Mine');
    await fillInput(editor.page, platform.apiKey);
  });

  it('shows the connection, its modules and their fields', async () => {
    // The view is redrawn while metadata arrives, so the rest waits until it has.
    const [first] = await rows(
      (all) => all.length > 10 && all.slice(1).every((row) => /(?:fields|\.)$/.test(row)),
    );
    assert.equal(first, 'Minein use · production');
    await expandTreeRow(editor.page, 'Category');
    await rows((all) => all.some((row) => /^\w+text/.test(row)));
    await expandTreeRow(editor.page, 'Category', false);
  });

  it('tests a connection', async () => {
    await treeMenu(editor.page, 'Mine', 'Test Connection');
    await waitForNotification(
      editor.page,
      /^Mine works: 127\.0\.0\.1:\d+ answers; signed in with an API key; help feed lists 138 modules/,
    );
    await clearNotifications(editor.page);
  });

  it('starts a query from a module', async () => {
    await treeMenu(editor.page, 'Category', 'New Query from This Module');
    await pick(editor.page, 'Category');
    const lines = await eventually(
      async () => visibleLines(editor.page),
      (all) => all[3] === 'GET Category',
    );
    assert.deepEqual([lines[0], lines[4]?.slice(0, 12)], ['### Category', '$select = ID']);
    await editor.page.keyboard.press('Escape');
  });

  it('inserts a field where the cursor is', async () => {
    await expandTreeRow(editor.page, 'Category');
    await rows((all) => all.some((row) => row.startsWith('ID')));
    await setCursor(editor.page, 5, 1);
    await editor.page.keyboard.press('End');
    await editor.page.keyboard.type(', ');
    await treeMenu(editor.page, 'ID', 'Insert Field');
    await eventually(
      async () => (await visibleLines(editor.page))[4],
      (line) => line?.endsWith(', ID') === true,
    );
  });

  it('duplicates to the sandbox, which has its own key', async () => {
    await treeMenu(editor.page, 'Mine', 'Duplicate Connection');
    await pick(editor.page, 'The sandbox site');
    await fillInput(editor.page, 'Mine sandbox');
    // Without a key.
    await fillInput(editor.page, '');
    await fillInput(editor.page, platform.username);
    await fillInput(editor.page, platform.password);
    const all = await rows((list) => list.some((row) => row.includes('Mine sandbox')));
    assert.ok(
      all.some((row) => /^Mine ?production$/.test(row)),
      all.join('|'),
    );
    await eventually(
      async () => (await statusBarItems(editor.page)).map(({ label }) => label),
      (labels) => labels.includes('APQ connection: Mine sandbox'),
    );
    await clearNotifications(editor.page);
  });

  it('names connections where a request can ask for one', async () => {
    await openFile(editor.page, 'other.apq');
    await setCursor(editor.page, 1, 15);
    await eventually(
      async () => {
        await editor.page.keyboard.press('Escape');
        return triggerSuggest(editor.page);
      },
      (labels) => labels.includes('Mine sandbox') && labels.includes('Mine'),
    );
    await editor.page.keyboard.press('Escape');
  });

  it('refuses changes on a read-only connection', async () => {
    await treeMenu(editor.page, 'Mine sandbox', 'Edit Connection');
    assert.deepEqual(await pickLabels(editor.page), ['Name', 'Address', 'Key or password', 'Changes']);
    await pick(editor.page, 'Changes');
    await pick(editor.page, 'Read-Only');
    await rows((all) => all.some((row) => row.includes('read-only')));
    await openFile(editor.page, 'change.apq');
    await runCommand(editor.page, 'APQ: Run Request');
    await waitForNotification(editor.page, /^Mine sandbox is read-only, so this PUT was not sent\./);
    await clearNotifications(editor.page);
  });

  it('switches, and warns of production', async () => {
    await treeMenu(editor.page, 'Mine', 'Use This Connection');
    await eventually(
      async () => (await statusBarItems(editor.page)).map(({ label }) => label),
      (labels) => labels.includes('APQ connection: Mine, production'),
    );
    assert.equal(
      await editor.page.locator('.statusbar-item.warning-kind', { hasText: 'Mine' }).count(),
      1,
      'the colour of a warning',
    );
  });

  it('reports what changed on the platform, and which files that breaks', async () => {
    const file = cacheFiles(editor.dataFolder).find((path) => path.includes('accessplan.json'));
    assert.ok(file);
    const metadata = JSON.parse(readFileSync(file, 'utf8')) as {
      modules: { name: string; fetchedAt?: string; fields?: object[] }[];
    };
    const module = metadata.modules.find(({ name }) => name === 'CourseDate');
    assert.ok(module?.fields);
    module.fields.push({ name: 'OldField', type: 'string', filterable: true, sortable: true });
    // Newer than the window's own metadata, as if another window had fetched it.
    module.fetchedAt = new Date(Date.now() + 1000).toISOString();
    writeFileSync(file, JSON.stringify(metadata));
    await openFile(editor.page, 'old.apq');
    await eventually(
      async () => editor.page.locator('.squiggly-error').count(),
      (count) => count === 0,
    );
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await treeMenu(editor.page, 'Mine', 'Refresh Metadata');
    await waitForNotification(
      editor.page,
      'The metadata of Mine changed: 1 field removed. 1 file of this workspace no longer fits.',
    );
    await clickNotificationButton(editor.page, 'Show Report', /1 field removed/);
    const report = await webviewFrame(editor.page, async (frame) =>
      ((await frame.locator('body').textContent()) ?? '').includes('OldField'),
    );
    const text = (await report.locator('body').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /What changed on Mine.*no longer work old\.apq:2: CourseDate has no field “OldField”/);
  });

  it('exports without keys, and imports', async () => {
    await runCommand(editor.page, 'APQ: Export Connections');
    await acceptInput(editor.page, editor.file('apq-connections.json'));
    await waitForNotification(editor.page, /^2 connections written, without keys/);
    const text = readFileSync(editor.file('apq-connections.json'), 'utf8');
    assert.ok(
      text.includes('"Mine sandbox"') && !text.includes(platform.apiKey) && !text.includes(platform.password),
    );
    await clearNotifications(editor.page);
    // Only what is in view is drawn: the modules are folded away.
    await treeRow(editor.page, 'Mine').click();
    await rows((all) => all.some((row) => row.includes('sandbox')));
    await treeMenu(editor.page, 'Mine sandbox', 'Remove Connection');
    await confirmDialog(editor.page, 'Remove');
    await rows((all) => !all.some((row) => row.includes('sandbox')));
    await runCommand(editor.page, 'APQ: Import Connections');
    await pick(editor.page, 'apq-connections.json');
    await waitForNotification(
      editor.page,
      /^Imported Mine sandbox\. Each needs your own key\. Left out: Mine exists already\.$/,
    );
    await rows((all) => all.some((row) => row.includes('Mine sandbox')));
  });
});

function cacheFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /apq-tools[^/]*\/metadata\/[^/]+\.json$/.test(path))
    .map((path) => join(folder, path));
}
