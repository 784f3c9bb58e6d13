/** What the sources of completion in a SQL statement share: the place, the names in sight, and how items are made. */
import { type SqlLevel, type SqlPosition, sqlPosition } from '../../analysis/sql/position';
import { schemaOf, type SqlSchema } from '../../analysis/sql/schema';
import type { SqlColumn } from '../../analysis/sql/scopes';
import { nameOfSource, type SqlScopes } from '../../analysis/sql/scopes';
import type { Sql } from '../../syntax/nodes';
import type { SqlCore, SqlSource } from '../../syntax/sql/nodes';
import { writtenName } from '../../syntax/sql/written-name';
import { endOf } from '../../text/span';
import { SQL_WORDS, type SqlWord } from '../../vocabulary/sql-words';
import type { CompletionContext } from '../context';
import type { CompletionItem } from '../items';

export interface SqlContext {
  readonly context: CompletionContext;
  readonly sql: Sql;
  readonly schema: SqlSchema;
  readonly scopes: SqlScopes;
  readonly position: SqlPosition;
  /** The innermost part of the statement. */
  readonly level: SqlLevel;
  /** The query whose names are in sight. */
  readonly core: SqlCore | undefined;
  /** Its own tables, and those of the queries around it, with the names by which their columns are called. */
  readonly sources: readonly NamedSource[];
}

export interface NamedSource {
  readonly source: SqlSource;
  readonly name: string;
  readonly columns: readonly SqlColumn[] | undefined;
}

export function sqlContext(context: CompletionContext, sql: Sql): SqlContext {
  const { model, symbols, offset } = context;
  const schema = schemaOf(symbols, model.platforms);
  const scopes = schema.scopes(sql);
  const position = sqlPosition(sql, model.tree.text, offset);
  const level = position.levels.at(-1) ?? NO_LEVEL;
  const core = scopes.tree.cores.find((each) => each.offset === level.core);
  const sources = scopes.sourcesFrom(core).flatMap((source) => {
    const name = nameOfSource(source);
    return name === undefined || name === '' ? [] : [{ source, name, columns: scopes.columnsOf(source) }];
  });
  return { context, sql, schema, scopes, position, level, core, sources };
}

const NO_LEVEL: SqlLevel = {
  kind: 'query',
  callee: undefined,
  open: undefined,
  part: 'start',
  core: undefined,
  word: '',
  commas: 0,
};

/** The name as it is written here: in quotes where some are open, or where it needs them. */
export function nameHere({ position: { word }, context }: SqlContext, name: string): string {
  if (word?.kind !== 'name') return writtenName(name);
  const quote = context.model.tree.text.charAt(word.offset);
  if (quote === '[') return name.includes(']') ? writtenName(name) : `[${name}]`;
  return quote + name.replaceAll(quote, quote + quote) + quote;
}

/** The text with which what is written is compared; undefined: the label. */
export const filterHere = ({ position: { word }, context }: SqlContext, name: string): string | undefined =>
  word?.kind === 'name' ? context.model.tree.text.charAt(word.offset) + name : undefined;

/** A space, unless one is there. */
export const spaceHere = ({ context, position: { where } }: SqlContext): string =>
  /^\s/.test(context.model.tree.text.slice(endOf(where), endOf(where) + 1)) ? '' : ' ';

/** Words that end what they are in: no value follows them. */
const LAST: ReadonlySet<string> = new Set<SqlWord>(
  (
    [
      'is null',
      'is not null',
      'null',
      'true',
      'false',
      'end',
      'desc',
      'asc',
      'nulls first',
      'nulls last',
    ] as const
  ).slice(),
);

/** Keywords, in this order. */
export function wordItems(at: SqlContext, words: readonly SqlWord[], rank: number): CompletionItem[] {
  if (at.position.word?.kind === 'name') return [];
  const space = spaceHere(at);
  return words.map((word) => ({
    label: word,
    kind: /^\W/.test(word) ? 'operator' : 'keyword',
    detail: SQL_WORDS[word].meaning,
    documentation: `\`${SQL_WORDS[word].example}\``,
    replace: at.position.where,
    insert: word + (LAST.has(word) ? '' : space),
    rank,
    retrigger: !LAST.has(word),
  }));
}

/** A piece of a statement with places to fill in. */
export const snippetItem = (
  at: SqlContext,
  label: string,
  detail: string,
  insert: string,
  rank: number,
): CompletionItem => ({
  label,
  kind: 'snippet',
  detail,
  documentation: `\`${label}\``,
  replace: at.position.where,
  insert,
  snippet: true,
  rank,
  filter: label,
});
