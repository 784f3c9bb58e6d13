/** Related records in the real page: how they are found, counted and followed, and the way back. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ToView, ViewHead, ViewRelation } from '#webview/messages';
import { audit } from './support/audit';
import { resultsGrid } from './support/results-grid';
import { courseDates } from './support/sample';
import { THEMES } from './support/themes';
import { HEAD, records } from './support/view-page';

const ALL = courseDates(120);
const BOOKINGS = Array.from({ length: 5 }, (_, at) => ({ ID: `${1000 + at}~2003`, Status: 'Booked' }));

const RELATIONS: readonly ViewRelation[] = [
  { id: 'names CourseID', direction: 'names', module: 'Course', field: 'CourseID' },
  { id: 'namedBy UserCourseDate.ID last', direction: 'namedBy', module: 'UserCourseDate', field: 'ID' },
  { id: 'namedBy Invoice.CourseDateID', direction: 'namedBy', module: 'Invoice', field: 'CourseDateID' },
  ...Array.from({ length: 30 }, (_, at) => ({
    id: `namedBy Other${at}.CourseDateID`,
    direction: 'namedBy' as const,
    module: `Other${at}`,
    field: 'CourseDateID',
  })),
];
const TRAIL = ['Upcoming courses'];
const RELATED: ViewHead = {
  ...HEAD,
  run: 'related-1',
  request: 'related namedBy UserCourseDate.ID last',
  title: 'UserCourseDate of Working at height, York',
  module: 'UserCourseDate',
  trail: TRAIL,
  actions: [{ id: 'showQuery', label: 'Show the Query' }],
};

describe('related records', () => {
  const { show, view, done, cell } = resultsGrid(ALL);
  const related = async (record: number, relations = RELATIONS, note?: string) =>
    view().send({ type: 'relations', record, relations, ...(note === undefined ? {} : { note }) });
  const enter = async (list: readonly unknown[] = BOOKINGS, head: Partial<ViewHead> = {}) =>
    view().send({ type: 'head', head: { ...RELATED, ...head } }, { type: 'reset' }, records(list));
  const back = async (list: readonly unknown[] = ALL) =>
    view().send({ type: 'head', head: HEAD }, { type: 'reset' }, records(list));
  const until = async <T extends ToView | { type: string }>(type: T['type'], count = 1) =>
    view().until(`window.said.filter((each) => each.type === ${JSON.stringify(type)}).length >= ${count}`);
  const counted = async () => (await view().last('countRelations'))?.relations;

  it('are listed for the record under the cursor, the first of them counted, and found by name', async () => {
    const { page, last, send } = await show();
    await cell(3, 1).click();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: 'Related to Working at height, Preston' });
    await dialog.getByText('Looking…').waitFor();
    assert.deepEqual(await last('relations'), { type: 'relations', record: 3 });
    assert.equal(await counted(), undefined);
    await related(3);
    await dialog.getByRole('button', { name: 'Course CourseID' }).waitFor();
    await until('countRelations');
    assert.deepEqual(
      await counted(),
      RELATIONS.slice(0, 20).map(({ id }) => id),
    );
    await send(
      { type: 'relationCount', record: 3, relation: 'names CourseID', count: 1 },
      { type: 'relationCount', record: 3, relation: 'namedBy UserCourseDate.ID last', count: 1234 },
      { type: 'relationCount', record: 3, relation: 'namedBy Invoice.CourseDateID', problem: 'No right.' },
      { type: 'relationCount', record: 4, relation: 'namedBy Other0.CourseDateID', count: 9 },
    );
    await dialog.getByText('1,234 records').waitFor();
    await dialog.getByText('not counted').waitFor();
    assert.equal(await dialog.getByText('9 records').count(), 0);
    await page.keyboard.type('other29');
    await view().until(`window.said.at(-1).relations?.join() === 'namedBy Other29.CourseDateID'`);
    await page.keyboard.press('Enter');
    assert.deepEqual(await last('follow'), {
      type: 'follow',
      record: 3,
      relation: 'namedBy Other29.CourseDateID',
    });
    // Nothing more is counted for a dialog that is closed.
    assert.deepEqual(await counted(), []);
    await done();
  });

  it('are reached from the record view and the menu of a cell, and by arrows', async () => {
    const { page, last } = await show();
    await cell(2, 0).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Related records…' }).click();
    await related(2);
    await page.getByRole('button', { name: 'Course CourseID' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await last('follow'), {
      type: 'follow',
      record: 2,
      relation: 'namedBy UserCourseDate.ID last',
    });
    await cell(1, 1).click();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Related records' }).click();
    await related(1, [], 'The metadata tell of nothing that is related to this record.');
    await page.getByText('The metadata tell of nothing').waitFor();
    await page.keyboard.press('Escape');
    assert.deepEqual(await counted(), []);
    await page.getByRole('button', { name: 'Open the record that CourseID points at' }).click();
    assert.deepEqual(await last('follow'), { type: 'follow', record: 1, field: 'CourseID' });
    await page.getByRole('button', { name: 'Open the record that TrainerIDs points at' }).click();
    assert.deepEqual(await last('follow'), { type: 'follow', record: 1, field: 'TrainerIDs' });
    await done();
  });

  it('leave the grid as it was for the way back: order, filter, place and selection', async () => {
    const { page, last } = await show({ viewport: { width: 900, height: 420 } });
    await page
      .locator('[role=columnheader]')
      .filter({ hasText: /^Places$/ })
      .click();
    await cell(0, 5).click();
    await page.keyboard.press('x');
    await page
      .locator('#shown')
      .filter({ hasText: /of 120 rows/ })
      .waitFor();
    await cell(0, 3).click();
    for (let at = 0; at < 40; at++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowLeft');
    const state = async () =>
      page.evaluate(`JSON.stringify([
        document.querySelector('.grid').scrollTop,
        document.querySelector('.grid').scrollLeft,
        [...document.querySelectorAll('[aria-selected=true][role=gridcell]')].map((each) => each.textContent),
        document.querySelector('[role=gridcell][tabindex="0"]')?.textContent,
        document.querySelector('#shown').textContent,
      ])`);
    const before = await state();
    await page.keyboard.press('o');
    await until('follow');
    await enter();
    await page.getByRole('button', { name: 'Upcoming courses' }).waitFor();
    await cell(4, 0).filter({ hasText: '1004~2003' }).waitFor();
    await view().until(`document.activeElement.textContent === '1000~2003'`);
    assert.equal(await page.locator('#chips').isVisible(), false);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+ArrowLeft');
    assert.deepEqual(await last('back'), { type: 'back', to: 0 });
    await back();
    await view().until(`document.querySelectorAll('[aria-selected=true][role=gridcell]').length === 4`);
    assert.equal(await state(), before);
    assert.equal(await page.locator('#trail').isVisible(), false);
    await view().until(`document.activeElement.role === 'gridcell'`);
    await done();
  });

  it('go back step by step, and by name to any of them', async () => {
    const { page, last } = await show();
    await enter();
    await page.getByText('UserCourseDate of Working at height, York').waitFor();
    await enter([{ ID: '1000', Surname: 'Sailor' }], {
      run: 'related-2',
      request: 'related names ID first',
      title: 'User of 1000~2003',
      trail: [...TRAIL, RELATED.title],
    });
    await page.getByRole('button', { name: 'Back (Alt+Left)' }).click();
    assert.deepEqual(await last('back'), { type: 'back', to: 1 });
    await page.getByRole('button', { name: 'Upcoming courses' }).click();
    assert.deepEqual(await last('back'), { type: 'back', to: 0 });
    await page.locator('#tab-record').click();
    await page.locator('#view-record .scroll').focus();
    await page.keyboard.press('Alt+ArrowLeft');
    assert.deepEqual(await last('back'), { type: 'back', to: 1 });
    await page.getByLabel('Find a field').focus();
    const before = (await view().said()).length;
    await page.keyboard.press('Alt+ArrowLeft');
    assert.equal((await view().said()).slice(before).filter(({ type }) => type === 'back').length, 0);
    await done();
  });

  it('say that there are none, or what went wrong, and keep the way back', async () => {
    const { page, last } = await show();
    await enter([], { state: 'running', summary: 'Running…' });
    await page.locator('#waiting').waitFor();
    await enter([], { summary: '0 records' });
    await page.getByText('There are no such records.').waitFor();
    await view().until(`document.activeElement.getAttribute('aria-label') === 'Back (Alt+Left)'`);
    await page.keyboard.press('Enter');
    assert.deepEqual(await last('back'), { type: 'back', to: 0 });
    await enter([], { state: 'failed', error: 'You may not see UserCourseDate.' });
    await page.locator('#error').filter({ hasText: 'You may not see' }).waitFor();
    await page.getByRole('button', { name: 'Upcoming courses' }).waitFor();
    await back();
    await cell(0, 0).waitFor();
    await done();
  });

  it('offer no writing to a query, and leave the result to a reload', async () => {
    const { page } = await show();
    await cell(1, 1).click();
    await view().until('window.kept?.run?.row === 1');
    await enter();
    await cell(4, 1).click();
    await page.keyboard.press('f');
    await page.locator('.chip').first().waitFor();
    assert.equal(await page.getByRole('button', { name: /Write to query/ }).count(), 0);
    await view().until(`window.kept.requests[0].request === ${JSON.stringify(RELATED.request)}`);
    assert.equal(await page.evaluate('window.kept.run.run'), 'run-1');
    await done();
  });

  it('keep changes of cells that are not sent for the way back', async () => {
    const fields = [
      { name: 'Label', type: 'string', filterable: true, sortable: true, writable: true } as const,
    ];
    const { page, send, last } = await show();
    await send({ type: 'head', head: { ...HEAD, fields } });
    await cell(0, 1).click();
    await page.keyboard.press('F2');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('New');
    await page.keyboard.press('Enter');
    await cell(0, 1).filter({ hasText: 'New' }).waitFor();
    await cell(0, 2).click();
    await page.keyboard.press('o');
    const kept = await last('edits');
    assert.match(kept?.json ?? '', /"New"/);
    await enter();
    await cell(4, 0).waitFor();
    await view().until(`window.said.at(-1).type === 'edits'`);
    assert.notEqual((await last('edits'))?.target, kept?.target);
    await send(
      { type: 'head', head: { ...HEAD, fields } },
      { type: 'reset' },
      { type: 'edits', json: kept?.json ?? '' },
      records(ALL),
    );
    await cell(0, 1).filter({ hasText: 'New' }).waitFor();
    await done();
  });

  for (const theme of Object.keys(THEMES))
    it(`have no fault that axe-core finds: ${theme}`, async () => {
      const { page, send } = await show({ theme });
      await enter(BOOKINGS, { trail: [...TRAIL, 'Company of Working at height, York'] });
      await cell(4, 0).click();
      await page.keyboard.press('r');
      await related(4, RELATIONS.slice(0, 6), 'The fields of 12 modules are not known yet.');
      await send({ type: 'relationCount', record: 4, relation: 'names CourseID', count: 0 });
      await page.getByText('0 records').waitFor();
      if (process.env['APQ_PICTURES'] !== undefined)
        await page.screenshot({ path: `${process.env['APQ_PICTURES']}/related-${theme}.png` });
      await audit(page, theme);
      await done();
    });
});
