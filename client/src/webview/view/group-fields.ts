/** The fields of the *Group* tab: what makes rows, what makes columns, and which values are shown. */
import { DATE_PARTS, type Figure, FIGURES } from '#language/vocabulary/groups';
import type { Column } from '../data/columns';
import { isDate } from '../data/columns';
import {
  columnsFor,
  columnsToAdd,
  type GroupLevel,
  type GroupMeasure,
  type GroupSpec,
  levelOf,
  levelTitle,
  MAX_LEVELS,
  measureTitle,
} from '../data/group-spec';
import { button, iconButton, make } from './dom';
import { type Anchor, type MenuItem, openMenu } from './menu';
import { redraw } from './redraw';

type Side = 'rows' | 'columns';

const SIDES: Readonly<Record<Side, { title: string; other: Side; move: string }>> = {
  rows: { title: 'Rows', other: 'columns', move: 'Move to the columns' },
  columns: { title: 'Columns', other: 'rows', move: 'Move to the rows' },
};

const FIGURE_NAMES: Readonly<Record<Figure, string>> = {
  count: 'Number of records',
  sum: 'Sum of…',
  average: 'Average of…',
  least: 'Lowest (or first)…',
  most: 'Highest (or last)…',
  distinct: 'Number of different values of…',
};

/** Draws the fields, and tells when the user chooses others. */
export class GroupFields {
  readonly element = make('div', { class: 'group-fields' });
  #spec: GroupSpec | undefined;
  #columns: readonly Column[] = [];

  constructor(private readonly choose: (spec: GroupSpec) => void) {}

  focus(): void {
    this.element.querySelector('button')?.focus();
  }

  show(spec: GroupSpec, columns: readonly Column[]): void {
    if (spec === this.#spec && columns === this.#columns) return;
    this.#spec = spec;
    this.#columns = columns;
    redraw(this.element, this.#side('rows', spec), this.#side('columns', spec), this.#measures(spec));
  }

  #side(side: Side, spec: GroupSpec): HTMLElement {
    const { title } = SIDES[side];
    const levels = spec[side];
    return well(
      title,
      levels.map((level, at) =>
        chip(
          levelTitle(level),
          (anchor) => this.#levelMenu(side, at, anchor),
          () => this.#set(side, levels.toSpliced(at, 1)),
          `${side} ${level.column}`,
        ),
      ),
      levels.length >= MAX_LEVELS || columnsToAdd(spec, this.#columns).length === 0
        ? undefined
        : adder(`Add a field to the ${title.toLowerCase()}`, `${side} +`, (anchor) =>
            this.#addLevel(side, anchor),
          ),
    );
  }

  #measures(spec: GroupSpec): HTMLElement {
    const { measures } = spec;
    return well(
      'Values',
      measures.map((measure, at) =>
        chip(
          measureTitle(measure, this.#columns),
          (anchor) => this.#measureMenu(at, anchor),
          measures.length === 1 ? undefined : () => this.#setMeasures(measures.toSpliced(at, 1)),
          `value ${measure.figure} ${measure.column ?? ''}`,
        ),
      ),
      adder('Add a value', 'value +', (anchor) =>
        this.#figureMenu(anchor, 'Add a value', (next) => this.#setMeasures([...measures, next])),
      ),
    );
  }

  #set(side: Side, levels: readonly GroupLevel[]): void {
    if (this.#spec !== undefined) this.choose({ ...this.#spec, [side]: levels });
  }

  #setMeasures(measures: readonly GroupMeasure[]): void {
    if (this.#spec !== undefined) this.choose({ ...this.#spec, measures });
  }

  #addLevel(side: Side, anchor: Anchor): void {
    const spec = this.#spec;
    if (spec === undefined) return;
    openColumnChoice(`Add to the ${side}`, columnsToAdd(spec, this.#columns), anchor, (column) =>
      this.#set(side, [...spec[side], levelOf(column)]),
    );
  }

  #levelMenu(side: Side, at: number, anchor: Anchor): void {
    const spec = this.#spec;
    const level = spec?.[side][at];
    if (spec === undefined || level === undefined) return;
    const levels = spec[side];
    const { other, move } = SIDES[side];
    const column = this.#columns.find(({ name }) => name === level.column);
    const without = levels.toSpliced(at, 1);
    const moved = (by: number) => this.#set(side, without.toSpliced(at + by, 0, level));
    const parts: (MenuItem | 'line')[] =
      column !== undefined && isDate(column.kind)
        ? [
            ...DATE_PARTS.map((by) => ({
              label: by === 'week' ? 'By week (Monday to Sunday)' : `By ${by}`,
              checked: level.by === by,
              run: () => this.#set(side, levels.with(at, { column: level.column, by })),
            })),
            'line',
          ]
        : [];
    openMenu(
      levelTitle(level),
      [
        ...parts,
        { label: 'Move up', disabled: at === 0, run: () => moved(-1) },
        { label: 'Move down', disabled: at === levels.length - 1, run: () => moved(1) },
        {
          label: move,
          disabled: spec[other].length >= MAX_LEVELS,
          run: () => this.choose({ ...spec, [side]: without, [other]: [...spec[other], level] }),
        },
        'line',
        { label: 'Remove', run: () => this.#set(side, without) },
      ],
      anchor,
    );
  }

  #measureMenu(at: number, anchor: Anchor): void {
    const measures = this.#spec?.measures ?? [];
    const measure = measures[at];
    if (measure === undefined) return;
    const without = measures.toSpliced(at, 1);
    const moved = (by: number) => this.#setMeasures(without.toSpliced(at + by, 0, measure));
    openMenu(
      measureTitle(measure, this.#columns),
      [
        {
          label: 'Change…',
          run: () =>
            this.#figureMenu(anchor, 'Change the value', (next) =>
              this.#setMeasures(measures.with(at, next)),
            ),
        },
        { label: 'Move to the left', disabled: at === 0, run: () => moved(-1) },
        { label: 'Move to the right', disabled: at === measures.length - 1, run: () => moved(1) },
        'line',
        { label: 'Remove', disabled: measures.length === 1, run: () => this.#setMeasures(without) },
      ],
      anchor,
    );
  }

  /** Asks for a figure, then for its column. */
  #figureMenu(anchor: Anchor, title: string, chosen: (measure: GroupMeasure) => void): void {
    openMenu(
      title,
      FIGURES.map((figure) => {
        const columns = columnsFor(figure, this.#columns);
        return {
          label: FIGURE_NAMES[figure],
          disabled: figure !== 'count' && columns.length === 0,
          run: () => {
            if (figure === 'count') chosen({ figure });
            else
              openColumnChoice(FIGURE_NAMES[figure], columns, anchor, ({ name }) =>
                chosen({ figure, column: name }),
              );
          },
        };
      }),
      anchor,
    );
  }
}

/** Asks for one of the columns. */
export function openColumnChoice(
  title: string,
  columns: readonly Column[],
  anchor: Anchor,
  chosen: (column: Column) => void,
): void {
  openMenu(
    title,
    columns.map((column) => ({ label: column.name, run: () => chosen(column) })),
    anchor,
  );
}

function well(title: string, chips: readonly HTMLElement[], add: HTMLElement | undefined): HTMLElement {
  return make(
    'div',
    { class: 'well', role: 'group', 'aria-label': title },
    make('span', { class: 'key', 'aria-hidden': 'true' }, title),
    ...chips,
    add,
  );
}

/** `field`: what it is about, so that the focus finds it again. */
function chip(
  text: string,
  open: (anchor: HTMLElement) => void,
  remove: (() => void) | undefined,
  field: string,
): HTMLElement {
  const element = make('span', { class: 'chip' });
  element.append(
    button(text, () => open(element), { class: 'plain', 'aria-haspopup': 'menu', 'data-key': field }),
    ...(remove === undefined ? [] : [iconButton('close', `Remove: ${text}`, remove)]),
  );
  return element;
}

function adder(label: string, field: string, open: (anchor: HTMLElement) => void): HTMLElement {
  const element = iconButton('add', label, () => open(element), {
    'aria-haspopup': 'menu',
    'data-key': field,
  });
  return element;
}
