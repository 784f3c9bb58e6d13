/** SQL requests as a user sees them: run, stopped, run again, tested. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  acceptInput,
  clearNotifications,
  eventually,
  openConnectionsView,
  openFile,
  pick,
  runCommand,
  runTestsInFile,
  setCursor,
  visibleLines,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

describe('SQL requests', () => {
  const editor = useEditor({
    files: {
      'people.apq':
        '### People\n# @name people\nGET user\n$select = ID, Surname\n$top = 10\n\n### How many\n# @expect count == 1\nSQL\nselect count(*) as n, max(Surname) as last from people\n',
      'towns.apq':
        '### Users\n# @name users\nGET user\n$select = ID, Surname, Town\n$top = 40\n\n### By town\n# @expect count > 2\n# @expect results[0].People > 0\nSQL\nselect Town, count(*) as People from users group by Town order by People desc\n\n### All towns\nSQL\nselect Town, 0 as People from users group by Town\n',
      'endless.apq':
        '### Endless\nSQL\nwith recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c\n',
    },
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess();
  });
  after(async () => platform.stop());

  const view = async (title: RegExp, summary: RegExp) =>
    webviewFrame(editor.page, async (frame) => {
      const text = async (id: string) => (await frame.locator(id).textContent({ timeout: 500 })) ?? '';
      return title.test(await text('#title')) && summary.test(await text('#summary'));
    });
  const run = async (file: string, line: number) => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, file);
    await setCursor(editor.page, line, 1);
    await runCommand(editor.page, 'APQ: Run Request');
  };
  type Frame = Awaited<ReturnType<typeof view>>;
  const button = (frame: Frame, name: string) => frame.getByRole('button', { name, exact: true });
  /** Picks an entry of the menu behind a button of the view, by its beginning. */
  const choose = async (frame: Frame, menu: string, entry: string) => {
    await button(frame, menu).click();
    await frame.locator('[role=menu] [role^=menuitem]', { hasText: entry }).first().click();
  };
  const towns = async (frame: Frame) =>
    frame.locator('[role=row] [role=gridcell]:nth-child(2)').allTextContents();
  /** A picture for whoever asks for it. */
  const picture = async (name: string) => {
    const folder = process.env['APQ_SHOTS'];
    if (folder !== undefined) await editor.page.screenshot({ path: join(folder, `sql-${name}.png`) });
  };
  const fetched = async () =>
    (await platform.requests()).filter((each) => /^GET .*\/user\b/i.test(each)).length - earlier;
  /** Those of the sign-in and the metadata. */
  let earlier = 0;

  it('connects', async () => {
    await connectByKey(editor.page, platform);
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, /^The metadata of Mine (?:is up to date|was fetched)/);
    await clearNotifications(editor.page);
    earlier = await fetched();
  });

  it('fetch their tables, and show the rows in the one view', async () => {
    await run('people.apq', 10);
    const frame = await view(/How many/, /^1 record/);
    assert.equal(await frame.locator('#method').textContent(), 'SQL');
    assert.equal(await frame.locator('#address').textContent(), 'people');
    assert.match(
      (await frame.locator('#notes').textContent()) ?? '',
      /expectation is met.*people: 10 records/,
    );
    assert.match((await frame.locator('body').innerText()) ?? '', /\b10\b/);
    assert.equal(await fetched(), 1);
  });

  it('use the answers that are there, and fetch anew with Run Again', async () => {
    await run('people.apq', 10);
    await view(/How many/, /^1 record/);
    assert.equal(await fetched(), 1);
    const frame = await view(/How many/, /^1 record/);
    await frame.locator('#actions button', { hasText: /^Run Again$/ }).click();
    await eventually(fetched, (count) => count === 2);
    await view(/How many/, /^1 record/);
  });

  it('stop at once, and the next one runs', async () => {
    await run('endless.apq', 3);
    const frame = await view(/Endless/, /Running/);
    await frame.locator('#actions button', { hasText: /^Stop$/ }).click();
    await view(/Endless/, /Stopped/);
    await run('people.apq', 10);
    await view(/How many/, /^1 record/);
  });

  it('lists the values of a column in its filter', async () => {
    await run('towns.apq', 10);
    const frame = await view(/By town/, /^\d+ records/);
    const [first = ''] = await towns(frame);
    await choose(frame, 'Menu of Town', 'Filter…');
    const values = frame.locator('.values label');
    await values.first().waitFor();
    await picture('filter');
    assert.match((await values.nth(1).textContent()) ?? '', /1$/);
    await values.first().locator('input').uncheck();
    await values.filter({ hasText: first }).first().locator('input').check();
    await button(frame, 'Apply').click();
    await eventually(
      async () => towns(frame),
      (all) => all.length === 1 && all[0] === first,
    );
  });

  it('are tested in the Test Explorer', async () => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'towns.apq');
    await runTestsInFile(editor.page);
    const passed = editor.page.locator(
      '.testing-run-glyph.codicon-testing-passed-icon, .codicon-testing-passed-icon',
    );
    await eventually(
      async () => passed.count(),
      (count) => count > 0,
    );
    await picture('tested');
    await clearNotifications(editor.page);
  });

  it('are compared with another result, and saved as a snapshot', async () => {
    await run('towns.apq', 10);
    const frame = await view(/By town/, /^\d+ records/);
    await choose(frame, 'More', 'Pin:');
    await run('towns.apq', 14);
    const other = await view(/All towns/, /^\d+ records/);
    await choose(other, 'More', 'Compare with another result…');
    await pick(editor.page, 'By town');
    const compared = await eventually(
      async () => other.locator('#view-compare').textContent(),
      (text) => /Compared with By town/.test(text ?? ''),
    );
    await picture('compared');
    assert.match(compared ?? '', /^Compared with By town0 added0 removed19 changed/);
    const name = `All towns ${new Date().toLocaleDateString('sv-SE')}.json`;
    await choose(other, 'More', 'Save as a snapshot…');
    await acceptInput(editor.page, editor.file(name));
    await eventually(
      () => Promise.resolve(existsSync(editor.file(name)) && readFileSync(editor.file(name), 'utf8') !== ''),
      (isThere) => isThere,
    );
    const snapshot = JSON.parse(readFileSync(editor.file(name), 'utf8')) as { records: { People: number }[] };
    assert.ok(snapshot.records.length > 2 && snapshot.records.every(({ People }) => People === 0));
    await clearNotifications(editor.page);
  });

  it('are no program to copy, and say so', async () => {
    await run('towns.apq', 10);
    await editor.page.keyboard.press('Control+1');
    await runCommand(editor.page, 'APQ: Copy Request As…');
    await waitForNotification(editor.page, /^A SQL request is answered here/);
    await picture('copy-as');
    await clearNotifications(editor.page);
  });

  it('stand in the history with their tables, and run again from there', async () => {
    await openConnectionsView(editor.page);
    const header = editor.page.locator('.pane-header', { hasText: 'History' });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    const row = editor.page
      .locator('.pane', { hasText: 'History' })
      .locator('.monaco-list-row')
      .filter({ hasText: /^By town/ })
      .first();
    // A tooltip that is left would cover it.
    await editor.page.mouse.move(0, 0);
    await editor.page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
    await row.hover();
    await row.locator('.action-label[aria-label^="Run Again"]').click();
    const lines = await eventually(
      async () => visibleLines(editor.page),
      (all) => all.some((line) => line.startsWith('SQL')),
    );
    await view(/By town/, /^\d+ records/);
    await picture('history');
    assert.ok(
      lines.some((line) => line.startsWith('# @name users')),
      lines.join('\n'),
    );
  });
});
