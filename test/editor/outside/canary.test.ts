/** Uses a canary key and password in all features, then searches for them wherever they must not be. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  clearNotifications,
  eventually,
  fillInput,
  openFile,
  pick,
  runCommand,
  statusBarItems,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { agreeToChange } from './changes.js';
import { useEditor } from './setup.js';

/** Spellings in which a secret could be left. */
const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
];

/** A token in clear text, from a header or from the token address's answer. */
const TOKEN = /Bearer (?!\*\*\*)[\w-]{12,}|access_token\W{1,6}(?!\*\*\*)[\w-]{12,}/;

describe('the canary', () => {
  const editor = useEditor({
    files: {
      'read.apq': 'GET user\n$top = 2\n',
      'refused.apq': 'GET user\n$top = 5000\n',
      'change.apq': 'PUT coursedate/2024\n{ "Status": "Full" }\n',
      'token.apq': '{{root}}/accessplan/api/v2/token\n@root = https://x.accessplanit.com\n',
    },
    settings: { 'apq.trace.server': 'verbose' },
    // The messages are written only at this level.
    args: ['--log', 'trace'],
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess();
  });
  after(async () => platform.stop());

  const secrets = () => [platform.apiKey, platform.password].flatMap(spellings);
  const found = (text: string) => secrets().find((secret) => text.includes(secret)) ?? TOKEN.exec(text)?.[0];
  const summary = async (accept: RegExp, id = '#summary') =>
    webviewFrame(editor.page, async (frame) =>
      accept.test((await frame.locator(id).textContent({ timeout: 500 })) ?? ''),
    );
  const run = async (file: string) => {
    await openFile(editor.page, file);
    await runCommand(editor.page, 'APQ: Run Request');
  };
  const add = async (name: string, signIn: () => Promise<void>) => {
    await runCommand(editor.page, 'APQ: Add Connection');
    await fillInput(editor.page, platform.root);
    await fillInput(editor.page, name);
    await signIn();
    await eventually(
      async () => (await statusBarItems(editor.page)).map(({ text }) => text),
      (texts) => texts.includes(name),
    );
  };
  const everything = async (suffix: string) => {
    // VS Code shows three messages at a time: those of signing in would hide the next one.
    await clearNotifications(editor.page);
    // First, so that no call in the background uses up a fault that is queued below.
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, new RegExp(`metadata of ${suffix}`));
    await clearNotifications(editor.page);
    await run('read.apq');
    await summary(/^2 records/);
    await run('refused.apq');
    await summary(/refused/, '#error');
    await platform.control({ reset: true, next: [1, 2].map(() => ({ html: true, status: 200 })) });
    await run('read.apq');
    await summary(/web page/, '#error');
    await platform.control({ expireTokens: true });
    await run('read.apq');
    await summary(/^2 records/);
    await runCommand(editor.page, 'APQ: Count Records');
    await summary(/^2 of [\d,]+ records/);
    await runCommand(editor.page, 'APQ: Copy Request');
    await run('token.apq');
    await openFile(editor.page, 'change.apq');
    await runCommand(editor.page, 'APQ: Run Request');
    await agreeToChange(editor.page);
    await summary(/^Changed/);
    await runCommand(editor.page, 'APQ: Test Connection');
    await pick(editor.page, suffix);
    await waitForNotification(editor.page, /works/);
    await clearNotifications(editor.page);
  };

  it('signs in with a key, and uses everything', async () => {
    await add('Key', async () => fillInput(editor.page, platform.apiKey));
    await everything('Key');
  });
  it('signs in with a password, and uses everything', async () => {
    await add('Password', async () => {
      // Without a key.
      await fillInput(editor.page, '');
      await fillInput(editor.page, platform.username);
      await fillInput(editor.page, platform.password);
    });
    await everything('Password');
  });

  it('left no secret in any file: settings, caches, logs with all messages to the language server', () => {
    let traced = false;
    const leaks: string[] = [];
    for (const folder of [editor.dataFolder, editor.workspace]) {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const path = join(folder, name);
        const text = read(path);
        if (text === undefined) continue;
        traced ||= text.includes('textDocument/didOpen');
        const leak = found(text);
        if (leak !== undefined) leaks.push(path);
      }
    }
    const log = read(editor.host.logFile) ?? '';
    if (found(log) !== undefined) leaks.push(editor.host.logFile);
    assert.deepEqual(leaks, []);
    assert.ok(traced, 'the messages to the language server were logged, so that this test can fail');
  });
  it('left none in a window or web view', async () => {
    for (const frame of editor.page.frames())
      assert.equal(found(await frame.content()), undefined, frame.url());
  });
  it('left none on the clipboard', async () => {
    await editor.page.context().grantPermissions(['clipboard-read']);
    const text = await editor.page.evaluate('navigator.clipboard.readText()');
    assert.equal(typeof text === 'string' ? found(text) : undefined, undefined);
  });
  it('left none in a child’s arguments or environment', () => {
    assert.ok(existsSync('/proc/self/environ'), 'this test reads /proc');
    const leaks = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .flatMap((pid) => ['cmdline', 'environ'].map((part) => `/proc/${pid}/${part}`))
      .filter((path) => secrets().some((secret) => read(path)?.includes(secret) === true));
    assert.deepEqual(leaks, []);
  });
});

/** Returns undefined for a folder, and for a file that is gone or can't be read. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
