/** Editing cells in the real page in Chromium: what users type, see and lose, and the messages to the extension. */
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { describe, it } from 'mocha';
import type { ViewField, ViewHead } from '#webview/messages';
import { resultsGrid } from './support/results-grid';
import { HEAD, records } from './support/view-page';

const field = (name: string, type: ViewField['type'], more: Partial<ViewField> = {}): ViewField => ({
  name,
  type,
  filterable: true,
  sortable: true,
  writable: true,
  ...more,
});
const FIELDS = [
  field('ID', 'string', { writable: false }),
  field('Label', 'string'),
  field('Places', 'integer'),
  field('Start', 'datetime'),
  field('Status', 'string', { values: ['Available', 'Full', 'Cancelled'] }),
  field('Online', 'boolean'),
  field('Town', 'string'),
  field('Changed', 'datetime', { writable: false }),
];
const ROWS = Array.from({ length: 40 }, (_, at) => ({
  ID: String(100 + at),
  Label: `Course ${at}`,
  Places: at,
  Start: '2026-01-05T09:00:00',
  Status: 'Available',
  Online: false,
  Town: at === 0 ? null : 'York',
  Changed: '2026-01-01T00:00:00',
}));
const EDITABLE: ViewHead = { ...HEAD, fields: FIELDS };
const [LABEL, PLACES, START, STATUS, ONLINE, TOWN] = [1, 2, 3, 4, 5, 6];

describe('editing in the grid', () => {
  const { show, view, done, cell } = resultsGrid(ROWS, EDITABLE);
  const press = async (...keys: string[]) => {
    for (const key of keys) await view().page.keyboard.press(key);
  };
  const type = async (text: string) => view().page.keyboard.type(text);
  const focused = async () =>
    view().page.evaluate(
      '[document.activeElement.dataset.row, document.activeElement.dataset.column].join()',
    );
  const counted = async (text: string) =>
    view().until(`document.getElementById('edited').textContent === ${JSON.stringify(text)}`);
  const noted = async (text: string) =>
    view().until(`document.getElementById('edit-note').textContent.includes(${JSON.stringify(text)})`);
  const paste = async (text: string) =>
    view().page.evaluate(
      `(() => { const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(text)});
         document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`,
    );
  /** The changes that the view told last, as `ID.Column=value`. */
  const told = async (what: 'edits' | 'review' = 'edits') => {
    const json = (await view().last(what))?.json;
    if (json === undefined) return undefined;
    const edits = JSON.parse(json) as { id: string; column: string; value: unknown }[];
    return edits.map(({ id, column, value }) => `${id}.${column}=${JSON.stringify(value)}`).join(' ');
  };

  it('edits with F2, a double click and typing, goes on with Enter and Tab, and marks what changed', async () => {
    await show();
    await cell(0, LABEL).dblclick();
    await type('!');
    await press('Enter');
    assert.equal(await focused(), `1,${LABEL}`);
    await counted('1 change in 1 record');
    assert.equal(await cell(0, LABEL).textContent(), 'Course 0!');
    assert.match((await cell(0, LABEL).getAttribute('class')) ?? '', /edited/);
    assert.equal(await cell(0, LABEL).getAttribute('aria-description'), 'was: Course 0');
    // Quickly: each value stands where it was typed, and none runs over into the next cell.
    await type('First');
    await press('Tab');
    await type('12');
    await press('Tab');
    await type('31/01/2026 10:00');
    await press('Tab');
    await type('Fu');
    await press('ArrowDown', 'Enter');
    await counted('5 changes in 2 records');
    assert.equal(
      await told(),
      '100.Label="Course 0!" 101.Label="First" 101.Places=12 101.Start="2026-01-31T10:00:00" 101.Status="Full"',
    );
    await press('F2');
    await press('Escape');
    assert.equal(await focused(), `2,${STATUS}`);
    await counted('5 changes in 2 records');
    await done();
  });

  it('lets letters be shortcuts until cells are edited, and never both', async () => {
    const { page } = await show();
    await cell(1, TOWN).click();
    await type('f');
    await page.locator('#chips').filter({ hasText: 'York' }).waitFor();
    assert.equal(await told(), undefined);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await cell(1, TOWN).click();
    await type('Full /x');
    await press('Enter');
    await counted('1 change in 1 record');
    assert.match((await told()) ?? '', /Town="Full \/x"/);
    await done();
  });

  it('marks nothing when a cell is merely entered, or changed and changed back', async () => {
    await show();
    await cell(0, LABEL).dblclick();
    await press('Enter');
    await cell(2, PLACES).dblclick();
    await press('Control+a');
    await type('7');
    await press('Enter');
    await counted('1 change in 1 record');
    await cell(2, PLACES).dblclick();
    await press('Control+a');
    await type('02');
    await press('Enter');
    await counted('');
    assert.equal(await view().page.locator('.cell.edited').count(), 0);
    await done();
  });

  it('keeps an edit with its record while rows are sorted, filtered, added and fetched again', async () => {
    const { send } = await show();
    await cell(0, PLACES).dblclick();
    await press('Control+a');
    await type('77');
    await press('Enter');
    await counted('1 change in 1 record');
    // Descending by Label: the record is elsewhere now.
    await view()
      .page.locator('[role=columnheader]')
      .filter({ hasText: /^Label$/ })
      .click();
    await view()
      .page.locator('[role=columnheader]')
      .filter({ hasText: /^Label$/ })
      .click();
    await cell(0, LABEL).filter({ hasText: 'Course 39' }).waitFor();
    await counted('1 change in 1 record');
    await cell(0, LABEL).click();
    await press('Control+End');
    await cell(39, PLACES).filter({ hasText: '77' }).waitFor();
    // The same request runs again; the record has another value by now.
    await send(
      { type: 'head', head: { ...EDITABLE, run: 'run-2' } },
      { type: 'reset' },
      records(ROWS.map((row) => (row.ID === '100' ? { ...row, Places: 5 } : row))),
    );
    // Sorted anew, after all have come.
    await cell(0, LABEL).filter({ hasText: 'Course 39' }).click();
    await press('Control+End');
    await cell(39, PLACES).filter({ hasText: '77' }).waitFor();
    await view().until(
      `document.querySelector('.cell.edited')?.getAttribute('aria-description') === 'was: 5'`,
    );
    // And at last the very value.
    await send(
      { type: 'head', head: { ...EDITABLE, run: 'run-3' } },
      { type: 'reset' },
      records(ROWS.map((row) => (row.ID === '100' ? { ...row, Places: 77 } : row))),
    );
    await counted('');
    await done();
  });

  it('writes to the record that was opened, whatever is sorted meanwhile', async () => {
    const { send } = await show();
    await cell(0, LABEL).dblclick();
    await press('Control+a');
    await type('Mi');
    // More records come, and the view is sorted by them, while the user types.
    await send(
      { type: 'head', head: { ...EDITABLE, run: 'run-2' } },
      { type: 'reset' },
      records([...ROWS].reverse()),
    );
    await view().until(`document.querySelector('[data-row="39"][data-column="0"]')?.textContent === '100'`);
    await type('ne');
    await press('Tab');
    await type('55');
    await press('Tab');
    await counted('2 changes in 1 record');
    assert.equal(await told(), '100.Label="Mine" 100.Places=55');
    assert.equal(await focused(), `39,${START}`);
    await done();
  });

  it('takes what was typed last into the review, from any place, and sends nothing', async () => {
    const { page, said } = await show();
    await cell(0, LABEL).dblclick();
    await press('Control+a');
    await type('New');
    await press('Control+s');
    await counted('1 change in 1 record');
    assert.equal(await told('review'), '100.Label="New"');
    await cell(1, LABEL).dblclick();
    await press('Control+a');
    await type('Other');
    await page.getByRole('button', { name: 'Review Changes' }).click();
    await counted('2 changes in 2 records');
    assert.equal(await told('review'), '100.Label="New" 101.Label="Other"');
    assert.deepEqual(
      (await said()).filter(({ type: kind }) => !['ready', 'edits', 'review'].includes(kind)),
      [],
    );
    await done();
  });

  it('tells null, empty and the text null apart, and can make each of them', async () => {
    await show();
    const look = async (row: number) => [
      await cell(row, TOWN).getAttribute('data-void'),
      await cell(row, TOWN).textContent(),
    ];
    assert.deepEqual(await look(0), ['null', '']);
    await cell(0, TOWN).click();
    await press('Delete');
    await counted('1 change in 1 record');
    assert.deepEqual(await look(0), ['empty', '']);
    await press('ArrowDown', 'Control+Delete');
    await counted('2 changes in 2 records');
    assert.deepEqual(await look(1), ['null', '']);
    await press('ArrowDown');
    await type('null');
    await press('Enter');
    await counted('3 changes in 3 records');
    assert.deepEqual(await look(2), [null, 'null']);
    assert.equal(await told(), '100.Town="" 101.Town=null 102.Town="null"');
    await done();
  });

  it('reverts a cell by Escape, then the record, keeps the focus, and edits the same cell again', async () => {
    await show();
    await cell(0, LABEL).dblclick();
    await type('a');
    await press('Tab');
    await type('9');
    await press('Shift+Tab');
    await counted('2 changes in 1 record');
    await type('b');
    await press('Escape');
    assert.equal(await focused(), `0,${LABEL}`);
    await counted('2 changes in 1 record');
    await press('Escape');
    await counted('');
    assert.equal(await focused(), `0,${LABEL}`);
    await noted('2 changes reverted. Ctrl+Z brings them back.');
    await type('c');
    await press('Enter');
    await counted('1 change in 1 record');
    await press('Control+z', 'Control+z');
    await counted('2 changes in 1 record');
    await press('Control+y');
    await counted('');
    await done();
  });

  it('pastes a block, repeats a value, fills down, turns true and false round', async () => {
    await show();
    await cell(1, LABEL).click();
    await paste('"two\nlines"\t8\r\nplain\t9\r\n');
    await counted('4 changes in 2 records');
    assert.equal(await told(), '101.Label="two\\nlines" 101.Places=8 102.Label="plain" 102.Places=9');
    await press('Control+z');
    await counted('');
    await cell(1, STATUS).click();
    await press('Shift+ArrowDown', 'Shift+ArrowDown');
    await paste('Full');
    await counted('3 changes in 3 records');
    await cell(4, TOWN).click();
    await type('Leeds');
    await press('Enter', 'ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d');
    await counted('6 changes in 6 records');
    await cell(7, ONLINE).click();
    await press(' ');
    await counted('7 changes in 7 records');
    assert.match((await told()) ?? '', /106\.Town="Leeds" 107\.Online=true$/);
    await done();
  });

  it('shows at once what a field can’t hold, and says why a cell can’t be edited', async () => {
    const { page } = await show();
    await cell(0, PLACES).dblclick();
    await press('Control+a');
    await type('many');
    await page.locator('.cell-editor .edit-problem').filter({ hasText: 'not a whole number' }).waitFor();
    await press('Enter');
    await noted('not a whole number');
    await page.locator('.cell.faulty[aria-invalid=true]').filter({ hasText: 'many' }).waitFor();
    await cell(0, 0).click();
    await press('F2');
    await noted('The ID says which record this is');
    await cell(0, 7).click();
    await type('x');
    await noted('can’t be written');
    assert.equal(await cell(0, 7).getAttribute('aria-readonly'), 'true');
    assert.equal(await page.locator('.cell-editor').count(), 0);
    await done();

    await show(
      {},
      ROWS.map((row) => ({ ...row, ID: undefined })),
    );
    await cell(0, 0).click();
    await press('F2');
    await noted('without an ID');
    await done();

    await show({}, ROWS, { ...EDITABLE, readOnly: 'Acme is read only.' });
    await cell(0, LABEL).click();
    await press('F2');
    await noted('Acme is read only.');
    assert.equal(await view().page.getByRole('button', { name: 'Edit', exact: true }).isDisabled(), true);
    assert.equal(await told(), undefined);
    await done();
  });

  it('keeps changes through a reload, and drops none that another platform could get', async () => {
    await show();
    await cell(0, LABEL).dblclick();
    await type('!');
    await press('Enter');
    await view().until(`(window.kept?.edits?.json ?? '[]') !== '[]'`);
    const state = await view().page.evaluate('window.kept');
    await done();
    await show({ state });
    await counted('1 change in 1 record');
    assert.equal(await told(), '100.Label="Course 0!"');
    await done();
    await show({ state }, ROWS, {
      ...EDITABLE,
      address: 'https://other.example/accessplan/api/v2/CourseDate',
    });
    assert.equal(await cell(0, LABEL).textContent(), 'Course 0');
    await done();
  });

  it('shows what became of the changes that were sent', async () => {
    await show();
    await cell(0, LABEL).dblclick();
    await type('!');
    await press('Tab');
    await type('9');
    await press('Enter');
    await counted('2 changes in 1 record');
    await view().send({
      type: 'written',
      json: JSON.stringify({
        records: [{ ID: '100', Label: 'Course 0!' }],
        outcomes: [
          { id: '100', column: 'Label', value: 'Course 0!' },
          { id: '100', column: 'Places', value: 9, failure: 'The platform refused it: too many.' },
        ],
      }),
    });
    await counted('1 change in 1 record');
    assert.equal(await cell(0, LABEL).textContent(), 'Course 0!');
    assert.equal(
      await cell(0, PLACES).getAttribute('aria-description'),
      'The platform refused it: too many.\nwas: 0',
    );
    await done();
  });

  for (const theme of ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'])
    it(`has no fault that axe-core finds: ${theme}`, async () => {
      const { page } = await show({ theme });
      const check = async (what: string) => {
        await page.evaluate(axe.source);
        const found = await page.evaluate<string[]>(
          'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map((each) => each.id + ": " + each.nodes.map((node) => node.html + " " + node.failureSummary).join(" | ")))',
        );
        assert.deepEqual(found, [], what);
      };
      await cell(0, PLACES).dblclick();
      await press('Control+a');
      await type('many');
      await check('a faulty edit that is open');
      await press('Enter');
      await cell(0, STATUS).dblclick();
      await check('values to choose from');
      await press('Control+a');
      await type('Full');
      await press('Enter');
      await cell(2, TOWN).click();
      await press('Delete');
      await counted('3 changes in 2 records');
      await check('changed cells');
      await done();
    });
});
