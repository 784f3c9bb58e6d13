/** An import while it is prepared. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describePlan } from '#core/bulk/describe-plan';
import { ImportDraft } from '#core/bulk/import-draft';
import { noRows } from '#core/bulk/planned-row';
import { chosen, valueLabel } from '#core/bulk/reading/choice-words';
import { type ReadingChoices, shownIn } from '#core/bulk/table';
import type { FieldInfo, ModuleInfo } from '#language';

const field = (name: string, type: FieldInfo['type'] = 'string'): FieldInfo => ({
  ...{ name, type, filterable: true, sortable: true },
});
const USER: ModuleInfo = { name: 'User', fields: [field('ID'), field('Name'), field('Places', 'integer')] };
const VENUE: ModuleInfo = { name: 'venue', fields: [field('ID'), field('Name')] };

describe('an import while it is prepared', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const draftOf = async (text: string) => {
    const path = join(folder, 'people.csv');
    writeFileSync(path, text);
    return ImportDraft.of(path);
  };
  const settledFor = async (text: string) => {
    const draft = await draftOf(text);
    draft.useModule(USER);
    draft.useDeed({ kind: 'update', column: 'ID' });
    return draft;
  };
  const messages = async (draft: ImportDraft) =>
    ((await draft.check())?.problems ?? []).map(
      ({ row, column, message }) => `${row}/${column ?? '-'} ${message}`,
    );

  it('has no mapping before the module and the deed are chosen', async () => {
    const draft = await draftOf('ID,Name\n1,a');
    assert.equal(await draft.check(), undefined);
    draft.useModule(USER);
    assert.equal(await draft.check(), undefined);
    draft.useDeed({ kind: 'create' });
    assert.equal(draft.outcome?.ok, true);
  });

  it('finds the cells that are wrong, and takes those that were mended', async () => {
    const draft = await settledFor('ID,Name,Places\n1,a,x\n,b,2\n3,c,5');
    assert.deepEqual(await messages(draft), [
      '2/2 Column C (“Places”): “x” is not a whole number. Write digits only, such as 12.',
      '3/0 Column A (“ID”) is blank, so no record can be found by it.',
    ]);
    draft.edit(2, 2, '7');
    draft.edit(3, 0, '2');
    assert.deepEqual(await messages(draft), []);
    assert.equal(draft.mended, 2);
    assert.deepEqual(draft.first[0]?.cells.map(shownIn), ['1', 'a', '7']);
  });

  it('names a row of too many cells, which no cell mends', async () =>
    assert.deepEqual(
      (await messages(await settledFor('ID,Name\n1,Smith, Ann\n2,b\n3,c'))).map((each) => each.slice(0, 20)),
      ['2/- Row 2 has 3 cells'.slice(0, 20)],
    ));

  it('keeps what was mended where cells stay in their places, and forgets it where they move', async () => {
    const draft = await settledFor('ID,Name,Places\n1,03/04/2026,x\n2,b,2');
    draft.edit(2, 2, '7');
    await draft.choose({ dateOrder: 'day' });
    assert.equal(draft.mended, 1);
    await draft.choose({ headerRow: 2 });
    assert.equal(draft.mended, 0);
    assert.equal(draft.deed, undefined);
  });

  it('keeps the draft where a choice can’t be', async () => {
    const draft = await settledFor('ID,Name\n1,a');
    await assert.rejects(draft.choose({ headerRow: 9 }), /Row 9 can’t name the columns/);
    assert.equal(draft.table.columns.length, 2);
    await draft.choose({ encoding: 'windows-1252' });
    assert.equal(draft.outcome?.ok, true);
  });

  it('forgets what was settled for another module', async () => {
    const draft = await settledFor('ID,Name\n1,a');
    draft.assign(1, { field: 'Places', mode: 'clear' });
    draft.useModule(USER);
    assert.equal(draft.settledFor(1)?.mode, 'clear');
    draft.useModule(VENUE);
    assert.equal(draft.settledFor(1), undefined);
    assert.deepEqual(draft.deed, { kind: 'update', column: 'ID' });
  });

  it('asks only for what a field needs', async () => {
    const draft = await settledFor('ID,Name,Places\n1,03/04/2026,2');
    const open = async () =>
      draft.openChoices((await draft.check())?.needs ?? new Set()).map(({ name }) => name);
    assert.deepEqual(await open(), []);
    draft.useModule({ name: 'User', fields: [field('ID'), field('Name', 'datetime')] });
    assert.deepEqual(await open(), ['dateOrder']);
  });
});

describe('a choice from a view', () => {
  const CHOICES: readonly (readonly [name: string, value: string, choice: ReadingChoices | undefined])[] = [
    ['delimiter', '\t', { delimiter: '\t' }],
    ['delimiter', 'x', undefined],
    ['headerRow', '3', { headerRow: 3 }],
    ['headerRow', '-1', undefined],
    ['sheet', 'constructor', { sheet: 'constructor' }],
    ['encoding', 'latin1', undefined],
    ['constructor', 'x', undefined],
  ];
  for (const [name, value, choice] of CHOICES)
    it(`${name} ${JSON.stringify(value)}`, () => assert.deepEqual(chosen(name, value), choice));

  it('has words for a value', () => {
    assert.equal(valueLabel('delimiter', ';'), 'Semicolon');
    assert.equal(valueLabel('sheet', 'toString'), 'toString');
  });
});

describe('a plan in a sentence', () => {
  const SENTENCES = [
    [{ create: 1 }, 0, 'This creates 1 record of user.'],
    [
      { create: 12, update: 1040, unchanged: 3, refused: 2 },
      4,
      'This creates 12 and changes 1,040 records of user. 4 fields are emptied. 3 rows change nothing and are not sent. 2 rows would be refused and are left out.',
    ],
    [{ unchanged: 1 }, 0, 'This writes nothing to user. 1 row changes nothing and is not sent.'],
  ] as const;
  for (const [counts, cleared, sentence] of SENTENCES)
    it(sentence, () => assert.equal(describePlan({ ...noRows(), ...counts }, cleared, 'user'), sentence));
});
