/** A user builds a query from an empty file to its result without typing a line, and builder and editor stay in step. */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import {
  eventually,
  openFile,
  runCommand,
  screenshot,
  setCursor,
  setTheme,
  statusBarItems,
  typeText,
  visibleLines,
  webviewFrame,
} from '#scripts/lib/workbench';
import { THEMES } from './pictures.js';
import { useEditor } from './setup.js';

const MINE = `### Mine
# This comment stays.
GET coursedate
$select = ID, Label
# So does this one.
$filter = Status eq 'Available'
$top = 5

### Other
GET venue
$top = 2

### People on courses
GET usercoursedate
$skip = 0
`;
describe('the query builder', () => {
  const editor = useEditor({
    env: { APQ_OPEN_SAMPLE: '1' },
    files: { 'mine.apq': MINE },
    viewport: { width: 1500, height: 1000 },
  });

  const builder = async () => webviewFrame(editor.page, '#module');
  const lines = async () => (await visibleLines(editor.page, 'first')).map((line) => line.trimEnd());
  const file = async (accept: (text: string) => boolean, what: string) =>
    eventually(async () => (await lines()).join('\n'), accept, { what });
  const shows = async (frame: Frame, selector: string, wanted: RegExp) =>
    eventually(
      async () => (await frame.locator(selector).innerText()).replace(/\s+/g, ' '),
      (text) => wanted.test(text),
      { what: `${selector} to show ${String(wanted)}` },
    );
  const press = async (...keys: string[]) => {
    for (const key of keys) await editor.page.keyboard.press(key);
  };

  it('leads from an empty file to a result without typing a line', async () => {
    const { page } = editor;
    await eventually(
      async () => (await statusBarItems(page)).map(({ text }) => text).join('|'),
      (texts) => texts.includes('Sample platform'),
    );
    await runCommand(page, 'APQ: New Query in Builder');
    const frame = await builder();
    await frame.locator('#module').click();
    await page.keyboard.type('coursed');
    await frame.getByRole('option', { name: /^CourseDate\b/i }).click();
    await file((text) => /GET coursedate/i.test(text), 'the module to stand in the file');
    await frame.locator('#fields [role=option]').first().waitFor();
    await frame.locator('#field-search').fill('status');
    await frame
      .locator('#fields [role=option]')
      .filter({ hasText: /^\s*Status\b/ })
      .click();
    await file((text) => /\$select = Status/.test(text), 'the field to stand in the file');
    await frame.locator('#add-condition').click();
    await page.keyboard.type('Status');
    await press('Enter');
    await frame.locator('[id$="-value"]').fill('Available');
    await press('Enter');
    await file((text) => /\$filter = Status eq 'Available'/.test(text), 'the condition to stand in the file');
    await shows(frame, '#count', /^[\d,]+ records?$/);
    await shows(frame, '#answer', /Available/);
    for (const theme of THEMES) {
      await setTheme(page, theme);
      await screenshot(page, `builder-${theme}`);
    }
    await frame.locator('#run').click();
    const result = await webviewFrame(page, async (each) =>
      /records/.test((await each.locator('#summary').textContent({ timeout: 500 })) ?? ''),
    );
    assert.match((await result.locator('#summary').textContent()) ?? '', /records/);
    await screenshot(page, 'builder-result');
  });

  it('follows the cursor to another file and another request', async () => {
    // The builder has the focus, and its group is locked: files open beside it.
    await openFile(editor.page, 'mine.apq');
    await setCursor(editor.page, 10, 1);
    const frame = await builder();
    await shows(frame, '#title', /^Other$/);
    await setCursor(editor.page, 4, 1);
    await shows(frame, '#title', /^Mine$/);
    await shows(frame, '#chosen', /ID .*Label/);
  });

  it('changes the words that were changed and no others, and undoes them with the file', async () => {
    const { page } = editor;
    const frame = await builder();
    await frame.locator('[id$="-value"]').first().click();
    await press('ControlOrMeta+a');
    await page.keyboard.type('Full');
    await press('Enter');
    await frame.getByRole('button', { name: 'Move Label up' }).click();
    const changed = MINE.replace("'Available'", "'Full'").replace('ID, Label', 'Label, ID');
    await file((text) => text.startsWith(changed.trimEnd()), 'both changes');
    /** Undo needs the editor for a moment; then the focus is in the builder again, where it was. */
    const pressInBuilder = async (keys: string) => {
      await eventually(
        async () => frame.evaluate<boolean>('document.hasFocus()'),
        (focused) => focused,
        { what: 'the builder to have the focus' },
      );
      await press(keys);
    };
    await pressInBuilder('ControlOrMeta+z');
    await file((text) => text.includes('$select = ID, Label\n'), 'the move to be undone');
    await pressInBuilder('ControlOrMeta+z');
    await file((text) => text.startsWith(MINE.trimEnd()), 'all to be undone');
    await shows(frame, '#chosen', /ID .*Label/);
    await pressInBuilder('ControlOrMeta+y');
    await file((text) => text.includes("Status eq 'Full'"), 'the change to be redone');
    await pressInBuilder('ControlOrMeta+z');
    await file((text) => text.startsWith(MINE.trimEnd()), 'all to be undone again');
    // The focus comes back each time, however quickly one follows the other.
    for (let round = 0; round < 5; round++) {
      await pressInBuilder('ControlOrMeta+y');
      await file((text) => text.includes("Status eq 'Full'"), 'the change to be redone');
      await pressInBuilder('ControlOrMeta+z');
      await file((text) => text.startsWith(MINE.trimEnd()), 'all to be undone again');
    }
  });

  it('shows what is typed in the editor', async () => {
    const { page } = editor;
    const frame = await builder();
    await runCommand(page, 'View: Focus First Editor Group');
    await setCursor(page, 4, 20);
    await typeText(page, ', Status');
    await press('Escape');
    await shows(frame, '#chosen', /ID .*Label .*Status/);
  });

  it('finds a person by their name where an ID belongs, and shows what was written by hand in every theme', async () => {
    const { page } = editor;
    await openFile(page, 'mine.apq');
    await setCursor(page, 14, 1);
    const frame = await builder();
    await shows(frame, '#title', /^People on courses$/);
    for (const theme of [...THEMES, 'Default High Contrast Light'] as const) {
      await setTheme(page, theme);
      const colours = await frame.evaluate<string[]>(
        `[document.querySelector('#others code'), document.body].map((each, index) => getComputedStyle(each)[index === 0 ? 'color' : 'backgroundColor'])`,
      );
      assert.equal(new Set(colours).size, 2, `${theme}: ${colours.join(' on ')}`);
      await screenshot(page, `builder-by-hand-${theme}`);
    }
    await frame.locator('#add-condition').click();
    await page.keyboard.type('UserID');
    await press('Enter');
    await frame.locator('[id$="-value"]').fill('patel');
    await frame.getByRole('option', { name: /Patel/ }).first().waitFor();
    await screenshot(page, 'builder-records');
    await press('ArrowDown', 'Enter');
    await file((text) => /\$filter = UserID eq '\w+'/.test(text), 'the ID to stand in the file');
    await shows(frame, '[id$="-value-about"]', /Patel/);
  });
});
