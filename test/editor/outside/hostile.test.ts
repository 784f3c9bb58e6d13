/** A platform and files that try to be more than text: wherever VS Code shows them, they stay text, and no key is shown. */
import assert from 'node:assert/strict';
import {
  clearNotifications,
  clickNotificationButton,
  eventually,
  expandTreeRow,
  fillInput,
  openConnectionsView,
  openFile,
  runCommand,
  setCursor,
  treeRows,
  waitForNotification,
  webviewFrame,
} from '#scripts/lib/workbench';
import { KEY, useFakeApi } from '../../core/support/fake-api';
import { connectByKey } from './connect.js';
import { useEditor } from './setup.js';

/** A link that runs a command, an image, markup, an icon, a sequence for terminals, and reversed text. */
const HOSTILE =
  '[go](command:workbench.action.closeWindow) ![x](https://evil.example/p.png) <img src=x onerror=alert(1)> $(flame) \u001b[31m\u202egpj';
const WRONG_KEY = 'a-wrong-key-0123';

describe('hostile text', () => {
  const api = useFakeApi();
  const editor = useEditor({
    files: {
      'records.apq': `### ${HOSTILE}\n# @expect count == 2\nGET Course\n$select = Label\n`,
      'refused.apq': '### Refused\nGET User\n',
      'elsewhere.apq': '# @connection [go](command:workbench.action.closeWindow)\nGET Course\n',
    },
  });
  before(() => {
    api.answer = ({ url, authorization }) => {
      if (authorization !== `Bearer ${KEY}`)
        return { status: 401, body: { errors: [`${WRONG_KEY} ${HOSTILE}`] } };
      if (url.endsWith('/modules')) return { body: { results: ['Course', 'User', `Evil ${HOSTILE}`] } };
      if (url.includes('/modules/'))
        return {
          body: [
            { name: 'Label', type: 'string', label: HOSTILE, description: HOSTILE, values: [HOSTILE] },
            { name: `X ${HOSTILE}`, type: 'string' },
          ],
        };
      if (url.includes('/User')) return { status: 400, body: { errors: [`${KEY} ${HOSTILE}`] } };
      return { body: { results: [{ ID: '1', Label: HOSTILE }], total: HOSTILE } };
    };
  });

  before('connect', async () => connectByKey(editor.page, { root: api.root, apiKey: KEY }));

  /** Fails where the window, or the view of results, holds a live link, an image, a foreign icon, a control or the key. */
  const isHarmless = async (what: string) => {
    for (const frame of editor.page.frames()) {
      const found = await frame
        .evaluate<string[]>(
          `(() => {
            const all = (selector) => [...document.querySelectorAll(selector)].map((each) => each.outerHTML.slice(0, 200));
            // The file's own text is the user's, and the editor marks what is odd in it.
            const own = [...document.querySelectorAll('.view-lines, .sticky-widget')].map((each) => each.innerText);
            const text = own.reduce((rest, each) => rest.replace(each, ''), document.body.innerText);
            return [
              ...all('a[href^="command:"], [data-href*="closeWindow"], a[href*="closeWindow"]'),
              ...all('img[src*="evil.example"], img[src="x"]'),
              ...all('.codicon-flame'),
              ...(/[\\u001b\\u202e]/.test(text) ? ['a control character'] : []),
              ...${JSON.stringify([KEY, WRONG_KEY])}.filter((key) => text.includes(key)),
            ];
          })()`,
        )
        .catch(() => []);
      assert.deepEqual(found, [], what);
    }
  };

  it('is harmless in the question for a key, and in its failure', async () => {
    await runCommand(editor.page, 'APQ: Add Connection');
    await fillInput(editor.page, api.root);
    await fillInput(editor.page, 'Other');
    await fillInput(editor.page, WRONG_KEY);
    await waitForNotification(editor.page, /did not accept/);
    await isHarmless('notification');
    await clickNotificationButton(editor.page, 'Try Again', /did not accept/);
    await eventually(
      async () => editor.page.locator('.quick-input-message').innerText(),
      (text) => text.includes('did not accept'),
    );
    await isHarmless('message of the quick input');
    await editor.page.keyboard.press('Escape');
  });

  it('is harmless in the view of connections, and in its hovers', async () => {
    await openConnectionsView(editor.page);
    await expandTreeRow(editor.page, 'Course');
    await eventually(
      async () => treeRows(editor.page),
      (rows) => rows.some((row) => row.startsWith('Label')),
    );
    await isHarmless('rows');
    // A redraw of the view, when more fields have arrived, closes the tooltip.
    await eventually(
      async () => {
        await editor.page.mouse.move(0, 0);
        await editor.page.locator('.monaco-list-row', { hasText: 'Label' }).first().hover();
        await editor.page.waitForTimeout(1500);
        return editor.page.locator('.monaco-hover:visible', { hasText: 'Course.Label' }).count();
      },
      (count) => count > 0,
    );
    await isHarmless('tooltip of a field');
    await runCommand(editor.page, 'APQ: Find Module or Field');
    await editor.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await isHarmless('list of fields');
    await editor.page.keyboard.press('Escape');
  });

  it('is harmless in the hover of a query', async () => {
    await openFile(editor.page, 'records.apq');
    await setCursor(editor.page, 4, 13);
    await runCommand(editor.page, 'Show or Focus Hover');
    await editor.page.locator('.monaco-hover:visible', { hasText: 'Label' }).first().waitFor();
    await isHarmless('hover');
    await editor.page.keyboard.press('Escape');
  });

  it('is harmless in results, verdicts, tabs and the history', async () => {
    await openFile(editor.page, 'records.apq');
    await setCursor(editor.page, 3, 1);
    await runCommand(editor.page, 'APQ: Run Request');
    const frame = await webviewFrame(editor.page, '[role=gridcell]');
    await isHarmless('results');
    for (const tab of ['record', 'json', 'profile', 'response']) {
      await frame.locator(`#tab-${tab}`).click();
      await isHarmless(tab);
    }
    const header = editor.page.locator('.pane-header', { hasText: 'History' });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await editor.page.locator('.pane', { hasText: 'History' }).locator('.monaco-list-row').first().hover();
    await isHarmless('history');
  });

  it('is harmless in a refusal that repeats the key', async () => {
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'refused.apq');
    await runCommand(editor.page, 'APQ: Run Request');
    await webviewFrame(editor.page, async (frame) =>
      ((await frame.locator('#error').textContent()) ?? '').includes('refused the request'),
    );
    await isHarmless('refusal, and the mark in the file');
  });

  it('is harmless when a connection is named that does not exist', async () => {
    await clearNotifications(editor.page);
    await editor.page.keyboard.press('Control+1');
    await openFile(editor.page, 'elsewhere.apq');
    await runCommand(editor.page, 'APQ: Run Request');
    await waitForNotification(editor.page, /no connection/i);
    await isHarmless('notification');
  });
});
