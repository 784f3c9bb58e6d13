import assert from 'node:assert/strict';
import {
  type Assignment,
  type Deed,
  findColumn,
  guessFields,
  mapColumns,
  unmapped,
} from '#core/bulk/mapping';
import type { FieldInfo, FieldType, ModuleInfo } from '#language';
import { columnsOf } from './support/tables';

const field = (name: string, type: FieldType = 'string', more: Partial<FieldInfo> = {}): FieldInfo => ({
  name,
  type,
  filterable: true,
  sortable: true,
  ...more,
});

const USER: ModuleInfo = {
  name: 'User',
  fields: [
    field('ID', 'string', { writable: false }),
    field('Email'),
    field('Forenames', 'string', { label: 'First name' }),
    field('Surname', 'string', { label: 'Last name' }),
    field('StartDate', 'datetime'),
    field('Town'),
    field('Notes', 'string', { filterable: false }),
    field('CF_Dietary needs'),
    field('Status'),
    field('MaritalStatus', 'string', { label: 'Status' }),
    field('NotesCount', 'integer', { writable: false }),
  ],
};

describe('columns and fields', () => {
  const GUESSES: readonly (readonly [column: string, field: string | undefined, near?: string])[] = [
    ['Email', 'Email'],
    ['EMAIL', 'Email'],
    ['start_date', 'StartDate'],
    ['Start-Date', 'StartDate'],
    ['start date', 'StartDate'],
    ['First name', 'Forenames'],
    ['last_name', 'Surname'],
    ['Status', 'Status'],
    ['cf dietary needs', 'CF_Dietary needs'],
    ['Emial', undefined, 'Email'],
    ['Wombat', undefined],
    ['', undefined],
    ['apq-reason', undefined],
    [' APQ-Reason', undefined],
    ['apq-id', undefined],
  ];
  for (const [column, expected, near] of GUESSES)
    it(`takes “${column}” for ${expected ?? 'no field'}`, () => {
      const [guess] = guessFields(columnsOf(column), USER.fields);
      assert.equal(guess?.field, expected);
      if (near !== undefined) assert.ok(guess?.near.includes(near));
    });

  const map = (names: string, deed: Deed, settled: readonly (readonly [number, Assignment])[] = []) =>
    mapColumns({ columns: columnsOf(...names.split(',')), module: USER, deed, settled: new Map(settled) });
  const CREATE: Deed = { kind: 'create' };
  const shown = (outcome: ReturnType<typeof map>) =>
    outcome.ok
      ? `${outcome.mapping.key === undefined ? '' : `${outcome.mapping.key.field.name}@${outcome.mapping.key.column}: `}${outcome.mapping.fields.map(({ column, field: { name } }) => `${name}@${column}`).join(' ')}`
      : outcome.problems.map(({ message }) => message).join('\n');

  const CASES: readonly (readonly [
    what: string,
    names: string,
    deed: Deed,
    expected: string | RegExp,
    settled?: readonly (readonly [number, Assignment])[],
  ])[] = [
    ['all fields for a creation', 'Email,Surname,Wombat', CREATE, 'Email@0 Surname@1'],
    [
      'no key among what an update writes',
      'Nr,Town',
      { kind: 'update', column: 'Nr' },
      'ID@0: Town@1',
      [[0, { field: undefined }]],
    ],
    ['the ID column by its letter', 'Nr,Town', { kind: 'update', column: 'a' }, 'ID@0: Town@1'],
    ['the ID column', 'ID,Town', { kind: 'update', column: 'id' }, 'ID@0: Town@1'],
    ['an upsert with its key', 'email,Town', { kind: 'upsert', field: 'EMAIL' }, 'Email@0: Email@0 Town@1'],
    ['an upsert by an ID without it', 'ID,Town', { kind: 'upsert', field: 'ID' }, 'ID@0: Town@1'],
    ['what was settled', 'Mail,Town', CREATE, 'Email@0 Town@1', [[0, { field: 'email' }]]],
    ['a settled column before a guessed one', 'Email,Mail', CREATE, 'Email@1', [[1, { field: 'Email' }]]],
    ['one of two columns of a name', 'Town,Town', CREATE, 'Town@1', [[1, { field: 'Town' }]]],
    ['no column that was left out', 'Town,Email', CREATE, 'Email@1', [[0, { field: undefined }]]],
    [
      'not two columns for one field',
      'Town,Town',
      CREATE,
      /^Column A \(“Town”\) and Column B \(“Town”\) are both taken for Town\. Say which one counts\.$/,
    ],
    ['not two spellings of one field', 'StartDate,start date', CREATE, /both taken for StartDate/],
    [
      'no unknown field',
      'Town',
      CREATE,
      /User has no field “Emial”. Did you mean “Email”/,
      [[0, { field: 'Emial' }]],
    ],
    [
      'no missing ID column',
      'Town,Emall',
      { kind: 'update', column: 'Email' },
      /no column “Email”. Did you mean “Emall”\?/,
    ],
    [
      'no double ID column',
      'ID,ID,Town',
      { kind: 'update', column: 'ID' },
      /Columns A and B are both named “ID”/,
    ],
    [
      'no upsert without its column',
      'Town',
      { kind: 'upsert', field: 'Email' },
      /No column is the field Email/,
    ],
    [
      'no upsert by an unknown field',
      'Town',
      { kind: 'upsert', field: 'Wombat' },
      /User has no field “Wombat”/,
    ],
    [
      'no upsert that can’t be looked up',
      'Notes',
      { kind: 'upsert', field: 'Notes' },
      /Notes can’t be filtered/,
    ],
    ['nothing where nothing fits', 'Wombat', CREATE, /nothing to write/],
    ['nothing but a key', 'ID,apq-reason', { kind: 'update', column: 'ID' }, /nothing to write/],
  ];
  for (const [what, names, deed, expected, settled] of CASES)
    it(`maps ${what}`, () => {
      const found = shown(map(names, deed, settled));
      if (typeof expected === 'string') assert.equal(found, expected);
      else assert.match(found, expected);
    });

  it('tells the columns that are not used, but for its own', () => {
    const columns = columnsOf('Email', 'Towm', 'apq-reason', '');
    const outcome = mapColumns({ columns, module: USER, deed: CREATE });
    assert.ok(outcome.ok);
    assert.deepEqual(
      unmapped({ columns, module: USER }, outcome.mapping).map(({ column, near }) => [column, near[0]]),
      [[1, 'Town']],
    );
  });

  it('takes names as they stand without metadata', () => {
    const outcome = mapColumns({
      columns: columnsOf('ID', 'Anything'),
      module: { name: 'User' },
      deed: { kind: 'update', column: 'ID' },
    });
    assert.equal(shown(outcome), 'ID@0: Anything@1');
  });

  it('finds a column by its name before its letter', () => {
    assert.deepEqual(
      ['b', 'A', 'C'].map((written) => findColumn(columnsOf('B', 'x', 'y'), written)),
      [0, 0, 2],
    );
  });
});
