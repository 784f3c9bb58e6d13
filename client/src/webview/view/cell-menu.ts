/** The actions on a cell, by its menu and by keys. */
import { COPY_FORMATS, FORMATS } from '#core/results/formats';
import { cellText, idOf, memberOf } from '#core/results/table';
import { isLink } from '../data/columns';
import { withValue } from '../data/filters';
import { isSelected, type Place } from '../data/selection';
import { voidOf } from '../data/values';
import { copy, copyRows, coverage } from './clipboard';
import type { Context } from './context';
import type { Editing } from './editing';
import { openFilter } from './filter-panel';
import { type MenuItem, openMenu } from './menu';

interface CellAction {
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
}

const shorten = (text: string) =>
  text === '' ? 'no value' : `“${text.length > 30 ? `${text.slice(0, 30)}…` : text}”`;

function actionsOf(context: Context, { row, column: at }: Place): CellAction[] {
  const { model, grid, send } = context;
  const column = model.visible[at];
  const record = model.recordAt(row);
  if (column === undefined || record === undefined) return [];
  const { name } = column;
  const value = memberOf(record, name);
  const text = cellText(value);
  const id = cellText(memberOf(record, 'ID'));
  const filter = (exclude: boolean) => context.setFilters(withValue(model.filters, name, text, exclude));
  const actions: CellAction[] = [
    { key: 'F', label: `Show only ${shorten(text)}`, run: () => filter(false) },
    { key: 'X', label: `Hide ${shorten(text)}`, run: () => filter(true) },
    { key: 'Enter', label: 'Show as a record', run: () => context.show('record', true) },
  ];
  if (isLink(name) && voidOf(value) === undefined)
    actions.push({
      key: 'O',
      label: 'Open the linked record',
      run: () => context.follow({ record: model.numberAt(row), field: name }),
    });
  const box = grid.boxOf({ row, column: at });
  actions.push({
    key: 'R',
    label: 'Related records…',
    run: () => context.showRelated(row, { x: box?.left ?? 0, y: box?.bottom ?? 0 }),
  });
  if (id !== '' && name !== 'ID' && column.field?.writable !== false)
    actions.push({
      key: 'E',
      label: 'Edit this value…',
      run: () => send({ type: 'edit', id, column: name, value: text }),
    });
  return actions;
}

/** What can be done to the values of the chosen cells; where they can't be edited, why. */
function editItems({ model, grid }: Context, editing: Editing, place: Place): (MenuItem | 'line')[] {
  const lock = editing.lock(place);
  if (lock !== undefined)
    return [{ label: `Not to be edited: ${lock}`, disabled: true, run: () => undefined }];
  const id = idOf(model.recordAt(place.row));
  const edits = model.edits.of(id);
  const name = model.visible[place.column]?.name ?? '';
  const changed = grid.chosen().length > 0 && (grid.ranges.length > 0 || edits?.has(name) === true);
  return [
    { label: 'Edit in the grid', key: 'F2', run: () => void editing.begin(place) },
    { label: 'Clear', key: 'Delete', run: () => void editing.clear() },
    { label: 'Set to null', key: 'Ctrl+Delete', run: () => void editing.setNull() },
    { label: 'Fill down', key: 'Ctrl+D', run: () => void editing.fillDown() },
    ...(model.edits.cells > 0 && changed ? [{ label: 'Revert cell', run: () => editing.revertCells() }] : []),
    ...(edits === undefined
      ? []
      : [{ label: 'Revert record', key: 'Esc', run: () => editing.revertRecord(place) }]),
  ];
}

export function openCellMenu(
  context: Context,
  editing: Editing,
  place: Place,
  at: { x: number; y: number },
): void {
  const { grid, model } = context;
  if (!isSelected(grid.ranges, place)) grid.moveTo(place);
  const ranges = grid.chosen();
  const items: (MenuItem | 'line')[] = [
    ...actionsOf(context, place).map(({ key, label, run }) =>
      // While keys type, letters are no shortcuts.
      editing.typing ? { label, run } : { key, label, run },
    ),
    {
      label: 'Filter this column…',
      run: () => openFilter(context, model.visible[place.column]?.name ?? '', at),
    },
    'line',
    ...editItems(context, editing, place),
    'line',
    { label: `Copy ${coverage(context, ranges)}`, key: 'Ctrl+C', run: () => void copy(context, 'tsv') },
    { label: 'Copy the row', key: 'Ctrl+Shift+C', run: () => copyRows(context) },
    ...COPY_FORMATS.filter(
      (format) => format !== 'tsv' && (format !== 'ids' || model.column('ID') !== undefined),
    ).map((format) => ({
      label: `Copy as ${FORMATS[format].label}`,
      run: () => void copy(context, format),
    })),
  ];
  openMenu('Cell', items, at);
}

/** Single-letter keys work while a cell has the focus. */
export function cellKey(context: Context, editing: Editing, event: KeyboardEvent, place: Place): boolean {
  if (editing.key(event, place)) return true;
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === 'c' && (window.getSelection()?.isCollapsed ?? true)) {
    if (event.shiftKey) copyRows(context);
    else void copy(context, 'tsv');
    return true;
  }
  if (control || event.altKey || event.shiftKey || place.row < 0 || editing.typing) return false;
  const pressed = event.key.toLowerCase();
  const action = actionsOf(context, place).find(({ key }) => key.toLowerCase() === pressed);
  action?.run();
  return action !== undefined;
}
