/** `not-a-query`, `second-statement`, `sql-parameter`, `misplaced-variable` and what a SQL request can't have. */
import { trimEnd } from '../../syntax/lines';
import type { Sql } from '../../syntax/nodes';
import type { Fix } from '../../syntax/problems';
import { sqlTreeOf } from '../../syntax/sql/parser';
import { keywordSlips } from '../../syntax/sql/slips';
import type { SqlToken } from '../../syntax/sql/tokens';
import { writtenName } from '../../syntax/sql/written-name';
import { ownName } from '../../text/names';
import { nearest } from '../../text/nearest';
import { between, endOf, textOf } from '../../text/span';
import { momentOf } from '../../vocabulary/filter-words';
import { type ParameterName, parameterOf } from '../../vocabulary/parameters';
import { WRITING_WORDS } from '../../vocabulary/sql-keywords';
import { type Check, type CheckContext, removal, replace, staticText } from '../check';

export const checkSqlStatement: Check = (context) => {
  const { sql } = context.model.tree;
  if (sql === undefined) return;
  checkStart(context, sql);
  checkRest(context, sql);
  if (sqlTreeOf(sql).foreign === undefined)
    for (const { token, keyword } of keywordSlips(sql.tokens))
      context.report(
        'unexpected-text',
        token,
        `“${token.text}” stands where SQL has a keyword. Did you mean “${keyword}”?`,
        { fixes: [replace(token, keyword)] },
      );
  for (const token of sql.tokens) {
    if (token.kind === 'parameter') reportParameter(context, token);
    else if (!token.closed && token.kind !== 'variable') reportOpen(context, token);
  }
  for (const token of sqlTreeOf(sql).misplaced) reportMisplaced(context, token);
  for (const directive of context.model.tree.directives) {
    const advice = DIRECTIVES.get(directive.name.text);
    if (advice === undefined) continue;
    context.report('invalid-directive', directive.name, advice, {
      severity: 'warning',
      fixes: [removal(directive, 'Remove this line')],
    });
  }
};

/** Directives that say nothing in a SQL request, and where they would. */
const DIRECTIVES: ReadonlyMap<string, string> = new Map([
  [
    'pages',
    'A SQL request fetches nothing itself. Write # @pages in the requests that are its tables, and limit in the statement.',
  ],
  [
    'connection',
    'A SQL request fetches nothing itself. Write # @connection in the requests that are its tables.',
  ],
]);

function checkStart({ model, symbols, report }: CheckContext, sql: Sql): void {
  const { foreign, query } = sqlTreeOf(sql);
  const [table = 'courses'] = symbols.requests.keys();
  const example = `select * from ${writtenName(table)}`;
  if (foreign === undefined) {
    if (query === undefined)
      report('not-a-query', sql.keyword, `Write a query on the lines below, for example: ${example}`);
    return;
  }
  const word = foreign.text.toLowerCase();
  if (foreign.kind === 'word' && WRITING_WORDS.has(word)) {
    report(
      'not-a-query',
      foreign,
      `A SQL request only reads, so “${word}” is refused. Write a query that begins with select, with or values.`,
    );
    return;
  }
  const near = foreign.kind === 'word' ? nearest(word, QUERY_WORDS) : [];
  report(
    'not-a-query',
    { offset: foreign.offset, length: Math.min(foreign.length, 40) },
    near.length === 0
      ? `A query begins with select, with or values, for example: ${example}`
      : `A query begins with select, with or values. Did you mean “${near.join('” or “')}”?`,
    { fixes: near.map((each) => replace(foreign, each, undefined, model.tree.sql === sql)) },
  );
}

const QUERY_WORDS = ['select', 'with', 'values'];

function checkRest({ model, report }: CheckContext, sql: Sql): void {
  const { rest } = sqlTreeOf(sql);
  const [first] = rest;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return;
  const where = between(first.offset, endOf(last));
  if (rest.every(({ text }) => text === ';')) {
    report('second-statement', where, 'One “;” is enough. Remove this.', {
      fixes: [removal(where, 'Remove it')],
    });
    return;
  }
  const behind = trimEnd(model.tree.text, sql.offset, first.offset);
  report(
    'second-statement',
    where,
    'A SQL request has one statement, and a second one begins here. Give it a request of its own.',
    {
      fixes: [
        {
          title: 'Make it a request of its own',
          edits: [{ ...between(behind, first.offset), text: '\n\n###\nSQL\n' }],
        },
      ],
    },
  );
}

/** What takes the place of a clause of the API. */
const CLAUSES: Readonly<Record<ParameterName, string>> = {
  $select: 'select',
  $filter: 'where',
  $orderby: 'order by',
  $top: 'limit',
  $skip: 'limit … offset',
  $count: 'count(*)',
  $upsert: 'nothing, as it only reads',
};

function reportParameter({ model, symbols, report }: CheckContext, token: SqlToken): void {
  const clause = parameterOf(token.text);
  if (clause !== undefined) {
    report(
      'sql-parameter',
      token,
      `${clause} is a clause of requests of the API. A SQL request has ${CLAUSES[clause]} instead.`,
    );
    return;
  }
  const name = ownName(token.text.slice(1));
  const isKnown = symbols.variables.has(name);
  const moment = isKnown || !token.text.startsWith('$') ? undefined : momentOf(token.text);
  if (moment !== undefined) {
    const better = `'{{$${moment}}}'`;
    report('sql-parameter', token, `A built-in date stands in braces and quotes. Write ${better}.`, {
      fixes: [replace(token, better, undefined, model.tree.sql !== undefined)],
    });
    return;
  }
  report(
    'sql-parameter',
    token,
    `“${token.text}” has no value here. Write a variable of the file: {{${/^\d*$/.test(name) ? 'name' : name}}}.`,
    { fixes: isKnown ? [replace(token, `{{${name}}}`, undefined, model.tree.sql !== undefined)] : [] },
  );
}

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['/', '*/'],
]);

function reportOpen({ model, report }: CheckContext, token: SqlToken): void {
  const { text } = model.tree;
  const written = textOf(text, token);
  const opener = token.kind === 'blob' ? "'" : written.charAt(0);
  const closer = CLOSERS.get(opener) ?? opener;
  const apostrophe = token.kind === 'string' ? apostropheBefore(text, token.offset) : undefined;
  if (apostrophe !== undefined) {
    report('unterminated-value', token, "A quote inside a text is written twice: 'O''Neill'.", {
      fixes: [
        {
          title: 'Double the quote',
          preferred: true,
          edits: [{ offset: apostrophe, length: 0, text: "'" }],
        },
      ],
    });
    return;
  }
  const lineEnd = /^[^\r\n]*/.exec(written)?.[0].length ?? written.length;
  const end = trimEnd(text, token.offset, token.offset + lineEnd);
  const fix: Fix = {
    title: `Insert “${closer}”`,
    preferred: true,
    edits: [{ offset: end, length: 0, text: closer }],
  };
  report(
    'unterminated-value',
    { offset: token.offset, length: Math.max(1, end - token.offset) },
    `Close ${token.kind === 'comment' ? 'the comment' : 'this'} with “${closer}”.`,
    // What stands in the lines behind it would be read then, and may have faults of its own.
    { fixes: /^[\p{L}\p{N}\s,.*=]*$/u.test(text.slice(end, endOf(token))) ? [fix] : [] },
  );
}

/** `'O'Neill'`: where the quote stands that ends the text too early. The one at `offset` ends it, and opens nothing. */
function apostropheBefore(text: string, offset: number): number | undefined {
  if (/^'[\p{L}\p{N}]/u.test(text.slice(offset, offset + 3))) return undefined;
  const [, rest] = /'[^'\r\n]*'(\p{L}[\p{L} -]*)$/u.exec(text.slice(Math.max(0, offset - 80), offset)) ?? [];
  return rest === undefined ? undefined : offset - rest.length - 1;
}

function reportMisplaced(context: CheckContext, token: SqlToken): void {
  const value = staticText(context, token);
  const fixes =
    value === undefined || value === token.text || value === ''
      ? []
      : [replace(token, writtenName(value), undefined, false)];
  context.report(
    'misplaced-variable',
    token,
    'A variable is a value, and can’t be the name of a table or a column. Write the name itself.',
    { fixes },
  );
}
