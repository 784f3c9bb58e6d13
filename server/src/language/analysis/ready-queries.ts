/** Queries for a module that are ready to run, from the fields that it has: an empty one, what is coming, what changed, … */
import { CatalogModule, type FieldInfo, type ModuleInfo } from '../catalog/catalog';
import { isWritableField, isWritableModule } from '../syntax/writable-names';
import { isWritableText } from '../syntax/writable-text';
import { escapeSnippet, snippetChoice } from '../text/snippets';
import type { Span } from '../text/span';
import { quote } from './print-filter';
import { namesToShow, tellingFields } from './telling-fields';

/** A query that a new file can begin with. */
export interface ReadyQuery {
  /** The title of its request. */
  readonly title: string;
  /** What it asks for, in one line. */
  readonly asks: string;
  /** The request, as it is written into the file. */
  readonly text: string;
  /** The variable whose value is asked for, and the line that asks. */
  readonly variable?: { readonly name: string; readonly line: string };
  /** Where the value stands that a user would change first, and what else it could be. */
  readonly value?: Span & { readonly choices: readonly string[] };
}

/** The values that are known of a field, the most frequent first. */
type ValuesOf = (field: string) => readonly string[];

/** What a kind of query adds to the empty one. */
interface Condition {
  readonly title: string;
  readonly asks: string;
  /** The fields that it is about. */
  readonly fields: readonly FieldInfo[];
  readonly filter: string;
  /** Where another order tells more than that of all queries. */
  readonly orderby?: Order;
  /** The variable whose value is asked for when the request runs, and the line that asks. */
  readonly variable?: { readonly name: string; readonly line: string };
  readonly choices?: readonly string[];
}

interface Order {
  readonly field: FieldInfo;
  readonly direction?: 'desc';
}

/** Returns the queries for a module, the empty one first. `connection`: the one to name, where it is not in use. */
export function readyQueries(
  { name, fields = [] }: ModuleInfo,
  valuesOf: ValuesOf = () => [],
  connection?: string,
): ReadyQuery[] {
  if (!isWritableModule(name)) return [];
  const module = new CatalogModule({ name, fields: fields.filter((field) => isWritableField(field.name)) });
  const write = (condition?: Condition) => written(module, connection, condition);
  return [write(), ...conditionsOf(module, valuesOf).map(write)];
}

const KINDS: readonly ((fields: Fields, valuesOf: ValuesOf) => Condition | undefined)[] = [
  (fields) => {
    const field = fields.day('StartDate');
    return (
      field && { ...coming(field), title: 'upcoming', asks: 'What begins today or later, the next first' }
    );
  },
  (fields) => {
    const [field, free] = [fields.day('StartDate'), fields.number('SpacesLeft')];
    if (field === undefined || free === undefined) return undefined;
    const { filter, orderby } = coming(field);
    return {
      ...{ title: 'with free places', asks: 'What begins today or later and is not full' },
      ...{ fields: [field, free], filter: `${filter} and ${free.name} gt '0'`, orderby },
    };
  },
  (fields) => {
    const field = fields.day('DateDue');
    if (field === undefined) return undefined;
    const owed = fields.number('Outstanding');
    const filter = `${field.name} lt '{{$today}}'`;
    const about = { title: 'overdue', orderby: { field } };
    return owed === undefined
      ? { ...about, fields: [field], filter, asks: 'What was due before today' }
      : {
          ...{ ...about, fields: [field, owed], filter: `${filter} and ${owed.name} gt '0'` },
          asks: 'What was due before today and is not paid',
        };
  },
  (fields) => {
    const field = fields.number('Outstanding');
    const asks = 'What is not paid in full, the most first';
    return (
      field && {
        ...{ title: 'unpaid', asks, fields: [field], filter: `${field.name} gt '0'` },
        orderby: { field, direction: 'desc' },
      }
    );
  },
  (fields) => {
    const field = fields.day('DateUpdated');
    return field && { ...recent(field), title: 'changed lately', asks: 'What changed in the last 7 days' };
  },
  (fields) => {
    const field = fields.day('DateCreated');
    return (
      field && { ...recent(field), title: 'created lately', asks: 'What was created in the last 7 days' }
    );
  },
  (fields, valuesOf) => {
    const field = fields.text('Status', 'BookingStatus', 'CompletionStatus');
    return field && { ...chosen(field, 'status', valuesOf), asks: 'Those with the status that you choose' };
  },
  (fields, valuesOf) => {
    const field = fields.text('CourseType', 'BookingType');
    return field && { ...chosen(field, 'type', valuesOf), asks: 'Those of the type that you choose' };
  },
  (fields) => namedBy('course', fields.text('CourseOrAliasName', 'CourseLabel', 'CourseName')),
  (fields) => namedBy('company', fields.text('CompanyName', 'MainCompanyName')),
  (fields) => namedBy('person', fields.text('UserFullName', 'BookingUserName')),
  (fields) => {
    const field = fields.text(...LACKING.keys());
    return (
      field && {
        title: `without ${LACKING.get(field.name) ?? field.name}`,
        asks: `Those whose ${field.name} is empty`,
        fields: [field],
        filter: `${field.name} eq ''`,
      }
    );
  },
];

/** Fields without which a record is hardly of use, and what is lacking then. */
const LACKING: ReadonlyMap<string, string> = new Map([
  ['Email', 'an e-mail address'],
  ['PONumber', 'a purchase order number'],
  ['Reference', 'a reference'],
  ['VenueLabel', 'a venue'],
  ['VenueTown', 'a town'],
  ['Town', 'a town'],
  ['Description', 'a description'],
]);

const conditionsOf = (module: CatalogModule, valuesOf: ValuesOf): Condition[] => {
  const fields = new Fields(module);
  return KINDS.flatMap((kind) => kind(fields, valuesOf) ?? []);
};

/** The fields that can be filtered by. */
class Fields {
  constructor(private readonly module: CatalogModule) {}

  readonly day = (name: string) => this.#find(name, ({ type }) => type === 'datetime' || type === 'date');
  readonly number = (name: string) =>
    this.#find(name, ({ type }) => type === 'decimal' || type === 'integer');
  /** The first of these that there is. */
  readonly text = (...names: readonly string[]) =>
    names.flatMap((name) => this.#find(name, ({ type }) => type === 'string') ?? [])[0];

  #find(name: string, fits: (field: FieldInfo) => boolean): FieldInfo | undefined {
    const field = this.module.field(name);
    return field?.filterable === true && fits(field) ? field : undefined;
  }
}

const coming = (field: FieldInfo) => ({
  fields: [field],
  filter: `${field.name} ge '{{$today}}'`,
  orderby: { field },
});

const recent = (field: FieldInfo) => ({
  fields: [field],
  filter: `${field.name} ge '{{$today - 7d}}'`,
  orderby: { field, direction: 'desc' as const },
});

/** By one of the values that are known, or else one that is asked for. */
function chosen(field: FieldInfo, what: string, valuesOf: ValuesOf): Omit<Condition, 'asks'> {
  const learnt = valuesOf(field.name);
  const values = learnt.length > 0 ? learnt : (field.values ?? []);
  const choices = values.filter((value) => value.trim() !== '' && isWritableText(value));
  const [first] = choices;
  const about = { title: `by ${what}`, fields: [field] };
  return first === undefined
    ? {
        ...about,
        filter: `${field.name} eq '{{${what}}}'`,
        variable: { name: what, line: `@${what} = ?Which ${what}?` },
      }
    : { ...about, filter: `${field.name} eq ${quote(first)}`, choices };
}

/** By a part of a name: nobody knows by heart how it is written to the letter. */
const namedBy = (what: string, field: FieldInfo | undefined): Condition | undefined =>
  field && {
    title: `of one ${what}`,
    asks: `Those of the ${what} that you are asked for`,
    fields: [field],
    filter: `contains(${field.name},'{{${what}}}')`,
    variable: { name: what, line: `@${what} = ?Which ${what}? A part of the name will do.` },
  };

/** How many fields are selected: at least, where there are so many, and at most. */
const [FEWEST, MOST] = [5, 7];

/** The fields that tell records apart, then those that the query is about; others only where these are few. */
function selected(module: CatalogModule, about: readonly FieldInfo[]): string[] {
  const telling = tellingFields(module).slice(0, MOST);
  const some = [...new Set([...telling, ...(module.fields ?? [])])].slice(
    0,
    Math.max(telling.length, FEWEST),
  );
  const more = about.filter((field) => !some.includes(field));
  return [...some.slice(0, MOST - more.length), ...more].map(({ name }) => name);
}

/** The latest first; people and things without a day by their names, where these differ. */
function usualOrder(module: CatalogModule, { fields: about }: Condition): Order | undefined {
  const latest = (...names: readonly string[]): Order | undefined => {
    const field = names.flatMap((name) => module.field(name) ?? []).find(isSortable);
    return field && { field, direction: 'desc' };
  };
  const name = namesToShow(module, (field) => isSortable(field) && !about.includes(field)).at(-1);
  return latest('StartDate', 'DateDue') ?? (name && { field: name }) ?? latest('DateCreated', 'DateStamp');
}

const isSortable = ({ sortable }: FieldInfo) => sortable;

function orderby(module: CatalogModule, condition: Condition | undefined): string | undefined {
  if (condition === undefined) return undefined;
  const own = condition.orderby;
  const order = own !== undefined && isSortable(own.field) ? own : usualOrder(module, condition);
  return order && [order.field.name, ...(order.direction === undefined ? [] : [order.direction])].join(' ');
}

function written(module: CatalogModule, connection: string | undefined, condition?: Condition): ReadyQuery {
  const select = selected(module, condition?.fields ?? []);
  const clauses: readonly (readonly [name: string, value: string | undefined])[] = [
    ['$select', select.length === 0 ? undefined : select.join(', ')],
    ['$filter', condition?.filter],
    ['$orderby', orderby(module, condition)],
  ];
  const present = clauses.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const width = Math.max(...present.map(([name]) => name.length));
  const title = condition === undefined ? module.name : `${module.name}: ${condition.title}`;
  const text = [
    `### ${title}`,
    ...(connection === undefined ? [] : [`# @connection ${connection}`]),
    ...(condition?.variable === undefined ? [] : [condition.variable.line]),
    `GET ${module.name}`,
    ...present.map(([name, value]) => `${name.padEnd(width)} = ${value}`),
    '',
  ].join('\n');
  const asks = condition?.asks ?? 'All records, a page at a time';
  const [first] = condition?.choices ?? [];
  const { variable } = condition ?? {};
  if (first === undefined)
    return variable === undefined ? { title, asks, text } : { title, asks, text, variable };
  const offset = text.indexOf(` eq ${quote(first)}`) + " eq '".length;
  const choices = (condition?.choices ?? []).map((value) => value.replaceAll("'", "''"));
  return { title, asks, text, value: { offset, length: quote(first).length - 2, choices } };
}

/**
 * A query as a snippet, without an end. Of its title, `chosen` lets the user write another, `kept` does not, and `none`
 * leaves the line out; `notes`: lines of comment below it.
 */
export function querySnippet(
  { title, text, value }: ReadyQuery,
  titled: 'chosen' | 'kept' | 'none',
  notes = '',
): string {
  const heads = {
    chosen: `### \${1:${escapeSnippet(title)}}\n`,
    kept: `### ${escapeSnippet(title)}\n`,
    none: '',
  };
  const start = text.indexOf('\n') + 1;
  const part = (from: number, to?: number) => escapeSnippet(text.slice(from, to));
  const end = text.trimEnd().length;
  const query =
    value === undefined
      ? part(start, end)
      : part(start, value.offset) + snippetChoice(2, value.choices) + part(value.offset + value.length, end);
  return heads[titled] + notes + query;
}
