/** Runs as a user sees them: several at once, paused, stopped, refused, previewed, remembered. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  acceptInput,
  clearNotifications,
  clickNotificationButton,
  eventually,
  fillInput,
  openConnectionsView,
  openFile,
  runCommand,
  setCursor,
  squiggles,
  typeText,
  visibleLines,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

describe('running requests', () => {
  const editor = useEditor({
    files: {
      'refused.apq': 'GET user\n$select = ID, Surname\n$top = 5000\n',
      'one.apq': '### One\nGET user\n$select = ID\n$top = 1\n',
      'two.apq': '### Two\nGET course\n$select = ID\n$top = 2\n',
      'all.apq': '### Everyone\n# @pages all\nGET user\n$select = ID, Surname\n$top = 10\n',
      'order.apq':
        '### First\nGET user\n$select = ID\n$top = 3\n\n### Second\nGET user\n$top = 4000\n\n### Third\nGET venue\n',
      'chain.apq':
        "### Some\n# @name some\n# @expect status 200\n# @expect count == 99\nGET user\n$select = ID, Surname\n$top = 2\n\n### That one\nGET user\n$select = Surname\n$filter = ID eq '{{some.results[1].ID}}'\n",
      'ask.apq':
        "@who = ?Whose surname?\nGET user\n$select = Surname\n$filter = Surname eq '{{who}}'\n$top = 1\n",
    },
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess();
  });
  afterEach(async () => platform.control({ latency: 0 }));
  after(async () => platform.stop());

  const view = async (title: RegExp, summary: RegExp) =>
    webviewFrame(editor.page, async (frame) => {
      const text = async (id: string) => (await frame.locator(id).textContent({ timeout: 500 })) ?? '';
      return title.test(await text('#title')) && summary.test(await text('#summary'));
    });
  const button = async (frame: Awaited<ReturnType<typeof view>>, name: string) =>
    frame.locator('#actions button', { hasText: new RegExp(`^${name}$`) }).click();
  const run = async (file: string, command = 'APQ: Run Request') => {
    // Files open where the focus is, which must be the column of queries.
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, file);
    await runCommand(editor.page, command);
  };

  it('connects', async () => {
    await connectByKey(editor.page, platform);
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, /^The metadata of Mine (?:is up to date|was fetched)/);
    await clearNotifications(editor.page);
  });

  it('marks in the file what the API refused, until the request is edited', async () => {
    await run('refused.apq');
    await view(/GET User/, /No answer/);
    await eventually(
      async () => squiggles(editor.page),
      ({ error }) => error === 1,
    );
    await setCursor(editor.page, 3, 12);
    await typeText(editor.page, ' ');
    await eventually(
      async () => squiggles(editor.page),
      ({ error }) => error === 0,
    );
  });

  it('previews what would be sent, without the key', async () => {
    await openFile(editor.page, 'one.apq');
    await runCommand(editor.page, 'APQ: Preview Request');
    const lines = await eventually(
      async () => visibleLines(editor.page),
      // VS Code draws line by line.
      (all) =>
        all.some((line) => line.startsWith('# Conn')) && all.some((line) => line.startsWith('Authori')),
    );
    assert.match(
      lines.join('\n'),
      /^# Connection: Mine \(PRODUCTION\)\n\nGET http:\S+User\?\$select=ID&\$top=1\nAccept: application\/json\nAuthorization: Bearer \*\*\* \(the API key\)/m,
    );
    assert.doesNotMatch(lines.join('\n'), new RegExp(platform.apiKey));
    await runCommand(editor.page, 'View: Close Editor');
  });

  it('runs two at once, each in its own view', async () => {
    // Long enough for the first to be under way when the second has been opened, on a busy machine too.
    await platform.control({ latency: 7000 });
    await run('one.apq');
    await view(/^One$/, /^Running/);
    await run('two.apq');
    await view(/^Two$/, /^Running/);
    await view(/^One$/, /^Running|^1 record/);
    await view(/^Two$/, /^2 records/);
    await view(/^One$/, /^1 record/);
  });

  it('asks before it keeps in a file what came of a fetch that may not be whole', async () => {
    const question = /Fetch again; .* Keep the [\d,]+ (?:of [\d,]+ )?records that came\?$/;
    const file = editor.file('Everyone.csv');
    const fetchAll = async () => {
      await platform.control({ reset: true, churn: { insert: 3, times: 2 } });
      await run('all.apq', 'APQ: Fetch All to File…');
      await acceptInput(editor.page, file);
      await waitForNotification(editor.page, question);
      assert.ok(!existsSync(file));
    };
    await fetchAll();
    await clearNotifications(editor.page);
    // Nothing is left of it, or else the next one would ask whether to replace it.
    await eventually(
      async () => Promise.resolve(readdirSync(editor.workspace).filter((name) => name.includes('csv'))),
      (left) => left.length === 0,
    );
    await fetchAll();
    await clickNotificationButton(editor.page, 'Keep Them', question);
    const told = await waitForNotification(editor.page, /Written to .*Everyone\.csv\.$/);
    const count = Number(/^([\d,]+)/.exec(told)?.[1]?.replaceAll(',', ''));
    assert.equal(readFileSync(file, 'utf8').trim().split('\r\n').length, count + 1);
    await clearNotifications(editor.page);
  });

  it('says that there may be more, how many there are once counted, and fetches all', async () => {
    await run('two.apq');
    await view(/^Two$/, /^2 records; there may be more/);
    await runCommand(editor.page, 'APQ: Count Records');
    const frame = await view(/^Two$/, /^2 of [\d,]+ records · /);
    await button(frame, 'Fetch All');
    await view(/^Two$/, /^\d\d+ records · \d+ pages/);
    await clearNotifications(editor.page);
  });

  it('warns of a result that may not be whole, and fetches again', async () => {
    await platform.control({ churn: { insert: 2, times: 2 } });
    await run('all.apq');
    const frame = await view(/^Everyone$/, /^[\d,]+ (?:of [\d,]+ )?records · \d+ pages/);
    assert.match(
      (await frame.locator('#error').textContent()) ?? '',
      /^Up to 4 records did not come, .*Fetch again/,
    );
    await button(frame, 'Fetch Again');
    await eventually(
      async () => frame.locator('#actions button').allTextContents(),
      (texts) => texts.includes('Run Again'),
    );
    assert.equal(await frame.locator('#error').isVisible(), false);
  });

  it('pauses, continues, stops, and continues from there', async () => {
    await platform.control({ latency: 400 });
    await run('all.apq');
    const frame = await view(/^Everyone$/, /^Running: \d+ of [\d,]+ records/);
    await button(frame, 'Pause');
    await view(/^Everyone$/, /^Paused|^Running/);
    await eventually(
      async () => frame.locator('#actions button').allTextContents(),
      (texts) => texts.includes('Continue'),
    );
    await button(frame, 'Continue');
    await eventually(
      async () => frame.locator('#actions button').allTextContents(),
      (texts) => texts.includes('Pause'),
    );
    await button(frame, 'Stop');
    await eventually(
      async () => frame.locator('#error').textContent(),
      (text) => text === 'Stopped. The records that had arrived are kept.',
    );
    await platform.control({ latency: 0 });
    await button(frame, 'Continue From Here');
    const whole = await view(/^Everyone$/, /^[\d,]+ records · \d+ pages/);
    const notes = await whole.locator('#notes').textContent();
    assert.equal(notes, '', 'no record is repeated or missing');
  });

  it('runs all of a file in order, and stops at the first failure', async () => {
    await run('order.apq', 'APQ: Run All Requests');
    await view(/^Second$/, /No answer/);
    await eventually(
      async () =>
        editor.page
          .locator('.notification-list-item-message', {
            hasText: 'Second (2 of 3) did not finish. Sent: First. Not sent: Third.',
          })
          .count(),
      (count) => count > 0,
    );
    await clearNotifications(editor.page);
    // The second may have covered it at once.
    await editor.page.locator('.tab', { hasText: 'First' }).click();
    await view(/^First$/, /^3 records/);
  });

  it('runs what a request needs first, later uses its last answer, and shows the verdicts', async () => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'chain.apq');
    await setCursor(editor.page, 10);
    await runCommand(editor.page, 'APQ: Run Request');
    const first = await view(/^That one$/, /^1 record/);
    assert.match((await first.locator('#notes').textContent()) ?? '', /“Some” was run first/);
    await editor.page.keyboard.press('Control+1');
    await runCommand(editor.page, 'APQ: Run Request');
    await eventually(
      async () => (await view(/^That one$/, /^1 record/)).locator('#notes').textContent(),
      (text) => /^Values of “some” are from its answer of \d\d:\d\d:\d\d\.$/.test(text ?? ''),
    );
    const marks = await editor.page.evaluate(
      `[...document.querySelectorAll('.view-line span')].map((span) => getComputedStyle(span, '::after').content).filter((content) => /^"[✓✗]/.test(content))`,
    );
    assert.deepEqual(marks, ['"✓ 200"', '"✗ 2"']);
  });

  it('suggests the last value of a prompt', async () => {
    await run('ask.apq');
    await fillInput(editor.page, 'Smith');
    await view(/GET User/, /^\d+ records?/);
    await runCommand(editor.page, 'APQ: Run Request');
    const field = editor.page.locator('.quick-input-widget:visible .quick-input-box input');
    await eventually(
      async () => field.inputValue(),
      (value) => value === 'Smith',
    );
    await editor.page.keyboard.press('Escape');
  });

  it('lists past runs, and runs one again', async () => {
    await openConnectionsView(editor.page);
    const header = editor.page.locator('.pane-header', { hasText: 'History' });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    const rows = editor.page.locator('.pane', { hasText: 'History' }).locator('.monaco-list-row');
    const texts = await eventually(
      async () => rows.allInnerTexts(),
      (all) => all.length > 3,
    );
    assert.match(texts.join('\n'), /^That one/m);
    assert.match(texts[0] ?? '', /GET User/);
    // Only what is in view is drawn.
    const row = rows.filter({ hasText: /^Some/ }).first();
    await row.hover();
    await row.locator('.action-label[aria-label^="Run Again"]').click();
    const lines = await eventually(
      async () => visibleLines(editor.page),
      ([first]) => first === '### Some',
    );
    assert.deepEqual(lines.slice(0, 4), ['### Some', 'GET User', '$select = ID, Surname', '$top    = 2']);
    await view(/^Some$/, /^2 records/);
  });
});
