/** `missing-value` for a `$orderby` that says how, but not by what: `newest first`. */
import { tellingFirst } from '../analysis/telling-fields';
import type { CatalogModule, FieldInfo } from '../catalog/catalog';
import type { OrderItem, Word } from '../syntax/nodes';
import { isWritableField } from '../syntax/writable-names';
import { between, endOf } from '../text/span';
import { type SortedKind, sortingOf } from '../vocabulary/directions';
import { type CheckContext, replace } from './check';

/** How many fields are offered where several may be meant. */
const MOST_OFFERED = 3;

/** True where the words are a direction alone: then this is all that is said of them. They are item `index` of `items`. */
export function checkDirection(
  context: CheckContext,
  words: readonly Word[],
  items: readonly OrderItem[],
  index: number,
): boolean {
  const { model, report } = context;
  const [first] = words;
  const last = words.at(-1);
  const text = words.map((word) => word.text).join(' ');
  const sorting = sortingOf(text);
  const { module } = model;
  if (first === undefined || last === undefined || sorting === undefined) return false;
  if (words.length === 1 && module?.field(text) !== undefined) return false;
  const { direction, kind } = sorting;
  const before = items.slice(Math.max(0, index - MOST_KEYS), index);
  const previous = before.at(-1);
  if (previous !== undefined && previous.direction === undefined && isSaidOf(context, kind, previous)) {
    const where = between(endOf(previous), endOf(last));
    const message = `“${text}” says how to sort by the field before it. Remove the comma, and write ${direction}.`;
    report('unexpected-text', where, message, {
      fixes: [replace(where, ` ${direction}`, 'Remove the comma')],
    });
    return true;
  }
  const suffix = direction === 'desc' ? ' desc' : '';
  const isFirst = !before.some((each) => isSaidOf(context, kind, each));
  const fields = module === undefined ? [] : sortedBy(module, kind, before);
  const example = `${fields[0] ?? 'StartDate'}${suffix}`;
  const where = between(first.offset, endOf(last));
  report('missing-value', where, `“${text}” says how to sort, but not by which field. Write ${example}.`, {
    fixes: fields.map((name, place) =>
      replace(
        where,
        `${name}${suffix}`,
        `Write ${name}${suffix}`,
        place === 0 && kind !== undefined && isFirst,
      ),
    ),
  });
  return true;
}

/** True where the words can be said of the field of the item. */
function isSaidOf({ model }: CheckContext, kind: SortedKind, { field, more = [] }: OrderItem): boolean {
  if (field === undefined || kind === undefined) return false;
  const name = [field, ...more].map(({ text }) => text).join('');
  const type = model.module?.field(name)?.type;
  return type !== undefined && (type === 'unknown' || TYPES[kind].has(type));
}

/** `StartDate desc desc`, `StartDate reverse asc`: true where a field has two directions, of which only the same may go. */
export function checkDirections(
  { model, report }: CheckContext,
  { field, more = [], direction }: OrderItem,
): boolean {
  const [first] = more;
  const last = more.at(-1);
  const text = more.map((word) => word.text).join(' ');
  const sorting = sortingOf(text);
  if (field === undefined || first === undefined || last === undefined || sorting === undefined) return false;
  if (model.module?.field(more.map((word) => word.text).join('')) !== undefined) return false;
  const where = between(first.offset, endOf(direction ?? last));
  const isSame = direction !== undefined && direction.text.toLowerCase() === sorting.direction;
  report(
    'unexpected-text',
    where,
    `A field has one direction: asc, or desc behind it. Write ${isSame ? 'it once' : 'one of them'}.`,
    { fixes: isSame ? [replace(where, sorting.direction, `Write ${sorting.direction} once`)] : [] },
  );
  return true;
}

/** More fields than records are sorted by. */
const MOST_KEYS = 20;

/** The fields that the words may be said of, the likeliest first, without those that are sorted by before. */
export function sortedBy(module: CatalogModule, kind: SortedKind, before: readonly OrderItem[]): string[] {
  const used = new Set(before.map(({ field }) => module.field(field?.text ?? '')?.name));
  const fits = ({ name, type, sortable }: FieldInfo) =>
    sortable &&
    !used.has(name) &&
    isWritableField(name) &&
    (kind === undefined ? name !== 'ID' : TYPES[kind].has(type));
  const likely = tellingFirst(module).filter((field) => fits(field) && !/ID$/.test(field.name));
  return likely.slice(0, MOST_OFFERED).map(({ name }) => name);
}

const TYPES: Readonly<Record<NonNullable<SortedKind>, ReadonlySet<FieldInfo['type']>>> = {
  time: new Set(['datetime', 'date']),
  text: new Set(['string']),
  number: new Set(['integer', 'decimal']),
  money: new Set(['decimal']),
};
