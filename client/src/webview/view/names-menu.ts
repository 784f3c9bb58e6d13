/** Names of records beside their IDs: shown or not, and asked for. */
import { canShowNames, showNames } from '../data/shown-names';
import type { Context } from './context';
import type { MenuItem } from './menu';

/** The choice for some columns. */
export function namesItem(context: Context, label: string, columns: readonly string[]): MenuItem {
  const { model, setLayout } = context;
  const on = columns.every((name) => model.layout.named?.includes(name));
  return {
    label,
    checked: on,
    run: () => {
      setLayout(showNames(model.layout, columns, !on));
      context.grid.namesChanged();
      if (!on) context.send({ type: 'names', columns });
    },
  };
}

/** The choice for all columns of IDs that are shown; nothing where there are none. */
export function allNamesItem(context: Context): MenuItem[] {
  const columns = context.model.visible.filter(canShowNames).map(({ name }) => name);
  return columns.length === 0 ? [] : [namesItem(context, 'Show names beside IDs', columns)];
}

/** Asks for the names of new records, where the user asked for names before. */
export function askNames({ model, send }: Context): void {
  const columns = model.layout.named ?? [];
  if (columns.length > 0) send({ type: 'names', columns });
}
