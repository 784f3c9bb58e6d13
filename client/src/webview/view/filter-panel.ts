/** The dialog that filters a column: a condition by type, and a list of its values. */
import { cellText, memberOf } from '#core/results/table';
import { type Column, isDate } from '../data/columns';
import { inFetched } from '../data/fetched';
import {
  type Filter,
  filterOfTicks,
  type Operator,
  operatorLabel,
  operatorsOf,
  problemOf,
  valuesOf,
} from '../data/filters';
import { Slices } from '../data/slices';
import { type Context, rowsOf } from './context';
import { button, make } from './dom';
import { type Anchor, closePopup, heading, openDialog } from './menu';

/** How many different values can be ticked, at most. */
const MAX_VALUES = 200;
/** How many records are searched for them, at most. */
const MAX_RECORDS = 200_000;

export function openFilter(context: Context, name: string, anchor: Anchor): void {
  const { model } = context;
  const column = model.column(name);
  if (column === undefined) return;
  const mine = model.filters.filter((filter) => filter.column === name);
  const condition = mine.find(({ operator }) => operator !== 'in' && operator !== 'notIn');
  const chosen = mine.find(({ operator }) => operator === 'in' || operator === 'notIn');

  const operator = operatorSelect(column, condition?.operator);
  const inputs = [0, 1].map((at) =>
    valueInput(column, condition?.values[at] ?? '', at === 0 ? 'Value' : 'Second value'),
  );
  inputs[0]?.setAttribute('data-first', '');
  const problem = make('p', { class: 'problem', role: 'alert' });
  const values = make(
    'div',
    { class: 'values', role: 'group', 'aria-label': 'Values' },
    make('p', {}, 'Looking for values…'),
  );
  let list: { ticks: readonly Tick[]; whole: boolean } = { ticks: [], whole: false };

  const read = (): Filter | undefined => {
    const picked = operator.value as Operator;
    const count = valuesOf(picked);
    if (count === 0) return { column: name, operator: picked, values: [] };
    const texts = inputs.slice(0, count === 'many' ? 1 : count).map((input) => input.value);
    return texts.some((text) => text === '') ? undefined : { column: name, operator: picked, values: texts };
  };
  const check = () => {
    const count = valuesOf(operator.value as Operator);
    inputs.forEach((input, at) => (input.hidden = at >= Number(count)));
    const filter = read();
    problem.textContent = filter === undefined ? '' : (problemOf(filter, column.kind) ?? '');
  };
  const apply = () => {
    check();
    if (problem.textContent !== '') return;
    const filter = read();
    const picked = list.ticks.length === 0 ? chosen : tickedFilter(name, list.ticks, list.whole);
    closePopup();
    context.setFilters([
      ...model.filters.filter((each) => each.column !== name),
      ...(filter === undefined ? [] : [filter]),
      ...(picked === undefined ? [] : [picked]),
    ]);
  };
  operator.addEventListener('change', check);
  for (const input of inputs) {
    input.addEventListener('input', check);
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') apply();
    });
  }
  openDialog(
    `Filter ${name}`,
    [
      heading([`Filter ${name}`, inFetched(rowsOf(context))].join(' ').trim()),
      make('div', { class: 'condition' }, operator, ...inputs),
      problem,
      values,
      make(
        'div',
        { class: 'dialog-buttons' },
        button('Apply', apply, { class: 'primary' }),
        button('Clear', () => {
          closePopup();
          context.setFilters(model.filters.filter((each) => each.column !== name));
        }),
      ),
    ],
    anchor,
  );
  check();
  void distinctValues(context, column).then((found) => {
    list = { ticks: listValues(values, found, chosen), whole: found?.whole ?? false };
  });
}

function operatorSelect({ kind }: Column, chosen: Operator | undefined): HTMLSelectElement {
  const select = make('select', { 'aria-label': 'Condition' });
  for (const each of operatorsOf(kind))
    select.append(make('option', { value: each, selected: each === chosen }, operatorLabel(each, kind)));
  return select;
}

/** A value that can be ticked. */
interface Tick {
  readonly text: string;
  readonly box: HTMLInputElement;
}

function tickedFilter(column: string, ticks: readonly Tick[], whole: boolean): Filter | undefined {
  const texts = (checked: boolean) =>
    ticks.filter(({ box }) => box.checked === checked).map(({ text }) => text);
  return filterOfTicks(column, texts(true), texts(false), whole);
}

function valueInput(column: Column, value: string, label: string): HTMLInputElement {
  const type = isDate(column.kind) ? 'date' : 'text';
  const input = make('input', {
    type,
    'aria-label': label,
    placeholder: 'Value',
    inputmode: column.kind === 'number' ? 'decimal' : undefined,
    spellcheck: 'false',
  });
  if (column.kind === 'boolean') {
    input.value = value || 'true';
    input.setAttribute('list', '');
    input.placeholder = 'true or false';
  } else input.value = type === 'date' ? value.slice(0, 10) : value;
  return input;
}

/** The values of a column, and how often each is there. `whole`: there are no others, and no more will come. */
interface Values {
  readonly counts: ReadonlyMap<string, number>;
  readonly whole: boolean;
}

/** Returns undefined when there are too many. */
async function distinctValues({ model, head }: Context, { name }: Column): Promise<Values | undefined> {
  const slices = new Slices();
  const counts = new Map<string, number>();
  const most = Math.min(model.records.length, MAX_RECORDS);
  for (let row = 0; row < most; row++) {
    if ((row & 255) === 0 && slices.due()) await slices.pause();
    const text = cellText(memberOf(model.records[row] ?? {}, name));
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (counts.size > MAX_VALUES) return undefined;
  }
  const over = head()?.state !== 'running' && head()?.state !== 'paused';
  return { counts, whole: over && most === model.records.length };
}

function listValues(
  host: HTMLElement,
  found: Values | undefined,
  chosen: Filter | undefined,
): readonly Tick[] {
  if (found === undefined) {
    host.replaceChildren(make('p', {}, 'Too many different values to list.'));
    return [];
  }
  const { counts, whole } = found;
  const ticked = (text: string) =>
    chosen === undefined || chosen.values.includes(text) === (chosen.operator === 'in');
  const ticks = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([text, count]) => {
      const box = make('input', { type: 'checkbox' });
      box.checked = ticked(text);
      const label = make(
        'label',
        {},
        box,
        make('bdi', {}, text === '' ? '(no value)' : text.slice(0, 80)),
        make('span', { class: 'key' }, String(count)),
      );
      return { text, box, label };
    });
  const all = make('input', { type: 'checkbox' });
  all.checked = ticks.every(({ box }) => box.checked);
  all.addEventListener('change', () => {
    for (const { box } of ticks) box.checked = all.checked;
  });
  host.replaceChildren(make('label', {}, all, 'All values'), ...ticks.map(({ label }) => label));
  if (!whole) host.append(make('p', {}, 'There may be more values; those that are not listed stay.'));
  return ticks;
}
