/** Texts about tables and columns of SQL statements, for hover and completion. Markdown. */
import type { FieldInfo } from '../../catalog/catalog';
import type { Platforms } from '../../catalog/platforms';
import type { BlockTree } from '../../syntax/nodes';
import type { SqlSource } from '../../syntax/sql/nodes';
import { codeSpan, escapeMarkdown } from '../../text/markdown';
import { TYPE_NAMES } from '../../text/type-names';
import { pagesIn } from '../paging';
import { modelOf, type RequestModel } from '../request-model';
import type { SqlSchema } from './schema';
import type { SqlColumn } from './scopes';
import { cteOf } from './tables';

/** A type in a few words; of what is computed, that. */
const typeOf = ({ type }: SqlColumn): string => (type === 'unknown' ? 'any value' : TYPE_NAMES[type]);

/** The request that a table is the answer of. */
const treeOf = (source: SqlSource, schema: SqlSchema): BlockTree | undefined =>
  source.kind === 'table' && source.name !== undefined && cteOf(source) === undefined
    ? schema.table(source.name.text)?.tree
    : undefined;

/** The module of the records of a table. */
export function moduleOfSource(source: SqlSource, schema: SqlSchema): string | undefined {
  const target = treeOf(source, schema)?.request?.target;
  return target === undefined || target.module.references.length > 0 ? undefined : target.module.text;
}

/** What the metadata say about a column, if it has the values of a field of a module. */
export function fieldOfColumn(column: SqlColumn, platforms: Platforms): FieldInfo | undefined {
  const { of } = column;
  return of === undefined ? undefined : modelOfColumn(column, platforms)?.module?.field(of.name);
}

/** The request that brings the values of a column. */
export const modelOfColumn = ({ of }: SqlColumn, platforms: Platforms): RequestModel | undefined =>
  of && modelOf(of.tree, platforms);

/** A column in one line. */
export const columnSummary = (column: SqlColumn, table: string): string => `${typeOf(column)} · ${table}`;

/** A column in full. */
export function columnDocs(source: SqlSource, table: string, column: SqlColumn, schema: SqlSchema): string {
  const module = moduleOfSource(source, schema);
  const lines = [
    `**${escapeMarkdown(column.name)}** · ${typeOf(column)} · column of ${codeSpan(table)}${module === undefined ? '' : ` (${escapeMarkdown(module)})`}`,
  ];
  const field = fieldOfColumn(column, schema.platforms);
  if (field?.label !== undefined && field.label !== field.name) lines.push(escapeMarkdown(field.label));
  if (field?.description !== undefined) lines.push(escapeMarkdown(field.description));
  if (field?.values !== undefined)
    lines.push(
      `Values: ${field.values.slice(0, 12).map(codeSpan).join(', ')}${field.values.length > 12 ? ', …' : ''}`,
    );
  return lines.join('\n\n');
}

/** A table in one line: what its request reads. */
export function tableSummary(tree: BlockTree, platforms: Platforms): string {
  if (tree.sql !== undefined) return 'SQL';
  const written = tree.request?.target.module.text ?? '';
  return modelOf(tree, platforms).module?.name ?? written;
}

/** A table in full: its title, what it reads, its columns, and whether all of its pages are read. */
export function tableDocs(name: string, tree: BlockTree, schema: SqlSchema): string {
  const model = modelOf(tree, schema.platforms);
  const title = tree.separator?.title.text ?? '';
  const module = model.module?.name ?? tree.request?.target.module.text;
  const of =
    module === undefined || module === ''
      ? 'the answer of a SQL request'
      : `the answer of ${escapeMarkdown(module)}`;
  const lines = [`**${escapeMarkdown(name)}** · ${of}`];
  if (title !== '') lines.push(escapeMarkdown(title));
  if (tree.request !== undefined && pagesIn(tree) === undefined)
    lines.push('Only one page is read: a line `# @pages all` above the request reads all records.');
  const columns = schema.table(name)?.columns;
  lines.push(columns === undefined ? 'Its columns are known once it has run.' : columnList(columns));
  return lines.join('\n\n');
}

/** The names of columns, the first ones. */
export const columnList = (columns: readonly SqlColumn[]): string =>
  `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}: ${columns
    .slice(0, 12)
    .map(({ name }) => codeSpan(name))
    .join(', ')}${columns.length > 12 ? ', …' : ''}`;
