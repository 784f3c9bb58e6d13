/** SQL requests in the tree of a file: their statement, its tables and its parameters. */
import { strict as assert } from 'node:assert';
import { LanguageService } from '#language';
import { parseBlock } from '#language/syntax/block-parser';
import { sqlTokens } from '#language/syntax/sql/tokens';
import { endOf } from '#language/text/span';

const service = new LanguageService(() => ({ now: new Date('2026-03-04T10:00:00') }));

const FILE = `@town = O'Hare
@least = 1000

### Invoices
# @name invoices
GET Invoice

### Companies
# @name companies
GET Company

### Owed
# @name owed
SQL
# a comment of the file
select c.Town, '{{town}}' as t -- {{none}}
from invoices i join Companies c on c.Label = i.CompanyName
# @expect count > 1
where i.Outstanding > {{least}} and i.DateDue < '{{$today}}'

### Again
SQL
select * from owed
`;

const documentOf = (text: string) => service.parse(text);
const request = (text: string, index: number) => {
  const document = documentOf(text);
  const found = service.requests(document)[index];
  assert.ok(found);
  return { document, found };
};

describe('SQL requests', () => {
  it('are requests of the file that change nothing', () => {
    const all = service.requests(documentOf(FILE));
    assert.deepEqual(
      all.map(({ title, name, changes, sql }) => [title, name, changes, sql !== undefined]),
      [
        ['Invoices', 'invoices', false, false],
        ['Companies', 'companies', false, false],
        ['Owed', 'owed', false, true],
        ['Again', undefined, false, true],
      ],
    );
    assert.deepEqual(
      all[2]?.expectations.map(({ text }) => text),
      ['count > 1'],
    );
  });

  it('need the requests that are their tables, in any case', () => {
    const { document, found } = request(FILE, 3);
    assert.deepEqual(
      service.dependencies(document, found).map(({ name }) => name),
      ['invoices', 'companies', 'owed'],
    );
    const owed = request(FILE, 2);
    assert.deepEqual([...service.sqlTables(owed.document, owed.found).keys()], ['invoices', 'companies']);
  });

  it('bind variables as parameters, at the same places', () => {
    const { document, found } = request(FILE, 2);
    const built = service.buildSql(document, found);
    assert.ok(built.ok);
    const { text, values } = built.query;
    assert.deepEqual(values, ["O'Hare", 1000, '2026-03-04T00:00:00']);
    assert.equal(text.length, found.sql?.length);
    assert.equal(
      text.replace(/ +/g, ' '),
      `select c.Town, ?1 as t -- {{none}}\nfrom invoices i join Companies c on c.Label = i.CompanyName\n \nwhere i.Outstanding > ?2 and i.DateDue < ?3 `.replace(
        / +/g,
        ' ',
      ),
    );
  });

  for (const [name, text] of [
    ['in lower case', 'sql\nselect 1'],
    ['with spaces around it', '  SQL  \nselect 1'],
    ['below directives', '# @name a\nSQL\n\nselect 1\n\n'],
    ['alone', 'SQL'],
    ['with a string over lines that look like comments', "SQL\nselect '\n# no comment\n'"],
  ] as const)
    it(`cover every character: ${name}`, () => {
      const tree = parseBlock(text);
      assert.ok(tree.sql);
      assert.equal(tree.items.map((item) => text.slice(item.offset, endOf(item))).join(''), text);
      assert.equal(tree.sql.text.length, tree.sql.length);
    });

  it('have tokens as SQLite reads them', () => {
    const text = `select "a""b", [c d], \`e\`, 'it''s', x'00', 1.5e3, {{v}} /* c */ from t--x`;
    assert.deepEqual(
      sqlTokens(text, 0, text.length).map(({ kind, text: word }) => `${kind} ${word}`),
      [
        'word select',
        'name a"b',
        'operator ,',
        'name c d',
        'operator ,',
        'name e',
        'operator ,',
        "string it's",
        'operator ,',
        "blob x'00'",
        'operator ,',
        'number 1.5e3',
        'operator ,',
        'variable {{v}}',
        'comment /* c */',
        'word from',
        'word t',
        'comment --x',
      ],
    );
  });
});
