/** Chooses the completion source for the part of the block at the cursor. */
import { recordsOf } from '../analysis/record-names';
import { bodyEnd } from '../syntax/body-parser';
import { lineStart } from '../syntax/lines';
import type { Body, Clause, Item, RequestLine, Sql, Target } from '../syntax/nodes';
import { endOf, type Span } from '../text/span';
import { visibleOnOneLine } from '../text/unseen';
import { decodedView } from '../text/view';
import { parameterOf } from '../vocabulary/parameters';
import { completeBody } from './body';
import { type CompletionContext, wordAt } from './context';
import { completeDirective } from './directives';
import { canStandFor } from './expectations';
import { completeOrder, completeSelect } from './field-lists';
import { completeFilter } from './filter';
import type { CompletionItem } from './items';
import { completeEquals, completeParameter, completePlain } from './parameters';
import { completeReadyLine, completeReadyQueries } from './ready-queries';
import { completeRecords, completeVariableRecords } from './records';
import { completeReference, completeVariable, referenceSpan } from './references';
import { completeMethod, completeModule, completeRequest, completeSqlLine } from './request-line';
import { completeSql } from './sql/sql';

/** What can be written at the offset, what is likeliest first; empty only where free text belongs. Each item has a detail. */
export const complete = (context: CompletionContext): CompletionItem[] =>
  completeAt(context)
    .map(shown)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));

/** With texts for all that is shown, each harmless. Most items are that already: a whole list of fields comes at every word. */
function shown(item: CompletionItem): CompletionItem {
  const detail = visibleOnOneLine(item.detail ?? item.kind);
  const label = visibleOnOneLine(item.label);
  if (detail === item.detail && label === item.label) return item;
  return label === item.label
    ? { ...item, detail }
    : { ...item, label, filter: item.filter ?? item.label, detail };
}

function completeAt(context: CompletionContext): CompletionItem[] {
  const { model, offset } = context;
  const { items, text } = model.tree;
  const index = items.findIndex(
    (item) =>
      offset < endOf(item) ||
      (offset === endOf(item) && endOf(item) === text.length && !/[\r\n]$/.test(text)),
  );
  const item = items[index];
  const { sql } = model.tree;
  const isSql =
    sql !== undefined && (item === undefined || item.kind === 'blank' || item.kind === 'sql-text');
  if (isSql && offset > endOf(sql.keyword)) return completeStatement(context, sql);
  const reference =
    item?.kind === 'comment' ||
    item?.kind === 'separator' ||
    (item?.kind === 'directive' && item.expectation === undefined)
      ? undefined
      : referenceSpan(text, offset);
  if (reference !== undefined) {
    const found = completeReference(context, reference);
    return item?.kind === 'directive'
      ? found.filter(({ label }) => canStandFor(label, item.expectation))
      : found;
  }
  switch (item?.kind) {
    case 'separator':
    case 'comment':
      return [];
    case 'variable':
      if (item.equals === undefined || offset <= item.equals.offset) return [];
      return [
        ...completeVariableRecords(context, item),
        ...(item.value.length === 0 ? completeVariable(context) : []),
      ];
    case 'directive':
      return offset < item.name.offset ? [] : completeDirective(context, item);
    case 'request-line':
      return completeRequestLine(context, item);
    case 'clause':
      return completeClause(context, item);
    case 'body':
      return offset > item.content.offset && (offset < endOf(item.content) || !isClosed(text, item))
        ? completeBody(context, item)
        : [];
    case 'sql-line':
      return offset <= endOf(item.keyword) ? completeSqlLine(context, item.keyword) : [];
    case 'sql-text':
      return [];
    case 'blank':
    case 'stray':
    case undefined:
      return completeFreeLine(
        context,
        item,
        items[index - 1] ?? (item === undefined ? items.at(-1) : undefined),
      );
  }
}

const isClosed = (text: string, body: Body) => bodyEnd(text, body.content.offset) !== undefined;

function completeRequestLine(context: CompletionContext, line: RequestLine): CompletionItem[] {
  const { offset } = context;
  const { method, target } = line;
  if (method !== undefined && offset <= endOf(method))
    return offset < method.offset ? [] : completeMethod(context, method);
  if (offset > target.pathEnd || (target.query.length > 0 && offset >= (target.query[0]?.offset ?? 0) + 1))
    return completeQuery(context, target.query, target.pathEnd);
  const { module } = target;
  if (offset > endOf(module)) return completeRecordId(context, target);
  if (offset < module.offset) return [];
  if (target.endpoint === 'token') return [];
  if (
    target.endpoint === 'modules' &&
    !/\/modules\/?$/i.test(context.model.tree.text.slice(0, module.offset))
  )
    return [];
  const modules = completeModule(context, module);
  return method === undefined && target.form === 'module' && target.offset === module.offset
    ? [
        ...completeMethod(context, module),
        ...completeSqlLine(context, module),
        ...modules,
        ...completeReadyLine(context, line),
        ...completeRequest(context, module, false),
      ]
    : [...modules, ...completeReadyLine(context, line)];
}

/** `user/…`: the ID of one record. */
function completeRecordId(
  context: CompletionContext,
  { endpoint, module, id, key }: Target,
): CompletionItem[] {
  const { model, offset } = context;
  const { text } = model.tree;
  const where: Span = id ?? { offset, length: 0 };
  const isId = endpoint === 'data' && key === undefined && (id === undefined || id.references.length === 0);
  if (!isId || offset < where.offset || !/^\/+$/.test(text.slice(endOf(module), where.offset))) return [];
  const records = model.module === undefined ? undefined : recordsOf(model.module);
  if (records === undefined) return [];
  const raw = text.slice(where.offset, offset);
  return completeRecords(context, {
    records,
    replace: where,
    raw,
    typed: decodedView(text, where.offset, offset).text,
    opening: '',
    // A half of a character can't be encoded.
    write: (each) => (/\p{Surrogate}/u.test(each) ? undefined : encodeURIComponent(each)),
  });
}

function completeQuery(
  context: CompletionContext,
  query: readonly Clause[],
  pathEnd: number,
): CompletionItem[] {
  const { offset, model } = context;
  const clause = query.findLast((each) => each.offset < offset);
  const between = model.tree.text.slice(clause === undefined ? pathEnd : endOf(clause), offset);
  if (clause !== undefined && !between.includes('&')) return completeClause(context, clause);
  if (
    clause === undefined &&
    /^[ \t]+$/.test(between) &&
    context.model.tree.request?.target.module.length !== 0
  )
    return completeParameter(context, { offset: pathEnd, length: between.length }, 'address').map((item) => ({
      ...item,
      insert: `?${item.insert}`,
      filter: between + item.label,
    }));
  if (!/[?&]\s*$/.test(between)) return [];
  return completeParameter(context, { offset, length: 0 }, 'address');
}

function completeClause(context: CompletionContext, clause: Clause): CompletionItem[] {
  const { offset } = context;
  const { name, equals, value } = clause;
  if (clause.plus !== undefined && isInEscape(context.model.tree.text, offset)) return [];
  if (equals === undefined || offset <= equals.offset) {
    if (equals === undefined && clause.valueSpan.length === 0 && offset > endOf(name))
      return parameterOf(name.text) === undefined ? [] : completeEquals(offset);
    return offset < name.offset || offset > endOf(name)
      ? []
      : completeParameter(context, name, clause.origin, clause);
  }
  switch (value.kind) {
    case 'filter':
      return completeFilter(context, value);
    case 'fields':
      return completeSelect(context, value);
    case 'order':
      return completeOrder(context, value);
    case 'plain': {
      const parameter = parameterOf(name.text);
      if (parameter === undefined) return [];
      if (parameter === '$select') return completeSelect(context, { kind: 'fields', tokens: [], items: [] });
      if (parameter === '$orderby') return completeOrder(context, { kind: 'order', tokens: [], items: [] });
      return completePlain(context, clause, parameter);
    }
  }
}

/** In a statement; behind it, at the start of a line, another request may begin, too. */
function completeStatement(context: CompletionContext, sql: Sql): CompletionItem[] {
  const { model, offset } = context;
  const { text, items } = model.tree;
  const isBehind = items.every(({ kind, offset: start }) => kind === 'blank' || start < offset);
  const isNew = isBehind && offset > endOf(sql) && lineStart(text, offset) === offset && sql.length > 0;
  const found = completeSql(context, sql);
  return isNew ? [...found, ...completeRequest(context, { offset, length: 0 }, true)] : found;
}

/** True inside `%20`, where there is nothing to complete. */
const isInEscape = (text: string, offset: number) =>
  [1, 2].some((back) => /^%[0-9A-Fa-f]{2}/.test(text.slice(offset - back, offset - back + 3)));

/** An empty line, or one that belongs to nothing yet. */
function completeFreeLine(
  context: CompletionContext,
  item: Item | undefined,
  previous: Item | undefined,
): CompletionItem[] {
  const { model, offset } = context;
  const { text, request, body } = model.tree;
  const written = text.slice(lineStart(text, offset), offset);
  // An indented line after a clause continues it.
  if (/^[ \t]+$/.test(written) && previous?.kind === 'clause') return completeClause(context, previous);
  const where: Span =
    item?.kind === 'stray' && offset >= item.content.offset ? item.content : wordAt(text, offset);
  if (item?.kind === 'stray' && (offset > endOf(item.content) || /\s/.test(written.trim()))) return [];
  if (request === undefined)
    return [
      ...completeMethod(context, where),
      ...completeSqlLine(context, where),
      ...completeModule(context, where),
      ...completeReadyQueries(context, where),
      ...completeRequest(context, where, false),
    ];
  // Another request starts at the start of a line, after everything in this one.
  const last = model.tree.items.every(({ kind, offset: start }) => kind === 'blank' || start < offset);
  const more = last && /^\S*$/.test(written) ? completeRequest(context, where, true) : [];
  if (body !== undefined) return more;
  const bodyItem: CompletionItem[] =
    model.method === 'POST' || model.method === 'PUT'
      ? [
          {
            label: '{ }',
            kind: 'snippet',
            detail: 'JSON body',
            replace: where,
            insert: '{\n  "${1}": ${2}\n}',
            snippet: true,
            filter: '{',
            rank: 7,
          },
        ]
      : [];
  return [...completeParameter(context, where, 'line'), ...bodyItem, ...more];
}
