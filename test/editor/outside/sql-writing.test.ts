/** A question across modules as a user writes it: completion, an error and its fix, the result, and groups as SQL. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  acceptSuggestion,
  applyQuickFix,
  clearNotifications,
  eventually,
  openFile,
  runCommand,
  setCursor,
  squiggles,
  triggerSuggest,
  typeText,
  visibleLines,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';
import { connectByKey } from './connect.js';
import { pictures } from './pictures.js';
import { useEditor } from './setup.js';

describe('a question across modules', () => {
  const editor = useEditor({
    files: {
      'ask.apq':
        '### Companies\n# @name companies\n# @pages all\nGET Company\n$select = ID, Label, Town\n\n### By town\nSQL\nselect  from \n',
    },
    viewport: { width: 1500, height: 900 },
  });
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess('--records', '200');
  });
  after(async () => platform.stop());

  const view = async (title: RegExp, summary: RegExp) =>
    webviewFrame(editor.page, async (frame) => {
      const text = async (id: string) => (await frame.locator(id).textContent({ timeout: 500 })) ?? '';
      return title.test(await text('#title')) && summary.test(await text('#summary'));
    });
  const offers = async (column: number, label: string) => {
    await setCursor(editor.page, 9, column);
    return eventually(
      async () => triggerSuggest(editor.page),
      (labels) => labels.includes(label),
      { what: `${label} to be offered` },
    );
  };
  const query = async () => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'ask.apq');
  };

  it('is connected', async () => {
    await connectByKey(editor.page, platform);
    await runCommand(editor.page, 'APQ: Refresh Metadata');
    await waitForNotification(editor.page, /^The metadata of Mine (?:is up to date|was fetched)/);
    await clearNotifications(editor.page);
  });

  it('is offered its tables, and their columns', async () => {
    await query();
    await offers(14, 'companies');
    await acceptSuggestion(editor.page, 'companies');
    const labels = await offers(8, 'Town');
    assert.ok(labels.includes('Label'), labels.join());
    await pictures(editor.page, 'sql-completion', async () => void (await offers(8, 'Town')));
    await offers(8, 'Town');
    await acceptSuggestion(editor.page, 'Town');
    await typeText(editor.page, ', count(*) as Companies');
    assert.equal((await visibleLines(editor.page))[8], 'select Town, count(*) as Companies from companies');
  });

  it('has an unknown column marked at its place, and corrected', async () => {
    await setCursor(editor.page, 9, 50);
    await typeText(editor.page, ' group by Twon order by Companies desc limit 12');
    await editor.page.keyboard.press('Escape');
    await eventually(
      async () => (await squiggles(editor.page)).error,
      (count) => count === 1,
    );
    await runCommand(editor.page, 'Go to Next Problem (Error, Warning, Info)');
    const at = editor.page.locator('[id="status.editor.selection"]');
    await at.filter({ hasText: 'Ln 9, Col 60' }).waitFor();
    await pictures(editor.page, 'sql-error', async () => {
      await setCursor(editor.page, 9, 50);
      await runCommand(editor.page, 'Go to Next Problem (Error, Warning, Info)');
    });
    await editor.page.keyboard.press('Escape');
    await setCursor(editor.page, 9, 61);
    await applyQuickFix(editor.page, 'Replace with “Town”');
    await eventually(
      async () => [(await visibleLines(editor.page))[8], (await squiggles(editor.page)).error],
      ([line, errors]) => errors === 0 && /group by Town order by/.test(String(line)),
    );
  });

  it('is answered in the grid and as a chart', async () => {
    await runCommand(editor.page, 'APQ: Run Request');
    const frame = await view(/By town/, /^\d+ records?/);
    const heads = frame.locator('#view-grid [role=columnheader] .name');
    await heads.first().waitFor();
    assert.deepEqual(await heads.allTextContents(), ['Town', 'Companies']);
    await pictures(editor.page, 'sql-result');
    await frame.getByRole('tab', { name: 'Chart' }).click();
    await frame.locator('#view-chart svg[role=img]').waitFor();
    assert.equal(await frame.getByRole('combobox').first().inputValue(), 'bar');
    await pictures(editor.page, 'sql-chart');
    await frame.getByRole('tab', { name: 'Grid' }).click();
  });

  it('is written by the Group tab of another result, and answered like it', async () => {
    await query();
    await setCursor(editor.page, 4);
    await runCommand(editor.page, 'APQ: Run Request');
    const frame = await view(/Companies/, /^\d+ records/);
    await frame.getByRole('tab', { name: 'Group' }).click();
    await frame.locator('#view-group [aria-label=Rows]').getByText('Town', { exact: true }).waitFor();
    await frame.locator('#view-group .body [role=row]').first().waitFor();
    await pictures(editor.page, 'sql-group');
    await frame.getByRole('button', { name: 'Show Chart' }).click();
    await frame.locator('#view-group svg[role=img]').waitFor();
    await pictures(editor.page, 'sql-group-chart');
    await frame.getByRole('button', { name: 'Write as SQL Request' }).click();
    const lines = await eventually(
      async () => visibleLines(editor.page),
      (all) => all.filter((line) => line === 'SQL').length === 2,
    );
    const place = editor.page.locator('[id="status.editor.selection"]');
    await place.filter({ hasText: `Ln ${lines.indexOf('### By town') - 1}` }).waitFor();
    await pictures(editor.page, 'sql-written');
    await query();
    await setCursor(editor.page, lines.indexOf('SQL') + 1);
    await runCommand(editor.page, 'APQ: Run Request');
    await view(/Records by Town/, /^\d+ records?/);
    await pictures(editor.page, 'sql-written-result');
    assert.doesNotMatch(readFileSync(editor.file('ask.apq'), 'utf8'), /Twon/);
  });
});
