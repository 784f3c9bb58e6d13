/** Taking changes back, as a user does it: a file with the request that restores, sent like any other. */
import assert from 'node:assert/strict';
import {
  clearNotifications,
  confirmDialog,
  eventually,
  openFile,
  pick,
  pickLabels,
  runCommand,
  screenshot,
  setCursor,
  visibleLines,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { agreeToChange } from './changes.js';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

const TEXT = '### Move\nPUT user/1002\n{ "Town": "Undone" }\n\n### Remove\nDELETE venue/3\n';

describe('taking changes back', () => {
  let platform: RunningPlatform;
  const editor = useEditor({ files: { 'changes.apq': TEXT } });
  before(async () => {
    platform = await startPlatformProcess('--records', '50');
  });
  after(async () => platform.stop());

  /** `typed`: what has to be typed before a deletion. */
  const run = async (title: string, typed?: string) => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'changes.apq');
    await setCursor(editor.page, TEXT.split('\n').indexOf(`### ${title}`) + 2, 1);
    await runCommand(editor.page, 'APQ: Run Request');
    await agreeToChange(editor.page, typed);
  };
  const read = async (module: string, filter: string) => {
    const response = await fetch(`${platform.root}/api/v2/${module}?$filter=${encodeURIComponent(filter)}`, {
      headers: { Authorization: `Bearer ${platform.apiKey}` },
    });
    return ((await response.json()) as { results: Record<string, unknown>[] }).results;
  };
  const town = async () => (await read('user', "ID eq '1002'"))[0]?.['Town'];
  const lines = async (fits: (text: string) => boolean) =>
    eventually(async () => (await visibleLines(editor.page)).join('\n').replaceAll('\u00a0', ' '), fits);
  const was: { town?: unknown; venue?: unknown } = {};
  const deleted = () => `Deleted Venue 3 (${String(was.venue)})`;

  it('connects', async () => {
    await connectByKey(editor.page, platform);
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, /^The metadata of Mine/);
    await clearNotifications(editor.page);
  });

  it('has nothing to take back at first', async () => {
    await runCommand(editor.page, 'APQ: Undo Last Change…');
    await waitForNotification(editor.page, /^No changes are in the list yet/);
    await clearNotifications(editor.page);
  });

  it('lists a change with its values, opens the request that restores it, and sends it like any other', async () => {
    was.town = await town();
    await run('Move');
    await eventually(town, (now) => now === 'Undone');
    await runCommand(editor.page, 'APQ: Undo Last Change…');
    const [label = ''] = await eventually(
      async () => pickLabels(editor.page),
      (all) => all.length > 0,
    );
    assert.match(label, /Changed User 1002 \(Seán Singh\)/);
    await screenshot(editor.page, 'undo last change');
    await pick(editor.page, label);
    const text = await lines((shown) => shown.includes('### Undo: Changed User 1002'));
    assert.match(text, /# Takes back the change of .*: Town: “Glasgow” → “Undone”\./);
    assert.doesNotMatch(text, /Changed since/);
    assert.equal(await town(), 'Undone', 'nothing is sent yet');
    await screenshot(editor.page, 'undo opened');
    await runCommand(editor.page, 'APQ: Run Request');
    await agreeToChange(editor.page);
    await eventually(town, (now) => now === was.town);
  });

  it('takes a change back from its result, and says what was changed since', async () => {
    await run('Move');
    await eventually(town, (now) => now === 'Undone');
    await fetch(`${platform.root}/api/v2/user/1002`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${platform.apiKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ Town: 'Elsewhere' }),
    });
    const frame = await webviewFrame(editor.page, '#actions button');
    await screenshot(editor.page, 'undo on a result');
    await frame.getByRole('button', { name: 'Undo' }).click();
    const text = await lines((shown) => shown.includes('Changed since'));
    assert.match(text, /# Changed since: Town is “Elsewhere” now, no longer “Undone”\./);
  });

  it('restores a deleted record under a new ID, and says so', async () => {
    const [before] = await read('venue', "ID eq '3'");
    was.venue = before?.['Label'];
    await run('Remove', '3');
    await eventually(
      async () => read('venue', "ID eq '3'"),
      (left) => left.length === 0,
    );
    await runCommand(editor.page, 'APQ: Undo Last Change…');
    await pick(editor.page, deleted());
    const text = await lines((shown) => shown.includes('POST Venue'));
    assert.match(text, /# The record gets a new ID instead of 3:/);
    await setCursor(editor.page, text.split('\n').findIndex((line) => line.startsWith('POST Venue')) + 1, 1);
    await runCommand(editor.page, 'APQ: Run Request');
    await agreeToChange(editor.page);
    const [restored] = await eventually(
      async () => read('venue', `Label eq '${String(before?.['Label'])}'`),
      (found) => found.length > 0,
    );
    assert.deepEqual(
      { ...restored, ID: '3', DateCreated: '', DateUpdated: '' },
      { ...before, DateCreated: '', DateUpdated: '' },
    );
  });

  it('shows all changes, and forgets the old records when asked', async () => {
    await runCommand(editor.page, 'APQ: Show Changes');
    const all = await eventually(
      async () => pickLabels(editor.page),
      (found) => found.length > 4,
    );
    await screenshot(editor.page, 'show changes');
    assert.match(all.join('\n'), /Created Venue \d+[\s\S]*Deleted Venue 3[\s\S]*Changed User 1002/);
    await pick(editor.page, deleted());
    await eventually(
      async () => pickLabels(editor.page),
      (found) => found.some((each) => /Undo…/.test(each)),
    );
    await editor.page.keyboard.press('Escape');
    await runCommand(editor.page, 'APQ: Clear Kept Records');
    await confirmDialog(editor.page, 'Clear');
    await runCommand(editor.page, 'APQ: Undo Last Change…');
    // Its name was in the old record.
    await pick(editor.page, 'Deleted Venue 3');
    await waitForNotification(
      editor.page,
      /^This change can’t be taken back\. The old record is no longer kept/,
    );
  });
});
