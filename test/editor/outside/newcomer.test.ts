/** What someone new writes, in a real VS Code: a ready query, lines with mistakes and their fixes, values in every place. */
import assert from 'node:assert/strict';
import {
  applyQuickFix,
  clickNotificationButton,
  eventually,
  openFile,
  pick,
  pickLabels,
  runCommand,
  screenshot,
  setCursor,
  squiggles,
  statusBarItems,
  triggerSuggest,
  typeText,
  visibleLines,
  webviewFrame,
} from '#scripts/lib/workbench';
import { pictures } from './pictures.js';
import { useEditor } from './setup.js';

const WRONG = `### Wrong
GET course date
$select = Label, Venue town
$filter = Start Date >= 26/11/2026 and Status = Available
$orderBy = StartDat asc
$top = 5
`;

const DATES = `### Dates
# @name dates
GET CourseDate
$select = ID, Status
$filter = Status ne 'Nothing'
$top = 500

### A question
SQL
select * from dates where Status = 'x'

### A change
PUT CourseDate/1

{
  "Status": ""
}
`;

describe('what someone new writes', () => {
  const editor = useEditor({
    env: { APQ_OPEN_SAMPLE: '1' },
    files: { 'wrong.apq': WRONG, 'dates.apq': DATES },
    viewport: { width: 1400, height: 900 },
  });

  const press = async (keys: string) => editor.page.keyboard.press(keys);
  const text = async () => (await visibleLines(editor.page)).map((line) => line.trimEnd()).join('\n');
  const result = async (summary: RegExp) =>
    webviewFrame(editor.page, async (frame) =>
      summary.test((await frame.locator('#summary').textContent({ timeout: 500 })) ?? ''),
    );
  /** Opens the list at a place until it has a line. */
  const offers = async (line: number, column: number, label: string) => {
    await setCursor(editor.page, line, column);
    return eventually(
      async () => {
        await press('Escape');
        return triggerSuggest(editor.page);
      },
      (labels) => labels.some((each) => each.replaceAll(/['"]/g, '') === label),
      { what: `${label} to be offered` },
    );
  };

  it('begins with a ready query, which runs as it is', async () => {
    await eventually(
      async () => (await statusBarItems(editor.page)).map((item) => item.text).join('|'),
      (texts) => texts.includes('Sample platform'),
    );
    await runCommand(editor.page, 'APQ: New Query File');
    await pick(editor.page, 'CourseDate');
    const ready = await pickLabels(editor.page);
    const upcoming = ready.find((label) => /upcoming/i.test(label));
    assert.ok(upcoming, ready.join());
    await screenshot(editor.page, 'newcomer-ready');
    await pick(editor.page, upcoming);
    await eventually(text, (all) => /^GET CourseDate$/m.test(all) && all.includes('{{$today}}'));
    await pictures(editor.page, 'newcomer-ready-query');
    await press('Escape');
    await press('Control+Enter');
    await result(/^\d+ records?/);
  });

  it('is corrected at once where that is sure', async () => {
    await press('Control+1');
    await openFile(editor.page, 'wrong.apq');
    await eventually(
      async () => squiggles(editor.page),
      ({ error }) => error > 0,
    );
    await pictures(editor.page, 'newcomer-wrong');
    await setCursor(editor.page, 2);
    await press('Control+Enter');
    await clickNotificationButton(editor.page, 'Fix All', /can’t run yet/);
    await eventually(
      async () => squiggles(editor.page),
      ({ error, warning }) => error + warning === 0,
      { what: 'no error to be left' },
    );
    const fixed = await text();
    assert.match(fixed, /^GET coursedate$/im);
    assert.match(fixed, /^\$select = Label, VenueTown$/m);
    assert.match(fixed, /^\$filter = StartDate ge '2026-11-26[^']*' and Status eq 'Available'$/m);
    assert.match(fixed, /^\$orderby = StartDate asc$/im);
    await screenshot(editor.page, 'newcomer-fixed');
  });

  it('gets the values that were learnt in a filter, in SQL and in a body', async () => {
    await openFile(editor.page, 'dates.apq');
    await setCursor(editor.page, 3);
    await press('Control+Enter');
    await result(/^500 records/);
    await press('Control+1');
    await offers(5, 21, 'Available');
    await pictures(editor.page, 'newcomer-filter', async () => triggerSuggest(editor.page));
    await offers(10, 37, 'Available');
    await pictures(editor.page, 'newcomer-sql', async () => triggerSuggest(editor.page));
    await offers(16, 14, 'Available');
    await pictures(editor.page, 'newcomer-body', async () => triggerSuggest(editor.page));
    await press('Escape');
  });

  it('is told of a value that looks misspelt, with the near ones', async () => {
    await setCursor(editor.page, 5, 20);
    await press('Shift+End');
    await typeText(editor.page, "'Availble");
    await press('Escape');
    await eventually(
      async () => squiggles(editor.page),
      ({ info }) => info > 0,
      { what: 'the hint' },
    );
    await setCursor(editor.page, 5, 24);
    await pictures(editor.page, 'newcomer-misspelt');
    await applyQuickFix(editor.page, "Write 'Available'");
    await eventually(text, (all) => all.includes("Status ne 'Available'"));
  });
});
