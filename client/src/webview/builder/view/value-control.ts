/** Where the value of a condition is chosen or written, by the type of its field. */
import { nameKey } from '#core/text/names';
import { find, make } from '../../view/dom';
import { setOptions } from '../../view/redraw';
import { type Choice, Combobox } from './combobox';
import type { BuilderPage, KnownField } from './parts';

/** What is known of a value. */
export interface AboutValue {
  readonly name?: string | undefined;
  readonly label?: string | undefined;
}

/** A control for one kind of value. */
export interface ValueControl {
  readonly element: HTMLElement;
  /** `about`: what the value is, and how people say it, where more is known of it than its text. */
  update(field: KnownField | undefined, value: string, about: AboutValue): void;
  focus(): void;
}

type Kind = 'choice' | 'date' | 'text';

/** Fields of one kind share their control. */
export function kindOf(field: KnownField | undefined): Kind {
  switch (field?.type) {
    case 'boolean':
      return 'choice';
    case 'date':
    case 'datetime':
      return 'date';
    default:
      return 'text';
  }
}

export interface ValueParts {
  readonly id: string;
  /** `isRecord`: the value is the ID of a record of the list. */
  readonly chosen: (value: string, isRecord: boolean) => void;
  readonly page: Pick<BuilderPage, 'lookUp' | 'findRecords' | 'records'>;
}

export function valueControl(kind: Kind, parts: ValueParts): ValueControl {
  switch (kind) {
    case 'choice':
      return choiceControl(parts);
    case 'date':
      return dateControl(parts);
    case 'text':
      return textControl(parts);
  }
}

function choiceControl({ id, chosen }: ValueParts): ValueControl {
  const list = make('select', { id, 'aria-label': 'Value' });
  list.addEventListener('change', () => chosen(list.value, false));
  return {
    element: list,
    update: (field, value) => {
      const options = (field?.values ?? []).map((each) => ({
        value: each.value,
        label: each.text ?? each.value,
      }));
      const shown = options.find((each) => nameKey(each.value) === nameKey(value));
      if (shown === undefined) options.unshift({ value, label: value === '' ? 'Choose…' : value });
      setOptions(list, options, shown?.value ?? value);
    },
    focus: () => list.focus(),
  };
}

/** A text with the values that are known, and what the value is. */
function textControl({ id, chosen, page }: ValueParts): ValueControl {
  let field: KnownField | undefined;
  /** Records of the linked module that were found. */
  const found = () => {
    const records = page.records();
    return field?.linked !== undefined && records?.field === field.name ? records : undefined;
  };
  const isRecord = (value: string) =>
    field?.linked !== undefined &&
    (found()?.records.some(({ id: each }) => each === value) === true ||
      field.values.some((each) => each.value === value));
  const text = new Combobox({
    id,
    label: 'Value',
    placeholder: 'Value',
    free: () => true,
    choices: (typed) => [
      ...countedBy(typed, field),
      ...(found()?.records ?? []).map(({ id: value, name: label }) => ({ value, label, text: value })),
      ...(field?.values ?? []),
    ],
    isFound: (typed) => field?.values.length === 0 && found()?.text === typed,
    note: () => found()?.note ?? '',
    typed: (typed) => {
      if (field?.linked !== undefined) page.findRecords(field.name, typed);
    },
    chosen: (value) => chosen(value, isRecord(value)),
    more: () => {
      if (field?.type !== 'string' || field.linked !== undefined) return undefined;
      const { name } = field;
      return { label: 'Look up values…', press: () => page.lookUp(name) };
    },
  });
  const about = make('span', { class: 'hint', id: `${id}-about` });
  text.input.setAttribute('aria-describedby', `${id}-about`);
  return {
    element: make('span', { class: 'value' }, text.element, about),
    update: (now, value, { name, label }) => {
      field = now;
      const offered = now?.values.find((each) => each.value === value);
      text.set(value, label ?? offered?.label);
      text.refresh();
      const named = found()?.records.find(({ id: each }) => each === value)?.name;
      // How often a value came elsewhere would read as the answer here.
      const said = offered?.label === undefined ? undefined : offered.text;
      about.textContent = name ?? named ?? said ?? '';
      text.input.inputMode = now?.type === 'integer' || now?.type === 'decimal' ? 'decimal' : 'text';
    },
    focus: () => text.input.focus(),
  };
}

/** What a number may mean that is typed: `in 45 days`, `45 days ago`. */
function countedBy(typed: string, field: KnownField | undefined): readonly Choice[] {
  const number = /^\D*(\d{1,4})(?!\d)/.exec(typed)?.[1];
  if (number === undefined || field === undefined) return [];
  return field.counted.flatMap((each) => {
    const counted = each.replace('#', number);
    const value = number === '1' ? counted.replace(/s\b/, '') : counted;
    return field.values.some(({ label }) => label === value) ? [] : [{ value, key: `${number} ${value}` }];
  });
}

/** The first year that is taken from the picker: while a year is typed, it says 2, 20 and 202. */
const FIRST_YEAR = 1900;
const DAY = /^\d{4}-\d{2}-\d{2}/;

/** Days relative to today, or one of the calendar. */
function dateControl(parts: ValueParts): ValueControl {
  const text = textControl(parts);
  const picker = make('input', { type: 'date', id: `${parts.id}-day`, 'aria-label': 'Day of the calendar' });
  picker.addEventListener('change', () => {
    if (Number(picker.value.slice(0, 4)) >= FIRST_YEAR) parts.chosen(picker.value, false);
  });
  return {
    element: make('span', { class: 'value' }, text.element, picker),
    update: (field, value, about) => {
      text.update(field, value, about);
      const day = DAY.exec(value)?.[0] ?? '';
      if (document.activeElement !== picker || day !== '') picker.value = day;
    },
    focus: () => find(parts.id).focus(),
  };
}
