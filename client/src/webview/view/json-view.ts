/** The records as folded JSON: a tree for the keyboard (WAI-ARIA tree pattern), with only the lines in view in the DOM. */
import { cellText } from '#core/results/table';
import { visibleOnOneLine } from '#core/text/foreign-text';
import { hasMembers, kindOf, type ValueKind } from '#core/values/kind-of';
import { writeJson } from '#core/values/write-json';
import { type JsonLine, JsonLines } from '../data/json-lines';
import type { Context, ResultView } from './context';
import { make } from './dom';
import { MOVES, VirtualList } from './virtual-list';

export function jsonView(host: HTMLElement, context: Context): ResultView & { show: (row: number) => void } {
  const { model, send } = context;
  const lines = new JsonLines(
    (row) => model.recordAt(row),
    () => model.visible.map(({ name }) => name),
  );
  let focus = 0;
  let shownRows = model.rows;
  const list: VirtualList = new VirtualList((index) => draw(index), {
    role: 'tree',
    'aria-label': 'Records as JSON',
  });
  host.append(list.element);

  const draw = (index: number): HTMLElement => {
    const line = lines.at(index);
    const element = lineElement(
      line,
      index,
      index === focus,
      model.formats.count(model.numberAt(line.row) + 1),
    );
    if (line.path === '' && isMatch(model.matches?.rows ?? [], line.row)) element.classList.add('match');
    return element;
  };
  const go = (line: number, take = true) => {
    focus = Math.max(0, Math.min(line, lines.count(model.count) - 1));
    list.reveal(focus);
    if (take) list.element.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  };
  const toggle = (index: number) => {
    const line = lines.at(index);
    if (line.path === undefined) return;
    lines.toggle(line.row, line.path);
    list.count = lines.count(model.count);
  };
  list.element.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-line]') : null;
    if (target === null || !(window.getSelection()?.isCollapsed ?? true)) return;
    const index = Number(target.dataset['line']);
    toggle(index);
    go(index);
  });
  list.element.addEventListener('keydown', (event) => {
    const line = lines.at(focus);
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === 'c' && (window.getSelection()?.isCollapsed ?? true)) {
      const text = hasMembers(line.value) ? writeJson(line.value, 2) : cellText(line.value);
      send({ type: 'copy', text, what: line.path === '' ? '1 record' : '1 value' });
    } else if (event.key === 'Enter' || event.key === ' ') toggle(focus);
    else if (event.key === 'ArrowRight' && line.open === false) toggle(focus);
    else if (event.key === 'ArrowLeft' && line.open === true) toggle(focus);
    else if (event.key === 'ArrowLeft') go(parentOf(lines, focus));
    else if (event.key === 'ArrowRight') go(focus + 1);
    else if (MOVES.has(event.key)) go(MOVES.get(event.key)?.(focus, list.page) ?? focus);
    else return;
    event.preventDefault();
  });
  return {
    refresh: () => {
      if (model.rows !== shownRows) lines.clear();
      else lines.refresh();
      shownRows = model.rows;
      focus = Math.max(0, Math.min(focus, lines.count(model.count) - 1));
      list.count = lines.count(model.count);
    },
    focus: () => go(focus),
    show: (row) => {
      if (!lines.isOpen(row)) lines.toggle(row, '');
      list.count = lines.count(model.count);
      go(lines.lineOf(row), false);
    },
  };
}

/** `rows` must be sorted. */
function isMatch(rows: readonly number[], row: number): boolean {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return rows[low] === row;
}

/** Returns the line of the part that holds this one; for a record, its own line. */
function parentOf(lines: JsonLines, index: number): number {
  const { depth } = lines.at(index);
  if (depth === 0) return index;
  let parent = index - 1;
  while (lines.at(parent).depth >= depth) parent--;
  return parent;
}

/** By key: the next line, from the present one and the lines of a page. */

/** `number`: the record's number, for its first line. */
function lineElement(line: JsonLine, index: number, here: boolean, number: string): HTMLElement {
  const element = make('div', {
    class: `json-line${here ? ' here' : ''}`,
    role: 'treeitem',
    'aria-level': line.depth + 1,
    'aria-expanded': line.path === undefined ? undefined : String(line.open),
    'aria-selected': String(here),
    tabindex: here ? 0 : -1,
    'data-line': index,
  });
  element.style.paddingInlineStart = `${line.depth * 18 + 26}px`;
  if (line.path !== undefined)
    element.append(make('span', { class: `twistie${line.open === true ? ' open' : ''}` }));
  if (line.depth === 0 && line.path === '')
    element.append(make('span', { class: 'json-number', 'aria-hidden': 'true' }, number));
  if (line.key !== undefined)
    element.append(make('bdi', { class: 'json-key' }, visibleOnOneLine(line.key)), ': ');
  element.append(
    make('bdi', { class: `json-value ${typeOf(line.value)}` }, visibleOnOneLine(line.text.slice(0, 2000))),
  );
  return element;
}

const typeOf = (value: unknown): string => TYPES[kindOf(value)];

/** The names of the styles. */
const TYPES: Readonly<Record<ValueKind, string>> = {
  missing: 'undefined',
  null: 'null',
  text: 'string',
  boolean: 'boolean',
  number: 'number',
  exact: 'number',
  list: 'list',
  object: 'object',
};
