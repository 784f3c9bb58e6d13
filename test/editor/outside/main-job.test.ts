/** The main job as a user does it by keyboard in the packaged extension. */
import assert from 'node:assert/strict';
import {
  acceptSuggestion,
  applyQuickFix,
  clearNotifications,
  eventually,
  fillInput,
  focusEditor,
  inputMessage,
  openFile,
  runCommand,
  setCursor,
  squiggles,
  statusBarItems,
  triggerSuggest,
  typeText,
  visibleLines,
  webviewFrame,
} from '#scripts/lib/workbench';
import { agreeToChange, cancelChange } from './changes.js';
import { useEditor } from './setup.js';

const QUERY = '### Mine\nGET coursedate\n$select = ID, Label, Status\n$filter = \n$top = 5\n';

const FILES = {
  'mine.apq': QUERY,
  'people.apq': "### Smiths\nGET user\n$filter = Surname eq 'Smith'\n",
  'ask.apq':
    "@who = ?Whose surname?\nGET user\n$select = Surname\n$filter = Surname eq '{{who}}'\n$top = 1\n",
  'change.apq': 'PUT coursedate/2024\n{ "Status": "Full" }\n',
};

describe('the main job', () => {
  const editor = useEditor({ env: { APQ_OPEN_SAMPLE: '1' }, files: FILES });
  const line = async (number: number) => (await visibleLines(editor.page))[number - 1]?.trim();
  const results = async (summary: RegExp) =>
    webviewFrame(editor.page, async (frame) =>
      summary.test(
        (await frame
          .locator('#summary')
          .textContent({ timeout: 500 })
          .catch(() => '')) ?? '',
      ),
    );

  it('shows the connection in the status bar', async () => {
    await eventually(
      async () => (await statusBarItems(editor.page)).map(({ text }) => text).join('|'),
      (texts) => texts.includes('Sample platform'),
    );
  });

  it('completes a filter while it is typed', async () => {
    await openFile(editor.page, 'mine.apq');
    await setCursor(editor.page, 4, 11);
    await eventually(
      async () => {
        await editor.page.keyboard.press('Escape');
        return triggerSuggest(editor.page);
      },
      (labels) => labels.includes('Status'),
    );
    await acceptSuggestion(editor.page, 'Status');
    await eventually(
      async () => line(4),
      (text) => text === '$filter = Status',
    );
  });

  it('underlines a mistake, and fixes it', async () => {
    await editor.page.keyboard.press('Escape');
    await setCursor(editor.page, 4, 18);
    await typeText(editor.page, "= 'Available'");
    await eventually(
      async () => squiggles(editor.page),
      ({ error }) => error > 0,
    );
    await setCursor(editor.page, 4, 18);
    await applyQuickFix(editor.page, 'Replace with “eq”');
    await eventually(
      async () => line(4),
      (text) => text === "$filter = Status eq 'Available'",
    );
    await eventually(
      async () => squiggles(editor.page),
      ({ error }) => error === 0,
    );
  });

  it('shows a button to run above the request', async () => {
    const lens = editor.page.locator('.codelens-decoration a', { hasText: 'Run' });
    await lens.first().waitFor({ state: 'visible', timeout: 15_000 });
  });

  it('runs it with the keyboard and shows the records', async () => {
    await focusEditor(editor.page);
    await setCursor(editor.page, 2, 1);
    await editor.page.keyboard.press('Control+Enter');
    const frame = await results(/^5 records/);
    const headers = await frame.locator('[role=columnheader]').allTextContents();
    assert.deepEqual(headers, ['ID', 'Label', 'Status']);
    const cells = await frame.locator('[role=row] [role=gridcell]:nth-child(4)').allTextContents();
    assert.deepEqual([...new Set(cells)], ['Available']);
    assert.match(
      (await frame.locator('#address').textContent()) ?? '',
      /^http:\/\/127\.0\.0\.1:\d+\/accessplan\/api\/v2\/CourseDate\?\$select=ID,Label,Status&\$filter=Status eq 'Available'&\$top=5$/,
    );
  });

  it('moves in the grid by keyboard', async () => {
    const frame = await results(/^5 records/);
    await frame.locator('[role=gridcell][tabindex="0"]').focus();
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.keyboard.press('ArrowRight');
    assert.deepEqual(
      await frame.evaluate('[document.activeElement.dataset.row, document.activeElement.dataset.column]'),
      ['1', '1'],
    );
  });

  it('runs a refused request only after it is corrected', async () => {
    await openFile(editor.page, 'mine.apq');
    await setCursor(editor.page, 5, 9);
    await typeText(editor.page, 'x');
    await runCommand(editor.page, 'APQ: Run Request');
    const message = editor.page.locator('.notification-list-item-message', {
      hasText: 'can’t run yet',
    });
    await message.waitFor({ state: 'visible', timeout: 15_000 });
    await editor.page.keyboard.press('Escape');
  });

  it('counts without fetching', async () => {
    await openFile(editor.page, 'people.apq');
    await runCommand(editor.page, 'APQ: Count Records');
    await eventually(
      async () => (await statusBarItems(editor.page)).map(({ text }) => text.trim()),
      (texts) => texts.some((text) => /^Smiths: [\d,]+ records?$/.test(text)),
    );
    await clearNotifications(editor.page);
  });

  it('asks for the value of a prompt', async () => {
    await openFile(editor.page, 'ask.apq');
    await runCommand(editor.page, 'APQ: Run Request');
    assert.match(await inputMessage(editor.page), /Whose surname\?/);
    await fillInput(editor.page, 'Smith');
    const frame = await results(/^1 record/);
    assert.equal(await frame.locator('[role=gridcell]').first().textContent(), 'Smith');
  });

  it('shows a change before it is sent, and sends nothing when it is cancelled', async () => {
    await openFile(editor.page, 'change.apq');
    await runCommand(editor.page, 'APQ: Run Request');
    const text = await cancelChange(editor.page);
    assert.match(text, /Change CourseDate 2024/);
    assert.match(text, /Sample platform/);
    assert.match(text, /Status\s[^]*Full/);
    await runCommand(editor.page, 'APQ: Run Request');
    await agreeToChange(editor.page);
    await results(/^Changed · 200/);
  });
});
