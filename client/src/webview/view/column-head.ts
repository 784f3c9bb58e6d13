/** The head of a column: its name, sorting and filter, a button for its menu, and an edge to drag. */
import { type Column, kindInWords } from '../data/columns';
import type { GridModel } from '../data/grid-model';
import { icon, make } from './dom';
import type { Anchor } from './menu';

export interface HeadActions {
  readonly sort: (name: string, add: boolean) => void;
  readonly selectColumn: (column: number, add: boolean) => void;
  readonly columnMenu: (column: number, anchor: Anchor) => void;
  readonly resize: (name: string, width: number) => void;
  readonly fit: (name: string) => void;
  /** Moves a column before another one, or to the end when that is undefined. */
  readonly move: (name: string, before: string | undefined) => void;
}

export function columnHead(column: Column, at: number, model: GridModel, actions: HeadActions): HTMLElement {
  const { name, kind } = column;
  const sorted = model.sort.findIndex((key) => key.column === name);
  const descending = model.sort[sorted]?.descending === true;
  const head = make('div', {
    role: 'columnheader',
    class: `column-head ${kind}`,
    'aria-colindex': at + 2,
    'aria-sort': sorted < 0 ? 'none' : descending ? 'descending' : 'ascending',
    'data-column': at,
    tabindex: -1,
    title: titleOf(column),
  });
  head.append(make('span', { class: 'name' }, name));
  if (sorted >= 0) {
    const mark = icon(descending ? 'descending' : 'ascending');
    mark.classList.add('sorted');
    head.append(mark);
    // The rank of the column among several sorted ones; not part of the name.
    if (model.sort.length > 1)
      head.append(make('span', { class: 'rank', 'data-rank': sorted + 1, 'aria-hidden': 'true' }));
  }
  const filtered = model.filters.some((filter) => filter.column === name);
  const menu = make(
    'button',
    {
      type: 'button',
      class: `icon column-menu${filtered ? ' filtered' : ''}`,
      tabindex: -1,
      'aria-label': `Menu of ${name}${filtered ? ', filtered' : ''}`,
      'aria-haspopup': 'menu',
    },
    icon(filtered ? 'filter' : 'down'),
  );
  const edge = make('div', { class: 'edge', 'aria-hidden': 'true' });
  head.append(menu, edge);
  menu.addEventListener('click', (event) => {
    event.stopPropagation();
    actions.columnMenu(at, menu);
  });
  edge.addEventListener('pointerdown', (event) => resizing(event, head, name, actions));
  edge.addEventListener('dblclick', (event) => {
    event.stopPropagation();
    actions.fit(name);
  });
  head.addEventListener('pointerdown', (event) => pressed(event, head, { name, at, model }, actions));
  return head;
}

function titleOf(column: Column): string {
  const { name, field } = column;
  const limits = [
    field?.filterable === false ? 'can’t be filtered by the API' : '',
    field?.sortable === false ? 'can’t be sorted by the API' : '',
  ].filter((text) => text !== '');
  return [field?.label === undefined ? name : `${name}: ${field.label}`, kindInWords(column), ...limits].join(
    '\n',
  );
}

function resizing(event: PointerEvent, head: HTMLElement, name: string, actions: HeadActions): void {
  event.stopPropagation();
  event.preventDefault();
  const width = head.offsetWidth - event.clientX;
  follow(
    (move) => actions.resize(name, width + move.clientX),
    () => undefined,
  );
}

/** A click sorts, Ctrl+click selects, and a drag moves the column. */
function pressed(
  event: PointerEvent,
  head: HTMLElement,
  { name, at, model }: { name: string; at: number; model: GridModel },
  actions: HeadActions,
): void {
  if (
    event.button !== 0 ||
    (event.target instanceof Element && event.target.closest('button, .edge') !== null)
  )
    return;
  const row = head.parentElement;
  let target: HTMLElement | undefined;
  let dragged = false;
  const mark = (next: HTMLElement | undefined, after: boolean) => {
    row
      ?.querySelectorAll('.drop, .drop-after')
      .forEach((each) => each.classList.remove('drop', 'drop-after'));
    next?.classList.add(after ? 'drop-after' : 'drop');
  };
  let after = false;
  follow(
    (move) => {
      dragged ||= Math.abs(move.clientX - event.clientX) > 5;
      if (!dragged || row === null) return;
      head.classList.add('dragged');
      target = [...row.querySelectorAll<HTMLElement>('[role=columnheader]')].find((each) => {
        const box = each.getBoundingClientRect();
        return move.clientX >= box.left && move.clientX < box.right;
      });
      const box = target?.getBoundingClientRect();
      after = box !== undefined && move.clientX > box.left + box.width / 2;
      mark(target, after);
    },
    () => {
      mark(undefined, false);
      head.classList.remove('dragged');
      if (!dragged) {
        if (event.ctrlKey || event.metaKey) actions.selectColumn(at, true);
        else actions.sort(name, event.shiftKey);
        return;
      }
      if (target !== undefined && target !== head)
        actions.move(name, model.visible[Number(target.dataset['column']) + (after ? 1 : 0)]?.name);
    },
  );
}

function follow(move: (event: PointerEvent) => void, end: () => void): void {
  window.addEventListener('pointermove', move);
  window.addEventListener(
    'pointerup',
    () => {
      window.removeEventListener('pointermove', move);
      end();
    },
    { once: true },
  );
}
