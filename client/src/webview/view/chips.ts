/** The line of filters and sorting, so that users see why rows are hidden. */
import { describeFilter, toConditions } from '../data/filters';
import { plural } from '../data/formats';
import type { Context } from './context';
import { button, find, iconButton, make } from './dom';
import { openFilter } from './filter-panel';
import { redraw } from './redraw';

export function drawChips(context: Context): void {
  const { model } = context;
  const host = find('chips');
  const back = context.back();
  host.hidden = model.filters.length === 0 && model.sort.length === 0 && back === undefined;
  const chips = model.filters.map((filter) => {
    const kind = model.column(filter.column)?.kind ?? 'text';
    const chip = make('span', { class: 'chip' });
    const text = describeFilter(filter, kind);
    chip.append(
      button(text, () => openFilter(context, filter.column, chip), { class: 'plain', title: 'Change' }),
      iconButton('close', `Remove: ${text}`, () =>
        context.setFilters(model.filters.filter((each) => each !== filter)),
      ),
    );
    return chip;
  });
  const sorts = model.sort.map((key) => {
    const text = `${key.column} ${key.descending ? '↓' : '↑'}`;
    return make(
      'span',
      { class: 'chip' },
      button(
        text,
        () =>
          context.setSort(
            model.sort.map((each) => (each === key ? { ...key, descending: !key.descending } : each)),
          ),
        {
          class: 'plain',
          title: 'Reverse the order',
          'aria-label': `Sorted by ${key.column}, ${key.descending ? 'descending' : 'ascending'}: reverse the order`,
        },
      ),
      iconButton('close', `Don’t sort by ${key.column}`, () =>
        context.setSort(model.sort.filter((each) => each !== key)),
      ),
    );
  });
  const keepsFocus = redraw(
    host,
    ...(back === undefined ? [] : [button('Back to the groups', back, { class: 'primary' })]),
    ...chips,
    ...sorts,
    ...writeBackButton(context),
    button(
      'Clear all',
      () => {
        context.setFilters([]);
        context.setSort([]);
      },
      { class: 'plain link' },
    ),
  );
  if (!keepsFocus) context.grid.focusCell();
}

/** Offers to write what `$filter` and `$orderby` can express, and names what they can't. */
function writeBackButton({ model, send, head }: Context): HTMLElement[] {
  // Related records have no request in a file.
  if (head()?.trail !== undefined) return [];
  const { conditions, left } = toConditions(model.filters, model.columns);
  const orderby = model.sort.filter(({ column }) => model.column(column)?.field?.sortable !== false);
  if (conditions.length === 0 && orderby.length === 0) return [];
  const unsorted = model.sort.length - orderby.length;
  const missing = [
    ...left.map((filter) => describeFilter(filter, model.column(filter.column)?.kind ?? 'text')),
    ...(unsorted > 0 ? [`${plural(model.formats, unsorted, 'column')} that the API can’t sort`] : []),
  ];
  const title =
    missing.length === 0
      ? 'Writes these to $filter and $orderby of the request'
      : `These stay in the view, as the API can’t express them: ${missing.join('; ')}`;
  return [
    button(
      missing.length === 0 ? 'Write to query' : 'Write to query (in part)',
      () =>
        send({
          type: 'writeBack',
          ...(orderby.length > 0 && { orderby }),
          ...(conditions.length > 0 && { filter: conditions }),
        }),
      { title, class: 'primary' },
    ),
  ];
}
