/** The page of the query builder in Chromium: by mouse and keyboard, from an empty file to a whole request. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { BuilderState } from '#language';
import type { ShownAnswer } from '#webview/builder/messages';
import { audit } from './support/audit';
import { BuilderPages, type ShownBuilder } from './support/builder-page';
import { EMPTY, eq, WITH_MODULE } from './support/builder-twin';
import { THEMES } from './support/themes';
import { type Looks, sharedPages } from './support/view-page';

const LOCKED: BuilderState = {
  ...WITH_MODULE,
  select: [
    { text: 'Title', locked: false },
    { text: 'Course/Name', locked: true },
  ],
  conditions: [
    eq('Status', 'Available'),
    { join: 'or', text: "startswith(Title, 'A') or (Cost gt 5)" },
    eq('Active', 'true', 'and'),
  ],
  order: [{ text: 'StartDate', descending: true, locked: false }],
  top: '20',
  pages: '3',
  others: ['$expand = Venue'],
  problems: ['“Titel” is not a field of CourseDate.'],
};

const LINKED = {
  name: 'CourseID',
  type: 'string',
  filterable: true,
  sortable: true,
  values: [],
  linked: 'Course',
} as const;

/** The answer with one record, of so many. */
const rows = (total: number, record: Readonly<Record<string, unknown>>): ShownAnswer => ({
  kind: 'rows',
  count: `${total} records`,
  total,
  columns: Object.keys(record),
  json: JSON.stringify([record]),
  locale: 'en-GB',
  note: '',
});

describe('the page of the builder', () => {
  const pages = sharedPages(new BuilderPages());
  let view: ShownBuilder;

  const show = async (state?: BuilderState, looks?: Looks) => (view = await pages.open(state, looks));
  const end = async () => {
    assert.deepEqual(view.problems, []);
    await view.page.close();
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await view.page.keyboard.press(key);
  };
  const type = async (text: string) => view.page.keyboard.type(text);
  const focused = async () =>
    view.page.evaluate<string>(
      `document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent`,
    );
  const text = async (selector: string) =>
    (await view.page.locator(selector).innerText()).replace(/\s+/g, ' ');

  it('leads by the keyboard alone from an empty file to a whole request', async () => {
    const { page, state, done } = await show();
    await page.locator('#module').focus();
    await type('coursed');
    await press('ArrowDown', 'Enter');
    await done();
    assert.equal(state().module, 'CourseDate');
    await press('Tab');
    assert.equal(await focused(), 'field-search');
    await type('title');
    await press('ArrowDown', 'Space');
    await done();
    await press('Shift+Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await type('begins');
    await press('ArrowDown', 'Space');
    await done();
    assert.deepEqual(
      state().select?.map((each) => each.text),
      ['Title', 'StartDate'],
    );
    await press('Tab');
    assert.equal(await focused(), 'add-condition');
    await press('Enter');
    assert.equal(await focused(), 'd1-field');
    await type('stat');
    await press('Enter');
    assert.equal(await focused(), 'd1-value');
    await type('av');
    await press('ArrowDown', 'Enter');
    await done();
    assert.equal(state().conditions[0]?.text, "Status eq 'Available'");
    assert.equal(await focused(), 'd1-value');
    await page.locator('#add-order').focus();
    await type('start');
    await press('Enter');
    await done();
    assert.deepEqual(state().order, [{ text: 'StartDate', descending: false, locked: false }]);
    await press('Tab', 'ArrowDown');
    assert.match(await focused(), /amount-/);
    await page.locator('#top').focus();
    await type('50');
    await press('Enter');
    await done();
    assert.equal(state().top, '50');
    await page.locator('#run').focus();
    await press('Enter');
    assert.ok(await view.last('run'));
    await end();
  });

  it('carries out what is done faster than the file follows', async () => {
    const { page, state, done } = await show(WITH_MODULE);
    for (const name of ['Title', 'Status', 'Cost'])
      await page
        .locator('#fields [role=option]')
        .filter({ hasText: new RegExp(`^ ?${name} `) })
        .click();
    await page
      .locator('#fields [role=option]')
      .filter({ hasText: /^ ?Status / })
      .click();
    await done();
    assert.deepEqual(
      state().select?.map((each) => each.text),
      ['Title', 'Cost'],
    );
    await end();
  });

  it('takes a module of the list and no other, says what is near, and leaves it as it was by Escape', async () => {
    const { page, state, done } = await show({
      ...WITH_MODULE,
      modules: [...WITH_MODULE.modules, { name: 'Person', text: 'One of the people.' }],
    });
    const module = page.locator('#module');
    const options = async () => (await text('#module-list')).trim();
    for (const [typed, expected] of [
      ['peopel', 'Nothing is called “peopel”. Did you mean one of these? Person One of the people.'],
      [
        'coursdate',
        'Nothing is called “coursdate”. Did you mean one of these? CourseDate A course on a day, with its places. Course What is taught.',
      ],
      ['xyz', 'Nothing found.'],
    ] as const) {
      await module.fill(typed);
      await press('Enter');
      assert.equal(await options(), expected);
      assert.equal(state().module, 'CourseDate');
    }
    await press('Escape');
    assert.equal(await module.inputValue(), 'CourseDate');
    await module.fill('Use');
    await press('Escape', 'Tab');
    await module.fill('peopel');
    await press('Tab');
    await done();
    assert.deepEqual([await module.inputValue(), state().module], ['CourseDate', 'CourseDate']);
    await module.fill('peopel');
    await press('ArrowDown', 'Enter');
    await done();
    assert.equal(state().module, 'Person');
    await end();
  });

  it('lists the likeliest field first: whole words before their beginnings, the first word before others', async () => {
    const named = [
      'MainUserCompanyEndDate',
      'MainCompanyID',
      'CompanyName',
      'Companionship',
      'EndDate',
      'StartDate',
    ];
    const { page } = await show({
      ...WITH_MODULE,
      fields: named.map((name) => ({ name, type: 'string', filterable: true, sortable: true, values: [] })),
    });
    const names = async (typed: string) => {
      await page.locator('#field-search').fill(typed);
      return (await page.locator('#fields .choice').allInnerTexts()).join(' ');
    };
    assert.equal(await names('company'), 'CompanyName MainCompanyID MainUserCompanyEndDate');
    assert.equal(await names('compan'), 'CompanyName Companionship MainCompanyID MainUserCompanyEndDate');
    assert.equal(await names('date'), 'EndDate StartDate MainUserCompanyEndDate');
    assert.equal(await names('date start'), 'StartDate');
    assert.equal(await names('ompany'), 'MainUserCompanyEndDate MainCompanyID CompanyName');
    assert.equal(await names('compnay'), 'CompanyName MainCompanyID MainUserCompanyEndDate');
    assert.equal(await text('#fields-part [role=status]'), 'Nothing found; these are near.');
    await end();
  });

  it('keeps a search of fields, and how far they are scrolled, for its request only', async () => {
    const { page, edit, send } = await show(WITH_MODULE);
    const scrolled = async () => page.evaluate<number>(`document.getElementById('fields').scrollTop`);
    await page.evaluate(`document.getElementById('fields').scrollTop = 120`);
    await edit({ ...WITH_MODULE, top: '8' });
    assert.equal(await scrolled(), 120);
    await edit({ ...WITH_MODULE, module: 'Course', fields: WITH_MODULE.fields.slice(1) });
    assert.equal(await scrolled(), 0);
    await page.evaluate(`document.getElementById('fields').scrollTop = 120`);
    const search = page.locator('#field-search');
    await search.fill('cost');
    await edit({ ...WITH_MODULE, top: '9' });
    assert.equal(await search.inputValue(), 'cost');
    const other = { request: 9, done: 0, file: 'b.apq', connection: '', production: false, conditions: [] };
    await send({ type: 'request', shown: { ...WITH_MODULE, ...other } });
    assert.equal(await search.inputValue(), '');
    assert.equal(await scrolled(), 0);
    assert.equal(await text('#fields-part [role=status]'), '66 fields');
    await end();
  });

  it('shows dates in words, and offers what a number may mean', async () => {
    const date = { field: 'StartDate', operator: 'ge', value: '{{$today + 45d}}' };
    const { page, state, done } = await show({
      ...WITH_MODULE,
      conditions: [{ text: 'x', parts: date, label: 'in 45 days', name: 'Tuesday 17 March 2026' }],
    });
    const value = page.locator('[id$="-value"]');
    assert.equal(await value.inputValue(), 'in 45 days');
    assert.equal(await text('[id$="-value-about"]'), 'Tuesday 17 March 2026');
    await value.click();
    assert.equal(
      await text('[role=listbox].choices:not([hidden])'),
      'today Saturday 31 January 2026 in 30 days Monday 2 March 2026',
    );
    await value.fill('60');
    assert.equal(await text('[role=listbox].choices:not([hidden])'), 'in 60 days 60 days ago');
    await press('ArrowDown', 'ArrowDown', 'Enter');
    await done();
    assert.equal(state().conditions[0]?.parts?.value, '60 days ago');
    await value.fill('in 30');
    await press('ArrowDown', 'Enter');
    await done();
    assert.equal(state().conditions[0]?.parts?.value, '{{$today + 30d}}');
    assert.equal(await value.inputValue(), 'in 30 days');
    await end();
  });

  it('says at its row what is wrong with a condition', async () => {
    const { page, edit } = await show({
      ...WITH_MODULE,
      conditions: [
        eq('Cost', '5'),
        { ...eq('StartDate', 'soon', 'and'), problems: ['“soon” is not a date.'] },
        { ...eq('Status', 'Ful', 'and'), notes: ['Do you mean Full?'] },
      ],
    });
    const said = async () => (await page.locator('#conditions .said').allInnerTexts()).join('|');
    assert.equal(await said(), '|“soon” is not a date.|Do you mean Full?');
    const wrong = page.locator('#conditions .said.problem');
    assert.deepEqual(await wrong.allInnerTexts(), ['“soon” is not a date.']);
    await edit({ ...WITH_MODULE, conditions: [eq('Cost', '5'), eq('StartDate', '2026-01-01', 'and')] });
    assert.equal(await said(), '|');
    await end();
  });

  it('mends a condition at once, by the buttons below its row', async () => {
    const { page, state, done, edit } = await show({
      ...WITH_MODULE,
      conditions: [
        { ...eq('Status', 'Ful'), notes: ['Do you mean Full?'], fixes: ["Write 'Full'", "Write 'Fun'"] },
        { join: 'and', text: "Status in ('Ful')", problems: ['There is no in.'], fixes: ['Rewrite it'] },
      ],
    });
    const fixes = page.locator('#conditions .fixes button');
    assert.deepEqual(await fixes.allInnerTexts(), ["Write 'Full'", "Write 'Fun'", 'Rewrite it']);
    await fixes.nth(0).focus();
    await press('Enter');
    await done();
    assert.equal(state().conditions[0]?.parts?.value, 'Full');
    assert.deepEqual(await fixes.allInnerTexts(), ['Rewrite it']);
    assert.equal(await focused(), await page.locator('.value input').first().getAttribute('id'));
    await fixes.click();
    await done();
    assert.deepEqual(state().conditions[1], eq('Status', 'Full', 'and'));
    await edit({ ...WITH_MODULE, conditions: [] });
    await end();
  });

  for (const width of [300, 700, 1500])
    it(`keeps the columns of conditions in line at ${width} pixels, whatever is said of a row`, async () => {
      const { page } = await show(
        {
          ...LOCKED,
          conditions: [...LOCKED.conditions, { ...eq('Title', 'a', 'and'), problems: ['Wrong.'] }],
        },
        { viewport: { width, height: 900 } },
      );
      await page.locator('#add-condition').click();
      const places = async (selector: string) =>
        page.evaluate<number[]>(
          `[...document.querySelectorAll('#conditions ${selector}')].filter((each) => each.checkVisibility()).map((each) => Math.round(each.getBoundingClientRect().right))`,
        );
      const rows = await places('.row');
      const ends = await places('[data-does=remove]');
      assert.equal(ends.length, 5);
      assert.deepEqual(new Set(ends).size, 1, 'the buttons');
      assert.ok((rows[0] ?? 0) - (ends[0] ?? 0) < 8, 'at the right end');
      assert.equal(new Set(await places('> .row > .combobox')).size, 1, 'the fields');
      assert.equal(new Set(await places('[data-does=operator]')).size, 1, 'the comparisons');
      await end();
    });

  it('says how many records a page has and how many there are, and forgets it when the request changes', async () => {
    const { page, answer, state, done } = await show(WITH_MODULE);
    const amount = async () => text('#amount-part');
    const page50 = 'The first page (about 50 records) The first records All records';
    assert.equal(await amount(), page50);
    await answer(rows(1983, { Title: 'a' }));
    assert.equal(await amount(), 'The first page (about 50 of 1,983) The first records All records (1,983)');
    await answer(rows(22, { Title: 'a' }));
    assert.match(await amount(), /^The first page \(all of 22\)/);
    await answer(rows(0, {}));
    assert.equal(await amount(), 'The first page The first records All records');
    await page.getByLabel('All records').check();
    assert.equal(await amount(), page50);
    await done();
    assert.equal(state().pages, 'all');
    await page.locator('#top').fill('20');
    await press('Enter');
    await done();
    assert.deepEqual([state().top, state().pages], ['20', undefined]);
    assert.equal(await page.locator('#amount-first').isChecked(), true);
    await page.getByLabel('All records').check();
    await done();
    assert.match(await amount(), /All records, 20 at a time/);
    await page.getByLabel('The first page').check();
    await done();
    assert.deepEqual([state().top, state().pages], [undefined, undefined]);
    await end();
  });

  it('lets nothing be added before the fields are known', async () => {
    const { page, edit } = await show(EMPTY);
    const enabled = async () =>
      Promise.all(['#add-condition', '#add-order'].map(async (each) => page.locator(each).isEnabled()));
    assert.deepEqual(await enabled(), [false, false]);
    assert.equal(await text('#fields-part p.hint'), 'Choose a module first.');
    await edit({ ...EMPTY, module: 'peopel' });
    assert.equal(await text('#fields-part p.hint'), 'There is no module “peopel”. Choose another one above.');
    assert.deepEqual(await enabled(), [false, false]);
    await edit(WITH_MODULE);
    assert.deepEqual(await enabled(), [true, true]);
    await end();
  });

  it('keeps focus, caret and what is typed when the file changes in the editor', async () => {
    const { page, edit } = await show({ ...WITH_MODULE, conditions: [eq('Title', 'First Aid')] });
    const value = page.locator('[id$="-value"]');
    await value.click();
    await press('Escape', 'End');
    await type(' at');
    await press('ArrowLeft', 'ArrowLeft');
    await edit({ ...WITH_MODULE, conditions: [eq('Cost', '5'), eq('Title', 'First Aid', 'and')], top: '9' });
    assert.equal(await page.locator('#top').inputValue(), '9');
    await type('X');
    assert.equal(await value.nth(1).inputValue(), 'First Aid Xat');
    assert.equal(await page.evaluate('document.activeElement.id'), await value.nth(1).getAttribute('id'));
    await end();
  });

  it('keeps a value that is being written while the fields come, and the choice that keys have reached', async () => {
    const conditions = [eq('StartDate', '')];
    const { page, edit } = await show({ ...WITH_MODULE, fields: [], conditions });
    const value = page.locator('[id$="-value"]');
    await value.click();
    await type('in 3');
    await press('ArrowLeft');
    await edit({ ...WITH_MODULE, conditions });
    await page.locator('[id$="-value-day"]').waitFor();
    await type('1');
    assert.equal(await value.inputValue(), 'in 13');
    assert.equal(await view.last('wish'), undefined);
    await page.locator('#add-order').focus();
    await press('ArrowDown', 'ArrowDown', 'ArrowDown');
    const reached = page.locator('#add-order-list [aria-selected=true] .choice');
    const name = await reached.textContent();
    await edit({ ...WITH_MODULE, conditions, top: '9' });
    assert.equal(await page.locator('#top').inputValue(), '9');
    assert.equal(await reached.textContent(), name);
    await end();
  });

  it('shows what it does not understand with a lock, and changes what is around it', async () => {
    const { page, state, done } = await show(LOCKED);
    assert.match(
      await text('#conditions'),
      /startswith\(Title, 'A'\) or \(Cost gt 5\) \(written by hand; edit it in the file\)/,
    );
    assert.equal(await page.locator('#conditions .locked:visible').count(), 1);
    assert.match(await text('#chosen'), /Course\/Name \(written by hand/);
    assert.match(await text('#others'), /^\$expand = Venue/);
    assert.match(await text('#problems'), /^“Titel” is not a field/);
    assert.match(await text('#amount-part'), /3 pages of 20, as written in the file/);
    await page.locator('#conditions select[data-does=join]').nth(2).selectOption('or');
    await page.locator('#conditions .row').nth(2).locator('[id$="-value"]').selectOption('false');
    await done();
    assert.deepEqual(
      state().conditions.map((each) => [each.join, each.text]),
      [
        [undefined, "Status eq 'Available'"],
        ['or', "startswith(Title, 'A') or (Cost gt 5)"],
        ['or', "Active eq 'false'"],
      ],
    );
    await end();
  });

  it('locks a part that it can’t change, and says how and and or are read', async () => {
    const { page, edit } = await show({
      ...WITH_MODULE,
      conditions: [eq('Title', 'a'), eq('Cost', '1', 'or'), eq('Status', 'Full', 'and')],
      reading: 'and binds first.',
      order: [{ text: 'Title', descending: false, locked: false }],
      locked: ['order', 'pages'],
    });
    assert.match(await text('#conditions-part'), /and binds first\./);
    assert.equal(await page.locator('.lock').count(), 2);
    assert.equal(await page.locator('[inert] #add-order').count(), 1);
    await audit(page, 'with locked parts');
    await edit(WITH_MODULE);
    assert.equal(await page.locator('.lock, [inert]').count(), 0);
    await end();
  });

  it('writes a condition whose field was changed only when it has a value again', async () => {
    const { page, state, done } = await show({ ...WITH_MODULE, conditions: [eq('Status', 'Full')] });
    await page.locator('[id$="-field"]').fill('StartDate');
    await press('Enter');
    await done();
    assert.equal(state().conditions[0]?.text, "Status eq 'Full'");
    assert.match(await text('#conditions'), /Choose or write a value\./);
    assert.match(await focused(), /-value$/);
    await press('ArrowDown', 'ArrowDown', 'Enter');
    await done();
    assert.match(state().conditions[0]?.text ?? '', /^StartDate ge '\{\{\$today/);
    await page.locator('input[type=date]').fill('2026-12-24');
    await done();
    assert.equal(state().conditions[0]?.text, "StartDate ge '2026-12-24'");
    await end();
  });

  it('moves and removes by keyboard, and the focus stays with its row', async () => {
    const { page, state, done } = await show({
      ...WITH_MODULE,
      select: ['Title', 'Status', 'Cost'].map((each) => ({ text: each, locked: false })),
    });
    await page.getByRole('button', { name: 'Move Cost up' }).focus();
    await press('Enter');
    await done();
    assert.equal(await focused(), 'Move Cost up');
    await press('Enter');
    await done();
    assert.deepEqual(
      state().select?.map((each) => each.text),
      ['Cost', 'Title', 'Status'],
    );
    assert.match(await focused(), /Cost/);
    await page.getByRole('button', { name: 'Remove Title' }).focus();
    await press('Enter');
    await done();
    assert.equal(await focused(), 'Remove Status');
    await press('Enter');
    await done();
    assert.equal(await focused(), 'Remove Cost');
    await press('Enter');
    await done();
    assert.equal(state().select, undefined);
    assert.equal(await focused(), 'field-search');
    await end();
  });

  it('lists the modules as soon as they are known, for what was typed by then', async () => {
    const { page, edit, state, done } = await show({ ...EMPTY, modules: [] });
    await page.locator('#module').focus();
    await type('coursed');
    assert.equal(await page.locator('#module-list').isHidden(), true);
    await edit(EMPTY);
    await page.locator('#module-list [role=option]').first().click();
    await done();
    assert.equal(state().module, 'CourseDate');
    await end();
  });

  it('says why a change was refused, and shows what is there', async () => {
    const { page, refuse, done } = await show({ ...WITH_MODULE, conditions: [eq('Title', 'a')] });
    refuse('That is too long.');
    await page.locator('[id$="-value"]').fill('abc');
    await press('Enter');
    await done();
    assert.equal(await text('#error'), 'That is too long.');
    assert.equal(await page.locator('[id$="-value"]').inputValue(), 'a');
    await page.locator('#top').fill('5');
    await press('Enter');
    await done();
    assert.equal(await page.locator('#error').isHidden(), true);
    await end();
  });

  it('passes undo on to the file, unless something is typed that is not in it', async () => {
    const { page, said } = await show(WITH_MODULE);
    const undone = async () => (await said()).map(({ type }) => type).filter((each) => each.endsWith('do'));
    await page.locator('#add-condition').focus();
    await press('Control+z', 'Control+Shift+z', 'Control+y');
    assert.deepEqual(await undone(), ['undo', 'redo', 'redo']);
    await page.locator('#module').press('End');
    await type('x');
    await press('Control+z');
    assert.equal((await undone()).length, 3);
    assert.equal(await page.locator('#module').inputValue(), 'CourseDate');
    await press('Control+z');
    assert.equal((await undone()).length, 4);
    await end();
  });

  it('lets VS Code select all outside of fields only, where it would select what is typed by then', async () => {
    const { page } = await show(WITH_MODULE);
    await page.evaluate(
      `window.heard = []; window.addEventListener('keydown', ({ key }) => window.heard.push(key));`,
    );
    await page.locator('#module').focus();
    await press('Control+a');
    await page.locator('#add-condition').focus();
    await press('Control+a');
    const heard = await page.evaluate<string[]>('window.heard');
    assert.deepEqual(
      heard.filter((key) => key === 'a'),
      ['a'],
    );
    await end();
  });

  it('shows how many records there are and the first of them, and never takes text for markup', async () => {
    const { page, answer } = await show(WITH_MODULE);
    await answer(
      rows(22, {
        Title: '<b>First</b> Aid',
        Cost: 13838.6,
        StartDate: '2026-11-26T09:00:00',
        '<img src=x>': null,
      }),
    );
    assert.equal(await text('#count'), '22 records');
    assert.match(await text('#answer'), /<b>First<\/b> Aid 13,838\.60 26 Nov 2026, 09:00/);
    assert.equal(
      await page.evaluate(`getComputedStyle(document.querySelector('#answer td.number')).textAlign`),
      'right',
    );
    assert.equal(await page.locator('#answer b, #answer img').count(), 0);
    await answer({ kind: 'failed', text: 'The platform did not respond.' });
    assert.equal(await text('#answer-note'), 'The platform did not respond.');
    assert.equal(await page.locator('#answer').isHidden(), true);
    await page.locator('#preview').uncheck();
    assert.equal((await view.last('preview'))?.on, false);
    await end();
  });

  it('says calmly why there is nothing to build', async () => {
    const { page, send } = await show();
    await send({ type: 'nothing', file: 'a.apq', text: 'Put the cursor on a request.' });
    assert.equal(await text('#nothing-text'), 'Put the cursor on a request.');
    assert.equal(await page.locator('#parts').isHidden(), true);
    await end();
  });

  it('offers to look values up where a text is wanted, and opens the list again with them', async () => {
    const { page, edit } = await show({ ...WITH_MODULE, conditions: [eq('Title', '')] });
    await page.locator('[id$="-value"]').click();
    await page.getByRole('option', { name: 'Look up values…' }).click();
    assert.equal((await view.last('look-up'))?.field, 'Title');
    const fields = WITH_MODULE.fields.map((each) =>
      each.name === 'Title' ? { ...each, values: [{ value: 'First Aid' }] } : each,
    );
    await edit({ ...WITH_MODULE, fields, conditions: [eq('Title', '')] });
    await page.getByRole('option', { name: 'First Aid' }).waitFor();
    await end();
  });

  it('finds records by their names, and writes the ID of the one that is chosen by the keyboard', async () => {
    const { page, send, state, done } = await show({
      ...WITH_MODULE,
      fields: [...WITH_MODULE.fields, LINKED],
      conditions: [eq('CourseID', '')],
    });
    const answer = async (typed: string, note: string, ...names: string[]) =>
      send({
        ...{ type: 'records', field: 'CourseID', text: typed, note },
        records: names.map((name, index) => ({ id: String(index + 7), name })),
      });
    await page.locator('[id$="-value"]').focus();
    await type('cafe');
    assert.deepEqual(await view.last('records'), { type: 'records', field: 'CourseID', text: 'cafe' });
    await answer('cafe', 'Searching Course for “cafe”…');
    await page.getByRole('option', { name: 'Searching Course for “cafe”…' }).waitFor();
    await answer('cafe', '', 'Café <b>', 'Cafeteria');
    await page.getByRole('option', { name: 'Café <b> 7' }).waitFor();
    await press('ArrowDown', 'Enter');
    await done();
    assert.deepEqual(state().conditions[0]?.parts, { field: 'CourseID', operator: 'eq', value: '7' });
    assert.equal(await text('[id$="-value-about"]'), 'Café <b>');
    await press('ControlOrMeta+a');
    await type('Cafeteria');
    await press('Enter');
    await done();
    assert.equal(state().conditions[0]?.parts?.value, '8');
    await end();
  });

  it('compares with the whole ID where a record is chosen, and where a field of IDs is', async () => {
    const { page, send, state, done } = await show({
      ...WITH_MODULE,
      fields: [...WITH_MODULE.fields, LINKED],
      conditions: [{ text: 'x', parts: { field: 'Title', operator: 'contains', value: 'blue' } }],
    });
    const choose = async (id: string) => {
      await page.locator('[id$="-value"]').fill('blue');
      const records = [{ id, name: 'Blue "Sky" Academy' }];
      await send({ type: 'records', field: 'CourseID', text: 'blue', note: '', records });
      await page.getByRole('option', { name: 'Blue "Sky" Academy' }).click();
      await done();
      return state().conditions[0]?.text;
    };
    const operator = page.locator('#conditions [data-does=operator]');
    await page.locator('[id$="-field"]').fill('CourseID');
    await press('Enter');
    await done();
    assert.equal(await operator.inputValue(), 'eq');
    assert.equal(await choose('523'), "CourseID eq '523'");
    for (const [before, id, after] of [
      ['contains', '524', 'eq'],
      ['ne', '525', 'ne'],
    ] as const) {
      await operator.selectOption(before);
      await done();
      assert.equal(await choose(id), `CourseID ${after} '${id}'`);
    }
    await end();
  });

  it('says nothing of how often a value came below one that is chosen', async () => {
    const { page } = await show({ ...WITH_MODULE, conditions: [eq('Status', 'Full')] });
    assert.equal(await page.locator('[id$="-value-about"]').textContent(), '');
    await end();
  });

  it('says that no field is chosen only where none is', async () => {
    const { edit } = await show(WITH_MODULE);
    const hint = async () => view.page.locator('#fields-part p.hint').textContent();
    assert.equal(await hint(), 'None is chosen, so the platform sends its own choice of fields.');
    await edit({ ...WITH_MODULE, locked: ['select'] });
    assert.equal(await hint(), '');
    await end();
  });

  it('names the buttons of a field and of a sorting differently', async () => {
    const { page } = await show({
      ...WITH_MODULE,
      select: [{ text: 'StartDate', locked: false }],
      order: [{ text: 'StartDate', descending: false, locked: false }],
    });
    const names = await page.evaluate<string[]>(
      `[...document.querySelectorAll('#parts button[aria-label]')].map((each) => each.getAttribute('aria-label'))`,
    );
    assert.deepEqual(names, [
      'Move StartDate up',
      'Move StartDate down',
      'Remove StartDate',
      'Move sorting by StartDate up',
      'Move sorting by StartDate down',
      'Remove sorting by StartDate',
    ]);
    await end();
  });

  for (const [name, state] of Object.entries({ empty: EMPTY, full: LOCKED }))
    for (const width of [300, 500])
      it(`fits ${name} into ${width} pixels`, async () => {
        const { page } = await show(state, { viewport: { width, height: 700 } });
        assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
        assert.equal(
          await page.evaluate(
            `(() => { const p = document.getElementById('parts'); return p.scrollWidth <= p.clientWidth; })()`,
          ),
          true,
        );
        await end();
      });

  for (const theme of Object.keys(THEMES))
    it(`can be read and used by everyone in ${theme}`, async () => {
      const { page, answer } = await show(LOCKED, { theme, viewport: { width: 640, height: 1100 } });
      await answer(rows(1983, { Title: 'First Aid', Cost: 13838.6, StartDate: '2026-11-26T09:00:00' }));
      await audit(page, theme);
      await page.locator('[id$="-value"]').first().click();
      await audit(page, `${theme}, with a list open`);
      await end();
    });
});
