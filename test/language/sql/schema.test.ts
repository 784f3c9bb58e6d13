/** The tables of SQL requests with their columns, and what the names in a statement mean. */
import { strict as assert } from 'node:assert';
import { schemaOf } from '#language/analysis/sql/schema';
import { serviceWith } from '../support/language';

const service = serviceWith();

const FILE = `@fields = ID, Label
### Invoices
# @name orders
GET coursedate
$select = label, SpacesLeft, startdate, Odd

### All fields
# @name all-fields
GET CourseDate

### Variable
# @name varied
GET CourseDate
$select = {{fields}}

### Unknown module
# @name unknown
GET Zebra

### A write
# @name made
POST CourseDate
{ "Label": "x" }
`;

/** The statement behind the requests of the file. */
const withStatement = (statement: string) => {
  const document = service.parse(`${FILE}\n### Asked\n# @name asked\nSQL\n${statement}`);
  const request = service.requests(document).at(-1);
  assert.ok(request);
  return { document, request };
};

/** The columns of the answer: `name:type`. */
function columns(statement: string): string {
  const { document } = withStatement(statement);
  const found = schemaOf(document.symbols, service.platforms).table('asked')?.columns;
  return found?.map(({ name, type }) => `${name}:${type}`).join(' ') ?? '?';
}

/** What each name of a column means. */
function meanings(statement: string): string {
  const { document, request } = withStatement(statement);
  const { sql } = request.block.tree;
  assert.ok(sql);
  const scopes = schemaOf(document.symbols, service.platforms).scopes(sql);
  return scopes.tree.columns
    .map((word) => {
      const meaning = scopes.meaningOf(word);
      return `${word.name.text} ${meaning.kind}`;
    })
    .join(', ');
}

describe('The schema of SQL requests', () => {
  it('has the columns of $select in the spelling of the platform, else those of the module', () => {
    const { document, request } = withStatement(
      'select * from orders, "all-fields", varied, unknown, made, missing',
    );
    assert.deepEqual(
      service
        .sqlSchema(document, request)
        .map(({ name, columns: found }) => [
          name,
          found?.slice(0, 4).map((each) => `${each.name}:${each.type}`),
        ]),
      [
        ['orders', ['Label:string', 'SpacesLeft:integer', 'StartDate:datetime', 'Odd:unknown']],
        ['all-fields', ['ID:string', 'Label:string', 'CourseID:string', 'StartDate:datetime']],
        ['varied', undefined],
        ['unknown', undefined],
        ['made', undefined],
      ],
    );
  });

  for (const [statement, expected] of [
    [
      'select Label as L, SpacesLeft, count(*), 1 + 1 from orders',
      'L:string SpacesLeft:integer count(*):unknown 1 + 1:unknown',
    ],
    ['select * from orders', 'Label:string SpacesLeft:integer StartDate:datetime Odd:unknown'],
    [
      'select o.*, o.label from orders o',
      'Label:string SpacesLeft:integer StartDate:datetime Odd:unknown Label_2:string',
    ],
    [
      'select * from orders a join orders b using (Label, Odd)',
      'Label:string SpacesLeft:integer StartDate:datetime Odd:unknown SpacesLeft_2:integer StartDate_2:datetime',
    ],
    [
      'select * from orders a natural join orders b',
      'Label:string SpacesLeft:integer StartDate:datetime Odd:unknown',
    ],
    ['select * from (select SpacesLeft n from orders)', 'n:integer'],
    ['with w(a, b) as (select SpacesLeft, 1 from orders) select b, a from w', 'b:unknown a:integer'],
    ['with w as (select 1 as i union all select i + 1 from w) select * from w', 'i:unknown'],
    ['with w as (select * from w) select * from w', '?'],
    ['values (1, 2)', 'column1:unknown column2:unknown'],
    [
      "select * from json_each('[]')",
      'key:unknown value:unknown type:unknown atom:unknown id:unknown parent:unknown fullkey:unknown path:unknown',
    ],
    ['select * from varied', '?'],
    ['select Label from varied', 'Label:unknown'],
    ['select * from asked', '?'],
    ['', '?'],
    ['delete from orders', '?'],
  ] as const)
    it(`of ${statement || 'nothing'}`, () => {
      assert.equal(columns(statement), expected);
    });
});

describe('Names in a statement', () => {
  for (const [statement, expected] of [
    ['select label, rowid, true from orders', 'label column, rowid word, true word'],
    ['select nope from orders', 'nope missing'],
    ['select nope from orders, varied', 'nope unknown'],
    ['select label from orders a, orders b', 'label ambiguous'],
    ['select label from orders a join orders b using (label)', 'label column'],
    ['select x.label from orders', 'label no-table'],
    ['select orders.label from orders o', 'label no-table'],
    ['select label as l, l from orders', 'label column, l missing'],
    [
      'select label as l from orders where l = 1 group by l having l > 1 order by l',
      'label column, l alias, l alias, l alias, l alias',
    ],
    [
      'select label from orders where exists (select 1 from "all-fields" where Odd = id)',
      'label column, Odd column, id column',
    ],
    ['select label from orders, (select Odd)', 'label column, Odd missing'],
    ['select label from orders limit Odd', 'label column, Odd missing'],
    [
      'select label as x from orders union select Odd from orders order by x, label, nope',
      'label column, Odd column, x result, label result, nope missing',
    ],
    ['select value, json from orders, json_each(Odd)', 'value column, json column, Odd column'],
    [
      'select (select x) as x, (select 1 where x) from orders where (select x)',
      'x missing, x missing, x alias',
    ],
    ['select rowid from (select 1 from orders)', 'rowid missing'],
    ['select rowid, a.rowid from orders a, orders b', 'rowid ambiguous, rowid word'],
    ['with w as (select 1) select rowid from w', 'rowid missing'],
    ['select a from (values (1)) as v(a)', 'a missing'],
    ['select "true" from orders', 'true missing'],
  ] as const)
    it(`of ${statement}`, () => {
      assert.equal(meanings(statement), expected);
    });

  it('are found through any chain of CTEs, and of tables', () => {
    const names = Array.from({ length: 3000 }, (_, index) => index);
    const chain = names.map((each) => `c${each} as (select * from c${each + 1})`).join(', ');
    assert.doesNotThrow(() => columns(`with ${chain}, c3000 as (select 1 as x) select * from c0`));
    const file = names
      .map((each) => `### ${each}\n# @name t${each}\nSQL\nselect * from t${each + 1}\n`)
      .join('\n');
    const document = service.parse(file);
    assert.doesNotThrow(() => schemaOf(document.symbols, service.platforms).table('t0'));
  });
});
