/** What is said of texts that a statement takes for numbers. */
import assert from 'node:assert/strict';
import { notesOnNumbers } from '#core/sql/not-numbers';
import type { SqlCell, TableContent } from '#engine/types';
import type { FieldType } from '#language';

const table = (name: string, columns: Record<string, FieldType>, rows: SqlCell[][]): TableContent => ({
  name,
  columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  rows,
  key: name,
});

const INVOICES = table('invoices', { ID: 'string', Price: 'decimal', Code: 'string', Extra: 'unknown' }, [
  ['1', 10, '007', '£100'],
  ['2', '12,50', '8', 'none'],
  ['3', '1.234,56', '', '12 pm'],
  ['4', null, null, null],
]);
const CLEAN = table('clean', { Price: 'decimal', Code: 'string', Sent: 'unknown' }, [
  [1.5, '7', '9'],
  [null, '', '10'],
]);

const PRICE = 'Price of invoices: 2 of 3 values are not numbers, such as “12,50” and “1.234,56”';
const NOTE = 'Extra of invoices: 3 of 3 values are not numbers, such as “£100” and “none”';
const CODE = 'Code of invoices holds texts, which are compared with a number as texts';
const CAST = 'Write cast(Code as real) to compare numbers.';

const CASES: readonly (readonly [statement: string, ...notes: string[]])[] = [
  ['select sum(Price) from invoices', `${PRICE}: sum and avg leave them out.`],
  ['select avg(i.PRICE) from Invoices i', `${PRICE}: sum and avg leave them out.`],
  ['select Price * 2 from invoices', `${PRICE}: calculations take 12 for “12,50”.`],
  ['select sum(Price * 2) from invoices', `${PRICE}: calculations take 12 for “12,50”.`],
  ['select -Price from invoices', `${PRICE}: calculations take 12 for “12,50”.`],
  ['select round(Price, 1) from invoices', `${PRICE}: calculations take 12 for “12,50”.`],
  ['select cast(Price as real) from invoices', `${PRICE}: calculations take 12 for “12,50”.`],
  ['select cast(Price as text) from invoices'],
  ['select ID from invoices where Price > 10', `${PRICE}: no comparison takes them for numbers.`],
  ['select ID from invoices where 10 < Price', `${PRICE}: no comparison takes them for numbers.`],
  ['select ID from invoices where Price > ?1', `${PRICE}: no comparison takes them for numbers.`],
  ['select ID from invoices where Price > -1', `${PRICE}: no comparison takes them for numbers.`],
  ['select ID from invoices where Price between 1 and 5', `${PRICE}: no comparison takes them for numbers.`],
  ['select ID from invoices where Price in (1, 5)', `${PRICE}: no comparison takes them for numbers.`],
  [
    'select sum(Price), Price / 2 from invoices where Price > 10',
    `${PRICE}: sum and avg leave them out, calculations take 12 for “12,50” and no comparison takes them for numbers.`,
  ],
  ['select Price, count(Price), max(Price) from invoices where Price is null'],
  ["select ID from invoices where Price = '12,50'"],
  ['select ID from invoices where ID || Price > 5'],
  ['select sum(Extra) from invoices', `${NOTE}: sum and avg leave them out.`],
  ['select Extra + 1 from invoices', `${NOTE}: calculations take 0 for “£100”.`],
  ['select sum(Code) from invoices'],
  ['select ID from invoices where Code = 7', `${CODE}: “007” is not equal to 7. ${CAST}`],
  ['select ID from invoices where Code > 7', `${CODE}: “9” is more than “10”. ${CAST}`],
  ["select ID from invoices where Code > '7' and Code = '007'"],
  ['select sum(Price), Price * 2 from clean where Price > 1 and Code = 7'],
  [
    'select 1 from clean where Sent > 5',
    'Sent of clean holds texts, which are compared with a number as texts: “9” is more than “10”. Write cast(Sent as real) to compare numbers.',
  ],
  // Through aliases, queries and common tables.
  [
    'with x as (select Price as p from invoices) select sum(p) from x',
    `${PRICE}: sum and avg leave them out.`,
  ],
  ['with x(p) as (select Price from invoices) select sum(p) from x', `${PRICE}: sum and avg leave them out.`],
  ['select sum(p) from (select *, Price as p from invoices)', `${PRICE}: sum and avg leave them out.`],
  [
    'select sum(Price) from (select * from (select i.* from invoices i))',
    `${PRICE}: sum and avg leave them out.`,
  ],
  ['with recursive r(n) as (select 1 union all select n + 1 from r limit 3) select sum(n) from r'],
  ['select sum(nothing) from'],
];

/** People, in fields that say so and in others; and what a statement made of them. */
const PEOPLE = table(
  'people',
  { Phone: 'string', Surname: 'string', Email: 'string', Pin: 'string', Notes: 'string', Fee: 'unknown' },
  [
    ['01632960918', 'Quindle', 'z@x.example', '0815', 'none', 'Quindle'],
    ['n/a', '12', 'none', '£4821', '12,50', 'POA'],
  ],
);
const MADE = table('made', { Fee: 'unknown', Code: 'string' }, [['Quindle', '0815']]);
const OF_PEOPLE: typeof CASES = [
  [
    'select count(*) from people where Phone > 5 and Surname <> 7',
    'Phone of people: 1 of 2 values is not a number: no comparison takes them for numbers.',
    'Phone of people holds texts, which are compared with a number as texts: “9” is more than “10”. Write cast(Phone as real) to compare numbers.',
    'Surname of people: 1 of 2 values is not a number: no comparison takes them for numbers.',
  ],
  [
    'select count(*) from people where Phone = 5',
    'Phone of people: 1 of 2 values is not a number: no comparison takes them for numbers.',
    'Phone of people holds texts, which are compared with a number as texts: “007” is not equal to 7. Write cast(Phone as real) to compare numbers.',
  ],
  [
    'select sum(Email) from people',
    'Email of people: 2 of 2 values are not numbers: sum and avg leave them out.',
  ],
  [
    'select Pin + 1 from people',
    'Pin of people: 1 of 2 values is not a number: calculations take the number that each begins with, or 0.',
  ],
  [
    'select sum(Notes) from people',
    'Notes of people: 2 of 2 values are not numbers: sum and avg leave them out.',
  ],
  [
    'select sum(x) from (select Surname as x from people)',
    'Surname of people: 1 of 2 values is not a number: sum and avg leave them out.',
  ],
  [
    'select sum(Fee) from people',
    'Fee of people: 2 of 2 values are not numbers, such as “POA”: sum and avg leave them out.',
  ],
  ['select sum(Fee) from made', 'Fee of made: 1 of 1 value is not a number: sum and avg leave them out.'],
  [
    'select 1 from made where Code = 7',
    'Code of made holds texts, which are compared with a number as texts: “007” is not equal to 7. Write cast(Code as real) to compare numbers.',
  ],
];
const MODULES: Readonly<Record<string, string>> = { invoices: 'Invoice', clean: 'Invoice', people: 'User' };

describe('texts that a SQL request takes for numbers', () => {
  for (const [text, ...notes] of [...CASES, ...OF_PEOPLE])
    it(text, async () => {
      const query = { text, values: [3], parameters: [] };
      const tables = [INVOICES, CLEAN, PEOPLE, MADE];
      assert.deepEqual(await notesOnNumbers(query, tables, {}, (name) => MODULES[name]), notes);
    });

  const query = { text: 'select sum(trim(Price)) from invoices', values: [], parameters: [] };
  it('tells how often a sum of computed texts left one out, but quotes none', async () =>
    assert.deepEqual(await notesOnNumbers(query, [INVOICES], { leftOut: 1234 }, () => 'Invoice'), [
      'sum and avg left out texts that are not numbers (1,234 times).',
    ]));
});
