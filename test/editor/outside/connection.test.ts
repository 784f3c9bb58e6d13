/** Adding a connection by hand, and what the user is told when things go wrong. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  clearNotifications,
  clickNotificationButton,
  eventually,
  fillInput,
  inputMessage,
  openConnectionsView,
  openFile,
  pick,
  pickLabels,
  quickBack,
  quickInputState,
  runCommand,
  statusBarItems,
  treeRow,
  treeRows,
  typeIntoInput,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { useEditor } from './setup.js';

describe('a connection of my own', () => {
  const editor = useEditor({
    files: { 'people.apq': 'GET user\n$top = 3\n', 'many.apq': 'GET user\n$top = 5000\n' },
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess();
  });
  after(async () => platform.stop());

  const text = async (id: string, accept: RegExp) => {
    const frame = await webviewFrame(editor.page, async (each) =>
      accept.test(
        (await each
          .locator(id)
          .textContent({ timeout: 500 })
          .catch(() => '')) ?? '',
      ),
    );
    return (await frame.locator(id).textContent()) ?? '';
  };
  const run = async (file: string) => {
    await openFile(editor.page, file);
    await runCommand(editor.page, 'APQ: Run Request');
  };

  const input = async () => quickInputState(editor.page);
  /** Waits until the open question is this one: its title, text and hiding arrive one after another. */
  const asked = async (title: string | RegExp, value?: string, hidden = false) =>
    eventually(
      input,
      (now) =>
        (typeof title === 'string' ? now.title === title : title.test(now.title)) &&
        (value === undefined || (now.value === value && now.hidden === hidden)),
      { what: `the question ${String(title)} with '${value ?? ''}'` },
    );
  const message = async (expected: RegExp) =>
    eventually(
      async () => inputMessage(editor.page),
      (shown) => expected.test(shown),
    );
  const statusBar = async () =>
    (await statusBarItems(editor.page)).map(({ text, label }) => `${text}|${label}`);
  const add = async () => runCommand(editor.page, 'APQ: Add Connection');
  const escape = async () => editor.page.keyboard.press('Escape');

  it('is asked for in four steps, with a way back that keeps what was typed', async () => {
    await add();
    await asked('Add Connection: platform (1/4)');
    await typeIntoInput(editor.page, 'my company');
    await message(/write for example acme or .* Do you mean mycompany\?$/);
    await fillInput(editor.page, 'acme');
    await asked('Add Connection: site (2/4)');
    assert.deepEqual(await pickLabels(editor.page), ['Production', 'Sandbox']);
    await pick(editor.page, 'Sandbox');
    await asked('Add Connection: name (3/4)', 'acme sandbox');
    await fillInput(editor.page, 'Ours');
    await asked('Add Connection: how do you sign in? (4/4)', '', true);
    await typeIntoInput(editor.page, 'two words');
    await message(/no spaces .* copy it again/);
    for (const [title, value] of [
      ['name (3/4)', 'Ours'],
      ['site (2/4)', ''],
      ['platform (1/4)', 'acme'],
    ]) {
      await quickBack(editor.page);
      await asked(`Add Connection: ${title}`, value);
    }
  });

  it('keeps what was typed when the questions are left, except for a key', async () => {
    await fillInput(editor.page, 'acme');
    await pick(editor.page, 'Sandbox');
    await fillInput(editor.page, 'Ours');
    await typeIntoInput(editor.page, 'a-key-that-was-not-sent');
    await escape();
    await add();
    await asked('Add Connection: platform (1/4)', 'acme');
    await fillInput(editor.page, 'acme');
    await asked('Add Connection: site (2/4)');
    await pick(editor.page, 'Sandbox');
    await asked('Add Connection: name (3/4)', 'Ours');
    await fillInput(editor.page, 'Ours');
    await asked('Add Connection: how do you sign in? (4/4)', '', true);
    await escape();
  });

  it('returns to the platform when there is none of that name', async () => {
    await add();
    await fillInput(editor.page, 'there-is-no-such-platform');
    await pick(editor.page, 'Production');
    await fillInput(editor.page, 'Ours');
    await fillInput(editor.page, 'any-key');
    await clickNotificationButton(editor.page, 'Try Again', /could not be found|can’t be reached/);
    await asked('Add Connection: platform (1/4)', 'there-is-no-such-platform');
    await message(/could not be found|can’t be reached/);
    await escape();
  });

  it('asks before a key goes to an address that is not accessplanit’s', async () => {
    await add();
    await fillInput(editor.page, 'www.lancastertraining.example');
    await asked(/^This is not an accessplanit\.com address\. Send the key there all the same\? \(1\/4\)$/);
    assert.deepEqual(await pickLabels(editor.page), [
      'Correct the address',
      'Send the key to www.lancastertraining.example',
    ]);
    await pick(editor.page, 'Correct the address');
    await asked('Add Connection: platform (1/4)', 'www.lancastertraining.example');
    await fillInput(editor.page, 'www.lancastertraining.example');
    await pick(editor.page, 'Send the key to www.lancastertraining.example');
    await asked('Add Connection: site (2/4)');
    await escape();
  });

  it('is never called connected when its key was refused', async () => {
    await add();
    await fillInput(editor.page, platform.root);
    await fillInput(editor.page, 'Mine');
    await fillInput(editor.page, 'not-the-key-at-all');
    await clickNotificationButton(
      editor.page,
      'Keep Anyway',
      /127\.0\.0\.1:\d+ did not accept the sign-in\. The key may not have been copied whole, or be that of the other site/,
    );
    await waitForNotification(
      editor.page,
      /^Mine is kept, but not signed in, so it is not the connection in use\.$/,
    );
    await openFile(editor.page, 'people.apq');
    await eventually(statusBar, (texts) =>
      texts.includes('Mine: not signed in|APQ connection: Mine, not signed in'),
    );
    assert.equal(await editor.page.locator('.statusbar-item.warning-kind', { hasText: 'Mine' }).count(), 0);
    await openConnectionsView(editor.page);
    const [first] = await eventually(
      async () => treeRows(editor.page),
      (rows) => rows.length > 0,
    );
    assert.equal(first, 'Minenot signed in · production');
    await treeRow(editor.page, 'Mine').click();
    await eventually(
      async () => treeRows(editor.page),
      (rows) => rows[1] === 'Not signed in. Click to sign in.' && rows.length === 2,
    );
  });

  it('is in use once the right key is there', async () => {
    await clickNotificationButton(editor.page, 'Change Key or Password', /kept, but not signed in/);
    await asked('Mine: how do you sign in?');
    await fillInput(editor.page, 'another-wrong-key');
    await clickNotificationButton(editor.page, 'Try Again', /did not accept the sign-in/);
    await asked('Mine: how do you sign in?', 'another-wrong-key', true);
    await message(/did not accept the sign-in/);
    await fillInput(editor.page, platform.apiKey);
    // Its toast may be gone by now, so the list of all notifications is looked at.
    await runCommand(editor.page, 'Notifications: Show Notifications');
    await editor.page
      .locator('.notifications-center .notification-list-item-message', { hasText: 'Mine is signed in.' })
      .waitFor();
    await eventually(statusBar, (texts) => texts.includes('Mine|APQ connection: Mine, production'));
    await eventually(
      async () => treeRows(editor.page),
      (rows) => rows[0] === 'Minein use · production' && rows.length > 10,
    );
    await clearNotifications(editor.page);
  });

  it('is marked when its key is refused later', async () => {
    // Fields that arrive in the background would say that the key is good.
    await eventually(
      async () => ({ rows: await treeRows(editor.page), status: await statusBar() }),
      ({ rows, status }) =>
        rows.slice(1).every((row) => /(?:fields|\.)$/.test(row)) &&
        !status.some((text) => text.includes('fetching')),
    );
    await platform.control({ reset: true, only: '/api/v2/user', next: [{ status: 401 }] });
    await run('people.apq');
    await text('#error', /did not accept/);
    await eventually(statusBar, (texts) =>
      texts.includes('Mine: not signed in|APQ connection: Mine, not signed in'),
    );
    await platform.control({ reset: true });
    await run('people.apq');
    await text('#summary', /records/);
    await eventually(statusBar, (texts) => texts.includes('Mine|APQ connection: Mine, production'));
  });

  it('runs a request', async () => {
    await run('people.apq');
    await text('#summary', /^3 records; there may be more · \d+ ms$/);
  });

  it('quotes the API when it refuses', async () => {
    await run('many.apq');
    assert.match(await text('#error', /refused/), /^“.*top.*” The API refused the request \(400\)\./i);
  });

  it('explains a page that is not data', async () => {
    // A page may be temporary, so APQ tries again; calls in the background must not use the pages up.
    await platform.control({
      reset: true,
      only: '/api/v2/user',
      next: Array(6).fill({ html: true, status: 200 }),
    });
    await run('people.apq');
    assert.match(
      await text('#error', /web page/),
      /^A web page came instead of.*Check the connection’s address\.$/,
    );
  });

  it('explains a redirect, and does not follow it', async () => {
    await platform.control({
      reset: true,
      only: '/api/v2/user',
      next: [{ redirect: 'https://login.example/' }],
    });
    await run('people.apq');
    assert.match(await text('#error', /another address/), /your key stays where it belongs/);
  });

  it('explains that the platform can’t be reached once it has ended', async () => {
    await platform.stop();
    await run('people.apq');
    assert.match(
      await text('#error', /reached/),
      /^127\.0\.0\.1:\d+ can’t be reached\. .*Check your network/,
    );
  });

  it('wrote the key to no file in clear text', () => {
    const found: string[] = [];
    const visit = (folder: string) => {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        const info = statSync(path);
        if (info.isDirectory()) visit(path);
        else if (info.size < 5_000_000 && readFileSync(path).includes(platform.apiKey)) found.push(path);
      }
    };
    visit(editor.dataFolder);
    visit(editor.workspace);
    assert.deepEqual(found, []);
  });
});
