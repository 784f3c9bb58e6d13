/** Explains the words of a SQL statement. */
import { columnDocs, columnList, tableDocs } from '../../analysis/sql/documentation';
import { schemaOf, type SqlSchema } from '../../analysis/sql/schema';
import { nameOfSource, type SqlScopes } from '../../analysis/sql/scopes';
import { cteOf, sqlKey } from '../../analysis/sql/tables';
import type { FileSymbols } from '../../analysis/symbols';
import type { Platforms } from '../../catalog/platforms';
import type { Sql } from '../../syntax/nodes';
import type { SqlColumnWord, SqlComputed, SqlName, SqlSource } from '../../syntax/sql/nodes';
import type { SqlToken } from '../../syntax/sql/tokens';
import { codeBlock, codeSpan, escapeMarkdown } from '../../text/markdown';
import { textOf, touches } from '../../text/span';
import { sqlFunctionOf, sqlSignature } from '../../vocabulary/sql-functions';
import { sqlWordOf } from '../../vocabulary/sql-words';
import type { Hover } from '../answers';

const ABOUT_SQL =
  '**SQL** · a query over the answers of the other requests of this file: each request with a `# @name` is a table.';

export function hoverInSql(
  sql: Sql,
  text: string,
  offset: number,
  symbols: FileSymbols,
  platforms: Platforms,
): Hover | undefined {
  const { keyword } = sql;
  if (touches(keyword, offset))
    return { offset: keyword.offset, length: keyword.length, markdown: ABOUT_SQL };
  // Between two tokens, the word is meant.
  const touched = sql.tokens.filter((token) => touches(token, offset));
  const token = touched.find(({ kind }) => kind === 'word' || kind === 'name') ?? touched.at(-1);
  if (token === undefined || token.kind === 'comment' || token.kind === 'string') return undefined;
  const schema = schemaOf(symbols, platforms);
  const markdown = new SqlWords(schema, schema.scopes(sql), text, sql).docsOf(token);
  return markdown === undefined ? undefined : { offset: token.offset, length: token.length, markdown };
}

class SqlWords {
  constructor(
    private readonly schema: SqlSchema,
    private readonly scopes: SqlScopes,
    private readonly text: string,
    private readonly sql: Sql,
  ) {}

  docsOf(token: SqlToken): string | undefined {
    const { tree } = this.scopes;
    const is = (other: SqlToken | undefined) => other?.offset === token.offset;
    const call = tree.calls.find(({ name }) => is(name));
    if (call !== undefined) return functionDocs(call.name);
    const source = tree.sources.find(({ name, alias }) => is(name) || is(alias));
    if (source !== undefined) return this.#source(source, token);
    const column = tree.columns.find(({ name, qualifier }) => is(name) || is(qualifier));
    if (column !== undefined)
      return is(column.qualifier) ? this.#qualifier(column, token) : this.#column(column);
    const cte = tree.queries.flatMap(({ ctes }) => ctes).find(({ name }) => is(name));
    if (cte !== undefined)
      return cteDocs(cte.name, this.#list(cte.query && this.scopes.columnsOfQuery(cte.query)));
    for (const core of tree.cores) {
      const result = core.results.find((each) =>
        each.kind === 'computed' ? is(each.alias) : is(each.qualifier),
      );
      if (result?.kind === 'computed') return this.#alias(token, result);
      if (result !== undefined) {
        const named = core.sources.find((each) => sqlKey(nameOfSource(each) ?? '') === sqlKey(token.text));
        return named && this.#source(named, token);
      }
    }
    return token.kind === 'word' || token.kind === 'operator' ? this.#word(token) : undefined;
  }

  #list = (columns: Parameters<typeof columnList>[0] | undefined): string =>
    columns === undefined ? 'Its columns are known once it has run.' : columnList(columns);

  #source(source: SqlSource, token: SqlToken): string | undefined {
    const { name, alias, kind } = source;
    if (kind === 'function' && name !== undefined) return functionDocs(name);
    const isAlias =
      alias?.offset === token.offset || name === undefined || sqlKey(name.text) !== sqlKey(token.text);
    const head = isAlias
      ? `**${escapeMarkdown(token.text)}** · ${name === undefined ? 'the query in parentheses' : codeSpan(name.text)}\n\n`
      : '';
    const cte = cteOf(source);
    if (cte !== undefined) return head + cteDocs(cte.name, this.#list(this.scopes.columnsOf(source)));
    if (name === undefined) return head + this.#list(this.scopes.columnsOf(source));
    const table = this.schema.table(name.text);
    return table === undefined ? undefined : head + tableDocs(table.name, table.tree, this.schema);
  }

  #qualifier(word: SqlColumnWord, token: SqlToken): string | undefined {
    const source = this.scopes
      .sourcesFrom(word.core)
      .find((each) => sqlKey(nameOfSource(each) ?? '') === sqlKey(token.text));
    return source && this.#source(source, token);
  }

  #column(word: SqlColumnWord): string | undefined {
    const meaning = this.scopes.meaningOf(word);
    switch (meaning.kind) {
      case 'column':
        return columnDocs(
          meaning.source,
          meaning.source.name?.text ?? nameOfSource(meaning.source) ?? '',
          meaning.column,
          this.schema,
        );
      case 'alias':
        return this.#alias(word.name, meaning.result);
      case 'result':
        return `**${escapeMarkdown(word.name.text)}** · column of the answer`;
      case 'word':
        return this.#word(word.name);
      case 'unknown':
      case 'missing':
      case 'ambiguous':
      case 'no-table':
        return undefined;
    }
  }

  #alias = ({ text }: SqlToken, { expression }: SqlComputed): string =>
    `**${escapeMarkdown(text)}** · column of the answer\n\n${codeBlock(textOf(this.text, expression))}`;

  /** A keyword: with the next one, where both together are one. */
  #word(token: SqlToken): string | undefined {
    const index = this.sql.tokens.indexOf(token);
    const next = this.sql.tokens[index + 1];
    const before = this.sql.tokens[index - 1];
    const found =
      sqlWordOf(`${token.text} ${next?.text ?? ''}`, true) ??
      sqlWordOf(`${before?.text ?? ''} ${token.text}`, true) ??
      sqlWordOf(token.text, false);
    return (
      found && `**${escapeMarkdown(found.word)}** · ${found.row.meaning}\n\n${codeSpan(found.row.example)}`
    );
  }
}

const cteDocs = ({ text }: SqlName, columns: string): string =>
  `**${escapeMarkdown(text)}** · query of this statement\n\n${columns}`;

function functionDocs({ text }: SqlName): string | undefined {
  const found = sqlFunctionOf(text);
  return (
    found && `**${escapeMarkdown(sqlSignature(found).label)}** · ${found.result}\n\n${found.documentation}`
  );
}
