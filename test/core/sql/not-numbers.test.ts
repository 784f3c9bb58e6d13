/** What is said of texts that a statement takes for numbers. */
import assert from 'node:assert/strict';
import { notesOnNumbers } from '#core/sql/not-numbers';
import type { SqlCell, TableContent } from '#engine/types';
import type { FieldType } from '#language';
import { TestEngine } from '../../engine/support/engine';

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

const MIXED = table('mixed', { ID: 'string', Kind: 'unknown' }, [
  ['1', '9'],
  ['2', 9],
]);
const BLANKS = table('blanks', { Wide: 'string' }, [['1\u00a0200,50'], ['\u00a012'], [' 12 ']]);
const DATES = table('dates', { ID: 'string', Start: 'datetime' }, [['1', '2026-01-31T09:00:00']]);

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
  ['select ID from invoices where Code > 10', `${CODE}: “8” is more than “10”. ${CAST}`],
  ['select ID from invoices where 10 > Code', `${CODE}: “8” is more than “10”. ${CAST}`],
  ['select ID from invoices where Code > 5 + 5', `${CODE}: “9” is more than “10”. ${CAST}`],
  ['select ID from invoices where Code between 5 and 10', `${CODE}: “007” is less than “5”. ${CAST}`],
  [
    'select ID from invoices where Code >= 1 and Code = 7',
    `${CODE}: “007” is less than “1” and “007” is not equal to 7. ${CAST}`,
  ],
  ["select ID from invoices where Code > '7' and Code = '007'"],
  ['select sum(Price), Price * 2 from clean where Price > 1 and Code = 7'],
  [
    'select 1 from clean where Sent > 5',
    'Sent of clean holds texts, which are compared with a number as texts: “10” is less than “5”. Write cast(Sent as real) to compare numbers.',
  ],
  // A number that stands in a query, behind `case`, or is computed.
  ['select ID from invoices where Code in (select 7)', `${CODE}: “007” is not equal to 7. ${CAST}`],
  ['select ID from invoices where Code = (select 7)', `${CODE}: “007” is not equal to 7. ${CAST}`],
  ['select ID from invoices where Code in (8, 007)', `${CODE}: “007” is not equal to 7. ${CAST}`],
  [
    "select case Code when 7 then 'x' when 8 then 'y' end from invoices",
    `${CODE}: “007” is not equal to 7. ${CAST}`,
  ],
  [
    'with n as (select 7 as seven) select ID from invoices, n where Code = seven',
    `${CODE}: “007” is not equal to 7. ${CAST}`,
  ],
  ['select ID from invoices where Code is 7', `${CODE}: “007” is not equal to 7. ${CAST}`],
  ['select ID from invoices where Code = 8.0', `${CODE}: “8” is not equal to 8.0. ${CAST}`],
  ["select case Price when 10 then 'x' end from invoices", `${PRICE}: no comparison takes them for numbers.`],
  ['select ID from invoices where Price in (select 10)', `${PRICE}: no comparison takes them for numbers.`],
  // SQLite makes numbers of texts beside a cast or a column of numbers.
  ["select ID from invoices where Code = cast('7' as integer)"],
  ['select ID from invoices, clean where invoices.Code = clean.Price'],
  [
    'select ID from invoices i join clean c on i.Extra = c.Price',
    `${NOTE}: no comparison takes them for numbers.`,
  ],
  // A function hides the type of a column: then no text is equal to a number.
  [
    'select ID from invoices group by ID having max(Code) > 5',
    'Code of invoices: 2 of 2 values are texts: no comparison takes them for numbers.',
  ],
  [
    "select ID from invoices where coalesce(Code, '') = 8",
    'Code of invoices: 2 of 2 values are texts: no comparison takes them for numbers.',
  ],
  [
    'select ID from mixed where Kind = 9',
    'Kind of mixed: 1 of 2 values is a text: no comparison takes them for numbers.',
  ],
  // Functions that choose a value.
  ['select sum(coalesce(Price, 0)) from invoices', `${PRICE}: sum and avg leave them out.`],
  [
    "select sum(case when ID > '1' then Price else 0 end) from invoices",
    `${PRICE}: sum and avg leave them out.`,
  ],
  [
    "select sum(iif(ID > '1', Price, 0)) * 2, avg((Price)) from invoices",
    `${PRICE}: sum and avg leave them out.`,
  ],
  ['select ifnull(Price, 0) * 2 from invoices', `${PRICE}: calculations take 12 for “12,50”.`],
  ['select max(Price) + 1 from invoices', `${PRICE}: calculations take 12 for “12,50”.`],
  // Other places of numbers.
  ["select format('%s: %.2f', ID, Price) from invoices", `${PRICE}: calculations take 12 for “12,50”.`],
  ['select Price & 1 from invoices', `${PRICE}: calculations take 12 for “12,50”.`],
  ['select floor(Price), sqrt(Price) from invoices', `${PRICE}: functions of numbers answer null for them.`],
  [
    'select ID from invoices where Extra',
    `${NOTE}: a condition takes them for false, unless they begin with a number.`,
  ],
  [
    "select ID from invoices where not Extra or ID > '1'",
    `${NOTE}: a condition takes them for false, unless they begin with a number.`,
  ],
  [
    "select case when Extra then 'x' end from invoices",
    `${NOTE}: a condition takes them for false, unless they begin with a number.`,
  ],
  [
    "select iif(Extra, 'x', 'y') from invoices",
    `${NOTE}: a condition takes them for false, unless they begin with a number.`,
  ],
  // Blanks that SQLite does not know.
  [
    'select Wide + 1 from blanks',
    'Wide of blanks: 2 of 3 values are not numbers, such as “1\u00a0200,50” and “\u00a012”: calculations take 1 for “1\u00a0200,50”.',
  ],
  [
    'select sum(Wide), Wide * 2 from blanks',
    'Wide of blanks: 1 of 3 values is not a number: sum and avg leave them out; 2 of 3 values are not numbers, such as “1\u00a0200,50” and “\u00a012”: calculations take 1 for “1\u00a0200,50”.',
  ],
  // Dates.
  [
    'select ID from dates where Start = 2026',
    'Start of dates holds dates, with which no number compares. Write a date in single quotes.',
  ],
  [
    'select ID from dates where Start > 20260131',
    'Start of dates holds dates, with which no number compares. Write a date in single quotes.',
  ],
  ['select ID from dates where Start > 2025'],
  // Nothing is wrong.
  ["select ID from invoices where Code = 8 or Code in ('007') or Code > '1' or Code like 7 || '%'"],
  ['select ID from clean where Code >= 7 and Code < 8'],
  [
    'select min(Code), max(Code), count(Price), group_concat(Extra), length(Code), Extra || 1 from invoices order by Code, Price',
  ],
  ["select ID from invoices where Price is not null and Extra is null and ID between '1' and '2'"],
  ["select +Price, Price collate nocase, upper(Extra), substr(Extra, 2) from invoices where Extra <> ''"],
  [
    'select sum(Price), avg(Price), Price * 1.2, round(Price, 2), abs(Price), cast(Price as integer) from clean where Price > 1 and Price',
  ],
  [
    "select strftime('%Y', Start), Start > '2026', date(Start) = date('2026-01-31'), julianday(Start) - 1 from dates",
  ],
  // Through aliases, queries and common tables.
  [
    'select sum(p) from (select Price as p from clean union all select Price from invoices)',
    `${PRICE}: sum and avg leave them out.`,
  ],
  [
    'with a as (select Price as p from invoices), b as (select * from a) select sum(p) from b',
    `${PRICE}: sum and avg leave them out.`,
  ],
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
    ['n/a', '12', 'none', '£4821', '12,50', 'TBC'],
  ],
);
const MADE = table('made', { Fee: 'unknown', Code: 'string' }, [['Quindle', '0815']]);
const OF_PEOPLE: typeof CASES = [
  [
    'select count(*) from people where Phone > 5 and Surname <> 7',
    'Phone of people: 1 of 2 values is not a number: no comparison takes them for numbers. It holds texts, which are compared with a number as texts: “9” is more than “10”. Write cast(Phone as real) to compare numbers.',
  ],
  [
    'select count(*) from people where Phone = 1632960918',
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
    'Fee of people: 2 of 2 values are not numbers, such as “TBC”: sum and avg leave them out.',
  ],
  ['select sum(Fee) from made', 'Fee of made: 1 of 1 value is not a number: sum and avg leave them out.'],
  [
    'select 1 from made where Code = 815',
    'Code of made holds texts, which are compared with a number as texts: “007” is not equal to 7. Write cast(Code as real) to compare numbers.',
  ],
];
const MODULES: Readonly<Record<string, string>> = {
  invoices: 'Invoice',
  clean: 'Invoice',
  mixed: 'Invoice',
  blanks: 'Invoice',
  dates: 'Invoice',
  people: 'User',
};

describe('texts that a SQL request takes for numbers', () => {
  for (const [text, ...notes] of [...CASES, ...OF_PEOPLE])
    it(text, async () => {
      const query = { text, values: [3], parameters: [] };
      const tables = [INVOICES, CLEAN, MIXED, BLANKS, DATES, PEOPLE, MADE];
      assert.deepEqual(await notesOnNumbers(query, tables, {}, (name) => MODULES[name]), notes);
    });

  const query = { text: 'select sum(trim(Price)) from invoices', values: [], parameters: [] };
  it('tells how often the second sum left one out', async () => {
    const second = { ...query, text: 'select sum(Price), sum(trim(Extra)) from invoices' };
    assert.deepEqual(await notesOnNumbers(second, [INVOICES], { leftOut: 5 }, () => 'Invoice'), [
      `${PRICE}: sum and avg leave them out.`,
      'sum and avg left out texts that are not numbers (5 times in all).',
    ]);
    const first = { ...query, text: 'select sum(Price), sum(Price * 2), sum(length(Extra)) from invoices' };
    const notes = await notesOnNumbers(first, [INVOICES], { leftOut: 2 }, () => 'Invoice');
    assert.ok(!notes.some((note) => note.includes('in all')));
  });

  it('tells how often a sum of computed texts left one out, but quotes none', async () =>
    assert.deepEqual(await notesOnNumbers(query, [INVOICES], { leftOut: 1234 }, () => 'Invoice'), [
      'sum and avg left out texts that are not numbers (1,234 times).',
    ]));

  describe('are told exactly where the engine answers otherwise than of numbers', () => {
    const engine = new TestEngine();
    after(() => engine.engine.dispose());
    const cells = ['7', '007', '10', '9', ' 8', '1.50', '-1', '1e1', '100'];
    const texts = table(
      't',
      { ID: 'string', Code: 'string' },
      cells.map((cell, row) => [String(row), cell]),
    );
    const numbers = {
      ...table(
        't',
        { ID: 'string', Code: 'decimal' },
        cells.map((cell, row) => [String(row), Number(cell)]),
      ),
      key: 'numbers',
    };
    const comparisons = [
      ...['<', '<=', '=', '<>', '>=', '>', 'is', 'is not'].flatMap((each) => [
        `Code ${each} N`,
        `N ${each} Code`,
      ]),
      'Code in (N, 9)',
      'Code in (select N)',
      'Code = (select N)',
      'Code between 0 and N',
      'Code not between N and 11',
      'case Code when N then 1 when 9 then 2 end',
      'cast(N as real) > Code',
      '(Code) >= (N)',
      'N + 0 < cast(Code as real)',
    ];
    for (const comparison of comparisons)
      it(comparison, async () => {
        for (const value of ['7', '007', '10', '1.5', '8.0', '-1', '1000']) {
          const text = `select ID from t where ${comparison.replaceAll('N', value)}`;
          const answers = [await engine.rows(text, [texts]), await engine.rows(text, [numbers])];
          const notes = await notesOnNumbers(
            { text, values: [], parameters: [] },
            [texts],
            {},
            () => 'Invoice',
          );
          const differ = JSON.stringify(answers[0]) !== JSON.stringify(answers[1]);
          // One bound can hide what the other one does.
          if (differ || !comparison.includes('between'))
            assert.equal(notes.length > 0, differ, `${text}: ${notes.join()}`);
        }
      });
  });
});
