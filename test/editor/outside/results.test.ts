/** The results view in a real VS Code: writing to the query, exporting, pinning, comparing, and reloading. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import {
  acceptInput,
  clearNotifications,
  clickNotificationButton,
  eventually,
  fillInput,
  openFile,
  pick,
  runCommand,
  setCursor,
  visibleLines,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

describe('the results view', () => {
  const editor = useEditor({
    files: {
      'all.apq': '### Everyone\n# @pages all\nGET user\n$select = ID, Surname\n$top = 10\n',
      'people.apq':
        "### People\nGET user\n$select = ID, Surname, Town, MainCompanyID\n$filter = Town eq 'Lancaster' or Town eq 'Leeds'\n$top = 40\n\n### Fewer\nGET user\n$select = ID, Surname, Town, MainCompanyID\n$top = 3\n",
    },
    viewport: { width: 1500, height: 850 },
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess();
  });
  after(async () => platform.stop());

  const view = async (title = /^People$/, summary = /records/) =>
    webviewFrame(editor.page, async (frame) => {
      const text = async (id: string) => (await frame.locator(id).textContent({ timeout: 500 })) ?? '';
      return title.test(await text('#title')) && summary.test(await text('#summary'));
    });
  const run = async (line: number) => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'people.apq');
    await setCursor(editor.page, line);
    await runCommand(editor.page, 'APQ: Run Request');
  };
  /** Picks an entry of a menu of the view by its beginning. */
  const choose = async (frame: Awaited<ReturnType<typeof view>>, entry: string) =>
    frame.locator(`[role=menu] [role^=menuitem]`, { hasText: entry }).first().click();
  const button = (frame: Awaited<ReturnType<typeof view>>, name: string) =>
    frame.getByRole('button', { name, exact: true });
  const column = async (frame: Awaited<ReturnType<typeof view>>, number: number) =>
    frame.locator(`[role=row] [role=gridcell]:nth-child(${number + 1})`).allTextContents();

  const age = async (expected: RegExp) =>
    eventually(
      async () => (await view()).locator('#age').textContent(),
      (text) => expected.test(text ?? ''),
    );

  it('shows the first records', async () => {
    await connectByKey(editor.page, platform);
    await clearNotifications(editor.page);
    await run(2);
    const frame = await view();
    await frame.locator('[role=gridcell]').first().waitFor();
    assert.deepEqual(await frame.locator('[role=columnheader]').allTextContents(), [
      'ID',
      'Surname',
      'Town',
      'MainCompanyID',
    ]);
    await age(/^· fetched (just now|1 minute ago)$/);
  });

  it('marks the records that a refused run leaves standing as the earlier answer', async () => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'people.apq');
    await setCursor(editor.page, 3);
    await editor.page.keyboard.press('Home');
    await editor.page.keyboard.type('$nonsense = 1\n');
    await runCommand(editor.page, 'APQ: Run Request');
    await waitForNotification(editor.page, /can’t run yet/);
    await age(/^Earlier answer, fetched .*: the last run was refused$/);
    await clearNotifications(editor.page);
    await setCursor(editor.page, 3);
    await runCommand(editor.page, 'Delete Line');
    await runCommand(editor.page, 'File: Save');
    await run(2);
    await age(/fetched just now/);
  });

  it('sorts and filters in the view, and writes both to the query', async () => {
    const frame = await view();
    await frame.locator('[role=columnheader]', { hasText: 'Surname' }).click();
    await eventually(
      async () => column(frame, 2),
      (names) =>
        names.length > 2 &&
        names.every((name, i) => i === 0 || (names[i - 1] ?? '').localeCompare(name) <= 0),
    );
    const cell = frame.locator('[role=row] [role=gridcell]:nth-child(3)').first();
    await cell.click();
    const name = (await cell.textContent()) ?? '';
    await editor.page.keyboard.press('f');
    await eventually(
      async () => column(frame, 2),
      (names) => names.length > 0 && names.every((each) => each === name),
    );
    await button(frame, 'Write to query').click();
    const lines = await eventually(
      async () => visibleLines(editor.page),
      (all) => all[5]?.startsWith('$orderby') === true,
    );
    const only = `Surname eq '${name.replaceAll("'", "''")}'`;
    assert.equal(lines[3], `$filter = Town eq 'Lancaster' and ${only} or Town eq 'Leeds' and ${only}`);
    assert.equal(lines[5], '$orderby = Surname');
    await runCommand(editor.page, 'Undo');
    await eventually(
      async () => (await visibleLines(editor.page)).join('\n'),
      (text) => !text.includes('$orderby'),
    );
  });

  it('exports the shown records in their shown order, and opens what it wrote', async () => {
    const frame = await view();
    const shown = await column(frame, 1);
    await button(frame, 'Export').click();
    await choose(frame, 'as Excel…');
    await acceptInput(editor.page, editor.file('People.xlsx'));
    await waitForNotification(editor.page, /exported to People\.xlsx\.$/);
    assert.equal(readFileSync(editor.file('People.xlsx')).subarray(0, 2).toString(), 'PK');
    await clearNotifications(editor.page);
    await button(frame, 'Export').click();
    await choose(frame, `as CSV…`);
    await acceptInput(editor.page, editor.file('People.csv'));
    await waitForNotification(editor.page, /exported to People\.csv\.$/);
    const rows = readFileSync(editor.file('People.csv'), 'utf8').split('\r\n');
    assert.equal(rows[0], '\uFEFFID,Surname,Town,MainCompanyID');
    assert.deepEqual(
      rows
        .slice(1, -1)
        .map((row) => row.split(',')[0])
        .slice(0, shown.length),
      shown,
    );
    await clickNotificationButton(editor.page, 'Open', /exported to People\.csv/);
    await eventually(
      async () => visibleLines(editor.page),
      (lines) => lines.some((line) => line.includes('ID,Surname,Town,MainCompanyID')),
    );
    await runCommand(editor.page, 'View: Close Editor');
    await clearNotifications(editor.page);
  });

  it('keeps a pinned result, and compares it with another', async () => {
    const frame = await view();
    await button(frame, 'More').click();
    await choose(frame, 'Pin:');
    await run(8);
    const fewer = await view(/^Fewer$/, /^3 records/);
    await view();
    await button(fewer, 'More').click();
    await choose(fewer, 'Compare with another result…');
    await pick(editor.page, 'People');
    await eventually(
      async () => fewer.locator('#view-compare').textContent(),
      (text) => /Compared with People/.test(text ?? '') && /removed/.test(text ?? ''),
    );
    const snapshotName = `Fewer ${new Date().toLocaleDateString('sv-SE')}.json`;
    await button(fewer, 'More').click();
    await choose(fewer, 'Save as a snapshot…');
    await acceptInput(editor.page, editor.file(snapshotName));
    await eventually(
      () => Promise.resolve(existsSync(editor.file(snapshotName))),
      (there) => there,
    );
    const snapshot = JSON.parse(readFileSync(editor.file(snapshotName), 'utf8')) as { records: unknown[] };
    assert.equal(snapshot.records.length, 3);
  });

  it('opens the record that a field points at', async () => {
    const fewer = await view(/^Fewer$/, /^3 records/);
    await fewer.locator('#tab-grid').click();
    const link = fewer.locator('[role=row] [role=gridcell]:nth-child(5)').first();
    await link.click();
    const id = await link.textContent();
    await editor.page.keyboard.press('o');
    const company = await view(/^Company of /, /^1 record/);
    assert.match((await company.locator('#address').textContent()) ?? '', new RegExp(`ID eq '${id ?? ''}'`));
  });

  it('survives a reload of the window', async () => {
    // A tab in front is restored at once, the others when they are shown.
    await editor.page.locator('.tab', { hasText: 'People' }).last().click();
    const before = await column(await view(), 1);
    assert.ok(before.length > 0);
    // A browser's VS Code writes down which editors are open every few seconds.
    await editor.page.waitForTimeout(6500);
    await editor.reload();
    const frame = await view();
    await eventually(
      async () => column(frame, 1),
      (ids) => ids.join() === before.join(),
    );
    await age(/fetched/);
  });

  it('continues a fetch that was under way in the next window', async () => {
    await platform.control({ latency: 800 });
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'all.apq');
    await runCommand(editor.page, 'APQ: Run Request');
    await view(/^Everyone$/, /^Running: \d\d+ of [\d,]+ records/);
    // A browser's VS Code writes down which editors are open every few seconds.
    await editor.page.waitForTimeout(6500);
    await editor.reload();
    const frame = await view(/^Everyone$/);
    assert.equal(
      await frame.locator('#error').textContent(),
      'The window was closed while this ran. The records that had arrived are kept.',
    );
    await platform.control({ latency: 0 });
    // This VS Code keeps secrets in memory only; a desktop's would still be there.
    await runCommand(editor.page, 'APQ: Change Key or Password');
    await fillInput(editor.page, platform.apiKey);
    await waitForNotification(editor.page, 'Mine is signed in.');
    await button(frame, 'Continue From Here').click();
    const whole = await view(/^Everyone$/, /^[\d,]+ records · \d+ pages/);
    assert.equal(await whole.locator('#notes').textContent(), '', 'no record is repeated or missing');
  });
});
