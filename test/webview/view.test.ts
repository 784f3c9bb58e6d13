/** The real page in Chromium: what users see and do, and the messages to the extension. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ViewField, ViewHead } from '#webview/messages';
import { audit } from './support/audit';
import { courseDates } from './support/sample';
import { THEMES } from './support/themes';
import { HEAD, type Looks, records, sharedPages, type Shown, ViewPages } from './support/view-page';

const COUNT = 120;
const ALL = courseDates(COUNT);

const field = (name: string, type: ViewField['type'], limits: Partial<ViewField> = {}): ViewField => ({
  name,
  type,
  filterable: true,
  sortable: true,
  writable: true,
  ...limits,
});
const FIELDS = [
  field('StartDate', 'datetime'),
  field('Cost', 'decimal'),
  field('SpacesLeft', 'integer', { writable: false }),
  field('Label', 'string', { sortable: false }),
];

describe('the results view', () => {
  const pages = sharedPages(new ViewPages());
  let view: Shown;

  const show = async (list: readonly unknown[] = ALL, looks: Looks = {}) => {
    view = await pages.open(looks);
    await view.send({ type: 'head', head: { ...HEAD, fields: FIELDS } }, { type: 'reset' }, records(list));
    if (list.length > 0 && looks.state === undefined)
      await view.page.locator('[role=gridcell]').first().waitFor();
    return view;
  };
  const done = async () => {
    assert.deepEqual(view.problems, []);
    await view.page.close();
  };
  const cell = (row: number, column: number) =>
    view.page.locator(`#view-grid [role=gridcell][data-row="${row}"][data-column="${column}"]`);
  const head = (name: string) =>
    view.page.locator('[role=columnheader]').filter({ hasText: new RegExp(`^${name}$`) });
  const shownText = async (pattern: RegExp) =>
    view.page.locator('#shown').filter({ hasText: pattern }).waitFor();
  const focused = async () =>
    view.page.evaluate('[document.activeElement.dataset.row, document.activeElement.dataset.column].join()');
  const choose = async (name: string | RegExp) => view.page.getByRole('menuitem', { name }).click();

  it('shows columns by name, values by type, and tells missing, null and empty apart', async () => {
    const { page } = await show([
      { ID: '1', Start: '2026-01-31T09:00:00', Sum: 1234567.5, Void: null },
      { ID: '2', Start: '2026-02-01T09:00:00', Sum: 2, Void: '', More: ['a', 'b'] },
    ]);
    assert.deepEqual(await page.locator('[role=columnheader]').allTextContents(), [
      'ID',
      'Start',
      'Sum',
      'Void',
      'More',
    ]);
    assert.deepEqual(await page.locator('[role=row] [role=gridcell]').allTextContents(), [
      ...['1', '31 Jan 2026, 09:00', '1,234,567.50', '', ''],
      ...['2', '01 Feb 2026, 09:00', '2.00', '', 'a; b'],
    ]);
    assert.deepEqual(
      await page
        .locator('[role=gridcell]')
        .evaluateAll((cells) =>
          cells.map((each) => (each as unknown as { dataset: Record<string, string> }).dataset['void'] ?? ''),
        ),
      ['', '', '', 'null', 'missing', '', '', '', 'empty', ''],
    );
    await cell(0, 1).hover();
    assert.equal(await cell(0, 1).getAttribute('title'), '2026-01-31T09:00:00');
    await done();
  });

  it('moves, selects, sums and copies by keyboard', async () => {
    const { page, last } = await show();
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), '1,1');
    await page.keyboard.press('Control+c');
    assert.deepEqual(await last('copy'), { type: 'copy', text: 'Fire warden, York', what: '1 cell' });
    await page.keyboard.press('End');
    assert.equal(await focused(), '1,12');
    await page.keyboard.press('Control+End');
    assert.equal(await focused(), `${COUNT - 1},12`);
    await page.keyboard.press('Control+Home');
    for (let at = 0; at < 6; at++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page
      .locator('#selected')
      .filter({ hasText: 'Sum 27 · Average 9.00 · Lowest 8 · Highest 10' })
      .waitFor();
    await page.keyboard.press('Control+c');
    assert.deepEqual(await last('copy'), {
      type: 'copy',
      text: 'Places\r\n8\r\n9\r\n10',
      what: '3 cells, 3 of 120 rows',
    });
    await page.keyboard.press('Control+a');
    await page.locator('#selected').filter({ hasText: '1,560 cells in 120 rows' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    assert.equal(await head('ID').getAttribute('aria-sort'), 'ascending');
    await page.keyboard.press('Shift+F10');
    assert.equal(await page.getByRole('menu').getAttribute('aria-label'), 'Column ID');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate('document.activeElement.getAttribute("role")'), 'columnheader');
    await done();
  });

  it('sorts by several columns, filters, and writes back what the API can express', async () => {
    const { page, last } = await show(ALL, { viewport: { width: 1700, height: 700 } });
    await head('Places').click();
    await head('Places').click();
    await head('Label').click({ modifiers: ['Shift'] });
    await page.locator('.chip').nth(1).waitFor();
    await cell(0, 6).filter({ hasText: '16' }).waitFor();
    assert.deepEqual(await page.locator('.chip').allTextContents(), ['Places ↓', 'Label ↑']);
    await cell(0, 4).click({ button: 'right' });
    await choose(/^Hide/);
    await shownText(/of 120 rows/);
    await head('Notes').click({ button: 'right' });
    await choose('Filter…');
    await page.getByLabel('Condition').selectOption('regex');
    await page.getByLabel('Value', { exact: true }).fill('^conf');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Write to query (in part)' }).click();
    const written = await last('writeBack');
    assert.deepEqual(written?.orderby, [{ column: 'Places', descending: true }]);
    assert.equal(written?.filter?.length, 1);
    assert.equal(written?.filter?.[0]?.operator, 'ne');
    await page.getByRole('button', { name: 'Export' }).click();
    await choose(/rows as CSV…$/);
    const exported = await last('export');
    assert.ok(Array.isArray(exported?.rows));
    assert.equal(
      exported.rows.length,
      Number(/^\d+/.exec((await page.locator('#shown').textContent()) ?? '')),
    );
    await page.getByRole('button', { name: 'Clear all' }).click();
    await shownText(/^120 rows/);
    await done();
  });

  it('filters by the value under the cursor, opens the record that it points at, asks to edit', async () => {
    const { page, last } = await show();
    await cell(1, 2).click();
    await page.keyboard.press('o');
    assert.deepEqual(await last('follow'), { type: 'follow', record: 1, field: 'CourseID' });
    await page.keyboard.press('e');
    assert.deepEqual(await last('edit'), { type: 'edit', id: '2001', column: 'CourseID', value: 'FirWar' });
    await page.keyboard.press('f');
    await shownText(/^24 of 120 rows/);
    await page.keyboard.press('x');
    await shownText(/^0 of 120 rows/);
    await done();
  });

  it('hides, finds, moves and pins columns, and remembers it for the request but not filters for its next run', async () => {
    const { page } = await show();
    await head('Label').click({ button: 'right' });
    await choose('Hide');
    await head('Status').click({ button: 'right' });
    await choose('Pin to the left');
    await head('CourseID').click({ button: 'right' });
    await choose('Move right');
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Find a column').fill('notes');
    await page.keyboard.press('Enter');
    await cell(0, 10).waitFor();
    await cell(0, 0).click();
    await page.keyboard.press('f');
    await shownText(/of 120 rows/);
    await page.locator('#tab-json').click();
    await view.until('window.kept?.run?.tab === "json"');
    const state = await page.evaluate('window.kept');
    await done();
    await show(ALL, { state });
    await shownText(/of 120 rows · 12 columns, 1 hidden/);
    assert.equal(await view.page.locator('#tab-json').getAttribute('aria-selected'), 'true');
    await view.page.locator('#tab-grid').click();
    assert.deepEqual((await view.page.locator('[role=columnheader]').allTextContents()).slice(0, 4), [
      'Status',
      'ID',
      'StartDate',
      'CourseID',
    ]);
    await view.send({ type: 'head', head: { ...HEAD, run: 'run-2' } }, { type: 'reset' }, records(ALL));
    await shownText(/^120 rows · 12 columns, 1 hidden/);
    await view.send(
      { type: 'head', head: { ...HEAD, run: 'run-3', request: 'other' } },
      { type: 'reset' },
      records(ALL),
    );
    await shownText(/^120 rows · 13 columns$/);
    await done();
  });

  it('begins another query at the top left of the grid, and the next run of the same on its tab', async () => {
    const { page, send } = await show(ALL, { viewport: { width: 700, height: 500 } });
    await cell(0, 1).click();
    await page.keyboard.press('Control+End');
    assert.equal(await focused(), `${COUNT - 1},12`);
    await page.locator('#tab-record').click();
    await send({ type: 'head', head: { ...HEAD, run: 'run-2' } }, { type: 'reset' }, records(ALL));
    await page.getByText(`Record 1 of ${COUNT}`).waitFor();
    await send(
      { type: 'head', head: { ...HEAD, run: 'run-3', request: 'other' } },
      { type: 'reset' },
      records(ALL),
    );
    await cell(0, 0).waitFor();
    assert.equal(await page.locator('#tab-grid').getAttribute('aria-selected'), 'true');
    assert.deepEqual(
      await page.evaluate(
        '[document.querySelector(".grid").scrollTop, document.querySelector(".grid").scrollLeft]',
      ),
      [0, 0],
    );
    assert.equal(await cell(0, 0).getAttribute('tabindex'), '0');
    await done();
  });

  it('keeps the column that names the records in view, unless the user lets it go', async () => {
    const { page } = await show(ALL, { viewport: { width: 700, height: 500 } });
    const scrolled = async () => page.evaluate('document.querySelector(".grid").scrollLeft');
    await cell(0, 0).click();
    await page.keyboard.press('End');
    assert.equal(await focused(), '0,12');
    assert.notEqual(await scrolled(), 0);
    const [label, last] = [await cell(0, 1).boundingBox(), await cell(0, 12).boundingBox()];
    assert.ok((label?.x ?? -1) >= 0 && (label?.x ?? 0) < 100);
    assert.ok((last?.x ?? 0) >= (label?.x ?? 0) + (label?.width ?? 0));
    assert.equal(await cell(0, 1).getAttribute('aria-colindex'), '3');
    // The order for the keyboard and for screen readers is that of the columns.
    const places = await page.evaluate<number[]>(
      `[...document.querySelectorAll('[role=row][aria-rowindex="2"] [role=gridcell]')].map((each) => Number(each.getAttribute('aria-colindex')))`,
    );
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    // A cell that it would cover is brought into sight.
    for (let column = 11; column >= 2; column--) {
      await page.keyboard.press('ArrowLeft');
      const box = await cell(0, column).boundingBox();
      assert.ok((box?.x ?? 0) >= (label?.x ?? 0) + (label?.width ?? 0) - 1, String(column));
    }
    await page.keyboard.press('End');
    // What is pointed at is what is seen.
    await cell(2, 1).click();
    assert.equal(await focused(), '2,1');
    await head('Label').click({ button: 'right' });
    const item = page.getByRole('menuitemcheckbox', { name: 'Stays in view' });
    assert.equal(await item.getAttribute('aria-checked'), 'true');
    await item.click();
    await cell(0, 12).click();
    await page.keyboard.press('End');
    await cell(0, 1).waitFor({ state: 'detached' });
    await done();
  });

  it('shows the arrows of the columns without being pointed at, and names the summary', async () => {
    const { page } = await show();
    const opacity = Number(
      await page.evaluate('getComputedStyle(document.querySelector(".column-menu")).opacity'),
    );
    assert.ok(opacity > 0.3 && opacity < 1);
    await head('Status').click({ button: 'right' });
    await choose('Summary of this column');
    assert.equal(await page.locator('#tab-profile').getAttribute('aria-selected'), 'true');
    await done();
  });

  it('says when the records were fetched, and warns of old ones and of an earlier answer', async () => {
    const { page, send } = await show();
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const age = async (change: Partial<ViewHead>, text: RegExp, old: boolean) => {
      await send({ type: 'head', head: { ...HEAD, ...change } });
      await page.locator('#age').filter({ hasText: text }).waitFor();
      assert.equal((await page.locator('#age').getAttribute('class')) ?? '', old ? 'old' : '');
    };
    await age({ startedAt: ago(0) }, /^· fetched just now$/, false);
    await age({ startedAt: ago(70) }, /^· fetched 1 hour ago$/, true);
    await age({ startedAt: ago(24 * 60 * 3) }, /^· fetched 3 days ago$/, true);
    await age({ method: 'PUT', startedAt: ago(24 * 60 * 3) }, /^· sent 3 days ago$/, true);
    await age(
      { startedAt: ago(0), earlier: 'refused' },
      /^Earlier answer, fetched just now: the last run was refused$/,
      true,
    );
    await page
      .locator('#announcement')
      .filter({ hasText: /^Earlier answer/ })
      .waitFor({ state: 'attached' });
    await send({ type: 'head', head: { ...HEAD, state: 'running' } });
    await page.locator('#age').waitFor({ state: 'hidden' });
    await done();
  });

  it('offers to compare with the previous run of the same request, and says when that was', async () => {
    const { page, send, last } = await show();
    await page.getByRole('button', { name: 'More' }).click();
    assert.equal(await page.getByRole('menuitem', { name: /previous run/ }).count(), 0);
    await page.keyboard.press('Escape');
    const startedAt = new Date(Date.now() - 2 * 24 * 60 * 60_000).toISOString();
    await send({ type: 'head', head: { ...HEAD, previous: { run: 'run-0', startedAt } } });
    await page.getByRole('button', { name: 'More' }).click();
    await choose('Compare with previous run, 2 days ago');
    assert.deepEqual(await last('action'), { type: 'action', id: 'comparePrevious' });
    await done();
  });

  it('shows first rows at once, streams the rest, reaches the last cell, rarely announces progress', async () => {
    const { page, send } = await show([]);
    await send(
      {
        type: 'head',
        head: {
          ...HEAD,
          run: 'run-2',
          state: 'running',
          progress: { done: 0, of: 50_000, text: '5,000 a second' },
        },
      },
      { type: 'reset' },
    );
    await page.locator('#waiting').waitFor();
    for (let start = 0; start < 50_000; start += 10_000)
      await send(
        records(
          Array.from({ length: 10_000 }, (_, at) => ({ ID: start + at, Text: `t${start + at}` })),
          start,
        ),
        {
          type: 'head',
          head: {
            ...HEAD,
            run: 'run-2',
            state: 'running',
            progress: { done: start + 10_000, of: 50_000, text: '5,000 a second' },
          },
        },
      );
    assert.equal(await page.locator('#announcement').textContent(), 'Running');
    assert.equal(await page.locator('#progress').getAttribute('aria-valuenow'), '100');
    await shownText(/^50,000 rows/);
    assert.ok((await page.locator('[role=row]').count()) < 80);
    await send({ type: 'head', head: { ...HEAD, run: 'run-2', summary: '50,000 records' } });
    await page.locator('#announcement').filter({ hasText: '50,000 records' }).waitFor();
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press('Control+End');
    assert.equal(await cell(49_999, 1).textContent(), 't49999');
    await page.keyboard.press('Control+Home');
    await page.locator('#search').fill('t4999');
    await page.locator('#found').filter({ hasText: '11 matches' }).waitFor();
    await page.keyboard.press('Enter');
    await cell(4_999, 1).waitFor();
    await done();
  });

  it('says wherever the rows are counted that they are not all there is', async () => {
    const { page, send } = await show();
    const names = async () => page.getByRole('menuitem').allTextContents();
    await page.getByRole('button', { name: 'Export' }).click();
    assert.match((await names()).join(), /all 120 rows as CSV…/);
    await page.keyboard.press('Escape');
    const actions = [{ id: 'fetchAll', label: 'Fetch All' }];
    await send({
      type: 'head',
      head: { ...HEAD, summary: '120 records; there may be more', actions, part: true },
    });
    await page.getByRole('button', { name: 'Fetch All' }).waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    assert.match((await names()).join(), /the 120 fetched rows as CSV…/);
    await page.keyboard.press('Escape');
    await head('Label').click({ button: 'right' });
    await choose('Filter…');
    await page.getByText('Filter Label in the 120 fetched').waitFor();
    await page.getByLabel('Condition').selectOption('startswith');
    await page.getByLabel('Value', { exact: true }).fill('Fire');
    await page.keyboard.press('Enter');
    await shownText(/of 120 rows · in the 120 fetched/);
    await page.locator('#tab-profile').click();
    await page.getByText(/columns of \d+ of the 120 fetched rows/).waitFor();
    await page.locator('#tab-chart').click();
    await page
      .getByText(/in the 120 fetched$/)
      .last()
      .waitFor();
    await done();
  });

  it('shows that there are no records, and what went wrong', async () => {
    const { page, send } = await show([]);
    await page.locator('#empty').waitFor();
    await send({
      type: 'head',
      head: { ...HEAD, state: 'failed', error: 'The API refused the key.', notes: ['a note'] },
    });
    assert.equal(await page.locator('#error').textContent(), 'The API refused the key.');
    await page.locator('#empty').waitFor({ state: 'hidden' });
    await done();
  });

  it('shows a record, the summary, a chart that can be saved, the responses, a comparison', async () => {
    const { page, send, last } = await show();
    await cell(2, 1).click();
    await page.keyboard.press('Enter');
    await page.getByText('Record 3 of 120').waitFor();
    await page.locator('.record .field', { hasText: 'Cost' }).getByText('169.00', { exact: true }).waitFor();
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByText('Record 4 of 120').waitFor();
    await page.locator('#tab-profile').click();
    await page.getByRole('region', { name: 'Status' }).locator('.tops button').first().click();
    await shownText(/of 120 rows/);
    await page.locator('#tab-chart').click();
    await page.getByRole('button', { name: 'Save as SVG' }).click();
    assert.match((await last('picture'))?.data ?? '', /^<svg [^]*polyline[^]*<\/svg>$/);
    await page.getByRole('button', { name: 'Save as PNG' }).click();
    assert.equal(
      Buffer.from((await last('picture'))?.data ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
      'PNG',
    );
    await send({
      type: 'responses',
      responses: [
        {
          status: 200,
          statusText: 'OK',
          headers: [['X-Test', 'yes']],
          milliseconds: 12,
          bytes: 10,
          body: '{"results":[]}',
          cut: false,
        },
      ],
    });
    await page.locator('#tab-response').click();
    await page.getByText('200 OK · 12 ms · 10 bytes').waitFor();
    await send({
      type: 'compare',
      other: {
        title: 'Yesterday',
        json: JSON.stringify([{ ID: '2000', Status: 'Old', Cost: '1.5' }, { ID: '1' }]),
      },
    });
    await page.getByRole('button', { name: '119 added' }).click();
    await page.locator('.change.changed', { hasText: 'Cost' }).waitFor();
    assert.deepEqual(
      await page.locator('.change.changed', { hasText: 'Cost' }).locator('bdi').allTextContents(),
      ['2000', 'Cost', '1.50', '95.00'],
    );
    assert.equal(await page.locator('.list .change').count(), 3);
    await page.getByRole('button', { name: 'End' }).click();
    assert.equal(await page.locator('#tab-compare').isVisible(), false);
    await done();
  });

  it('shows hostile records as text in every view, under the security policy', async () => {
    const evil = [
      '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
      '"><svg onload=window.hacked=1>',
      '=HYPERLINK("http://evil","x")',
      'user\u202egnp.exe\u2066',
      'x'.repeat(100_000),
      '\u0000\u0007\ud800 {{constructor}} ${window.hacked=1}',
      'javascript:window.hacked=1',
    ];
    const list = evil.map((text, at) => ({
      ID: `${at}${text.slice(0, 50)}`,
      [text.slice(0, 60)]: text,
      __proto__: at,
      List: [text],
      Nested: { [text.slice(0, 20)]: text },
    }));
    const { page, send } = await show(list);
    await send(
      {
        type: 'head',
        head: {
          ...HEAD,
          title: evil[0] ?? '',
          address: evil[1] ?? '',
          notes: evil,
          error: evil[1] ?? '',
          connection: evil[0] ?? '',
          actions: [{ id: 'x', label: evil[0] ?? '' }],
        },
      },
      {
        type: 'responses',
        responses: [
          {
            status: 500,
            statusText: evil[0] ?? '',
            headers: [[evil[0] ?? '', evil[1] ?? '']],
            milliseconds: 1,
            bytes: 1,
            body: evil.join('\n'),
            cut: false,
          },
        ],
      },
      {
        type: 'compare',
        other: {
          title: evil[0] ?? '',
          json: JSON.stringify(list.map((record) => ({ ...record, List: [evil[1]] }))),
        },
      },
    );
    await page.locator('.list .change').first().waitFor();
    for (const tab of ['record', 'json', 'profile', 'group', 'chart', 'response', 'compare', 'grid']) {
      await page.locator(`#tab-${tab}`).click();
      await page.locator(`#view-${tab} *`).first().waitFor();
    }
    await page.locator('#search').fill('<img');
    await page.locator('#found').filter({ hasText: 'match' }).waitFor();
    await cell(0, 0).click({ button: 'right' });
    await choose(/^Show only/);
    await page.locator('.chip').first().waitFor();
    assert.equal(await page.evaluate('window.hacked'), undefined);
    assert.equal(await page.locator('body img, body svg[onload], main script, body [onerror]').count(), 0);
    const texts = await page.evaluate('document.body.innerText');
    const hidden = /.{0,20}[\u202e\u2066\u0007]/.exec(String(texts));
    assert.equal(hidden, null, hidden?.[0]);
    await done();
  });

  for (const theme of Object.keys(THEMES))
    it(`has no fault that axe-core finds: ${theme}`, async () => {
      const { page, send } = await show(ALL.slice(0, 6), { theme });
      await send(
        {
          type: 'responses',
          responses: [
            {
              status: 200,
              statusText: 'OK',
              headers: [['a', 'b']],
              milliseconds: 1,
              bytes: 1,
              body: '{}',
              cut: false,
            },
          ],
        },
        {
          type: 'compare',
          other: {
            title: 'Before',
            json: JSON.stringify([{ ID: '2000', Status: 'Old', Cost: '1.5' }, { ID: '1' }]),
          },
        },
      );
      await page.locator('.list .change').first().waitFor();
      // Themes change all views alike, and the views hold the same in all themes.
      const tabs =
        theme === 'vscode-light'
          ? ['record', 'json', 'profile', 'group', 'chart', 'response', 'compare', 'grid']
          : ['compare', 'grid'];
      for (const tab of tabs) {
        await page.locator(`#tab-${tab}`).click();
        await page.locator(`#view-${tab} *`).first().waitFor();
        await audit(page, tab);
      }
      await cell(0, 1).click();
      await page.keyboard.press('f');
      await page.locator('.chip').first().waitFor();
      await head('Status').click({ button: 'right' });
      await audit(page, 'menu');
      await choose('Filter…');
      await page.locator('.values label').nth(1).waitFor();
      await audit(page, 'filter');
      await done();
    });

  it('reflows at 200% and keeps the records in view', async () => {
    const { page } = await show(ALL, { viewport: { width: 400, height: 340 } });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    assert.ok(((await page.locator('#view-grid .grid').boundingBox())?.height ?? 0) >= 150);
    await done();
  });
});
