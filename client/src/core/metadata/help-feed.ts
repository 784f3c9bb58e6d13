/** The help feeds. A: their form is not documented, so any usual one is read, and what isn't understood is reported. */
import { ByName, type FieldInfo, type FieldType, nameKey } from '#language';
import { isRecord } from '../values/kind-of';

export interface Parsed<T> {
  readonly items: readonly T[];
  /** In words that a user can pass to support. */
  readonly problems: readonly string[];
}

const LISTS = ['results', 'modules', 'fields', 'data', 'items', 'value', 'endpoints', 'properties'];
const NAMES = ['name', 'fieldname', 'propertyname', 'modulename', 'module', 'field', 'id', 'key', 'endpoint'];

/** Returns the names of modules, in the feed's order, each once; names that differ in case are different. */
export function parseModules(json: unknown): Parsed<string> {
  const { list, problems } = listOf(json, 'list of modules');
  const names: { readonly name: string }[] = [];
  for (const each of list) {
    const name = typeof each === 'string' ? each.trim() : nameOf(each);
    if (name === undefined || name === '')
      problems.push(`A module in the list has no recognizable name: ${short(each)}`);
    else names.push({ name });
  }
  return { items: [...new ByName(names).all].map(({ name }) => name), problems };
}

/** Returns the fields of a module. Flags that the feed omits (sortable, filterable) count as true: the API decides. */
export function parseFields(json: unknown): Parsed<FieldInfo> {
  const { list, problems } = listOf(json, 'list of fields');
  const fields = new Map<string, FieldInfo>();
  for (const each of list) {
    const members = membersOf(each);
    const name = typeof each === 'string' ? each.trim() : nameOf(each);
    if (name === undefined || name === '') {
      problems.push(`A field in the list has no recognizable name: ${short(each)}`);
      continue;
    }
    if (fields.has(nameKey(name))) {
      problems.push(`The field ${name} is listed more than once; the first is kept.`);
      continue;
    }
    const written = pick(members, ['datatype', 'type', 'fieldtype', 'propertytype', 'clrtype']);
    const type = typeof written === 'string' ? typeOf(written) : 'unknown';
    if (type === 'unknown' && written !== undefined)
      problems.push(`The field ${name} has an unknown type: ${short(written)}`);
    const flag = (names: readonly string[], what: string) => {
      const value = pick(members, names);
      const read = booleanOf(value);
      if (read === undefined && value !== undefined)
        problems.push(`Whether the field ${name} can be ${what} was not understood: ${short(value)}`);
      return read ?? true;
    };
    const text = (names: readonly string[]) => {
      const value = pick(members, names);
      return typeof value === 'string' && value !== '' && value !== name ? value : undefined;
    };
    const [description, label] = [
      text(['description', 'help', 'summary']),
      text(['label', 'displayname', 'caption', 'title']),
    ];
    const writable = booleanOf(pick(members, ['writable', 'canwrite', 'iswritable', 'updatable']));
    const readOnly = booleanOf(pick(members, ['readonly', 'isreadonly']));
    const values = pick(members, ['values', 'allowedvalues', 'options', 'enum']);
    const known = Array.isArray(values)
      ? values.filter((value): value is string => typeof value === 'string')
      : [];
    fields.set(nameKey(name), {
      name,
      type,
      filterable: flag(['filterable', 'canfilter', 'isfilterable', 'canbefiltered', 'filter'], 'filtered'),
      sortable: flag(['sortable', 'cansort', 'issortable', 'canbesorted', 'sort'], 'sorted'),
      ...(writable !== undefined ? { writable } : readOnly !== undefined ? { writable: !readOnly } : {}),
      ...(known.length > 0 ? { values: known } : {}),
      ...(description === undefined ? {} : { description }),
      ...(label === undefined ? {} : { label }),
    });
  }
  return { items: [...fields.values()], problems };
}

function listOf(json: unknown, what: string): { list: readonly unknown[]; problems: string[] } {
  if (Array.isArray(json)) return { list: json, problems: [] };
  const members = membersOf(json);
  for (const name of LISTS) {
    const value = members.get(name);
    if (Array.isArray(value)) return { list: value, problems: [] };
  }
  for (const name of LISTS) {
    // Names as keys: `{ "fields": { "ID": { … } } }`.
    const nested = membersWithNames(pick(members, [name]));
    if (nested !== undefined) return { list: nested, problems: [] };
  }
  // Names as keys, bare: `{ "ID": { "type": "string" }, … }`.
  const described = [...members.values()];
  const bare = membersWithNames(json);
  if (bare !== undefined && described.length > 0 && described.every((each) => isRecord(each)))
    return { list: bare, problems: [] };
  return { list: [], problems: [`The ${what} has an unknown form: ${short(json)}`] };
}

function membersWithNames(value: unknown): unknown[] | undefined {
  if (!isRecord(value)) return undefined;
  const entries: [string, unknown][] = Object.entries(value);
  return entries.map(([name, member]) => (isRecord(member) ? { ...member, name } : { name, type: member }));
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  if (!isRecord(value)) return new Map();
  const entries: [string, unknown][] = Object.entries(value);
  return new Map(entries.map(([key, member]) => [key.toLowerCase().replace(/[_\s-]/g, ''), member]));
}

const pick = (members: ReadonlyMap<string, unknown>, names: readonly string[]): unknown =>
  names.map((name) => members.get(name)).find((value) => value !== undefined && value !== null);

function nameOf(value: unknown): string | undefined {
  const name = pick(membersOf(value), NAMES);
  return typeof name === 'string' ? name.trim() : undefined;
}

function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text =
    typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
  if (/^(true|1|yes|y)$/.test(text)) return true;
  return /^(false|0|no|n)$/.test(text) ? false : undefined;
}

/** Reads the names that types have in .NET, OData, SQL and JSON. */
function typeOf(written: string): FieldType {
  const text = written.trim().toLowerCase();
  if (/\[\]$|^(?:system\.collections.*|i?list|i?enumerable|array|collection|icollection)\b/.test(text))
    return 'list';
  const name = text
    .replace(/^(?:nullable|system\.nullable)\s*[<(`]\d*\[*/, '')
    .replace(/^(?:system|edm)\./, '')
    // Only the outermost: `decimal(18,2)` loses its brackets below, `DateTime, mscorlib` its library here.
    .replace(/[?>)\],].*$/, '')
    .replace(/\(.*$/, '');
  if (
    /^(string|text|n?varchar|n?char|ntext|character varying|guid|uniqueidentifier|email|url|html|memo|enum|lookup|phone)$/.test(
      name,
    )
  )
    return 'string';
  if (/^(u?int(?:16|32|64)?|integer|u?long|u?short|s?byte|bigint|smallint|tinyint)$/.test(name))
    return 'integer';
  if (
    /^(decimal|double|double precision|single|float|number|numeric|(?:small)?money|currency|real)$/.test(name)
  )
    return 'decimal';
  if (/^(bool|boolean|bit|yesno|checkbox)$/.test(name)) return 'boolean';
  if (/^(datetime2?|datetimeoffset|timestamp|smalldatetime)$/.test(name)) return 'datetime';
  if (/^(date|dateonly)$/.test(name)) return 'date';
  if (/^(time|timespan|timeonly|timeofday)$/.test(name)) return 'time';
  return 'unknown';
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
