/** Where a request has values that are IDs of records: in its path, its filters, its body and its statement. */
import type { Catalog } from '../catalog/catalog';
import type { FilterList, Sql, Term, Value, Word } from '../syntax/nodes';
import type { Reference } from '../syntax/references';
import { between, endOf, meets, type Span } from '../text/span';
import { bodyTree } from './body-tree';
import { type NamedRecords, recordsNamedBy } from './record-names';
import type { RequestModel } from './request-model';
import { modelOfColumn } from './sql/documentation';
import { sqlEqualities } from './sql/equalities';
import { schemaOf } from './sql/schema';
import type { FileSymbols } from './symbols';

/** The span is that of the value, with its quotes. Relative to the block. */
export interface IdPlace extends Span {
  readonly records: NamedRecords;
  /** The request whose platform has the records: in a statement that of the table. */
  readonly model: RequestModel;
  /** What is meant, without quotes; its variables stand in it. */
  readonly text: string;
  readonly references: readonly Reference[];
}

/** Takes a value of a field. */
type Add = (field: string, text: string, where: Span, references: readonly Reference[]) => void;

/** Those that meet the span. */
export function idPlaces(model: RequestModel, symbols: FileSymbols, within: Span): IdPlace[] {
  const { tree, catalog } = model;
  const found: IdPlace[] = [];
  const adding =
    (of: RequestModel, known: Catalog): Add =>
    (field, text, { offset, length }, references) => {
      if (text === '' || of.module === undefined || !meets({ offset, length }, within)) return;
      const records = recordsNamedBy(field, of.module, known);
      if (records !== undefined) found.push({ offset, length, records, model: of, text, references });
    };
  if (tree.sql !== undefined)
    inStatement(
      tree.sql,
      model,
      symbols,
      (of) => (of.catalog && adding(of, of.catalog)) ?? (() => undefined),
    );
  if (catalog === undefined || model.module === undefined) return found;
  const add = adding(model, catalog);
  inPath(model, add);
  for (const { value } of tree.clauses) if (value.kind === 'filter') inFilter(value.filter, add);
  inBody(model, within, add);
  return found;
}

function inPath({ tree: { request } }: RequestModel, add: Add): void {
  const target = request?.target;
  if (target?.id === undefined || target.endpoint !== 'data') return;
  add('ID', target.id.text.replace(/^'(.*)'$/s, '$1'), target.id, target.id.references);
}

/** Not recursive: parentheses may be nested deeply. */
function inFilter(filter: FilterList, add: Add): void {
  const take = (field: Word, value: Value | undefined) => {
    if (value !== undefined && value.form !== 'null') add(field.text, value.text, value, value.references);
  };
  const waiting: Term[] = filter.terms.toReversed();
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if (term.kind === 'comparison') take(term.field, term.value);
    else if (term.kind === 'in') for (const value of term.values) take(term.field, value);
    else if (term.kind === 'not' && term.operand !== undefined) waiting.push(term.operand);
    else if (term.kind === 'group') for (const each of term.filter.terms.toReversed()) waiting.push(each);
  }
}

/** A value, or each of a list of them. */
function inBody({ tree: { body, references } }: RequestModel, within: Span, add: Add): void {
  if (body === undefined || !meets(body.content, within)) return;
  const root = bodyTree(body.json)?.root;
  if (root?.type !== 'object') return;
  for (const { children: [key, member] = [] } of root.children ?? []) {
    const field: unknown = key?.value;
    if (typeof field !== 'string' || member === undefined) continue;
    for (const each of member.type === 'array' ? (member.children ?? []) : [member]) {
      const value: unknown = each.value;
      if (typeof value !== 'number' && typeof value !== 'string') continue;
      const start = body.content.offset + each.offset;
      const where = between(start, start + each.length);
      add(
        field,
        // A long number is rounded where it is read as one, and would be the ID of another record.
        typeof value === 'string' ? value : body.json.slice(each.offset, endOf(each)),
        where,
        references.filter((reference) => reference.offset >= start && endOf(reference) <= endOf(where)),
      );
    }
  }
}

/** A column that has the values of a module’s field, beside a value that it is to equal. */
function inStatement(
  sql: Sql,
  { platforms }: RequestModel,
  symbols: FileSymbols,
  adding: (of: RequestModel) => Add,
): void {
  const schema = schemaOf(symbols, platforms);
  const scopes = schema.scopes(sql);
  for (const { column, literal } of sqlEqualities(scopes.tree)) {
    const meaning = scopes.meaningOf(column);
    if (meaning.kind !== 'column' || meaning.column.of === undefined) continue;
    const model = modelOfColumn(meaning.column, schema.platforms);
    if (model !== undefined) adding(model)(meaning.column.of.name, literal.text, literal, literal.references);
  }
}
