/** The actions on a column. */
import { arrange, hide, moveColumn, pin, resize } from '../data/layout';
import { canShowNames } from '../data/shown-names';
import type { Context } from './context';
import { announce } from './dom';
import { openFilter } from './filter-panel';
import { groupItems } from './group-menu';
import { type Anchor, type MenuItem, openMenu } from './menu';
import { namesItem } from './names-menu';

/** The first click sorts ascending, the second descending, the third not at all; `add` keeps the other columns' sorting. */
export function sortBy({ model, setSort }: Context, name: string, add: boolean): void {
  const before = model.sort.find((key) => key.column === name);
  const others = add ? model.sort.filter((key) => key.column !== name) : [];
  const next = before === undefined ? false : before.descending ? undefined : true;
  const key = next === undefined ? [] : [{ column: name, descending: next }];
  const place = model.sort.findIndex((each) => each.column === name);
  // With its order reversed, it keeps its rank.
  if (add && place >= 0) setSort([...model.sort.slice(0, place), ...key, ...model.sort.slice(place + 1)]);
  else setSort([...others, ...key]);
  announce(
    next === undefined ? `${name}: not sorted` : `Sorted by ${name}, ${next ? 'descending' : 'ascending'}`,
  );
}

export function openColumnMenu(context: Context, at: number, anchor: Anchor): void {
  const { model, grid } = context;
  const column = model.visible[at];
  if (column === undefined) return;
  const { name } = column;
  const pinned = model.layout.pinned.includes(name);
  const sorted = model.sort.some((key) => key.column === name);
  const set = (descending: boolean) => context.setSort([{ column: name, descending }]);
  const names = () => model.columns.map((each) => each.name);
  const items: (MenuItem | 'line')[] = [
    { label: 'Sort ascending', run: () => set(false) },
    { label: 'Sort descending', run: () => set(true) },
    { label: 'Also sort by this', key: 'Shift+click', run: () => sortBy(context, name, true) },
    ...(sorted
      ? [
          {
            label: 'Don’t sort by this',
            run: () => context.setSort(model.sort.filter((key) => key.column !== name)),
          },
        ]
      : []),
    'line',
    { label: 'Filter…', run: () => openFilter(context, name, anchor) },
    ...(model.filters.some((filter) => filter.column === name)
      ? [
          {
            label: 'Clear filter',
            run: () => context.setFilters(model.filters.filter((filter) => filter.column !== name)),
          },
        ]
      : []),
    'line',
    ...groupItems(context, column, anchor),
    'line',
    ...(canShowNames(column) ? [namesItem(context, 'Show names', [name])] : []),
    {
      label: pinned ? 'Unpin' : 'Pin to the left',
      run: () => context.setLayout(pin(model.layout, name, !pinned)),
    },
    ...(at === model.naming && !pinned
      ? [
          {
            label: 'Stays in view',
            checked: model.layout.loose !== true,
            run: () => context.setLayout({ ...model.layout, loose: model.layout.loose !== true }),
          },
        ]
      : []),
    { label: 'Hide', run: () => context.setLayout(hide(model.layout, name, true)) },
    { label: 'Fit width', key: 'Double-click', run: () => fitColumn(context, name) },
    { label: 'Wider', run: () => widen(context, at, 40) },
    { label: 'Narrower', run: () => widen(context, at, -40) },
    {
      label: 'Move left',
      disabled: at === 0,
      run: () => context.setLayout(moveColumn(names(), model.layout, name, model.visible[at - 1]?.name)),
    },
    {
      label: 'Move right',
      disabled: at === model.visible.length - 1,
      run: () => context.setLayout(moveColumn(names(), model.layout, name, model.visible[at + 2]?.name)),
    },
    'line',
    { label: 'Select column', key: 'Ctrl+click', run: () => grid.selectColumn(at) },
    { label: 'Copy name', run: () => context.send({ type: 'copy', text: name, what: 'the name' }) },
    { label: 'Summary of this column', run: () => context.show('profile', true) },
  ];
  openMenu(`Column ${name}`, items, anchor);
}

export function fitColumn({ model, grid, setLayout }: Context, name: string): void {
  setLayout(resize(model.layout, name, grid.fitting(name)));
}

function widen({ model, grid, setLayout }: Context, at: number, by: number): void {
  const name = model.visible[at]?.name ?? '';
  setLayout(resize(model.layout, name, grid.widthOf(at) + by));
}

/** Alt and an arrow key move the column whose head has the focus. */
export function headKey(context: Context, event: KeyboardEvent, at: number): boolean {
  const { model } = context;
  const name = model.visible[at]?.name;
  if (name === undefined) return false;
  if (event.key === 'Enter') sortBy(context, name, event.shiftKey);
  else if ((event.key === ' ' && !event.ctrlKey) || (event.altKey && event.key === 'ArrowDown'))
    openColumnMenu(context, at, context.grid.headAt(at) ?? { x: 0, y: 0 });
  else if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
    const left = event.key === 'ArrowLeft';
    if (left ? at === 0 : at === model.visible.length - 1) return true;
    const names = arrange(
      model.columns.map((each) => each.name),
      model.layout,
    );
    context.setLayout(moveColumn(names, model.layout, name, model.visible[left ? at - 1 : at + 2]?.name));
    context.grid.moveTo({ row: -1, column: left ? at - 1 : at + 1 });
  } else return false;
  return true;
}
