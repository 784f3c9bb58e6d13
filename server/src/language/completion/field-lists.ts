/** In `$select` and `$orderby`. */
import type { FieldsValue, OrderValue } from '../syntax/nodes';
import { endOf, type Span } from '../text/span';
import { noFieldsNote, type CompletionContext } from './context';
import { fieldItem } from './filter';
import type { CompletionItem } from './items';

export function completeSelect(context: CompletionContext, value: FieldsValue): CompletionItem[] {
  const current = value.items.find((item) => context.offset > item.offset && context.offset <= endOf(item));
  const where: Span =
    current === undefined
      ? { offset: context.offset, length: 0 }
      : { offset: current.offset, length: current.length };
  const taken = new Set(
    value.items.filter((item) => item !== current).map((item) => item.field?.text.toLowerCase()),
  );
  const { module } = context.model;
  if (module?.fields === undefined) return noFieldsNote(context);
  return module.fields
    .filter((field) => !taken.has(field.name.toLowerCase()))
    .map((field) => fieldItem(field, module, where));
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
  if (current !== undefined && field !== undefined && offset > endOf(field)) {
    const { direction } = current;
    const where: Span =
      direction === undefined
        ? { offset, length: 0 }
        : { offset: direction.offset, length: direction.length };
    if (direction !== undefined && offset > endOf(direction)) return [];
    return [
      { label: 'desc', kind: 'keyword', detail: 'descending: last first', replace: where, insert: 'desc' },
      { label: 'asc', kind: 'keyword', detail: 'ascending, as without it', replace: where, insert: 'asc' },
    ];
  }
  const where: Span =
    field === undefined ? { offset, length: 0 } : { offset: field.offset, length: field.length };
  const taken = new Set(
    value.items.filter((item) => item !== current).map((item) => item.field?.text.toLowerCase()),
  );
  const { module } = context.model;
  if (module?.fields === undefined) return noFieldsNote(context);
  return module.fields
    .filter((each) => each.sortable && !taken.has(each.name.toLowerCase()))
    .map((each) => fieldItem(each, module, where));
}

const followedBySpace = ({ model, offset }: CompletionContext, item: Span) =>
  offset > endOf(item) && /^\s*$/.test(model.tree.text.slice(endOf(item), offset));

const commaBetween = (value: OrderValue, from: number, to: number) =>
  value.tokens.some((token) => token.kind === ',' && token.offset >= from && token.offset < to);
