/** Known data as a user meets it: values that were learnt from a run, looked up on request, and forgotten. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import {
  acceptSuggestion,
  clearNotifications,
  eventually,
  focusEditor,
  openFile,
  pick,
  pickLabels,
  runCommand,
  setCursor,
  triggerSuggest,
  typeText,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { pictures } from './pictures.js';
import { useEditor } from './setup.js';

const FILES = {
  'dates.apq': '### Dates\nGET coursedate\n$select = ID, Status\n$top = 500\n',
  'wanted.apq': '### Wanted\nGET coursedate\n$filter = \n',
};

describe('values that are learnt', () => {
  const editor = useEditor({ env: { APQ_OPEN_SAMPLE: '1' }, files: FILES });

  /** Opens the list behind a text on the line of the filter; `wanted` says when it is as expected. */
  const offered = async (text: string, wanted: (labels: readonly string[]) => boolean) => {
    await openFile(editor.page, 'wanted.apq');
    await setCursor(editor.page, 3, 1);
    await editor.page.keyboard.press('Shift+End');
    await typeText(editor.page, `$filter = ${text}`);
    return eventually(
      async () => {
        await editor.page.keyboard.press('Escape');
        return triggerSuggest(editor.page);
      },
      wanted,
      { what: `the values behind ${text}` },
    );
  };

  it('are offered after a run, with how often they came', async () => {
    await openFile(editor.page, 'dates.apq');
    await focusEditor(editor.page);
    await setCursor(editor.page, 2, 1);
    await editor.page.keyboard.press('Control+Enter');
    await webviewFrame(editor.page, async (frame) =>
      /^500/.test(
        (await frame
          .locator('#summary')
          .textContent({ timeout: 500 })
          .catch(() => '')) ?? '',
      ),
    );
    await editor.page.keyboard.press('Control+1');
    const labels = await offered(
      "Status eq '",
      (all) => all.includes('Available') && all.includes('Completed'),
    );
    const often = await editor.page.locator('.suggest-widget.visible .monaco-list-row').allTextContents();
    assert.match(often.join('\n'), /in \d+ of 500 records/);
    assert.ok(labels.indexOf('Completed') < labels.indexOf('Provisional'));
    await editor.page.keyboard.press('Escape');
    await pictures(editor.page, 'known-values', async () => triggerSuggest(editor.page));
  });

  it('are looked up on request, and the list opens again', async () => {
    await offered("VenueTown eq '", (labels) => labels.includes('Look up values…'));
    await acceptSuggestion(editor.page, 'Look up values…');
    const sentence = await waitForNotification(editor.page, /values of VenueTown from/);
    assert.match(sentence, /^\d+ values of VenueTown from [\d,]+ records\.$/);
    await editor.page
      .locator('.suggest-widget.visible .monaco-list-row .label-name', { hasText: 'Lancaster' })
      .first()
      .waitFor();
    await pictures(editor.page, 'known-looked-up', async () => triggerSuggest(editor.page));
    await clearNotifications(editor.page);
  });

  it('are looked up from the palette: only fields that may hold a list are offered', async () => {
    await runCommand(editor.page, 'APQ: Look Up Values…');
    await pick(editor.page, 'CourseDate');
    await eventually(
      async () => pickLabels(editor.page),
      (labels) => labels.includes('CourseType') && !labels.includes('StartDate'),
    );
    await pick(editor.page, 'CourseType');
    await waitForNotification(editor.page, /^\d+ values? of CourseType from [\d,]+ records\.$/);
    await clearNotifications(editor.page);
  });

  it('are told to a server that had to be started anew', async () => {
    const ended = execFileSync('pgrep', ['-f', `${dirname(editor.dataFolder)}/.*dist/server\\.js`], {
      encoding: 'utf8',
    });
    for (const each of ended.trim().split('\n')) process.kill(Number(each), 'SIGKILL');
    await offered("Status eq '", (all) => all.includes('Available') && all.includes('Completed'));
  });

  it('are forgotten', async () => {
    await runCommand(editor.page, 'APQ: Forget Learnt Values');
    await pick(editor.page, 'All Connections');
    await waitForNotification(editor.page, 'All learnt values and names of records were forgotten.');
    await clearNotifications(editor.page);
    await offered("Status eq '", (labels) => !labels.includes('Completed'));
  });
});
