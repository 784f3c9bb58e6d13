/** Many changes: a list of which only what is in sight is fetched and drawn; each unfolds to its fields. */
import { cellText } from '#core/results/table';
import { visibleOnOneLine } from '#core/text/foreign-text';
import { stateOf } from '#core/writing/change-source';
import type { Formats } from '../../data/formats';
import { Unfolded } from '../../data/unfolded';
import { voidOf } from '../../data/values';
import { make } from '../../view/dom';
import { shownVoid } from '../../view/value';
import { MOVES, VirtualList } from '../../view/virtual-list';
import type { ChangePages } from '../data/change-pages';
import { type Detail, detailsOf, remarksOf, summaryOf } from '../data/details';
import { STATES } from '../data/states';
import type { ShownChange } from '../messages';

/** How much of a text stands on a line; the change in full has all. */
const MOST = 200;

export class ManyChanges {
  readonly #list = new VirtualList((line) => this.#line(line), {
    role: 'treegrid',
    'aria-label': 'Changes',
  });
  readonly element = make(
    'div',
    { class: 'many' },
    make(
      'div',
      { class: 'planned heads', 'aria-hidden': 'true' },
      ...['Row', 'What', 'Record', 'Details'].map((text) => make('span', {}, text)),
    ),
    this.#list.element,
  );
  /** Unfolded changes by position; the row tells whether it is still that change. */
  readonly #open = new Map<number, { readonly row: number; readonly lines: number }>();
  readonly #unfolded = new Unfolded();
  #focus = 0;

  constructor(
    private readonly pages: ChangePages,
    private readonly formats: () => Formats,
    /** Shows one change in full. */
    private readonly show: (shown: ShownChange) => void,
  ) {
    this.#list.element.addEventListener('click', (event) => {
      const target =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-line]') : null;
      if (target === null || !(window.getSelection()?.isCollapsed ?? true)) return;
      this.#go(Number(target.dataset['line']));
      this.#press();
    });
    this.#list.element.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Shows the changes of another query. */
  reset(): void {
    this.#open.clear();
    this.#unfolded.set(new Map());
    this.#focus = 0;
    this.#list.count = 0;
  }

  /** Changes have come; unfolded ones that are others now are folded. */
  came({ from, to }: { from: number; to: number }): void {
    for (const [index, { row }] of this.#open)
      if (index >= from && index < to && this.pages.at(index)?.row !== row) this.#open.delete(index);
    this.draw();
  }

  draw(): void {
    this.#unfolded.set(new Map([...this.#open].map(([index, { lines }]) => [index, lines])));
    this.#list.count = this.#lines;
    this.#list.describe('aria-rowcount', this.#lines);
  }

  focus(): void {
    this.#go(this.#focus);
  }

  get #lines(): number {
    return this.#unfolded.count(this.pages.total ?? 0);
  }

  #go(line: number): void {
    this.#focus = Math.max(0, Math.min(line, this.#lines - 1));
    this.#list.reveal(this.#focus);
    this.#list.element.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }

  /** Does what Enter and a click do: unfolds a change; on one of its lines, shows it in full. */
  #press(): void {
    const { row: index, within } = this.#unfolded.at(this.#focus);
    const shown = this.pages.at(index);
    if (shown === undefined) return;
    if (within > 0) this.show(shown);
    else this.#toggle(index, shown);
  }

  #toggle(index: number, shown: ShownChange): void {
    if (!this.#open.delete(index))
      this.#open.set(index, { row: shown.row, lines: 1 + linesOf(shown).length });
    this.draw();
  }

  #key(event: KeyboardEvent): void {
    const { row: index, within } = this.#unfolded.at(this.#focus);
    const shown = this.pages.at(index);
    const isOpen = this.#open.has(index);
    const step = MOVES.get(event.key)?.(this.#focus, this.#list.page);
    if (step !== undefined) this.#go(step);
    else if (event.key === 'Enter' || event.key === ' ') this.#press();
    else if (event.key === 'ArrowRight' && !isOpen && shown !== undefined) this.#toggle(index, shown);
    else if (event.key === 'ArrowLeft' && within > 0) this.#go(this.#unfolded.lineOf(index));
    else if (event.key === 'ArrowLeft' && isOpen && shown !== undefined) this.#toggle(index, shown);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #line(line: number): HTMLElement {
    const { row: index, within } = this.#unfolded.at(line);
    const shown = this.pages.at(index);
    const common = {
      role: 'row',
      'data-line': line,
      tabindex: line === this.#focus ? 0 : -1,
      'aria-rowindex': line + 1,
      'aria-level': within === 0 ? 1 : 2,
    };
    if (shown === undefined) return make('div', { ...common, class: 'planned' }, cell('…'));
    if (within > 0)
      return make('div', { ...common, class: 'planned part' }, ...partCells(linesOf(shown)[within - 1]));
    const state = stateOf(shown);
    return make(
      'div',
      { ...common, class: `planned ${state}`, 'aria-expanded': String(this.#open.has(index)) },
      make(
        'span',
        { role: 'gridcell', class: `twistie ${this.#open.has(index) ? 'open' : ''}` },
        this.formats().count(shown.row),
      ),
      cell(`${STATES[state].mark} ${STATES[state].word}`),
      cell([shown.name, shown.what].filter((text) => text !== '').join(' · ')),
      cell(summaryOf(shown)),
    );
  }
}

/** The lines below a change: its remarks, its fields, and one that leads to all of it. */
type Part = { readonly text: string } | { readonly detail: Detail };

const linesOf = (shown: ShownChange): readonly Part[] => [
  ...remarksOf(shown).map((text) => ({ text })),
  ...detailsOf(shown.change).map((detail) => ({ detail })),
  { text: 'Show in full…' },
];

function partCells(part: Part | undefined): HTMLElement[] {
  if (part === undefined) return [cell('')];
  if ('text' in part) return [cell(''), make('span', { role: 'gridcell', class: 'wide' }, short(part.text))];
  const { name, before, after, changes, problem, type } = part.detail;
  return [
    cell(''),
    cell(name),
    make(
      'span',
      { role: 'gridcell', class: 'wide' },
      ...(type === undefined || before !== undefined ? [brief(before)] : []),
      ...(changes === true
        ? [...(before === undefined ? [] : [' → ']), make('strong', {}, brief(after))]
        : []),
      ...(changes === false ? [make('span', { class: 'same' }, ' unchanged')] : []),
      ...(problem === undefined ? [] : [make('span', { class: 'problem' }, ` ⚠ ${problem}`)]),
    ),
  ];
}

const cell = (text: string): HTMLElement =>
  make('bdi', { role: 'gridcell', title: text.length > 30 ? text.slice(0, 1000) : undefined }, short(text));

const short = (text: string): string =>
  visibleOnOneLine(text.length > MOST ? `${text.slice(0, MOST)}…` : text);

function brief(value: unknown): HTMLElement {
  const nothing = voidOf(value);
  return nothing === undefined ? make('bdi', {}, short(cellText(value))) : shownVoid(nothing);
}
