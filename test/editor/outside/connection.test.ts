/** Adding a connection by hand, and what the user is told when things go wrong. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  clickNotificationButton,
  eventually,
  fillInput,
  openFile,
  pick,
  runCommand,
  statusBarItems,
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

  it('is refused with a wrong key, then taken with the right one', async () => {
    await runCommand(editor.page, 'APQ: Add Connection');
    await fillInput(editor.page, platform.root);
    await fillInput(editor.page, 'Mine');
    await pick(editor.page, 'API key');
    await fillInput(editor.page, 'not-the-key-at-all');
    await clickNotificationButton(editor.page, 'Try Again', /did not accept the sign-in/);
    await pick(editor.page, 'API key');
    await fillInput(editor.page, platform.apiKey);
    await eventually(
      async () => (await statusBarItems(editor.page)).map((item) => item.text).join('|'),
      (texts) => texts.includes('Mine'),
    );
  });

  it('runs a request', async () => {
    await run('people.apq');
    assert.match(await text('#summary', /records/), /^3 records · \d+ ms$/);
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
