/** What is drawn anew while somebody uses it: the focus, what is open, selected or pressed there stays. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ViewHead } from '#webview/messages';
import { resultsGrid } from './support/results-grid';
import { courseDates } from './support/sample';
import { HEAD, records } from './support/view-page';

const ALL = courseDates(120);
const FIRST = ALL.slice(0, 60);
const RUNNING: ViewHead = { ...HEAD, state: 'running' };

describe('a part of the results view that is drawn anew', () => {
  const { show, view, done, cell } = resultsGrid(FIRST, RUNNING);
  const button = (name: string | RegExp) => view().page.getByRole('button', { name, exact: true });
  const tab = async (name: string) => view().page.getByRole('tab', { name, exact: true }).click();
  const focused = async () =>
    view().page.evaluate(
      `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()`,
    );
  const selected = async () => view().page.evaluate('String(getSelection())');
  const select = async (selector: string) =>
    view().page.evaluate(`getSelection().selectAllChildren(document.querySelector('${selector}'))`);
  const headComes = async (summary: string) => {
    await view().send({ type: 'head', head: { ...RUNNING, summary } });
    await view().until(`document.getElementById('summary').textContent === '${summary}'`);
  };
  const filtered = async () => {
    for (const column of [4, 1]) {
      await cell(0, column).click();
      await view().page.keyboard.press('x');
    }
    await view().page.locator('.chip').nth(1).waitFor();
  };
  /** More records arrive, and the tab next to the grid has been drawn again. */
  const arrive = async (sign: string) => {
    await view().send(records(ALL.slice(60), 60));
    await view().until(sign);
  };

  it('keeps the focus at a filter, and gives it back where its dialog is closed', async () => {
    const { page } = await show();
    await filtered();
    const change = page.locator('.chip .plain').nth(1);
    const name = (await change.textContent())?.trim();
    await change.focus();
    await headComes('60 records');
    assert.equal(await focused(), name);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await headComes('61 records');
    await page.keyboard.press('Escape');
    assert.equal(await focused(), name);
    await done();
  });

  it('takes a click during which it would have been drawn', async () => {
    const { page } = await show();
    await filtered();
    await page.locator('.chip .icon').nth(1).hover();
    await page.mouse.down();
    await view().send({ type: 'head', head: { ...RUNNING, summary: '60 records' } });
    await page.mouse.up();
    await view().until(`document.querySelectorAll('.chip').length === 1`);
    await view().until(`document.getElementById('summary').textContent === '60 records'`);
    await done();
  });

  it('does not wait for a long press', async () => {
    const { page } = await show();
    await cell(0, 1).hover();
    await page.mouse.down();
    await headComes('60 records');
    await page.mouse.up();
    await done();
  });

  it('keeps the focus and a selected text of a record', async () => {
    const { page } = await show();
    await cell(2, 1).click();
    await page.keyboard.press('Enter');
    await button('Edit Cost').focus();
    await select('.record .field:nth-child(2) .whole');
    const text = await selected();
    assert.notEqual(text, '');
    await arrive(`document.querySelector('#view-record .place').textContent === 'Record 3 of 120'`);
    assert.equal(await focused(), 'Edit Cost');
    assert.equal(await selected(), text);
    await page.keyboard.press('Alt+ArrowDown');
    await view().until(`document.querySelector('#view-record .place').textContent === 'Record 4 of 120'`);
    assert.equal(await focused(), 'Edit Cost');
    await done();
  });

  it('keeps a selected text of the JSON', async () => {
    await show();
    await tab('JSON');
    await select('[data-line="1"] .json-value');
    const text = await selected();
    assert.notEqual(text, '');
    await arrive(`Number.parseInt(document.querySelector('#view-json .surface').style.height) > 120 * 15`);
    assert.equal(await selected(), text);
    await done();
  });

  it('keeps the focus and the search of the summary', async () => {
    const { page } = await show();
    await tab('Summary');
    await page.getByLabel('Find a column').last().fill('Status');
    const status = page.getByRole('region', { name: 'Status' });
    await status.locator('.tops button').nth(1).focus();
    await arrive(`document.querySelector('#view-profile .place').textContent.includes('120')`);
    await status.getByText('120', { exact: false }).first().waitFor();
    await view().until(`document.activeElement.closest('[data-name=Status]') !== null`);
    assert.equal(await page.locator('#view-profile .card:visible').count(), 1);
    await done();
  });

  it('keeps the choices of a chart, and the focus at its values', async () => {
    const { page } = await show();
    await tab('Chart');
    await page.locator('#view-chart svg').waitFor();
    await page.evaluate(
      `window.option = document.querySelector('#view-chart select option');
       window.drawing = document.querySelector('#view-chart svg');`,
    );
    await page.locator('#view-chart summary').focus();
    await arrive('!window.drawing.isConnected');
    assert.equal(await page.evaluate('window.option.isConnected'), true);
    assert.equal(await focused(), 'Values');
    await done();
  });

  it('keeps the headers of an answer open while others come', async () => {
    const { page, send } = await show();
    const answer = {
      ...{ status: 200, statusText: 'OK', headers: [['X-Test', 'yes']] as const, milliseconds: 12 },
      ...{ bytes: 10, body: '{"results":[]}', cut: false },
    };
    await send({ type: 'responses', responses: [answer] });
    await tab('Answer');
    await page.locator('#view-response summary').click();
    await send({ type: 'responses', responses: [answer, answer] });
    await page.getByText('Last answer').waitFor();
    assert.equal(await page.getByText('X-Test').first().isVisible(), true);
    assert.equal(await focused(), '1 header');
    await done();
  });

  it('leaves the focus in the grid where the row is gone whose menu was open', async () => {
    const { page, send } = await show();
    await cell(5, 1).click({ button: 'right' });
    await page.getByRole('menu').waitFor();
    await send({ type: 'reset' }, records(ALL.slice(0, 3)));
    await view().until(`document.querySelectorAll('#view-grid .body [role=row]').length === 3`);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(`document.activeElement.closest('#view-grid') !== null`), true);
    await done();
  });

  it('does not take the focus from a text that is written when related records come', async () => {
    const { page, send } = await show();
    const related: ViewHead = { ...RUNNING, run: 'related', request: 'related', trail: ['Upcoming courses'] };
    await send({ type: 'head', head: related }, { type: 'reset' });
    await page.locator('#search').click();
    await page.keyboard.type('Yo');
    await send(records(ALL.slice(0, 3)));
    await cell(2, 1).waitFor();
    await page.keyboard.type('rk');
    assert.equal(await page.locator('#search').inputValue(), 'York');
    await done();
  });
});
