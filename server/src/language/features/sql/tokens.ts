/** What the words of a SQL statement are. */
import type { Sql } from '../../syntax/nodes';
import { sqlTreeOf } from '../../syntax/sql/parser';
import type { SqlToken } from '../../syntax/sql/tokens';
import { type Span, textOf } from '../../text/span';
import { CONTEXT_WORDS, JOIN_WORDS, RESERVED_WORDS } from '../../vocabulary/sql-keywords';
import type { TokenType } from '../token-types';

/** Tells `add` of each word, and of each line of a text. */
export function addSqlTokens(
  sql: Sql,
  text: string,
  add: (where: Span | undefined, type: TokenType) => void,
): void {
  const names = namesIn(sql);
  add(sql.keyword, 'keyword');
  for (const token of sql.tokens) {
    const type = names.get(token.offset) ?? typeOf(token);
    if (type === undefined) continue;
    for (const line of linesOf(text, token)) add(line, type);
  }
}

/** The names by their offsets. */
function namesIn(sql: Sql): ReadonlyMap<number, TokenType> {
  const found = new Map<number, TokenType>();
  const tree = sqlTreeOf(sql);
  const set = (token: SqlToken | undefined, type: TokenType) => {
    if (token !== undefined) found.set(token.offset, type);
  };
  for (const { name, alias, kind } of tree.sources) {
    set(name, kind === 'function' ? 'function' : 'class');
    set(alias, 'parameter');
  }
  for (const { ctes } of tree.queries)
    for (const { name, columns } of ctes) {
      set(name, 'class');
      for (const column of columns ?? []) set(column, 'property');
    }
  for (const { results, windows } of tree.cores) {
    for (const window of windows) set(window, 'parameter');
    for (const result of results)
      if (result.kind === 'computed') set(result.alias, 'property');
      else set(result.qualifier, 'parameter');
  }
  for (const { qualifier, name } of tree.columns) {
    set(qualifier, 'parameter');
    const isValue = name.kind === 'word' && qualifier === undefined && /^(?:true|false)$/i.test(name.text);
    set(name, isValue ? 'keyword' : 'property');
  }
  for (const { name } of tree.calls) set(name, 'function');
  return found;
}

function typeOf({ kind, text }: SqlToken): TokenType | undefined {
  switch (kind) {
    case 'string':
    case 'blob':
      return 'string';
    case 'number':
      return 'number';
    case 'operator':
      return /^[(),.;]$/.test(text) ? undefined : 'operator';
    case 'word': {
      const word = text.toLowerCase();
      return RESERVED_WORDS.has(word) || CONTEXT_WORDS.has(word) || JOIN_WORDS.has(word)
        ? 'keyword'
        : undefined;
    }
    case 'name':
    case 'variable':
    case 'parameter':
    case 'comment':
    case 'bad':
      return undefined;
  }
}

/** A text may go on over lines. */
function linesOf(text: string, token: Span): Span[] {
  const written = textOf(text, token);
  if (!/[\r\n]/.test(written)) return [token];
  return [...written.matchAll(/[^\r\n]+/g)].map(({ index, 0: line }) => ({
    offset: token.offset + index,
    length: line.length,
  }));
}
