/** Related records in a real VS Code: from a course to its dates and their bookings, and back; where files open. */
import assert from 'node:assert/strict';
import {
  clearNotifications,
  eventually,
  openFile,
  runCommand,
  setCursor,
  visibleLines,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

describe('related records in VS Code', () => {
  const editor = useEditor({
    files: {
      'courses.apq': '### Courses\nGET Course\n$select = ID, Label\n$top = 5\n',
      'other.apq': '### Another file\nGET Venue\n',
    },
    viewport: { width: 1500, height: 850 },
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess();
  });
  after(async () => platform.stop());

  const view = async (title: RegExp) =>
    webviewFrame(editor.page, async (frame) =>
      title.test((await frame.locator('#title').textContent({ timeout: 500 })) ?? ''),
    );
  type Frame = Awaited<ReturnType<typeof view>>;
  const cell = (frame: Frame, row: number, column: number) =>
    frame.locator(`[role=gridcell][data-row="${row}"][data-column="${column}"]`);
  /** Follows a relation of the record in a row, once it is listed and counted. Returns its count. */
  const follow = async (frame: Frame, row: number, name: string) => {
    const line = frame.locator('.line-of-list', { hasText: new RegExp(`^${name}`) }).first();
    // The fields of its module may still be on their way.
    const count = await eventually(
      async () => {
        if (await line.isVisible()) return (await line.locator('.count').textContent()) ?? '';
        await editor.page.keyboard.press('Escape');
        await cell(frame, row, 0).click();
        await editor.page.keyboard.press('r');
        await frame.getByRole('dialog').waitFor();
        await frame.getByText('Looking…').waitFor({ state: 'detached' });
        return '';
      },
      (text) => /^\d+ records?$/.test(text),
      { timeoutMs: 60_000 },
    );
    await line.getByRole('button').click();
    return Number.parseInt(count, 10);
  };
  /** Waits until a file is open in the group of the query, and the results are alone in theirs. */
  const isBeside = async (title: RegExp) =>
    eventually(
      async () => {
        const groups = await editor.page.locator('.editor-group-container').all();
        return Promise.all(groups.map(async (group) => group.locator('.tab').allTextContents()));
      },
      ([queries = [], results = [], ...more]) =>
        more.length === 0 && results.length === 1 && queries.some((text) => title.test(text)),
    );
  const summary = async (frame: Frame, expected: RegExp) =>
    eventually(
      async () => (await frame.locator('#summary').textContent()) ?? '',
      (text) => expected.test(text),
    );

  it('lead from a course to its dates, and on to the bookings of a date', async function () {
    this.timeout(120_000);
    await connectByKey(editor.page, platform);
    await clearNotifications(editor.page);
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'courses.apq');
    await setCursor(editor.page, 2);
    await runCommand(editor.page, 'APQ: Run Request');
    const frame = await view(/^Courses$/);
    await cell(frame, 2, 0).click();
    const course = (await cell(frame, 2, 0).textContent()) ?? '';
    const dates = await follow(frame, 2, 'CourseDate by CourseID');
    assert.ok(dates > 0);
    await view(/^CourseDate of /);
    await summary(frame, new RegExp(`^${Math.min(dates, 50)} records`));
    assert.match(
      (await frame.locator('#address').textContent()) ?? '',
      new RegExp(`CourseID eq '${course}'`),
    );
    const date = (await cell(frame, 0, 0).textContent()) ?? '';
    await follow(frame, 0, 'UserCourseDate by CourseDateID');
    await view(/^UserCourseDate of /);
    await summary(frame, /\d+ records?/);
    assert.match((await cell(frame, 0, 0).textContent()) ?? '', new RegExp(`~${date}$`));
    const [first, second, ...more] = await frame.locator('#trail .crumb').allTextContents();
    assert.equal(first, 'Courses');
    assert.match(second ?? '', /^CourseDate of /);
    assert.deepEqual(more, []);
  });

  it('go back by Alt+Left to the cell that they were reached from', async () => {
    const frame = await view(/^UserCourseDate of /);
    await cell(frame, 0, 0).click();
    await editor.page.keyboard.press('Alt+ArrowLeft');
    await view(/^CourseDate of /);
    await eventually(
      async () => frame.evaluate('document.activeElement?.dataset.row'),
      (row) => row === '0',
    );
    await editor.page.keyboard.press('Alt+ArrowLeft');
    await view(/^Courses$/);
    await eventually(
      async () => frame.evaluate('document.activeElement?.dataset.row'),
      (row) => row === '2',
    );
    assert.equal(await frame.locator('#trail').isVisible(), false);
    assert.match((await frame.locator('#summary').textContent()) ?? '', /^5 records/);
  });

  it('show their query in a file beside the one that was run, not in place of the results', async () => {
    const frame = await view(/^Courses$/);
    await follow(frame, 2, 'CourseDate by CourseID');
    await view(/^CourseDate of /);
    await frame.getByRole('button', { name: 'Show the Query' }).click();
    await eventually(
      async () => visibleLines(editor.page),
      (lines) => lines.some((line) => line.includes('CourseID eq')),
    );
    await isBeside(/Untitled-1/);
  });

  it('a file that is opened while the results have the focus opens beside them', async () => {
    const frame = await view(/^CourseDate of /);
    await cell(frame, 0, 0).click();
    await openFile(editor.page, 'other.apq');
    await isBeside(/other\.apq/);
  });
});
