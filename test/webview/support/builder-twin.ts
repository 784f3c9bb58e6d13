/** A twin of the language for the builder: a request as a value, and what a change makes of it. */
import type { BuilderChange, BuilderCondition, BuilderField, BuilderState, BuilderType } from '#language';

const TEXT = [
  { name: 'eq', meaning: 'is' },
  { name: 'ne', meaning: 'is not' },
  { name: 'contains', meaning: 'contains' },
];
const ORDER = [
  { name: 'ge', meaning: 'is at least' },
  { name: 'lt', meaning: 'is less than' },
];

const field = (name: string, type: BuilderField['type'], more: Partial<BuilderField> = {}): BuilderField => ({
  ...{ name, type, filterable: true, sortable: true, values: [] },
  ...more,
});

const STATUS = [
  { value: 'Available', text: 'in 312 of 1,000 records' },
  { value: 'Full', text: 'in 200 of 1,000 records' },
  { value: "O'Brien <b>", text: 'in 2 of 1,000 records' },
];
const DAYS = [
  { value: '{{$today}}', label: 'today', text: 'Saturday 31 January 2026' },
  { value: '{{$today + 30d}}', label: 'in 30 days', text: 'Monday 2 March 2026' },
];

const COUNTED = ['in # days', '# days ago'];

const TYPES: readonly BuilderType[] = [
  { type: 'string', name: 'text', operators: TEXT, values: [] },
  { type: 'datetime', name: 'date and time', operators: ORDER, values: DAYS, counted: COUNTED },
  { type: 'decimal', name: 'number', operators: ORDER, values: [] },
  {
    ...{ type: 'boolean', name: 'yes or no', operators: [{ name: 'eq', meaning: 'is' }] },
    values: [
      { value: 'true', text: 'yes' },
      { value: 'false', text: 'no' },
    ],
  },
];

const FIELDS: readonly BuilderField[] = [
  field('Title', 'string', { text: 'What the course is called.' }),
  field('Status', 'string', { values: STATUS }),
  field('StartDate', 'datetime', { text: 'When it begins.' }),
  field('Active', 'boolean'),
  field('Cost', 'decimal'),
  field('Notes', 'string', { filterable: false, sortable: false }),
  ...Array.from({ length: 60 }, (_, index) => field(`Custom${index + 1}`, 'string')),
];

export const EMPTY: BuilderState = {
  title: 'New request',
  module: '',
  modules: [
    { name: 'CourseDate', text: 'A course on a day, with its places.' },
    { name: 'Course', text: 'What is taught.' },
    { name: 'User' },
  ],
  fields: [],
  types: TYPES,
  conditions: [],
  order: [],
  pageSize: 50,
  locked: [],
  others: [],
  problems: [],
};

export const WITH_MODULE: BuilderState = {
  ...EMPTY,
  title: 'Upcoming courses',
  module: 'CourseDate',
  moduleText: 'A course on a day, with its places.',
  fields: FIELDS,
};

const conditionOf = (
  { field: name, operator, value }: { field: string; operator: string; value: string },
  join: 'and' | 'or' | undefined,
): BuilderCondition => ({
  ...(join === undefined ? {} : { join }),
  text: `${name} ${operator} '${value}'`,
  parts: { field: name, operator, value },
});

export const eq = (name: string, value: string, join?: 'and' | 'or') =>
  conditionOf({ field: name, operator: 'eq', value }, join);

/** What a change makes of a request. */
export function changed(state: BuilderState, change: BuilderChange): BuilderState {
  const { conditions } = state;
  switch (change.kind) {
    case 'module':
      return { ...state, module: change.name, moduleText: 'A module.', fields: FIELDS };
    case 'select': {
      const { select, ...others } = state;
      void select;
      return change.fields === undefined
        ? others
        : { ...others, select: change.fields.map((text) => ({ text, locked: text.includes('/') })) };
    }
    case 'add-condition':
      return {
        ...state,
        conditions: [
          ...conditions,
          conditionOf(change.condition, conditions.length === 0 ? undefined : change.join),
        ],
      };
    case 'set-condition':
      return {
        ...state,
        conditions: conditions.with(
          change.index,
          conditionOf(change.condition, conditions[change.index]?.join),
        ),
      };
    case 'set-join':
      return {
        ...state,
        conditions: conditions.map((each, index) =>
          index === change.index ? { ...each, join: change.join } : each,
        ),
      };
    case 'fix-condition':
      return {
        ...state,
        conditions: conditions.with(change.index, eq('Status', 'Full', conditions[change.index]?.join)),
      };
    case 'remove-condition':
      return { ...state, conditions: conditions.toSpliced(change.index, 1) };
    case 'order':
      return { ...state, order: change.order.map((each) => ({ ...each, locked: false })) };
    case 'top': {
      const { top, ...others } = state;
      void top;
      return change.top === undefined ? others : { ...others, top: change.top };
    }
    case 'pages': {
      const { pages, ...others } = state;
      void pages;
      return change.pages === undefined ? others : { ...others, pages: change.pages };
    }
  }
}
