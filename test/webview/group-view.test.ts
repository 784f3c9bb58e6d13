/** The *Group* tab in Chromium: what users see and do, and the messages to the extension. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { audit } from './support/audit';
import { courseDates } from './support/sample';
import { THEMES } from './support/themes';
import { HEAD, type Looks, records, sharedPages, type Shown, ViewPages } from './support/view-page';

const ALL = [
  { ID: '1', Town: 'York', Start: '2026-01-05T09:00:00', Cost: 10.1 },
  { ID: '2', Town: 'york', Start: '2026-02-05T09:00:00', Cost: 20.2 },
  { ID: '3', Town: 'Leeds', Start: '2026-01-06T09:00:00', Cost: 5 },
  { ID: '4', Town: null, Start: '2026-04-01T09:00:00', Cost: 1 },
];

describe('the Group tab', () => {
  const pages = sharedPages(new ViewPages());
  let view: Shown;

  const show = async (list: readonly unknown[] = ALL, looks: Looks = {}, head = HEAD) => {
    view = await pages.open(looks);
    await view.send({ type: 'head', head }, { type: 'reset' }, records(list));
    await view.page.locator('#shown').filter({ hasText: /row/ }).waitFor();
  };
  const done = async () => {
    assert.deepEqual(view.problems, []);
    await view.page.close();
  };
  const press = async (name: string) => view.page.getByRole('button', { name, exact: true }).click();
  const choose = async (name: string) => view.page.getByRole('menuitem', { name, exact: true }).click();
  const check = async (name: string) =>
    view.page.getByRole('menuitemcheckbox', { name, exact: true }).click();
  const headMenu = async (name: string) => {
    await view.page
      .locator('#view-grid [role=columnheader]')
      .filter({ hasText: new RegExp(`^${name}$`) })
      .hover();
    await press(`Menu of ${name}`);
  };
  /** The lines of the table as texts; waits until they are these. */
  const lines = async (...expected: string[]) => {
    const read = `[...document.querySelectorAll('#view-group .body [role=row]')]
      .map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent).join(' | '))`;
    await view
      .until(`JSON.stringify(${read}) === ${JSON.stringify(JSON.stringify(expected))}`)
      .catch(async () => {
        assert.deepEqual(await view.page.evaluate(read), expected);
      });
  };
  const heads = async () => view.page.locator('#view-group [role=columnheader] .name').allTextContents();
  const figure = (row: number, column: number) =>
    view.page.locator(`#view-group [role=gridcell][data-row="${row}"][data-column="${column}"]`);
  const note = async (text: string) =>
    view.page.locator('#view-group [role=status]').filter({ hasText: text }).waitFor();

  it('has number, sum and average in two clicks from a column’s head', async () => {
    await show();
    await headMenu('Town');
    await choose('Group by this column');
    await lines(
      'Leeds | 1 | 5.00 | 5.00',
      'York | 2 | 30.30 | 15.15',
      '(empty) | 1 | 1.00 | 1.00',
      'Total | 4 | 36.30 | 9.08',
    );
    assert.deepEqual(await heads(), ['Town', 'Records', 'Sum of Cost', 'Average of Cost']);
    await note('all 4 records');
    await done();
  });

  it('adds up an amount by the column that the user chooses', async () => {
    await show();
    await headMenu('Cost');
    await choose('Sum and average by…');
    await choose('Start');
    await lines(
      '2026-01 | 2 | 15.10 | 7.55',
      '2026-02 | 1 | 20.20 | 20.20',
      '2026-04 | 1 | 1.00 | 1.00',
      'Total | 4 | 36.30 | 9.08',
    );
    await done();
  });

  it('takes fields into rows, columns and values, and dates by other parts, with keys alone', async () => {
    await show();
    const { page } = view;
    await page.getByRole('tab', { name: 'Group' }).click();
    const add = async (button: string, ...keys: string[]) => {
      await page.getByRole('button', { name: button, exact: true }).focus();
      await page.keyboard.press('Enter');
      for (const key of keys) await page.keyboard.press(key);
      await page.keyboard.press('Enter');
    };
    for (const remove of await page.locator('#view-group [aria-label=Rows] .icon[aria-label^=Remove]').all())
      await remove.click();
    await add('Add a field to the rows', 'T');
    await add('Add a field to the columns', 'S');
    await page.getByRole('button', { name: 'Start by month', exact: true }).focus();
    await page.keyboard.press('Enter');
    await check('By quarter');
    assert.equal(
      await page.evaluate('document.activeElement.textContent'),
      'Start by quarter',
      'the focus stays at the field',
    );
    await lines('Leeds | 1 | 0 | 1', 'York | 2 | 0 | 2', '(empty) | 0 | 1 | 1', 'Total | 3 | 1 | 4');
    assert.deepEqual(await heads(), ['Town', '2026-Q1', '2026-Q2', 'Total']);
    await add('Add a value', 'S');
    await page.getByRole('menuitem', { name: 'Cost' }).click();
    await lines(
      'Leeds | 1 | 5.00 | 0 |  | 1 | 5.00',
      'York | 2 | 30.30 | 0 |  | 2 | 30.30',
      '(empty) | 0 |  | 1 | 1.00 | 1 | 1.00',
      'Total | 3 | 35.30 | 1 | 1.00 | 4 | 36.30',
    );
    await done();
  });

  it('keeps the focus and the place of a menu while records arrive, with new columns too', async () => {
    await show(ALL.slice(0, 2));
    const { page } = view;
    await headMenu('Start');
    await choose('Group by this column (months)');
    const arrives = async (start: number, list: readonly unknown[], total: string) => {
      await view.send(records(list, start));
      await note(total);
    };
    await page.getByRole('button', { name: 'Start by month', exact: true }).focus();
    await page.keyboard.press('Enter');
    await arrives(2, ALL.slice(2), 'all 4 records');
    await check('By quarter');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Start by quarter');
    await page.getByRole('button', { name: 'Add a value', exact: true }).focus();
    await page.keyboard.press('Enter');
    await arrives(
      4,
      [{ ID: '5', Town: 'York', Start: '2026-01-05T09:00:00', Cost: 1, Tax: 2 }],
      'all 5 records',
    );
    await page.keyboard.press('H');
    await page.keyboard.press('Enter');
    const adder = await page.getByRole('button', { name: 'Add a value', exact: true }).boundingBox();
    const menu = await page.getByRole('menu').boundingBox();
    assert.equal(menu?.x, adder?.x);
    await choose('Cost');
    assert.equal(await page.evaluate('document.activeElement.ariaLabel'), 'Add a value');
    await done();
  });

  it('sorts by a figure, the largest first, and by its other clicks', async () => {
    await show();
    await headMenu('Town');
    await choose('Group by this column');
    const head = view.page.locator('#view-group [role=columnheader]').filter({ hasText: /^Sum of Cost$/ });
    const towns = async (...expected: string[]) =>
      view.until(
        `[...document.querySelectorAll('#view-group .body [data-column="0"]')].map((cell) => cell.textContent).join() === '${expected.join()}'`,
      );
    await head.click({ position: { x: 30, y: 10 } });
    await towns('York', 'Leeds', '(empty)', 'Total');
    await head.click({ position: { x: 30, y: 10 } });
    await towns('(empty)', 'Leeds', 'York', 'Total');
    await head.click({ position: { x: 30, y: 10 } });
    await towns('Leeds', 'York', '(empty)', 'Total');
    await done();
  });

  it('shows the records behind a figure, and leads back', async () => {
    await show();
    await headMenu('Town');
    await choose('Group by this column');
    await figure(1, 2).dblclick();
    await view.page.locator('#shown').filter({ hasText: '2 of 4 rows' }).waitFor();
    assert.equal(await view.page.locator('#chips').isVisible(), true);
    await press('Back to the groups');
    await view.page
      .locator('#shown')
      .filter({ hasText: /^4 rows/ })
      .waitFor();
    await figure(2, 1).click();
    await view.page.keyboard.press('Enter');
    await view.page.locator('#shown').filter({ hasText: '1 of 4 rows' }).waitFor();
    await view.page.getByRole('tab', { name: 'Group' }).click();
    await lines('(empty) | 1 | 1.00 | 1.00', 'Total | 1 | 1.00 | 1.00');
    await note('1 of 4 records');
    await done();
  });

  it('groups what the grid shows, says so, and that more records are arriving', async () => {
    await show(ALL, {}, { ...HEAD, state: 'running', part: true });
    await headMenu('Town');
    await choose('Group by this column');
    await note('the 4 fetched records · more are still arriving');
    await view.send(records([{ ID: '5', Town: 'Leeds', Start: null, Cost: 'free' }], 4));
    await lines(
      'Leeds | 2 | 5 | 5.00',
      'York | 2 | 30.3 | 15.15',
      '(empty) | 1 | 1 | 1.00',
      'Total | 5 | 36.3 | 9.08',
    );
    await note('1 value of Cost left out');
    await done();
  });

  it('draws a chart of the groups, whose values are in a table', async () => {
    await show();
    await headMenu('Town');
    await choose('Group by this column');
    await press('Add a field to the columns');
    await choose('Start');
    await press('Show Chart');
    await view.page.getByLabel('Value of the chart').selectOption({ label: 'Sum of Cost' });
    await view.page.locator('#view-group svg[role=img][aria-label^="Sum of Cost by Town"]').waitFor();
    const values = await view.page.locator('#view-group .chart-values tr').allTextContents();
    assert.deepEqual(values, [
      'Town2026-012026-022026-04Sum of Cost',
      'Leeds5.005.00',
      'York10.1020.2030.30',
      '(empty)1.001.00',
    ]);
    await press('Save as SVG');
    assert.match((await view.last('picture'))?.data ?? '', /^<svg/);
    await press('Show Table');
    await figure(0, 0).waitFor();
    await done();
  });

  it('offers no field twice, but dates', async () => {
    await show();
    await headMenu('Town');
    await choose('Group by this column');
    await press('Add a field to the rows');
    await choose('Start');
    await press('Add a field to the columns');
    assert.deepEqual(await view.page.getByRole('menuitem').allTextContents(), ['ID', 'Start', 'Cost']);
    await view.page.keyboard.press('Escape');
    await done();
  });

  it('says what a chart leaves out, as long as it is shown', async () => {
    await show(Array.from({ length: 30 }, (_, at) => ({ ID: `${at}`, Town: `Town ${at + 10}` })));
    await headMenu('Town');
    await choose('Group by this column');
    await press('Show Chart');
    await note('30 records · The first 25 of 30 groups');
    await press('Show Table');
    await view.page.locator('#view-group [role=status]', { hasText: /\b30 records$/ }).waitFor();
    await press('Show Chart');
    await view.page.getByLabel('Value of the chart').waitFor({ state: 'hidden' });
    await note('30 records · The first 25 of 30 groups');
    await done();
  });

  it('says that dates are not drawn', async () => {
    await show([{ ID: '1', Town: 'York', Start: '2026-01-05T09:00:00' }]);
    await headMenu('Town');
    await choose('Group by this column');
    await press('Add a value');
    await choose('Lowest (or first)…');
    await choose('Start');
    await view.page.locator('#view-group [aria-label=Values] .icon[aria-label^=Remove]').first().click();
    await press('Show Chart');
    await note('1 record · There is nothing to draw.');
    await done();
  });

  it('exports and copies the table', async () => {
    await show();
    await headMenu('Town');
    await choose('Group by this column');
    await lines(
      'Leeds | 1 | 5.00 | 5.00',
      'York | 2 | 30.30 | 15.15',
      '(empty) | 1 | 1.00 | 1.00',
      'Total | 4 | 36.30 | 9.08',
    );
    await press('Export Table');
    await choose('4 groups as Excel…');
    const sent = await view.last('export');
    assert.deepEqual(sent?.table?.columns, [
      { name: 'Town', type: 'string' },
      { name: 'Records', type: 'integer' },
      { name: 'Sum of Cost', type: 'decimal' },
      { name: 'Average of Cost', type: 'decimal', computed: true },
    ]);
    const [, york] = JSON.parse(sent.table.json) as unknown[];
    assert.deepEqual(york, { Town: 'York', Records: 2, 'Sum of Cost': 30.3, 'Average of Cost': 15.15 });
    await press('Copy Table');
    await choose('Copy');
    await view.until(`window.said.some(({ type }) => type === 'copy')`);
    assert.equal((await view.last('copy'))?.text.split('\r\n')[2], 'York\t2\t30.3\t15.15');
    await done();
  });

  it('asks for its groups as SQL, with the filters of the grid', async () => {
    await show(ALL, {}, { ...HEAD, part: true });
    await headMenu('Town');
    await choose('Group by this column');
    await figure(1, 1).dblclick();
    await view.page.locator('#shown').filter({ hasText: '2 of 4 rows' }).waitFor();
    await view.page.getByRole('tab', { name: 'Group' }).click();
    await press('Write as SQL Request');
    const cost = { column: 'Cost', kind: 'number' };
    assert.deepEqual((await view.last('writeSql'))?.groups, {
      title: 'Records by Town',
      levels: [{ column: 'Town', kind: 'text' }],
      measures: [{ figure: 'count' }, { figure: 'sum', of: cost }, { figure: 'average', of: cost }],
      conditions: [{ column: 'Town', kind: 'text', operator: 'eq', values: ['York'] }],
      part: true,
    });
    await done();
  });

  it('says what to do where there are too many columns, and goes on after it', async () => {
    await show(Array.from({ length: 300 }, (_, at) => ({ ID: String(at), Town: `Town ${at}` })));
    await view.page.getByRole('tab', { name: 'Group' }).click();
    await press('Add a field to the columns');
    await choose('Town');
    await view.page
      .getByRole('alert')
      .filter({ hasText: 'Town would make more than 200 columns.' })
      .waitFor();
    await press('Remove: Town');
    await lines('300');
    await done();
  });

  it('keeps the choices of a request for its next run, and after a reload', async () => {
    await show();
    await headMenu('Town');
    await choose('Group by this column');
    await view.until(`JSON.stringify(window.kept ?? '').includes('"column":"Town"')`);
    const state = await view.page.evaluate('window.kept');
    await done();
    await show(ALL, { state });
    await lines(
      'Leeds | 1 | 5.00 | 5.00',
      'York | 2 | 30.30 | 15.15',
      '(empty) | 1 | 1.00 | 1.00',
      'Total | 4 | 36.30 | 9.08',
    );
    await view.send(
      { type: 'head', head: { ...HEAD, run: 'run-2' } },
      { type: 'reset' },
      records(ALL.slice(0, 1)),
    );
    await lines('York | 1 | 10.10 | 10.10', 'Total | 1 | 10.10 | 10.10');
    await done();
  });

  it('draws only the lines in view of 100,000 groups', async () => {
    await show(Array.from({ length: 100_000 }, (_, at) => ({ Key: `K${at}` })));
    await headMenu('Key');
    await choose('Group by this column');
    await figure(0, 1).waitFor();
    await view.until(`document.querySelectorAll('#view-group .body [role=row]').length < 100`);
    await figure(0, 0).click();
    await view.page.keyboard.press('Control+End');
    await view.page
      .locator('#view-group [role=gridcell]')
      .filter({ hasText: /^100,000$/ })
      .waitFor();
    await done();
  });

  for (const theme of Object.keys(THEMES))
    it(`passes the checks of axe in ${theme}`, async () => {
      await show(courseDates(300), { theme });
      await headMenu('VenueTown');
      await choose('Group by this column');
      await press('Add a field to the columns');
      await choose('Status');
      await figure(0, 2).waitFor();
      await audit(view.page, `groups in ${theme}`);
      await press('Show Chart');
      await view.page.locator('#view-group svg[role=img]').waitFor();
      await audit(view.page, `a chart of groups in ${theme}`);
      await done();
    });
});
