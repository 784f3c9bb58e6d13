/** Values in a SQL statement: known values of a column, dates, variables, and what functions of dates take. */
import { evaluateVariable } from '../../analysis/evaluate';
import { checkValue } from '../../analysis/field-types';
import { quote } from '../../analysis/print-filter';
import type { RequestModel } from '../../analysis/request-model';
import { fieldOfColumn, modelOfColumn } from '../../analysis/sql/documentation';
import { lowerWord } from '../../analysis/sql/position';
import type { SqlColumn } from '../../analysis/sql/scopes';
import type { FieldInfo } from '../../catalog/catalog';
import type { SqlToken } from '../../syntax/sql/tokens';
import { codeSpan } from '../../text/markdown';
import { endOf } from '../../text/span';
import { OFFERED_DATES } from '../../vocabulary/builtins';
import { DATE_FORMATS, DATE_MODIFIERS, sqlFunctionOf } from '../../vocabulary/sql-functions';
import { EQUALS } from '../../vocabulary/sql-keywords';
import type { CompletionItem } from '../items';
import { knownValueItems } from '../known-values';
import { completeRecords, recordsFor } from '../records';
import { type SqlContext, wordItems } from './context';

interface Compared {
  /** The value is one that the column may equal. */
  readonly equals: boolean;
  readonly column: SqlColumn | undefined;
  readonly field: FieldInfo | undefined;
  /** The request whose records have the field. */
  readonly model: RequestModel | undefined;
}

const COMPARING: ReadonlySet<string> = new Set([
  '=',
  '==',
  '<>',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'like',
  'between',
  'is',
]);

/** The column with which a value at the place is compared; undefined where it is compared with nothing. */
function compared({ position, scopes, schema, level }: SqlContext): Compared | undefined {
  let tokens: readonly SqlToken[] = position.before;
  let equals = true;
  const open = level.open;
  // In `in ('a', |`
  if (level.kind === 'group' && open !== undefined) {
    const before = tokens.slice(0, tokens.indexOf(open));
    if (lowerWord(before.at(-1)) !== 'in') return undefined;
    tokens = before;
  } else {
    const word = lowerWord(tokens.at(-1)) || tokens.at(-1)?.text;
    if (word === undefined) return undefined;
    if (word === 'and') {
      // `between 1 and |`
      if (lowerWord(tokens.at(-3)) !== 'between') return undefined;
      tokens = tokens.slice(0, -2);
      equals = false;
    } else if (COMPARING.has(word)) equals = word === 'is' || EQUALS.has(word);
    else return undefined;
  }
  let left = tokens.at(-2);
  if (lowerWord(left) === 'not') left = tokens.at(-3);
  const end = left === undefined ? 0 : endOf(left);
  const word = scopes.tree.columns.find((each) => endOf(each) === end);
  const meaning = word === undefined ? undefined : scopes.meaningOf(word);
  if (meaning?.kind !== 'column') return { equals, column: undefined, field: undefined, model: undefined };
  return {
    equals,
    column: meaning.column,
    field: fieldOfColumn(meaning.column, schema.platforms),
    model: modelOfColumn(meaning.column, schema.platforms),
  };
}

/** Where a value belongs: the values that its column is known to have, dates, variables. In quotes, what stands in them. */
export function valueItems(at: SqlContext): CompletionItem[] {
  const { position, context } = at;
  const inString = position.string !== undefined;
  const other = compared(at);
  const type = other?.column?.type;
  const documentation =
    other?.column === undefined ? {} : { documentation: `A value of ${codeSpan(other.column.name)}.` };
  const item = (text: string, detail: string, rank: number, isText: boolean): CompletionItem => {
    const escaped = text.replaceAll("'", "''");
    const quoted = isText && !inString ? `'${escaped}'` : escaped;
    return {
      label: quoted,
      kind: text.startsWith('{{') ? 'variable' : 'value',
      detail,
      ...documentation,
      replace: position.where,
      insert: quoted,
      filter: quoted,
      rank,
    };
  };
  const items: CompletionItem[] = type === 'boolean' && !inString ? wordItems(at, ['true', 'false'], 0) : [];
  for (const each of recordItems(at, other)) items.push(each);
  if (other?.field !== undefined && other.model !== undefined)
    for (const each of knownValueItems(context, {
      model: other.model,
      field: other.field,
      replace: position.where,
      write: (value) => {
        const quoted = quote(value);
        const insert = inString ? quoted.slice(1, -1) : quoted;
        return { label: insert, insert, filter: insert };
      },
    }))
      items.push(each);
  if (
    type === 'datetime' ||
    type === 'date' ||
    (inString && items.every(({ kind }) => kind === 'note') && other !== undefined && type === undefined)
  )
    for (const { text, detail } of OFFERED_DATES) items.push(item(text, detail, 1, true));
  if (type === 'boolean') return items;
  for (const name of context.symbols.variables.keys()) {
    const value = evaluateVariable(name, context.symbols, context.evaluation);
    if (value.ok && type !== undefined && !checkValue(type, value.text).ok) continue;
    const isNumber =
      type === 'integer' || type === 'decimal' || (value.ok && /^-?\d+(?:\.\d+)?$/.test(value.text));
    items.push(item(`{{${name}}}`, value.ok ? value.text : 'variable', 3, type === 'string' || !isNumber));
  }
  return items;
}

/** Records of the module that the column of a table names, by their names. */
function recordItems({ position, context }: SqlContext, other: Compared | undefined): CompletionItem[] {
  if (other?.equals !== true) return [];
  const { column, model } = other;
  const records =
    column?.of === undefined || model === undefined ? undefined : recordsFor({ model }, column.of.name);
  if (column === undefined || model === undefined || records === undefined) return [];
  const { where } = position;
  const inString = position.string !== undefined;
  const raw = context.model.tree.text.slice(where.offset, Math.max(where.offset, context.offset));
  const isNumber = column.type === 'integer' && !inString;
  return completeRecords(
    { ...context, model },
    {
      ...{ records, replace: where, raw, opening: inString ? '' : "'" },
      typed: raw.replace(/^'/, '').replaceAll("''", "'"),
      write: (id) => {
        if (isNumber) return /^-?\d+$/.test(id) ? id : undefined;
        return inString ? quote(id).slice(1, -1) : quote(id);
      },
    },
  );
}

/** Behind a first brace. */
export const variableItems = (at: SqlContext): CompletionItem[] =>
  valueItems(at)
    .filter(({ kind }) => kind === 'variable')
    .map(({ insert, ...item }) => {
      const text = insert.replace(/^'|'$/g, '');
      return { ...item, label: text, insert: text, filter: text };
    });

/** In a text in quotes. */
export function stringItems(at: SqlContext): CompletionItem[] {
  const { level, position } = at;
  const callee = level.kind === 'call' ? sqlFunctionOf(level.callee?.text ?? '') : undefined;
  if (callee?.kind !== 'date') return valueItems(at);
  const isFormat = callee.name === 'strftime' && level.commas === 0;
  const isModifier = level.commas >= (callee.name === 'strftime' ? 2 : 1);
  const offered = isFormat ? DATE_FORMATS : DATE_MODIFIERS;
  if (!isFormat && !isModifier) return valueItems(at);
  return offered.map(({ text, detail }) => ({
    label: text,
    kind: 'value',
    detail,
    replace: position.where,
    insert: text,
    filter: text,
    rank: 0,
  }));
}
