/** The grammar in the real TextMate engine: a text, and the scope of each piece of its last line. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as oniguruma from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import { EXPECTATION_OPERATOR_NAMES, SUBJECT_KINDS } from '#language/vocabulary/expectation-words';
import { COMPARISON_NAMES, FUNCTION_NAMES } from '#language/vocabulary/filter-words';
import { METHOD_NAMES } from '#language/vocabulary/methods';
import { PARAMETER_NAMES } from '#language/vocabulary/parameters';

const root = join(import.meta.dirname, '../..');

/** What VS Code's own grammar of SQL does to the words, strings and slashes of a statement: the rules that would mislead. */
const SQL_GRAMMAR = JSON.stringify({
  scopeName: 'source.sql',
  patterns: [
    { match: '(?i)\\b(select|from|where|as)\\b', name: 'keyword.other.DML.sql' },
    { match: '(\\w+?)\\.(\\w+)', captures: { 2: { name: 'constant.other.table-name.sql' } } },
    { match: "(N)?(')[^']*(')", name: 'string.quoted.single.sql' },
    { begin: '/(?=\\S.*/)', end: '/', name: 'string.regexp.sql' },
  ],
});

const GRAMMARS: ReadonlyMap<string, string> = new Map([
  ['source.apq', readFileSync(join(root, 'syntaxes/apq.tmLanguage.json'), 'utf8')],
  ['source.sql', SQL_GRAMMAR],
]);

async function loadGrammar(): Promise<IGrammar> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) => {
      const text = GRAMMARS.get(scope);
      return Promise.resolve(text === undefined ? null : parseRawGrammar(text, `${scope}.json`));
    },
  });
  const grammar = await registry.loadGrammar('source.apq');
  assert.ok(grammar);
  return grammar;
}

/** `piece:scope` for each piece of the last line whose scope is more than the file's, without the `.apq` ending. */
function scopesOf(grammar: IGrammar, text: string): string {
  let stack = INITIAL;
  let result = '';
  for (const line of text.split('\n')) {
    const tokens = grammar.tokenizeLine(line, stack);
    stack = tokens.ruleStack;
    result = tokens.tokens
      .map((token) => ({
        piece: line.slice(token.startIndex, token.endIndex).trim(),
        scope: (token.scopes.at(-1) ?? '').replace(/\.apq$/, ''),
      }))
      .filter(({ piece, scope }) => piece !== '' && scope !== 'source')
      .map(({ piece, scope }) => `${piece}:${scope}`)
      .join('  ');
  }
  return result;
}

describe('grammar', () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });
  const scopes = (text: string, expected: string) =>
    it(JSON.stringify(text), () => assert.equal(scopesOf(grammar, text), expected));

  scopes('### Upcoming', '###:punctuation.definition.heading  Upcoming:markup.heading');
  scopes('GET user\n\n### Second', '###:punctuation.definition.heading  Second:markup.heading');
  scopes('GET\n### Second', '###:punctuation.definition.heading  Second:markup.heading');
  scopes('# a comment', '#:punctuation.definition.comment  a comment:comment.line');
  scopes('// a comment', '//:punctuation.definition.comment  a comment:comment.line');
  scopes(
    '# @name upcoming',
    '#:punctuation.definition.comment  @name:keyword.other.directive  upcoming:string.unquoted.directive',
  );
  const expect = '#:punctuation.definition.comment  @expect:keyword.other.directive  ';
  scopes('# @expect status 200', `${expect}status:support.variable.answer  200:constant.numeric`);
  scopes(
    "# @expect results[*].Status == 'it''s {{x}}'",
    `${expect}results:support.variable.answer  [:meta.index  *:constant.numeric  ]:meta.index  .:meta.expectation  Status:variable.other.field  ==:keyword.operator.comparison  ':string.quoted.single  it:string.quoted.single  '':constant.character.escape  s:string.quoted.single  {{:punctuation.definition.template-expression.begin  x:variable.other.readwrite  }}:punctuation.definition.template-expression.end  ':string.quoted.single`,
  );
  scopes(
    '// @expect body.Email !exists',
    '//:punctuation.definition.comment  @expect:keyword.other.directive  body:support.variable.answer  .:meta.expectation  Email:variable.other.field  !:keyword.operator.logical  exists:keyword.operator.comparison',
  );
  scopes('# @expect results[0].A = "x\nGET user', 'GET:keyword.control.method  user:entity.name.type.module');
  scopes(
    '@site = Lancaster',
    '@:punctuation.definition.variable  site:variable.other.definition  =:keyword.operator.assignment  Lancaster:string.unquoted',
  );
  scopes(
    '@soon = {{$today + 30d}}',
    '@:punctuation.definition.variable  soon:variable.other.definition  =:keyword.operator.assignment  {{:punctuation.definition.template-expression.begin  $today:support.variable.builtin  + 30d:variable.other.readwrite  }}:punctuation.definition.template-expression.end',
  );
  scopes(
    '@who = ?Whose name?',
    '@:punctuation.definition.variable  who:variable.other.definition  =:keyword.operator.assignment  ?Whose name?:string.other.prompt',
  );
  scopes('GET coursedate', 'GET:keyword.control.method  coursedate:entity.name.type.module');
  scopes('coursedate', 'coursedate:entity.name.type.module');
  scopes(
    'PUT coursedate/2024',
    'PUT:keyword.control.method  coursedate:entity.name.type.module  /:punctuation.separator.path  2024:constant.other.id',
  );
  scopes(
    "https://a.accessplanit.com/accessplan/api/v2/coursedate?$filter=CourseID eq 'FirAid'&$top=20",
    "https://a.accessplanit.com:markup.underline.link  /accessplan/api/v2/:string.other.path  coursedate:entity.name.type.module  ?:punctuation.separator.query  $filter:keyword.other.parameter  =:keyword.operator.assignment  CourseID:variable.other.field  eq:keyword.operator.comparison  ':string.quoted.single  FirAid:string.quoted.single  ':string.quoted.single  &:punctuation.separator.query  $top:keyword.other.parameter  =:keyword.operator.assignment  20:constant.numeric",
  );
  scopes(
    "$filter  = contains(Label,'it''s {{x}}') or Online eq true",
    "$filter:keyword.other.parameter  =:keyword.operator.assignment  contains:support.function  (:punctuation.section.parens  Label:variable.other.field  ,:punctuation.separator  ':string.quoted.single  it:string.quoted.single  '':constant.character.escape  s:string.quoted.single  {{:punctuation.definition.template-expression.begin  x:variable.other.readwrite  }}:punctuation.definition.template-expression.end  ':string.quoted.single  ):punctuation.section.parens  or:keyword.operator.logical  Online:variable.other.field  eq:keyword.operator.comparison  true:constant.language.boolean",
  );
  scopes(
    "$filter = A eq '1'\n       and Bee ne 'x'",
    "and:keyword.operator.logical  Bee:variable.other.field  ne:keyword.operator.comparison  ':string.quoted.single  x:string.quoted.single  ':string.quoted.single",
  );
  scopes(
    '$orderby = StartDate desc, Label',
    '$orderby:keyword.other.parameter  =:keyword.operator.assignment  StartDate:variable.other.field  desc:keyword.other.direction  ,:punctuation.separator  Label:variable.other.field',
  );
  scopes(
    "    &$filter=A eq 'open",
    "&:punctuation.separator.query  $filter:keyword.other.parameter  =:keyword.operator.assignment  A:variable.other.field  eq:keyword.operator.comparison  ':string.quoted.single  open:string.quoted.single",
  );
  scopes(
    "$filter = A eq 'open\n$top = 5",
    '$top:keyword.other.parameter  =:keyword.operator.assignment  5:constant.numeric',
  );
  scopes(
    'PUT user/1\n{ "Surname": "{{who}}", "N": 1.5, "B": true }',
    '{:punctuation.definition.dictionary.begin.json  "Surname":support.type.property-name.json  ::punctuation.separator.json  ":string.quoted.double.json  {{:punctuation.definition.template-expression.begin  who:variable.other.readwrite  }}:punctuation.definition.template-expression.end  ":string.quoted.double.json  ,:punctuation.separator.json  "N":support.type.property-name.json  ::punctuation.separator.json  1.5:constant.numeric.json  ,:punctuation.separator.json  "B":support.type.property-name.json  ::punctuation.separator.json  true:constant.language.json  }:punctuation.definition.dictionary.end.json',
  );
  scopes('PUT user/1\n{ "open": {\n### next', '###:punctuation.definition.heading  next:markup.heading');

  const begin = '{{:punctuation.definition.template-expression.begin';
  const end = '}}:punctuation.definition.template-expression.end';
  const quote = (piece: string) => `${piece}:string.quoted.single.sql`;
  const mark = (place: 'begin' | 'end') => `':punctuation.definition.string.${place}.sql`;
  scopes('SQL', 'SQL:keyword.control.method');
  scopes('sql\nselect', 'select:keyword.other.DML.sql');
  scopes('SQL\n\n  # a note', '#:punctuation.definition.comment  a note:comment.line');
  scopes(
    "SQL\nselect c.Town from c where Town = 'it''s {{town}}' -- {{no}} /",
    [
      'select:keyword.other.DML.sql  c.:meta.embedded.block.sql  Town:constant.other.table-name.sql',
      'from:keyword.other.DML.sql  c:meta.embedded.block.sql  where:keyword.other.DML.sql  Town =:meta.embedded.block.sql',
      `${mark('begin')}  ${quote('it')}  '':constant.character.escape.sql  ${quote('s')}  ${begin}  town:variable.other.readwrite  ${end}`,
      `${mark('end')}  -- {{no}} /:comment.line.double-dash.sql`,
    ].join('  '),
  );
  scopes(
    "SQL\nselect {{least}} / 2 / 'a\\'",
    `select:keyword.other.DML.sql  ${begin}  least:variable.other.readwrite  ${end}  /:keyword.operator.sql  2:meta.embedded.block.sql  /:keyword.operator.sql  ${mark('begin')}  ${quote('a\\')}  ${mark('end')}`,
  );
  scopes("SQL\nselect 'open\n# text", quote('# text'));
  scopes('SQL\n/* open\n# text', '# text:comment.block.sql');
  scopes("SQL\nselect 'open\n### Next", '###:punctuation.definition.heading  Next:markup.heading');
  scopes('SQL\nselect 1\n### Next\nGET user', 'GET:keyword.control.method  user:entity.name.type.module');
  scopes('SQL select', 'SQL:entity.name.type.module');

  it('knows the words of the language', () => {
    const colours = (text: string, word: string, scope: string) => {
      const found = scopesOf(grammar, text).split('  ');
      assert.ok(found.includes(`${word}:${scope}`), `${text}: ${found.join('  ')}`);
    };
    for (const method of METHOD_NAMES) colours(`${method} user`, method, 'keyword.control.method');
    for (const name of PARAMETER_NAMES) colours(`GET user\n${name} = 1`, name, 'keyword.other.parameter');
    for (const operator of COMPARISON_NAMES)
      colours(`$filter = A ${operator} '1'`, operator, 'keyword.operator.comparison');
    for (const name of FUNCTION_NAMES) colours(`$filter = ${name}(A,'1')`, name, 'support.function');
    for (const subject of SUBJECT_KINDS)
      colours(`# @expect ${subject} == 1`, subject, 'support.variable.answer');
    for (const operator of EXPECTATION_OPERATOR_NAMES)
      colours(`# @expect status ${operator} 1`, operator, 'keyword.operator.comparison');
  });
});
