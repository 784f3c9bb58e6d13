/** Names in SQL requests: where they are defined and used, and how they are renamed. */
import { strict as assert } from 'node:assert';
import { applyEdits } from '#language';
import { at } from '../support/language';

const FILE = `# @name orders
# @pages all
GET CourseDate
$select = ID, Label
### Other
# @name Users
GET User
$select = ID
$filter = ID eq '{{orders.results[0].ID}}'
### Asked
SQL
`;

/** The text after renaming what is at `$0`, without what stands before the statement and has not changed. */
function renamed(statement: string, to: string): string {
  const { service, document, offset, text } = at(FILE + statement);
  const found = service.rename(document, offset, to);
  if (!found.ok) return found.message;
  const after = applyEdits(text, found.edits);
  return after.startsWith(FILE) ? after.slice(FILE.length) : after;
}

const offsetsOf = (text: string, spans: readonly { offset: number; length: number }[]) =>
  spans.map(({ offset, length }) => text.slice(offset, offset + length));

describe('Names in SQL requests', () => {
  for (const [statement, to, expected] of [
    ['select o.ID from orders $0o where o.Label = 1', 'x', 'select x.ID from orders x where x.Label = 1'],
    [
      'select $0o.ID, o.* from orders as o',
      'my table',
      'select "my table".ID, "my table".* from orders as "my table"',
    ],
    [
      'with w as (select ID from orders) select $0w.ID from w, (select * from w)',
      'order',
      'with "order" as (select ID from orders) select "order".ID from "order", (select * from "order")',
    ],
    [
      'select ID as $0n from orders where n > 1 group by n order by n',
      'm',
      'select ID as m from orders where m > 1 group by m order by m',
    ],
    ['select o.ID from orders $0o, orders p', 'P', 'The name “P” is already in use.'],
    ['select o.ID from orders $0o', '', 'A name of SQL has at least one character, and stands on one line.'],
    ['select 1 from $0orders', 'users', 'The name “users” is already in use.'],
    [
      'select 1 from $0orders',
      'sqlite_x',
      'No table can have a name that begins with “sqlite_”. Choose another name.',
    ],
    [
      'with w as (select 1) select 1 from w, $0orders',
      'W',
      'A statement that reads “orders” calls something else “W”.',
    ],
    ['select 1 from $0orders, users u', 'u', 'A statement that reads “orders” calls something else “u”.'],
    ['select $01 from orders', 'x', 'Only variables, names of requests and aliases of SQL can be renamed.'],
  ] as const)
    it(`renames at ${statement} to ${JSON.stringify(to)}`, () => {
      assert.equal(renamed(statement, to), expected);
    });

  for (const [what, statement] of [
    [
      'where it is a table',
      'select orders.ID, o.Label from $0orders, orders o where ID in (select ID from ORDERS)',
    ],
    [
      'where it stands before a column',
      'select $0orders.ID, o.Label from orders, orders o where ID in (select ID from ORDERS)',
    ],
  ] as const)
    it(`renames a request everywhere, in quotes where it needs them: ${what}`, () => {
      const expected =
        FILE.replace('@name orders', '@name all-orders').replace('{{orders', '{{all-orders') +
        'select "all-orders".ID, o.Label from "all-orders", "all-orders" o where ID in (select ID from "all-orders")';
      assert.equal(renamed(statement, 'all-orders'), expected);
    });

  it('leaves a table expression of the same name alone', () => {
    assert.equal(
      renamed('with orders as (select 1 as x) select * from $0orders', 'y'),
      'with y as (select 1 as x) select * from y',
    );
  });

  it('are defined by # @name and in the statement, and found from both', () => {
    const { service, document, offset, text } = at(
      `${FILE}select o.ID from $0orders o join Users using (ID)`,
    );
    assert.deepEqual(offsetsOf(text, service.definitions(document, offset)), ['orders']);
    assert.equal(service.definitions(document, offset)[0]?.offset, 8);
    assert.equal(service.references(document, 9, true).length, 3);
    assert.deepEqual(service.nameAt(document, offset), {
      name: 'orders',
      kind: 'request',
      span: { offset, length: 6 },
    });
    const alias = text.indexOf('o.ID');
    assert.deepEqual(service.definitions(document, alias), [
      { offset: text.indexOf(' o join') + 1, length: 1 },
    ]);
    assert.equal(service.references(document, alias, true).length, 2);
  });

  it('are in the outline: the tables of each statement', () => {
    const { service, document } = at(`${FILE}select max(o.$0ID) from orders o, Users`);
    assert.equal(service.outline(document).at(-1)?.detail, 'SQL orders, Users');
  });
});
