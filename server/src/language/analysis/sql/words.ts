/** The words of a statement that are names of something: a request, a table expression, an alias. */
import type { SqlCore, SqlName, SqlSource } from '../../syntax/sql/nodes';
import type { SqlToken } from '../../syntax/sql/tokens';
import type { FileSymbols } from '../symbols';
import type { SqlScopes } from './scopes';
import { cteOf, tableNamed } from './tables';

/** What a word names: a request of the file, or what a word of the same statement defines. */
type SqlTarget =
  | { readonly kind: 'request'; readonly name: string }
  | { readonly kind: 'alias'; readonly definition: SqlToken };

export interface SqlWord {
  readonly token: SqlToken;
  readonly target: SqlTarget;
}

const known = new WeakMap<SqlScopes, readonly SqlWord[]>();

/** In the order of the text. */
export function sqlWords(scopes: SqlScopes, symbols: FileSymbols): readonly SqlWord[] {
  let words = known.get(scopes);
  if (words === undefined) {
    words = collect(scopes, symbols).sort((a, b) => a.token.offset - b.token.offset);
    known.set(scopes, words);
  }
  return words;
}

function collect(scopes: SqlScopes, { requests }: FileSymbols): SqlWord[] {
  const { tree } = scopes;
  const words: SqlWord[] = [];
  const define = (token: SqlToken) => words.push({ token, target: { kind: 'alias', definition: token } });
  /** What the name of a table is the name of, alias aside. */
  const tableTarget = (source: SqlSource): SqlTarget | undefined => {
    const cte = cteOf(source);
    if (cte !== undefined) return { kind: 'alias', definition: cte.name };
    if (source.kind !== 'table' || source.name === undefined) return undefined;
    return { kind: 'request', name: tableNamed(source.name.text, requests)?.[0] ?? source.name.text };
  };
  const qualify = (token: SqlName | undefined, core: SqlCore | undefined) => {
    const source = token && scopes.sourceCalled(token, core);
    const target: SqlTarget | undefined =
      source?.alias === undefined
        ? source && tableTarget(source)
        : { kind: 'alias', definition: source.alias };
    if (token !== undefined && target !== undefined) words.push({ token, target });
  };
  for (const { ctes } of tree.queries) for (const { name } of ctes) define(name);
  for (const source of tree.sources) {
    const target = tableTarget(source);
    if (source.name !== undefined && target !== undefined) words.push({ token: source.name, target });
    if (source.alias !== undefined) define(source.alias);
  }
  for (const core of tree.cores)
    for (const result of core.results)
      if (result.kind === 'every') qualify(result.qualifier, core);
      else if (result.alias !== undefined) define(result.alias);
  for (const word of tree.columns) {
    qualify(word.qualifier, word.core);
    const alias = scopes.aliasOf(word);
    if (alias !== undefined) words.push({ token: word.name, target: { kind: 'alias', definition: alias } });
  }
  return words;
}
