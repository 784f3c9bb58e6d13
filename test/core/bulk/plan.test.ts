import assert from 'node:assert/strict';
import type { Deed } from '#core/bulk/mapping';
import { OpenConvention } from '#core/bulk/plan';
import type { Cell } from '#core/bulk/table';
import { cellText } from '#core/results/table';
import { useImports } from './support/imports';
import { tableOf } from './support/tables';

const BY_ID: Deed = { kind: 'update', column: 'ID' };
const BY_EMAIL: Deed = { kind: 'upsert', field: 'Email' };
const CREATE: Deed = { kind: 'create' };

describe('the plan of an import', () => {
  const importing = useImports({ records: 60 });
  const plan = async (
    names: string,
    rows: readonly (readonly (string | Cell)[])[],
    deed: Deed,
    module = 'user',
  ) => importing().plan({ table: tableOf(names.split(','), rows), deed, module });
  const outcomes = async (...args: Parameters<typeof plan>) =>
    (await plan(...args)).rows.map(({ row, change }) => {
      const reason = change.outcome === 'refused' ? `: ${change.reason}` : '';
      const { body, id } = change.request;
      return `${row} ${change.outcome}${reason === '' ? ` ${id ?? ''} ${body ?? ''}` : reason}`;
    });
  const user = async (index = 0) => {
    const records = await importing().records("Email ne ''", 'ID,Email,Surname,Town,Forenames');
    return records[index] as { ID: string; Email: string; Surname: string; Town: string; Forenames: string };
  };

  it('finds the rows that equal their records', async () => {
    const records = await importing().records(
      "Email ne ''",
      'ID,Title,Forenames,Surname,Email,Town,Status,DateCreated',
    );
    const names = Object.keys(records[0] ?? {});
    const rows = records.map((record) => names.map((name) => cellText(record[name])));
    assert.ok(rows.length > 20);
    const { counts } = await plan(names.join(','), rows, BY_ID);
    assert.deepEqual(counts, { create: 0, update: 0, unchanged: rows.length, refused: 0, cleared: 0 });
  });

  it('leaves a field alone whose cell is blank', async () => {
    const { ID } = await user();
    assert.deepEqual(await outcomes('ID,Town', [[ID, '']], BY_ID), [`2 unchanged ${ID} {}`]);
  });

  it('changes only what differs', async () => {
    const { ID, Surname } = await user();
    assert.deepEqual(await outcomes('ID,Surname,Town', [[ID, Surname, 'Nowhere']], BY_ID), [
      `2 update ${ID} {"Town":"Nowhere"}`,
    ]);
  });

  it('fills only what is empty, and empties only where that is asked for', async () => {
    const { ID } = await user();
    const { Forenames } = await user();
    const settled = [
      [1, { field: 'Forenames', mode: 'fill' }],
      [2, { field: 'NINumber', mode: 'fill' }],
    ] as const;
    const table = tableOf(['ID', 'Forenames', 'NI'], [[ID, 'Nobody', 'QQ123456C']]);
    const filled = await importing().plan({ table, deed: BY_ID, settled });
    assert.equal(filled.rows[0]?.change.request.body, '{"NINumber":"QQ123456C"}');
    assert.notEqual(Forenames, '');
    const clearing = tableOf(['ID', 'Forenames', 'NINumber'], [[ID, '', '']]);
    const cleared = await importing().plan({
      table: clearing,
      deed: BY_ID,
      settled: [
        [1, { field: 'Forenames', mode: 'clear' }],
        [2, { field: 'NINumber', mode: 'clear' }],
      ],
    });
    assert.equal(cleared.rows[0]?.change.request.body, '{"Forenames":""}');
    assert.equal(cleared.counts.cleared, 1);
  });

  it('refuses the rows that have one key, and names them', async () => {
    const rows = [
      ['a@x.example', 'A'],
      ['b@x.example', 'B'],
      [' A@X.example\u00a0', 'C'],
    ];
    assert.deepEqual(await outcomes('Email,Surname', rows, BY_EMAIL), [
      '2 refused: Row 2 and row 4 have the same Email (“a@x.example”), which the platform compares without regard to case and outer spaces. Keep one of them.',
      '3 create  {"Email":"b@x.example","Surname":"B"}',
      '4 refused: Row 4 and row 2 have the same Email (“A@X.example”), which the platform compares without regard to case and outer spaces. Keep one of them.',
    ]);
  });

  const SAME: readonly (readonly [module: string, field: string, one: string, other: string])[] = [
    ['user', 'CF_AuditDate', '2031-01-01', '2031-01-01T00:00:00'],
    ['user', 'CF_AuditDate', '2031-01-01T09:00', '2031-01-01 09:00:00.0'],
    ['venue', 'DailyRate', '1.50', '1.5'],
    ['venue', 'DailyRate', '12345678901234567890.50', '12345678901234567890.5'],
    ['venue', 'DailyRate', '10', '10.0'],
  ];
  for (const [module, field, one, other] of SAME)
    it(`takes ${one} and ${other} for one key`, async () => {
      const deed = { kind: 'upsert', field } as const;
      const { counts } = await plan(field, [[one], [other]], deed, module);
      assert.equal(counts.refused, 2);
    });

  it('writes a key as it looks it up', async () => {
    const { Email } = await user();
    const rows = [
      [' sp@x.example\u00a0', 'Space'],
      [` ${Email} `, 'Else'],
    ];
    const { rows: planned } = await plan('Email,Surname', rows, BY_EMAIL);
    assert.deepEqual(
      planned.map(({ change: { request } }) => [request.query[0]?.value, request.body]),
      ['sp@x.example', Email].map((email, index) => [
        `Email eq '${email}'`,
        JSON.stringify({ Email: email, Surname: rows[index]?.[1] }),
      ]),
    );
  });

  it('creates, changes or leaves a record by the field of an upsert', async () => {
    const { ID, Email, Surname } = await user();
    const rows = [
      [Email.toUpperCase(), Surname],
      [Email.replace('@', '+new@'), 'New'],
    ];
    const [first, second] = await outcomes('Email,Surname', rows, BY_EMAIL);
    assert.match(first ?? '', /^2 unchanged {2}/);
    assert.match(second ?? '', /^3 create {2}\{"Email":"[^"]+","Surname":"New"\}$/);
    const changed = await plan('Email,Surname', [[Email.toUpperCase(), 'Else']], BY_EMAIL);
    const [row] = changed.rows;
    assert.equal(row?.change.request.body, JSON.stringify({ Email, Surname: 'Else' }));
    assert.deepEqual(row?.change.request.query, [
      { name: '$upsert', value: `Email eq '${Email.toUpperCase()}'` },
    ]);
    assert.equal(row?.change.outcome === 'update' && row.change.id, ID);
  });

  it('refuses an upsert that several records meet, and says which', async () => {
    const [refused] = await outcomes('Status,Surname', [['Active', 'X']], {
      kind: 'upsert',
      field: 'Status',
    });
    assert.match(
      refused ?? '',
      /^2 refused: \d+ records have the Status “Active”: \d+ \([^)]+\), .*, …\. The platform refuses/,
    );
  });

  const REFUSED: readonly (readonly [
    what: string,
    names: string,
    row: readonly (string | Cell)[],
    deed: Deed,
    why: RegExp,
  ])[] = [
    ['an unknown ID', 'ID,Town', ['999999', 'X'], BY_ID, /There is no record with the ID “999999”\./],
    [
      'a blank ID',
      'ID,Town',
      ['', 'X'],
      BY_ID,
      /Column A \(“ID”\) is blank, so no record can be found by it\./,
    ],
    ['an ID of spaces', 'ID,Town', ['\u00a0 ', 'X'], BY_ID, /is blank/],
    [
      'an upsert by an ID that is not there',
      'ID,Town',
      ['999999', 'X'],
      { kind: 'upsert', field: 'ID' },
      /a new one could not be given it/,
    ],
    [
      'what the platform sets',
      'Surname,NotesCount',
      ['X', '5'],
      CREATE,
      /NotesCount can’t be written: the platform sets it\./,
    ],
    [
      'a date that is none',
      'Surname,CF_AuditDate',
      ['X', 'soon'],
      CREATE,
      /Column B \(“CF_AuditDate”\): “soon” is not a date/,
    ],
    [
      'an error of a formula',
      'Surname,Town',
      ['X', { kind: 'fault', text: '#N/A', message: 'It holds #N/A.' }],
      CREATE,
      /Column B \(“Town”\): It holds #N\/A\./,
    ],
  ];
  for (const [what, names, row, deed, why] of REFUSED)
    it(`refuses ${what}`, async () => {
      const [found] = await outcomes(names, [row], deed);
      assert.match(found ?? '', /^2 refused/);
      assert.match(found ?? '', why);
    });

  it('says all that is wrong with a row, and goes on with the next', async () => {
    const rows = [
      ['', 'soon', 'x'],
      ['Good', '2026-01-31', ''],
    ];
    const found = await outcomes('Surname,CF_AuditDate,NotesCount', rows, CREATE);
    assert.match(found[0] ?? '', /soon.*“x” is not a whole number/);
    assert.match(found[1] ?? '', /^3 create/);
  });

  it('takes the columns of all rows, not of the first', async () => {
    const rows = [
      ['A', ''],
      ['B', '01569'],
    ];
    assert.deepEqual(await outcomes('Surname,Phone', rows, CREATE), [
      '2 create  {"Surname":"A"}',
      '3 create  {"Surname":"B","Phone":"01569"}',
    ]);
  });

  it('refuses a plan that depends on what nothing in the file tells', async () => {
    await assert.rejects(
      plan(
        'Surname,CF_AuditDate',
        [
          ['A', '2026-01-01'],
          ['B', '03/04/2026'],
        ],
        CREATE,
      ),
      (error) => error instanceof OpenConvention && error.choice === 'dateOrder' && error.row === 3,
    );
  });

  it('refuses a row of the file that can’t be trusted', async () => {
    const table = tableOf(['Surname'], [], {
      // eslint-disable-next-line @typescript-eslint/require-await -- files are read so
      async *rows() {
        yield { row: 2, cells: [{ kind: 'text', text: 'X' }], problem: 'It has more cells than the header.' };
      },
    });
    const { rows } = await importing().plan({ table, deed: CREATE });
    assert.equal(
      rows[0]?.change.outcome === 'refused' && rows[0].change.reason,
      'It has more cells than the header.',
    );
  });

  it('reads in batches whose addresses are not too long', async () => {
    const keys = Array.from({ length: 50 }, (_, index) => `${'É'.repeat(70)}${index}''@x.example`);
    await importing().platform.controlWith({ reset: true });
    const { counts } = await plan(
      'Email,Surname',
      keys.map((key) => [key, 'X']),
      BY_EMAIL,
    );
    assert.equal(counts.create, 50);
    const { json } = await importing().platform.ask(importing().platform.control, { bearer: null });
    const paths = (json['requests'] as { path: string }[]).map(({ path }) => path);
    const longest = Math.max(...paths.map((path) => path.length));
    assert.ok(paths.length > 5 && longest < 2100, `${paths.length} requests, ${longest} characters`);
  });
});
