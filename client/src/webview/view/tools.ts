/** The tools next to the tabs: search, columns, copy and export, and actions on the whole result. */
import { COPY_FORMATS, type CopyFormat, EXPORT_FORMATS, FORMATS, isCopyFormat } from '#core/results/formats';
import { ageInWords } from '#core/text/age';
import { rowsInWords } from '../data/fetched';
import { plural } from '../data/formats';
import type { Model } from '../data/model';
import { countRows } from '../data/selection';
import { copy, coverage, exportRows } from './clipboard';
import { openColumns } from './columns-panel';
import { type Context, rowsOf } from './context';
import { announce, button, find, iconButton } from './dom';
import { type MenuItem, openMenu } from './menu';
import { allNamesItem } from './names-menu';

export function makeTools(context: Context): void {
  const menuButton = (label: string, open: (anchor: HTMLElement) => void) => {
    const element = button(label, () => open(element), { class: 'plain', 'aria-haspopup': 'menu' });
    return element;
  };
  const columns = button('Columns', () => openColumns(context, columns), {
    class: 'plain',
    'aria-haspopup': 'dialog',
  });
  const more = iconButton('more', 'More', () => openMore(context, more), { 'aria-haspopup': 'menu' });
  find('buttons').append(
    columns,
    menuButton('Copy', (anchor) => openCopy(context, anchor)),
    menuButton('Export', (anchor) => openExport(context, anchor)),
    more,
  );
}

/** Labels other than *Copy as …*. */
const COPY_LABELS: Readonly<Partial<Record<CopyFormat, (covered: string) => string>>> = {
  tsv: (covered) => `Copy ${covered}`,
  ids: () => `Copy the IDs as ${FORMATS.ids.label}`,
};

function openCopy(context: Context, anchor: HTMLElement): void {
  const { grid, model } = context;
  const ranges = grid.chosen();
  const covered = ranges.length === 0 ? 'nothing' : coverage(context, ranges);
  const some = ranges.length > 0 && model.count > 0;
  const items: (MenuItem | 'line')[] = [
    ...COPY_FORMATS.map((format) => ({
      label: COPY_LABELS[format]?.(covered) ?? `Copy as ${FORMATS[format].label}`,
      ...(format === 'tsv' && { key: 'Ctrl+C' }),
      disabled: !some,
      run: () => void copy(context, format),
    })),
    'line',
    // The extension copies these, as it has all rows.
    ...EXPORT_FORMATS.filter(isCopyFormat).map((format) => ({
      label: `Copy ${rowsInWords(rowsOf(context))} as ${FORMATS[format].label}`,
      run: () => exportRows(context, format, 'clipboard', false),
    })),
  ];
  openMenu('Copy', items, anchor);
}

function openExport(context: Context, anchor: HTMLElement): void {
  const { grid, model } = context;
  const chosen = countRows(grid.ranges);
  const all = EXPORT_FORMATS.map((format): MenuItem => ({
    label: `${rowsInWords(rowsOf(context))} as ${FORMATS[format].label}…`,
    run: () => exportRows(context, format, 'file', false),
  }));
  const selected = EXPORT_FORMATS.map((format): MenuItem => ({
    label: `Selected ${plural(model.formats, chosen, 'row')} as ${FORMATS[format].label}…`,
    run: () => exportRows(context, format, 'file', true),
  }));
  openMenu('Export', chosen > 0 ? [...all, 'line', ...selected] : all, anchor);
}

function openMore(context: Context, anchor: HTMLElement): void {
  const { head, send } = context;
  const previous = head()?.previous;
  const action = (id: string, label: string): MenuItem => ({
    label,
    run: () => send({ type: 'action', id }),
  });
  openMenu(
    'More',
    [
      head()?.pinned === true
        ? action('unpin', 'Unpin: the next run may use this view')
        : action('pin', 'Pin: the next run opens a view of its own'),
      action('rename', 'Rename…'),
      'line',
      ...allNamesItem(context),
      ...(previous === undefined
        ? []
        : [
            action(
              'comparePrevious',
              `Compare with previous run, ${ageInWords(previous.startedAt, new Date())}`,
            ),
          ]),
      action('compare', 'Compare with another result…'),
      action('snapshot', 'Save as a snapshot…'),
      action('import', 'Use as import…'),
    ],
    anchor,
  );
}

function foundInWords({ matches, formats }: Model): string {
  if (matches === undefined) return '';
  if (matches.cells > 0)
    return `${plural(formats, matches.cells, 'match', 'matches')}${matches.done ? '' : '…'}`;
  return matches.done ? 'No matches' : 'Searching…';
}

/** The search in all cells: a count, and buttons from match to match. */
export function makeSearch(context: Context): { draw: () => void; next: (back: boolean) => void } {
  const { model } = context;
  const input = find('search') as HTMLInputElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let at = -1;
  const next = (back: boolean) => {
    const rows = model.matches?.rows ?? [];
    if (rows.length === 0) return;
    const here = context.grid.focus.row;
    // The focused row counts as seen once the search has moved to it.
    const found = back
      ? rows.findLastIndex((row) => row < here)
      : rows.findIndex((row) => row > here || (at < 0 && row === here));
    at = found >= 0 ? found : back ? rows.length - 1 : 0;
    context.goTo(rows[at] ?? 0);
    draw();
    announce(`Matching row ${at + 1} of ${rows.length}`);
  };
  const draw = () => {
    const { matches } = model;
    find('found').textContent = foundInWords(model);
    find('find-buttons').hidden = matches === undefined || matches.cells === 0;
    if (input.value === '' && matches !== undefined) input.value = matches.text;
  };
  find('find-buttons').append(
    iconButton('up', 'Previous match (Shift+Enter)', () => next(true)),
    iconButton('down', 'Next match (Enter)', () => next(false)),
  );
  find('find-buttons').hidden = true;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    at = -1;
    timer = setTimeout(() => void model.search(input.value), 150);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      next(event.shiftKey);
      event.preventDefault();
    } else if (event.key === 'Escape' && input.value !== '') {
      input.value = '';
      void model.search('');
    } else if (event.key === 'ArrowDown') {
      context.grid.focusCell();
      event.preventDefault();
    }
  });
  document.addEventListener('keydown', (event) => {
    const control = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
    const typing = event.target instanceof Element && event.target.matches('input, select, textarea');
    if (control || (event.key === '/' && !typing)) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === 'F3') {
      event.preventDefault();
      next(event.shiftKey);
    }
  });
  return { draw, next };
}
