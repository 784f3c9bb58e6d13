/** In `$select` and `$orderby`. */
import { fieldKey } from '../catalog/catalog';
import type { FieldsValue, OrderValue } from '../syntax/nodes';
import type { Token } from '../syntax/tokens';
import { isWritableField } from '../syntax/writable-names';
import { endOf, type Span } from '../text/span';
import { type CompletionContext, noFieldsNote } from './context';
import { besideStart, likeliestFirst } from './field-order';
import { fieldItem } from './filter';
import type { CompletionItem } from './items';

/** Adds the commas that a new field needs before and after it in a list. */
function inList(
  context: CompletionContext,
  tokens: readonly Token[],
  where: Span,
): (item: CompletionItem) => CompletionItem {
  const previous = tokens.findLast((token) => endOf(token) <= where.offset && where.length === 0);
  const next = tokens.find((token) => token.offset >= endOf(where) && token.offset >= context.offset);
  const touches = previous !== undefined && endOf(previous) === where.offset;
  const before = previous === undefined || previous.kind === ',' ? '' : ', ';
  const after =
    where.length > 0 || next === undefined || next.kind === ','
      ? ''
      : next.offset === where.offset
        ? ', '
        : ',';
  return (item) => ({
    ...item,
    insert: (touches ? before : '') + item.insert + after,
    ...(before !== '' && !touches && previous !== undefined
      ? { also: [{ offset: endOf(previous), length: 0, text: ',' }] }
      : {}),
  });
}

export function completeSelect(context: CompletionContext, value: FieldsValue): CompletionItem[] {
  const current = value.items.find((item) => context.offset > item.offset && context.offset <= endOf(item));
  const where: Span =
    current === undefined
      ? { offset: context.offset, length: 0 }
      : { offset: current.offset, length: current.length };
  const { module } = context.model;
  const taken = new Set(
    value.items.filter((item) => item !== current).map((item) => fieldKey(module, item.field?.text ?? '')),
  );
  if (module?.fields === undefined) return noFieldsNote(context);
  return likeliestFirst(
    context,
    module,
    ({ name }) => !taken.has(fieldKey(module, name)) && isWritableField(name),
  )
    .map((field) => fieldItem(field, module, where))
    .map(besideStart(context, module))
    .map(inList(context, value.tokens, where));
}

export function completeOrder(context: CompletionContext, value: OrderValue): CompletionItem[] {
  const { offset } = context;
  const current = value.items.find(
    (item) =>
      offset > item.offset &&
      offset <= endOf(item) + (followedBySpace(context, item) ? Number.MAX_SAFE_INTEGER : 0) &&
      !commaBetween(value, endOf(item), offset),
  );
  const field = current?.field;
  const direction = current?.direction;
  if (
    current !== undefined &&
    field !== undefined &&
    offset > endOf(field) &&
    (direction === undefined || offset <= endOf(direction))
  ) {
    const where: Span =
      direction === undefined
        ? { offset, length: 0 }
        : { offset: direction.offset, length: direction.length };
    return [
      { label: 'desc', kind: 'keyword', detail: 'descending: last first', replace: where, insert: 'desc' },
      { label: 'asc', kind: 'keyword', detail: 'ascending, the default', replace: where, insert: 'asc' },
    ];
  }
  const edited = field !== undefined && offset <= endOf(field) ? field : undefined;
  const where: Span =
    edited === undefined ? { offset, length: 0 } : { offset: edited.offset, length: edited.length };
  const { module } = context.model;
  const taken = new Set(
    value.items
      .filter((item) => edited === undefined || item !== current)
      .map((item) => fieldKey(module, item.field?.text ?? '')),
  );
  if (module?.fields === undefined) return noFieldsNote(context);
  return likeliestFirst(
    context,
    module,
    ({ sortable, name }) => sortable && !taken.has(fieldKey(module, name)) && isWritableField(name),
  )
    .map((each) => fieldItem(each, module, where))
    .map(besideStart(context, module))
    .map(inList(context, value.tokens, where));
}

const followedBySpace = ({ model, offset }: CompletionContext, item: Span) =>
  offset > endOf(item) && /^\s*$/.test(model.tree.text.slice(endOf(item), offset));

const commaBetween = (value: OrderValue, from: number, to: number) =>
  value.tokens.some((token) => token.kind === ',' && token.offset >= from && token.offset < to);
