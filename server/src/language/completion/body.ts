/** In a JSON body: fields as names, and values by their type. */
import { createScanner, getLocation } from 'jsonc-parser';
import { formatDateTime } from '../analysis/dates';
import { fieldSummary, fieldText } from '../analysis/documentation';
import { checkValue } from '../analysis/field-types';
import { type CatalogModule, type FieldInfo, fieldKey, type FieldType } from '../catalog/catalog';
import { nestsTooDeep } from '../syntax/body-parser';
import type { Body } from '../syntax/nodes';
import { escapeSnippet } from '../text/snippets';
import { endOf, type Span } from '../text/span';
import { OFFERED_DATES } from '../vocabulary/builtins';
import { type CompletionContext, noFieldsNote } from './context';
import { likeliestFirst } from './field-order';
import type { CompletionItem } from './items';
import { knownValueItems } from './known-values';
import { completeRecords, recordsFor } from './records';

interface JsonToken extends Span {
  /** The first character, which tells the kind; `word` for numbers, `true` and the like. */
  readonly kind: '{' | '}' | '[' | ']' | ',' | ':' | '"' | '/' | 'word';
}

export function completeBody(context: CompletionContext, body: Body): CompletionItem[] {
  const { model, offset } = context;
  if (nestsTooDeep(body.json)) return [];
  const start = body.content.offset;
  const at = offset - start;
  const tokens = tokensOf(body.json);
  if (tokens.some((token) => isComment(token, body.json, at))) return [];
  const location = getLocation(body.json.padEnd(at), at);
  const [name, index, ...deeper] = location.path;
  const isMember = typeof index === 'number' && deeper.length === 0;
  if (index !== undefined && !isMember) return [];
  const { module } = model;
  if (module?.fields === undefined) return isMember ? [] : noFieldsNote(context);
  const code = tokens.filter(({ kind }) => kind !== '/');
  const inside = code.find((token) => isValue(token) && at >= token.offset && at <= endOf(token));
  const previous = code.findLast((token) => token !== inside && endOf(token) <= at);
  const after = code.filter((token) => token !== inside && token.offset >= at);
  const place: Place = { context, start, inside, previous, next: after[0], following: after[1] };
  const field = typeof name === 'string' ? module.field(name) : undefined;
  if (isMember) {
    const isStart = previous?.kind === '[' || previous?.kind === ',';
    return isStart && field?.type === 'list' ? completeValue(place, body.json, memberOf(field)) : [];
  }
  if (previous?.kind === ':') return completeValue(place, body.json, field);
  // Where the cursor touches a finished value, only another member could follow, and only after a comma.
  return location.isAtPropertyKey || inside === undefined
    ? completeNames(place, module, body.json, code)
    : [];
}

/** A member of a list is written as a text. */
const memberOf = (field: FieldInfo): FieldInfo => ({ ...field, type: 'string' });

interface Place {
  readonly context: CompletionContext;
  /** Where the JSON starts in the block. */
  readonly start: number;
  /** The name or value under the cursor. */
  readonly inside: JsonToken | undefined;
  readonly previous: JsonToken | undefined;
  readonly next: JsonToken | undefined;
  readonly following: JsonToken | undefined;
}

function completeNames(
  { context, start, inside, previous, next }: Place,
  module: CatalogModule,
  json: string,
  tokens: readonly JsonToken[],
): CompletionItem[] {
  const where: Span =
    inside === undefined
      ? { offset: context.offset, length: 0 }
      : { offset: start + inside.offset, length: inside.length };
  const taken = takenNames(module, json, tokens, inside);
  const hasColon = next?.kind === ':';
  const comma = !hasColon && next?.kind === '"' ? ',' : '';
  const missing = previous !== undefined && previous.kind !== '{' && previous.kind !== ',';
  const touches = missing && start + endOf(previous) === where.offset;
  return likeliestFirst(
    context,
    module,
    ({ name, writable }) => writable !== false && name !== 'ID' && !taken.has(fieldKey(module, name)),
  ).map((field) => {
    const name = escapeSnippet(JSON.stringify(field.name));
    return {
      label: field.name,
      kind: 'field',
      detail: fieldText(field, module).summary,
      documentation: fieldText(field, module).docs,
      replace: where,
      filter: `"${field.name}"`,
      insert: `${touches ? ', ' : ''}${name}${hasColon ? '' : `: ${VALUE[field.type]}${comma}`}`,
      snippet: true,
      ...(missing && !touches ? { also: [{ offset: start + endOf(previous), length: 0, text: ',' }] } : {}),
    };
  });
}

function completeValue(
  { context, start, inside, next, following }: Place,
  json: string,
  field: FieldInfo | undefined,
): CompletionItem[] {
  const { offset } = context;
  const at = offset - start;
  // Right before a value, that value is replaced.
  const isName = following?.kind === ':';
  const replaced =
    inside ??
    (next !== undefined && isValue(next) && !isName && /^[ \t]*$/.test(json.slice(at, next.offset))
      ? next
      : undefined);
  const from = Math.min(at, replaced?.offset ?? at);
  const where: Span = {
    offset: start + from,
    length: Math.max(0, (replaced === undefined ? at : endOf(replaced)) - from),
  };
  const lead = replaced === undefined ? '' : json.slice(from, replaced.offset);
  const comma = replaced === undefined && next?.kind === '"' ? ',' : '';
  const { module } = context.model;
  const described =
    field === undefined || module === undefined
      ? {}
      : { detail: fieldSummary(field), documentation: fieldText(field, module).docs };
  const item = (text: string, rank: number): CompletionItem => ({
    label: text,
    kind: 'value',
    ...described,
    replace: where,
    insert: lead + text + comma,
    rank,
  });
  if (field?.type === 'boolean') return [item('true', 0), item('false', 0)];
  const values =
    field === undefined ? [] : recordValues(context, field, where, (text) => lead + text + comma);
  if (field !== undefined)
    for (const each of knownValueItems(context, {
      model: context.model,
      field,
      replace: where,
      write: (value) => {
        const label = asJson(value, field.type);
        return { label, insert: lead + label + comma, filter: label };
      },
    }))
      values.push(each);
  if (field?.type === 'datetime' || field?.type === 'date') {
    for (const date of OFFERED_DATES) values.push(item(`"${date.text}"`, 1));
    values.push(item(`"${formatDateTime(context.evaluation.now)}"`, 2));
  }
  const hasValues = values.some(({ kind }) => kind !== 'note');
  if (hasValues || replaced !== undefined || field === undefined) return values;
  const { label, filter } = EXAMPLES[field.type];
  return [
    ...values,
    {
      label,
      kind: 'snippet',
      ...described,
      replace: where,
      insert: VALUE[field.type] + comma,
      snippet: true,
      filter,
    },
  ];
}

function asJson(value: string, type: FieldType): string {
  if (type === 'list') return JSON.stringify([value]);
  const isNumber = (type === 'integer' || type === 'decimal') && checkValue(type, value).ok;
  return isNumber && /^-?\d/.test(value) ? value : JSON.stringify(value);
}

/** Records whose ID the value can be. */
function recordValues(
  context: CompletionContext,
  { name, type }: FieldInfo,
  where: Span,
  written: (json: string) => string,
): CompletionItem[] {
  const records = recordsFor(context, name);
  if (records === undefined) return [];
  const raw = context.model.tree.text.slice(where.offset, Math.max(where.offset, context.offset));
  return completeRecords(context, {
    records,
    replace: where,
    raw,
    typed: raw.replace(/^[ \t]*"?/, '').replace(/\\(["\\/])/g, '$1'),
    opening: '"',
    write: (id) => written(asJson(id, type)),
  });
}

const VALUE = {
  string: '"${1}"',
  integer: '${1:0}',
  decimal: '${1:0.00}',
  boolean: '${1|true,false|}',
  datetime: '"${1}"',
  date: '"${1}"',
  time: '"${1}"',
  list: '["${1}"]',
  unknown: '"${1}"',
} as const;

const TEXT = { label: '"…"', filter: '"' };
const EXAMPLES = {
  string: TEXT,
  integer: { label: '0', filter: '0' },
  decimal: { label: '0.00', filter: '0' },
  boolean: { label: 'true', filter: 'true' },
  datetime: TEXT,
  date: TEXT,
  time: TEXT,
  list: { label: '["…"]', filter: '[' },
  unknown: TEXT,
} as const;

const KINDS = ['{', '}', '[', ']', ',', ':', '"', '/'] as const;

/** The tokens of the JSON, including comments. */
function tokensOf(json: string): JsonToken[] {
  const scanner = createScanner(json, false);
  const tokens: JsonToken[] = [];
  for (;;) {
    scanner.scan();
    const [offset, length] = [scanner.getTokenOffset(), scanner.getTokenLength()];
    if (length === 0 || offset >= json.length) return tokens;
    const first = json[offset] ?? '';
    if (!/\s/.test(first))
      tokens.push({ kind: KINDS.find((kind) => kind === first) ?? 'word', offset, length });
  }
}

/** True when `at` is in the comment; the end of its line belongs to a line comment. */
function isComment({ kind, offset, length }: JsonToken, json: string, at: number): boolean {
  const text = json.slice(offset, offset + length);
  if (kind !== '/' || at <= offset) return false;
  return text.startsWith('//') || !text.endsWith('*/') ? at <= offset + length : at < offset + length;
}

/** A name, or a value that is neither an object nor a list. */
const isValue = ({ kind }: JsonToken) => kind === '"' || kind === 'word';

/** The names of the record's own members, except the one under the cursor. */
function takenNames(
  module: CatalogModule,
  json: string,
  tokens: readonly JsonToken[],
  current: JsonToken | undefined,
): ReadonlySet<string> {
  const names = new Set<string>();
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === '{' || token.kind === '[') depth++;
    else if (token.kind === '}' || token.kind === ']') depth--;
    else if (depth === 1 && token !== current && tokens[index + 1]?.kind === ':')
      names.add(fieldKey(module, json.slice(token.offset, endOf(token)).replace(/^"|"$/g, '')));
  }
  return names;
}
