/** What a user sees before a change is sent, and what is sent: nothing but what was agreed to. */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import {
  clearNotifications,
  eventually,
  openFile,
  runCommand,
  setCursor,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { agreeToChange, cancelChange } from './changes.js';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

const EMAIL = 'new.person@acme.example';

/** A request for each kind of change. */
const REQUESTS = {
  change: 'PUT user/1002\n{ "Surname": "Singh-Rao", "Town": "Glasgow" }',
  create: `POST user\n{ "Forenames": "Bea", "Surname": "Smith", "Email": "${EMAIL}" }`,
  upsertOne: `POST user\n$upsert = Email eq '${EMAIL}'\n{ "Surname": "Smith-Jones" }`,
  upsertNew:
    'POST user\n$upsert = Email eq \'other@acme.example\'\n{ "Forenames": "Cy", "Surname": "Ng", "Email": "other@acme.example" }',
  upsertMany: 'POST user\n$upsert = Status eq \'Active\'\n{ "Surname": "Oops" }',
  remove: 'DELETE user/1003',
};
const TEXT = Object.entries(REQUESTS)
  .map(([name, request]) => `### ${name}\n${request}\n`)
  .join('\n');

describe('the view of changes', () => {
  let platform: RunningPlatform;
  const editor = useEditor({ files: { 'changes.apq': TEXT } });
  before(async () => {
    platform = await startPlatformProcess('--records', '50');
  });
  after(async () => platform.stop());

  const run = async (name: keyof typeof REQUESTS) => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'changes.apq');
    await setCursor(editor.page, TEXT.split('\n').indexOf(`### ${name}`) + 2, 1);
    await platform.control({ reset: true });
    await runCommand(editor.page, 'APQ: Run Request');
    return webviewFrame(editor.page, '#one .one');
  };
  /** The writes that arrived: `PUT user/1002`. */
  const writes = async () =>
    (await platform.requests())
      .filter((line) => !line.startsWith('GET '))
      .map((line) => line.replace(/\?.*/, '').replace('/accessplan/api/v2/', '').replace(/User/i, 'user'));
  const text = async (frame: Frame, selector: string) =>
    (await frame.locator(selector).innerText()).replace(/\s+/g, ' ').trim();
  const table = async (frame: Frame) =>
    eventually(
      async () =>
        (await frame.locator('.fields tbody tr').allInnerTexts()).map((row) =>
          row.replace(/\s+/g, ' ').trim(),
        ),
      // While the editor moves a view, its texts come without the spaces of their layout.
      (rows) => rows.every((row) => row.includes(' ')),
    );
  /** Waits until the view is closed. */
  const gone = async () =>
    eventually(
      async () => editor.page.locator('.tab').allInnerTexts(),
      (tabs) => !tabs.some((tab) => /^(?:Create|Change|Delete) /.test(tab)),
    );
  /** Another user changes a record. */
  const elsewhere = async (id: string, body: object) => {
    const response = await fetch(`${platform.root}/api/v2/user/${id}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${platform.apiKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, await response.text());
  };

  it('connects', async () => {
    await connectByKey(editor.page, platform);
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, /^The metadata of Mine/);
    await clearNotifications(editor.page);
  });

  it('shows a PUT field by field, and sends nothing after Cancel, Escape and a closed tab', async () => {
    for (const leave of [
      async () => cancelChange(editor.page),
      async () => editor.page.keyboard.press('Escape'),
      async () => runCommand(editor.page, 'View: Close Editor'),
    ]) {
      const frame = await run('change');
      assert.deepEqual(await table(frame), ['Surname Singh Singh-Rao', 'Town Glasgow unchanged']);
      assert.match(await text(frame, '#sentence'), /Seán Singh/);
      assert.match(await text(frame, '#deed'), /^Change 1 Field/);
      // The title has the focus, with the sentence behind it.
      assert.equal(await frame.evaluate('document.activeElement.id'), 'title');
      await leave();
      await gone();
      assert.deepEqual(await writes(), []);
    }
  });

  it('shows again what was changed meanwhile, and overwrites nothing', async () => {
    const frame = await run('change');
    await elsewhere('1002', { Surname: 'Newer' });
    await frame.locator('#deed').click();
    await frame.locator('#why').waitFor();
    assert.deepEqual(await table(frame), ['Surname Newer Singh-Rao', 'Town Glasgow unchanged']);
    assert.deepEqual(await writes(), ['PUT user/1002'], 'only what the other user sent');
    await agreeToChange(editor.page);
    await gone();
    await eventually(writes, (all) => all.length === 2);
  });

  it('shows what a POST creates, with types', async () => {
    const frame = await run('create');
    assert.deepEqual(await table(frame), ['Forenames Bea text', 'Surname Smith text', `Email ${EMAIL} text`]);
    assert.match((await agreeToChange(editor.page)).deed, /^Create/);
    await eventually(writes, (all) => all.join() === 'POST user');
    await gone();
  });

  it('says which of three things an upsert does', async () => {
    const one = await run('upsertOne');
    assert.match(await text(one, '#sentence'), /^One record meets the condition.*Bea Smith/);
    assert.deepEqual(await table(one), ['Surname Smith Smith-Jones']);
    await cancelChange(editor.page);
    await gone();
    const fresh = await run('upsertNew');
    assert.match(await text(fresh, '#sentence'), /^No record meets the condition/);
    await cancelChange(editor.page);
    await gone();
    const many = await run('upsertMany');
    assert.ok((await many.locator('.matches tbody tr').count()) > 5);
    assert.equal(await many.locator('#deed').count(), 0);
    await cancelChange(editor.page);
    await gone();
    assert.deepEqual(await writes(), []);
  });

  it('shows the record that a DELETE is about, which of two steps it is, and wants the ID typed', async () => {
    for (const [deed, sentence] of [
      [/^Mark as Deleted/, /^This marks/],
      [/^Delete for Good/, /for good/],
    ] as const) {
      const frame = await run('remove');
      assert.match(await text(frame, '#sentence'), sentence);
      assert.ok((await table(frame)).includes('ID 1003'));
      assert.match((await agreeToChange(editor.page, '1003')).deed, deed);
      await eventually(writes, (all) => all.join() === 'DELETE user/1003');
      await gone();
    }
  });
});
