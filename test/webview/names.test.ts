/** Names beside IDs in the real page: asked for, shown, remembered, and left out of what is copied. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { audit } from './support/audit';
import { resultsGrid } from './support/results-grid';
import { THEMES } from './support/themes';
import { HEAD, records } from './support/view-page';

const ALL = Array.from({ length: 60 }, (_, at) => ({ ID: `${at}`, CourseID: `${at % 3}`, Places: at }));
const NAMES = [
  ['0', 'First Aid at Work'],
  ['1', 'Fire\u202E warden'],
] as const;

describe('names beside IDs', () => {
  const { show, view, done, cell } = resultsGrid(ALL);
  const head = (name: RegExp) => view().page.locator('[role=columnheader]').filter({ hasText: name });
  const menu = async (name: RegExp, item: string) => {
    await head(name).click({ button: 'right' });
    await view().page.getByRole('menuitemcheckbox', { name: item }).click();
  };
  const namesSent = async () =>
    (await view().said()).flatMap((each) => (each.type === 'names' ? [each.columns.join()] : []));

  it('are asked for in the menu of the column, and stand beside the ID in a wider column', async () => {
    const { page, send } = await show();
    const before = (await head(/^CourseID$/).boundingBox())?.width ?? 0;
    await menu(/^CourseID$/, 'Show names');
    assert.deepEqual(await namesSent(), ['CourseID']);
    await send({ type: 'names', column: 'CourseID', names: NAMES });
    await cell(0, 1).getByText('First Aid at Work').waitFor();
    assert.equal(await cell(0, 1).textContent(), '0 First Aid at Work');
    assert.equal(await cell(1, 1).textContent(), '1 Fire[U+202E] warden');
    assert.equal(await cell(2, 1).textContent(), '2');
    assert.ok(((await head(/^CourseID$/).boundingBox())?.width ?? 0) > before);
    await menu(/^CourseID$/, 'Show names');
    await cell(0, 1).getByText('First Aid at Work').waitFor({ state: 'detached' });
    assert.deepEqual(await namesSent(), ['CourseID']);
    await page.keyboard.press('Escape');
    await done();
  });

  it('are not offered for a column without IDs of others', async () => {
    const { page } = await show();
    for (const name of [/^ID$/, /^Places$/]) {
      await head(name).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
      assert.equal(await page.getByRole('menuitemcheckbox', { name: 'Show names' }).count(), 0);
      await page.keyboard.press('Escape');
    }
    await done();
  });

  it('are not copied, and don’t change the order or a filter', async () => {
    const { page, send, last } = await show();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Show names beside IDs' }).click();
    await send({ type: 'names', column: 'CourseID', names: NAMES });
    await cell(0, 1).getByText('First Aid at Work').waitFor();
    await cell(0, 1).click();
    await page.keyboard.press('Control+c');
    await view().until(`window.said.some((each) => each.type === 'copy')`);
    assert.equal((await last('copy'))?.text, '0');
    await head(/^CourseID$/).click();
    await head(/^CourseID$/).click();
    await view().until(`document.querySelector('[data-row="0"][data-column="1"]').textContent === '2'`);
    await done();
  });

  it('are asked for again by the next run of the request, and after a reload', async () => {
    const { send } = await show();
    await menu(/^CourseID$/, 'Show names');
    await send({ type: 'head', head: { ...HEAD, run: 'run-2', state: 'running' } }, { type: 'reset' });
    assert.deepEqual(await namesSent(), ['CourseID']);
    await send(records(ALL), { type: 'head', head: { ...HEAD, run: 'run-2' } });
    await view().until(`window.said.filter((each) => each.type === 'names').length === 2`);
    assert.equal(await cell(0, 1).textContent(), '0');
    await send({ type: 'names', column: 'CourseID', names: NAMES });
    await cell(0, 1).getByText('First Aid at Work').waitFor();
    await done();
  });

  it('are switched off where nothing names the records', async () => {
    const { send } = await show();
    await menu(/^CourseID$/, 'Show names');
    await send({ type: 'names', column: 'CourseID' });
    await send({ type: 'head', head: { ...HEAD, run: 'run-2' } }, { type: 'reset' }, records(ALL));
    await cell(0, 1).waitFor();
    assert.deepEqual(await namesSent(), ['CourseID']);
    await done();
  });

  for (const theme of Object.keys(THEMES))
    it(`can be read in ${theme}`, async () => {
      const { page, send } = await show({ theme });
      await menu(/^CourseID$/, 'Show names');
      await send({ type: 'names', column: 'CourseID', names: NAMES });
      await cell(0, 1).getByText('First Aid at Work').waitFor();
      await cell(0, 1).click();
      await audit(page, `names beside IDs, ${theme}`);
      await done();
    });
});
