/** Typing a name where an ID belongs, in a real VS Code: the platform is searched, the ID is written, and the name stands beside it. */
import assert from 'node:assert/strict';
import {
  clearNotifications,
  eventually,
  openFile,
  runCommand,
  screenshot,
  setCursor,
  typeText,
  visibleLines,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

/** Counts in the page how often a list of completion opens from now on. */
const COUNT_OPENINGS = `{
  const widget = document.querySelector('.suggest-widget');
  let wasOpen = false;
  window.openings = 0;
  new MutationObserver(() => {
    const isOpen = widget.classList.contains('visible');
    if (isOpen && !wasOpen) window.openings++;
    wasOpen = isOpen;
  }).observe(widget, { attributes: true, attributeFilter: ['class'] });
}`;

describe('records by name in VS Code', () => {
  const editor = useEditor({
    files: {
      'names.apq': `### Bookings
GET CourseDateBooking
$select = ID, UserID
$filter = UserID eq ''

### Whose name is known once it is found above
GET User/1012
`,
      'statement.apq': `### Bookings
# @name bookings
GET CourseDateBooking
$select = ID, UserID

### Of one person
SQL
with b as (select ID, UserID as Who from bookings)
select ID from b where Who = ''
`,
      'variable.apq': "@who =\n\n### Hers\nGET CourseDateBooking\n$filter = UserID eq '{{who}}'\n",
      'all.apq': '### All bookings\nGET CourseDateBooking\n$select = ID, UserID\n$top = 5\n',
    },
    viewport: { width: 1400, height: 800 },
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess();
  });
  after(async () => platform.stop());

  const rows = () => editor.page.locator('.suggest-widget.visible .monaco-list-row');
  const line = async () => (await visibleLines(editor.page)).find((text) => text.includes('$filter')) ?? '';

  /** Writes a value; its quote closes itself. */
  const typeInto = async (text: string) => {
    await editor.page.keyboard.press('Escape');
    await setCursor(editor.page, 4, 21);
    await editor.page.keyboard.press('Shift+End');
    await editor.page.keyboard.press('Delete');
    await typeText(editor.page, text);
  };

  it('are found on the platform by typing, and the ID is inserted', async function () {
    this.timeout(180_000);
    await connectByKey(editor.page, platform);
    await clearNotifications(editor.page);
    await openFile(editor.page, 'names.apq');
    // The fields of both modules may still be on their way.
    await eventually(
      async () => {
        if (await rows().filter({ hasText: 'API Integration' }).first().isVisible()) return true;
        await typeInto("'integr");
        await rows()
          .filter({ hasText: 'API Integration' })
          .first()
          .waitFor({ timeout: 4000 })
          .catch(() => undefined);
        return false;
      },
      (found) => found,
      { timeoutMs: 90_000 },
    );
    await screenshot(editor.page, 'record-names-list');
    // All is known of the modules now: another name is found while the list stays open.
    await typeInto("'smith");
    await rows().filter({ hasText: 'Smith' }).first().waitFor();
    await typeInto("'integr");
    // The list of the quote alone has it, too, but not in the first line.
    await rows()
      .and(editor.page.locator('.focused', { hasText: 'API Integration' }))
      .waitFor();
    await editor.page.keyboard.press('Enter');
    await eventually(line, (text) => text.includes("UserID eq '1001'"));
    await eventually(line, (text) => text.includes('API Integration'));
    await screenshot(editor.page, 'record-names-hint');
  });

  it('leave a list closed that was closed before the search ended', async function () {
    this.timeout(120_000);
    await openFile(editor.page, 'names.apq');
    await platform.control({ latency: 3000 });
    await typeInto("'bickers");
    await rows().filter({ hasText: 'Searching User' }).first().waitFor();
    await editor.page.keyboard.press('Escape');
    await rows().first().waitFor({ state: 'detached' });
    await editor.page.evaluate(COUNT_OPENINGS);
    const hint = () => editor.page.locator('.view-line', { hasText: '1012' }).first().textContent();
    await eventually(hint, (text) => text?.replaceAll('\u00a0', ' ').includes('Piotr Bickerstaffe') === true);
    await platform.control({ reset: true });
    const openings = () => editor.page.evaluate('window.openings');
    // Whatever the extension was about to do is done before another command of its own.
    await runCommand(editor.page, 'APQ: Show Output');
    await editor.page.locator('.part.panel .monaco-editor').first().waitFor();
    assert.equal(await openings(), 0);
    await setCursor(editor.page, 4, 29);
    await editor.page.keyboard.press('Control+Space');
    await rows().filter({ hasText: 'Piotr Bickerstaffe' }).first().waitFor();
    assert.equal(await openings(), 1);
    await editor.page.keyboard.press('Escape');
  });

  /** Opens the list behind a text on a line. */
  const listAt = async (file: string, lineNumber: number, column: number, text: string) => {
    await openFile(editor.page, file);
    await editor.page.keyboard.press('Escape');
    await setCursor(editor.page, lineNumber, column);
    await typeText(editor.page, text);
  };
  const chosen = (label: string) => rows().and(editor.page.locator('.focused', { hasText: label }));

  it('are found in a statement, through its queries, and in the value of a variable', async function () {
    this.timeout(120_000);
    for (const [file, lineNumber, column, typed, written] of [
      ['statement.apq', 9, 31, 'integr', "where Who = '1001'"],
      ['variable.apq', 1, 7, ' integr', '@who = 1001'],
    ] as const) {
      await listAt(file, lineNumber, column, typed);
      await chosen('API Integration').waitFor();
      await screenshot(editor.page, `record-names-${file.split('.')[0]}`);
      await editor.page.keyboard.press('Enter');
      const text = async () => (await visibleLines(editor.page)).join('\n');
      const after = await eventually(text, (all) => all.includes(written) && all.includes('API Integration'));
      assert.ok(after.includes(written), after);
    }
  });

  it('are told apart by their IDs on each line', async function () {
    this.timeout(120_000);
    await openFile(editor.page, 'names.apq');
    await typeInto("'patel");
    await rows().filter({ hasText: 'Patel' }).nth(1).waitFor();
    const labels = await rows().locator('.label-name').allTextContents();
    const names = labels.map((each) => each.trim());
    const several = names.filter((name, index) => names.indexOf(name) !== index);
    assert.ok(several.length > 0, labels.join(', '));
    const shown = await rows().allTextContents();
    for (const name of several)
      for (const row of shown.filter((each) => each.includes(name))) assert.match(row, /\d+ · User/);
    await screenshot(editor.page, 'record-names-same');
    await editor.page.keyboard.press('Escape');
  });

  it('stand beside the IDs of a result when asked for', async function () {
    this.timeout(120_000);
    await openFile(editor.page, 'all.apq');
    await setCursor(editor.page, 2);
    await runCommand(editor.page, 'APQ: Run Request');
    const frame = await webviewFrame(editor.page, async (each) =>
      /^All bookings$/.test((await each.locator('#title').textContent({ timeout: 500 })) ?? ''),
    );
    const cell = frame.locator('[role=gridcell][data-row="0"][data-column="1"]');
    await cell.waitFor();
    await frame.getByRole('button', { name: 'More' }).click();
    await frame.getByRole('menuitemcheckbox', { name: 'Show names beside IDs' }).click();
    const text = await eventually(
      async () => (await cell.textContent()) ?? '',
      (shown) => /^\d+ \p{Lu}/u.test(shown),
      { timeoutMs: 30_000 },
    );
    await screenshot(editor.page, 'record-names-grid');
    assert.match(text, /^\d+ \p{Lu}/u);
  });
});
