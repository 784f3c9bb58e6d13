/** Sorting the table of groups, and the menus that lead to it. */
import { type Column, isDate } from '../data/columns';
import type { GroupModel } from '../data/group-model';
import { groupedBy, isAmount } from '../data/group-spec';
import type { SortKey } from '../data/sort';
import type { Context } from './context';
import { openColumnChoice } from './group-fields';
import { type Anchor, type MenuItem, openMenu } from './menu';

/** Labels begin ascending, figures with the largest; a figure's third click sorts by labels again. */
export function sortedBy(model: GroupModel, name: string): SortKey | undefined {
  const label = model.column(name)?.grouped === 'label';
  const before = model.sort.find(({ column }) => column === name);
  if (before === undefined) return { column: name, descending: !label };
  if (label || before.descending) return { column: name, descending: !before.descending };
  return undefined;
}

interface HeadActions {
  readonly sort: (key: SortKey) => void;
  readonly fit: (name: string) => void;
}

/** The menu of a column of the table of groups. */
export function groupHeadMenu(model: GroupModel, at: number, anchor: Anchor, actions: HeadActions): void {
  const name = model.visible[at]?.name;
  if (name === undefined) return;
  openMenu(
    `Column ${name}`,
    [
      { label: 'Sort ascending', run: () => actions.sort({ column: name, descending: false }) },
      { label: 'Sort descending', run: () => actions.sort({ column: name, descending: true }) },
      'line',
      { label: 'Fit width', key: 'Double-click', run: () => actions.fit(name) },
    ],
    anchor,
  );
}

/** What the menu of a column of records offers: to group by it or, where it has amounts, to add them up by another. */
export function groupItems({ model, group }: Context, column: Column, anchor: Anchor): MenuItem[] {
  const by: MenuItem = {
    label: isDate(column.kind) ? 'Group by this column (months)' : 'Group by this column',
    run: () => group(groupedBy(column, model.visible)),
  };
  if (!isAmount(column)) return [by];
  const others = model.visible.filter((each) => each !== column && each.kind !== 'object');
  return [
    {
      label: 'Sum and average by…',
      disabled: others.length === 0,
      run: () =>
        openColumnChoice(`Sum and average of ${column.name} by`, others, anchor, (other) =>
          group(groupedBy(other, model.visible, column)),
        ),
    },
    by,
  ];
}
