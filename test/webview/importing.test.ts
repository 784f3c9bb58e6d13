/** The page of an import in Chromium: the file, the deed, the columns, and cells that are mended. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { audit } from './support/audit';
import { ImportPages, type ShownImport } from './support/import-page';
import { THEMES } from './support/themes';
import { type Looks, sharedPages } from './support/view-page';

const PEOPLE = `Contact,First name,Surname,Start date,Places,apq-reason
ann@example.org,Ann,Smith,03/04/2026,5,old
bo@example.org,Bo,<b>Jones</b>,01/02/2026,many,
cy@example.org,Cy,,31 June 2026,7,
`;

describe('the page of an import', () => {
  const pages = sharedPages(new ImportPages());
  let folder: string;
  let view: ShownImport;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'apq-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const show = async (content: string | Buffer, looks: Looks = {}) =>
    (view = await pages.open(folder, content, looks));
  const done = async () => {
    assert.deepEqual(view.problems, []);
    await view.page.close();
  };
  const text = async (selector: string) => view.page.locator(selector).innerText();
  const missing = async () => text('#missing');
  /** Waits until the page says that nothing is missing, or what. */
  const misses = async (what: string) =>
    view.until(`document.getElementById('missing').textContent === ${JSON.stringify(what)}`);
  const fill = async (selector: string, value: string) => {
    await view.page.locator(selector).fill(value);
    await view.page.locator(selector).press('Enter');
  };
  /** The fields of all columns, as they are shown. */
  const fields = () =>
    view.state().columns.map(({ letter, field, role, remark }) => `${letter} ${field || role || remark}`);

  it('leads from the file to a plan', async () => {
    const { page } = await show(PEOPLE);
    assert.equal(await missing(), 'Name the module whose records are written.');
    assert.equal(await page.locator('#plan').isDisabled(), true);
    await fill('#module', 'usr');
    await view.until(`!document.getElementById('error').hidden`);
    assert.equal(await text('#error'), 'Acme sandbox has no module “usr”. Did you mean User?');
    await fill('#module', 'user');
    await misses('Say what becomes of the rows.');
    assert.equal(await page.locator('#module').inputValue(), 'User');
    await page.locator('#by-field').fill('Email');
    await page.locator('#deed-upsert').check();
    await misses('Settle which column is which field.');
    assert.match(await text('#mapping-problems'), /No column is the field Email/);
    await fill('#field-0', 'Email');
    await misses(
      'Which comes first in dates, the day or the month? “03/04/2026” in row 2: the file does not tell.',
    );
    await page.locator('#choice-dateOrder').selectOption('day');
    await misses('');
    assert.deepEqual(fields(), [
      'A Email',
      'B Forenames',
      'C Surname',
      'D StartDate',
      'E Places',
      'F Of an earlier import',
    ]);
    await page.locator('#plan').click();
    assert.equal((await view.last('plan'))?.version, view.state().version);
    await done();
  });

  it('lists the cells that are wrong, and mends them in their places', async () => {
    const { page } = await show(PEOPLE);
    await fill('#module', 'User');
    await misses('Say what becomes of the rows.');
    await page.locator('#deed-create').check();
    await view.until(`!document.getElementById('problem-part').hidden`);
    await page.locator('#choice-dateOrder').selectOption('day');
    await view.until(`document.getElementById('found').textContent === '2 problems'`);
    await page.locator('#filter').fill('whole number');
    await view.until(`document.getElementById('found').textContent === '1 of 2 problems'`);
    assert.match(await text('#cells tbody'), /^3\s+E3\s+Column E \(“Places”\): “many” is not a whole number/);
    await page.locator('#filter').fill('');
    await fill('#cell-3-4', '6');
    await view.until(`document.getElementById('found').textContent === '1 problem'`);
    await fill('#cell-4-3', '30/06/2026');
    await view.until(`document.getElementById('problem-part').hidden`);
    assert.match(await text('#notes'), /2 cells are mended for this import; the file stays as it is\./);
    await done();
  });

  it('reads the file anew as the user says, and shows its rows', async () => {
    const { page } = await show(Buffer.from('Report;2026\n\nID;Name\n007;M\xfcller\n008;b\n', 'latin1'));
    assert.match(await text('#choices'), /The file is not UTF-8, so it was read as Windows-1252/);
    assert.match(await text('#preview tbody'), /007\s+Müller/);
    await page.locator('#choice-delimiter').selectOption(',');
    await view.until(`document.getElementById('preview').textContent.includes('007;M')`);
    await page.locator('#choice-headerRow').selectOption('4');
    await view.until(`document.querySelector('#preview thead').textContent.includes('007')`);
    await done();
  });

  it('keeps what is typed while the page is shown anew', async () => {
    const { page } = await show(PEOPLE);
    await page.locator('#module').fill('Us');
    await view.send({ type: 'state', state: view.state() });
    await page.keyboard.type('er');
    await page.keyboard.press('Enter');
    await misses('Say what becomes of the rows.');
    await done();
  });

  it('keeps the caret in what is typed, and takes the click that ends it', async () => {
    const { page } = await show(PEOPLE);
    await fill('#module', 'User');
    await misses('Say what becomes of the rows.');
    await page.locator('#field-1').fill('Fornames');
    for (let left = 0; left < 5; left++) await page.keyboard.press('ArrowLeft');
    const others = view.state().columns.map((each) => ({ ...each, sample: `${each.sample}.` }));
    await view.send({ type: 'state', state: { ...view.state(), columns: others } });
    await page.keyboard.type('e');
    assert.equal(await page.locator('#field-1').inputValue(), 'Forenames');
    assert.equal(await view.last('assign'), undefined);
    // The text is told when it is left, and the answer comes while the button of the mouse is pressed.
    const answered = view.state().version;
    await page.locator('#deed-create').hover();
    await page.mouse.down();
    while (view.state().version === answered) await page.evaluate('new Promise(requestAnimationFrame)');
    await page.evaluate('new Promise(requestAnimationFrame)');
    await page.mouse.up();
    await misses(
      'Which comes first in dates, the day or the month? “03/04/2026” in row 2: the file does not tell.',
    );
    assert.equal(view.state().deed.kind, 'create');
    assert.equal(view.state().columns[1]?.field, 'Forenames');
    await done();
  });

  it('sets back what was not taken', async () => {
    const { page } = await show(PEOPLE);
    await fill('#module', 'User');
    await misses('Say what becomes of the rows.');
    await page.evaluate('window.hear = undefined');
    await page.locator('#deed-create').check();
    await view.send({ type: 'state', state: { ...view.state(), error: 'That can’t be.' } });
    assert.equal(await page.locator('#deed-create').isChecked(), false);
    await done();
  });

  it('never takes text for markup', async () => {
    await show('ID,<img src=x onerror=alert(1)>\n1,<script>alert(1)</script>\n2,b');
    assert.match(await text('#preview'), /<img src=x onerror=alert\(1\)>/);
    assert.equal(await view.page.locator('#preview img, #preview script').count(), 0);
    await done();
  });

  for (const theme of Object.keys(THEMES))
    it(`can be read and used by everyone in ${theme}`, async () => {
      const { page } = await show(PEOPLE, { theme });
      await fill('#module', 'User');
      await misses('Say what becomes of the rows.');
      await page.locator('#deed-create').check();
      await view.until(`!document.getElementById('problem-part').hidden`);
      await audit(page, theme);
      await done();
    });
});
