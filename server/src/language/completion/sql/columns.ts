/** Columns, aliases and functions in a SQL statement. */
import { modelOf } from '../../analysis/request-model';
import { columnDocs, columnSummary } from '../../analysis/sql/documentation';
import type { SqlColumn } from '../../analysis/sql/scopes';
import { sqlKey } from '../../analysis/sql/tables';
import type { SqlName, SqlSource } from '../../syntax/sql/nodes';
import { writtenName } from '../../syntax/sql/written-name';
import { codeSpan } from '../../text/markdown';
import { endOf } from '../../text/span';
import { nextStep } from '../../vocabulary/next-steps';
import { SQL_FUNCTIONS, type SqlFunction, sqlFunctionOf, sqlSignature } from '../../vocabulary/sql-functions';
import { note } from '../context';
import type { CompletionItem } from '../items';
import { filterHere, type NamedSource, nameHere, type SqlContext } from './context';

const documentation = new WeakMap<SqlColumn, string>();

/** The same text at each word: a table may have hundreds of columns. */
function docsOf(column: SqlColumn, { source, name }: NamedSource, { schema }: SqlContext): string {
  let docs = documentation.get(column);
  if (docs === undefined) {
    docs = columnDocs(source, name, column, schema);
    documentation.set(column, docs);
  }
  return docs;
}

function columnItem(
  at: SqlContext,
  column: SqlColumn,
  of: NamedSource,
  isQualified: boolean,
): CompletionItem {
  const qualifier = isQualified ? `${writtenName(of.name)}.` : '';
  const filter = filterHere(at, column.name);
  return {
    label: qualifier + column.name,
    kind: 'field',
    detail: columnSummary(column, of.name),
    documentation: () => docsOf(column, of, at),
    replace: at.position.where,
    insert: qualifier + nameHere(at, column.name),
    filter: filter ?? column.name,
    rank: 1,
  };
}

/** The columns of all tables in sight: with the table's name where several have the same. */
export function columnItems(at: SqlContext): CompletionItem[] {
  const taken = new Map<string, number>();
  for (const { columns, source } of at.sources)
    if (source.core === at.core)
      for (const { name } of columns ?? []) taken.set(sqlKey(name), (taken.get(sqlKey(name)) ?? 0) + 1);
  const items: CompletionItem[] = [];
  for (const each of at.sources) {
    const isOwn = each.source.core === at.core;
    for (const column of each.columns ?? []) {
      const count = taken.get(sqlKey(column.name)) ?? 0;
      items.push(columnItem(at, column, each, isOwn ? count > 1 : count > 0));
    }
  }
  return items;
}

/** The columns of the table before the point. */
export function memberItems(at: SqlContext, qualifier: SqlName | undefined): CompletionItem[] {
  const { position } = at;
  const key = sqlKey(qualifier?.text ?? '');
  const named = at.sources.find(({ name }) => sqlKey(name) === key);
  if (named === undefined)
    return [
      note(
        `There is no table “${qualifier?.text ?? ''}” here`,
        at.sources.length === 0
          ? 'Name it behind `from`, with this alias.'
          : `The tables are ${at.sources.map(({ name }) => codeSpan(name)).join(', ')}.`,
        position.where,
      ),
    ];
  if (named.columns === undefined) return [unknownColumns(at, named)];
  const all: CompletionItem[] =
    at.level.part === 'select' && at.level.kind !== 'call' && position.word === undefined
      ? [
          {
            label: '*',
            kind: 'operator',
            detail: `all columns of ${named.name}`,
            replace: position.where,
            insert: '*',
            rank: 2,
          },
        ]
      : [];
  return [...named.columns.map((column) => columnItem(at, column, named, false)), ...all];
}

/** Notes on tables whose columns can't be offered. */
export const unknownNotes = (at: SqlContext): CompletionItem[] =>
  at.sources.filter(({ columns }) => columns === undefined).map((each) => unknownColumns(at, each));

/** Why the columns of a table are not known, and what to do. */
function unknownColumns(at: SqlContext, { source, name }: NamedSource): CompletionItem {
  const [reason, help] = whyUnknown(at, source);
  return note(`The columns of “${name}” are not known`, reason, at.position.where, help);
}

function whyUnknown({ schema, context }: SqlContext, source: SqlSource): [reason: string, help: boolean] {
  const tree = source.name === undefined ? undefined : schema.table(source.name.text)?.tree;
  const { client } = context.evaluation;
  if (source.kind !== 'table')
    return ['Name the columns of the query in parentheses, instead of `*`.', false];
  if (tree === undefined) return ['No request of this file has this name: give one a line `# @name`.', false];
  if (tree.sql !== undefined)
    return ['Its statement takes them from a table whose columns are not known.', false];
  const model = modelOf(tree, schema.platforms);
  if (model.catalog === undefined) return [nextStep(client, 'first-metadata'), true];
  if (model.clause('$select') !== undefined)
    return ['Its `$select` has a variable: they are known when it runs.', false];
  return [`Give its request a \`$select\`. ${nextStep(client, 'refresh-metadata')}`, true];
}

/** The names of tables, to be followed by a point; where there are several, or one whose columns need it. */
export const qualifierItems = (at: SqlContext): CompletionItem[] =>
  at.position.word?.kind === 'name'
    ? []
    : at.sources.map(({ name, columns }) => ({
        label: name,
        kind: 'module',
        detail: columns === undefined ? 'table' : `table · ${columns.length} columns`,
        documentation: `The columns of ${codeSpan(name)}.`,
        replace: at.position.where,
        insert: `${writtenName(name)}.`,
        rank: 2,
        retrigger: true,
      }));

/** The aliases of the results of the same query, where SQLite knows them. */
export function aliasItems(at: SqlContext): CompletionItem[] {
  const { core, level } = at;
  if (core === undefined || !['where', 'group', 'having', 'order'].includes(level.part)) return [];
  return core.results.flatMap((result): CompletionItem[] => {
    const alias = result.kind === 'computed' ? result.alias?.text : undefined;
    if (alias === undefined || alias === '') return [];
    const written = at.context.model.tree.text.slice(result.offset, endOf(result));
    return [
      {
        label: alias,
        kind: 'variable',
        detail: 'column of the answer',
        documentation: codeSpan(written),
        replace: at.position.where,
        insert: nameHere(at, alias),
        filter: filterHere(at, alias) ?? alias,
        rank: 0,
      },
    ];
  });
}

/** Parts of a query in which a value is one of many rows, so that they can't be summed up yet. */
const NO_AGGREGATES: ReadonlySet<string> = new Set(['where', 'on', 'group', 'limit', 'values']);

/** The functions that fit, each as a snippet unless its parenthesis is there. */
export function functionItems(at: SqlContext): CompletionItem[] {
  const { position, level, context } = at;
  if (position.word?.kind === 'name') return [];
  const open = context.model.tree.text.charAt(endOf(position.where)) === '(';
  const inAggregate = position.levels.some(({ callee }) => kindOf(callee) === 'aggregate');
  const fits = ({ kind }: SqlFunction): boolean => {
    if (kind === 'aggregate') return !NO_AGGREGATES.has(level.part) && !inAggregate;
    if (kind === 'window')
      return (level.part === 'select' || level.part === 'order') && !inAggregate && level.kind !== 'over';
    return kind !== 'table';
  };
  return SQL_FUNCTIONS.filter(fits).map((each) => ({
    label: each.name,
    kind: 'function',
    detail: sqlSignature(each).label,
    documentation: each.documentation,
    replace: position.where,
    insert: open ? each.name : callOf(each),
    snippet: !open,
    rank: each.kind === 'aggregate' ? 3 : 4,
    retrigger: !open && each.parameters.length > 0,
  }));
}

const kindOf = (callee: SqlName | undefined) => sqlFunctionOf(callee?.text ?? '')?.kind;

function callOf({ name, kind, parameters }: SqlFunction): string {
  if (kind === 'window') return `${name}(${parameters.length > 0 ? '${1}' : ''}) over (\${2:order by })$0`;
  if (name === 'count') return 'count(${1:*})$0';
  return parameters.length > 0 ? `${name}(\${1})$0` : `${name}()$0`;
}
