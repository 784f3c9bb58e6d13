/** What is not sent, as a user sees it: after a failure, for another platform, with the environment. */
import assert from 'node:assert/strict';
import {
  clearNotifications,
  clickNotificationButton,
  confirmDialog,
  eventually,
  focusEditor,
  openFile,
  runCommand,
  runTestsInFile,
  setCursor,
  squiggles,
  statusBarItems,
  typeText,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { agreeToChange } from './changes.js';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

describe('requests that are not sent', () => {
  let platform: RunningPlatform;
  const editor = useEditor({
    files: {
      'order.apq':
        '### One\n# @expect count 9\nGET user\n$select = ID\n$top = 1\n\n### Remove\nDELETE user/1001\n\n### Last\nGET venue\n$top = 1\n',
      'late.apq': '### One\nGET user\n$top = 1\n\n### Remove\nDELETE user/{{$env NO_SUCH_NAME}}\n',
      'secret.apq': "GET user\n$filter = Surname eq '{{$env APQ_API_KEY}}'\n",
      'home.apq': "GET user\n$select = ID\n$filter = Surname eq '{{$env TOWN_OF_TEST}}'\n",
      'list.apq': '### Venues\nGET venue\n$count = true\n$top = 20\n',
      'several.apq':
        '### First\nPUT venue/1\n{ "Capacity": 77 }\n\n### Second\nPUT venue/2\n{ "Capacity": 77 }\n',
      'tests.apq':
        '### Fails\n# @expect count 9\nGET user\n$top = 1\n\n### Changes\n# @expect status 200\nDELETE user/1002\n',
      'late-tests.apq':
        "### Changes\n# @expect status 200\nDELETE user/1004\n\n### Cannot\n# @expect status 200\nGET user\n$filter = ID eq '{{$env NO_SUCH_NAME}}'\n",
      'moved.apq': "### Refused\nGET user\n$top = 1\n$skip = 1\n$filter = Surname eq 'x'\n$orderby = ID\n",
    },
    env: { TOWN_OF_TEST: 'Leeds' },
  });
  before(async () => {
    platform = await startPlatformProcess('--records', '50');
  });
  after(async () => platform.stop());

  const run = async (file: string, command = 'APQ: Run Request') => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, file);
    await platform.control({ reset: true });
    await runCommand(editor.page, command);
  };
  /** What arrived at the platform: `get user`, or `get /accessplansandbox/user`. */
  const sent = async () =>
    (await platform.requests())
      .filter((line) => !line.includes('/apihelp/'))
      .map((line) =>
        line.replace(/\?.*/, '').replace('/api/v2/', '/').replace(' /accessplan/', ' ').toLowerCase(),
      );
  const changes = async () => (await sent()).filter((line) => !line.startsWith('get '));
  const told = async (text: RegExp) => {
    await waitForNotification(editor.page, text);
    await clearNotifications(editor.page);
  };

  it('connects to both sites', async () => {
    await connectByKey(editor.page, { ...platform, root: `${platform.root}sandbox` }, 'Sandbox');
    await connectByKey(editor.page, platform);
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, /^The metadata of Mine/);
    await clearNotifications(editor.page);
  });

  it('sends no change after an expectation that is not met, and tells which requests were sent', async () => {
    await run('order.apq', 'APQ: Run All Requests');
    await told(
      /“Remove” was not sent: it changes records, and “One” failed\. Sent: One\. Not sent: Remove, Last\./,
    );
    assert.deepEqual(await sent(), ['get user']);
  });

  it('checks all before the first is sent', async () => {
    await run('late.apq', 'APQ: Run All Requests');
    await told(
      /“Remove” was not sent: the environment variable NO_SUCH_NAME is not set\. No request was sent\./,
    );
    assert.deepEqual(await sent(), []);
  });

  it('refuses a secret of the environment', async () => {
    await run('secret.apq');
    await told(/APQ_API_KEY/);
    assert.deepEqual(await sent(), []);
  });

  it('asks once for a variable of the environment, and sends nothing when that is refused', async () => {
    await run('home.apq');
    await confirmDialog(editor.page, 'Cancel');
    assert.deepEqual(await sent(), []);
    await run('home.apq');
    await confirmDialog(editor.page, 'Allow');
    await eventually(sent, (list) => list.length === 1);
    await run('home.apq');
    await eventually(sent, (list) => list.length === 1);
  });

  it('refuses a change for another site, with a button for the connection that fits', async () => {
    const address = `${platform.root}sandbox/api/v2/user/1003`;
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'order.apq');
    await setCursor(editor.page, 8, 1);
    await editor.page.keyboard.press('Shift+End');
    await typeText(editor.page, `DELETE ${address}`);
    await setCursor(editor.page, 8, 1);
    await platform.control({ reset: true });
    // A program would change the connection’s platform as well.
    await runCommand(editor.page, 'APQ: Copy Request As…');
    await told(/This address names the site “accessplansandbox”/);
    await runCommand(editor.page, 'APQ: Run Request');
    await clickNotificationButton(
      editor.page,
      'Use Sandbox',
      /This address names the site “accessplansandbox”.*This DELETE was not sent\./,
    );
    assert.deepEqual(await sent(), []);
    await eventually(
      async () => (await statusBarItems(editor.page)).map(({ text }) => text),
      (texts) => texts.includes('Sandbox'),
    );
    await focusEditor(editor.page);
    await runCommand(editor.page, 'APQ: Run Request');
    assert.equal((await agreeToChange(editor.page)).deed, 'Mark as Deleted');
    await eventually(sent, (list) => list.some((line) => line.startsWith('delete')));
    assert.deepEqual(await changes(), ['delete /accessplansandbox/user/1003']);
    await clearNotifications(editor.page);
  });

  it('asks once per file in a sandbox, and shows the record afterwards', async () => {
    await run('list.apq');
    await webviewFrame(editor.page, async (frame) =>
      /^6 records/.test((await frame.locator('#summary').textContent({ timeout: 500 })) ?? ''),
    );
    await run('several.apq', 'APQ: Run All Requests');
    const { deed, text } = await agreeToChange(editor.page);
    assert.equal(deed, 'Change 1 Field');
    assert.match(text, /sent without a question until this window is closed/);
    await eventually(changes, (list) => list.length === 2);
    assert.deepEqual(await changes(), ['put /accessplansandbox/venue/1', 'put /accessplansandbox/venue/2']);
    const after = await webviewFrame(editor.page, async (frame) =>
      /^Changed/.test((await frame.locator('#summary').textContent({ timeout: 500 })) ?? ''),
    );
    await after.locator('[role=gridcell]', { hasText: '77' }).first().waitFor({ state: 'attached' });
    await after.locator('[data-action=undo]').waitFor({ state: 'attached' });
    await editor.page.locator('.tab', { hasText: 'Venues' }).click();
    const list = await webviewFrame(editor.page, async (frame) =>
      /^6 records/.test((await frame.locator('#summary').textContent({ timeout: 500 })) ?? ''),
    );
    await list.locator('#age', { hasText: 'a record of it was changed since' }).waitFor();
  });

  it('sends no change of a file with a test that failed', async () => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'tests.apq');
    await platform.control({ reset: true });
    await runTestsInFile(editor.page);
    await confirmDialog(editor.page, 'Send');
    await eventually(sent, (list) => list.length > 0);
    await runCommand(editor.page, 'Test: Show Output');
    await eventually(
      async () => editor.page.locator('.xterm-rows').allInnerTexts(),
      (texts) => /it changes records, and “Fails” failed/.test(texts.join().replaceAll('\u00a0', ' ')),
    );
    assert.deepEqual(await sent(), ['get /accessplansandbox/user']);
  });

  it('sends no change of a file with a test that can’t run', async () => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'late-tests.apq');
    await platform.control({ reset: true });
    await runTestsInFile(editor.page);
    await confirmDialog(editor.page, 'Send');
    await runCommand(editor.page, 'Test: Show Output');
    await eventually(
      async () => editor.page.locator('.xterm-rows').allInnerTexts(),
      (texts) => /it changes records, and “Cannot” failed/.test(texts.join().replaceAll('\u00a0', ' ')),
    );
    assert.deepEqual(await sent(), []);
  });

  it('marks what the API refused where the request is by then', async () => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'moved.apq');
    await platform.control({ reset: true, latency: 10_000, next: [{ status: 400 }] });
    await runCommand(editor.page, 'APQ: Run Request');
    await webviewFrame(editor.page, async (frame) =>
      /^Running/.test((await frame.locator('#summary').textContent({ timeout: 500 })) ?? ''),
    );
    await editor.page.keyboard.press('Control+1');
    await setCursor(editor.page, 1, 1);
    await typeText(editor.page, '# one more line\n\n');
    await eventually(
      async () => squiggles(editor.page),
      ({ error }) => error === 1,
    );
    // Edits above move the mark.
    await typeText(editor.page, '# and another\n');
    assert.equal((await squiggles(editor.page)).error, 1);
    await platform.control({ reset: true });
  });
});
