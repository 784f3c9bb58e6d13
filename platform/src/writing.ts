/**
 * POST, PUT and DELETE: the text of a body in, the status and body of the answer out.
 * Statuses and rules: D. That the answer is `{"ID":"…"}`: A.
 */
import type { Field, Module } from './catalog';
import { compileFilter } from './filter';
import { badRequest, notFound } from './problem';
import type { Quirks } from './quirks';
import type { Table, Writer } from './store';
import { idOf } from './store';
import type { Row, Value } from './values';
import { fits, isObject, kindWords, readDate } from './values';

export interface Written {
  readonly status: 200 | 201;
  readonly body: { readonly ID: string };
}

/** POST: creates a record, or with $upsert updates the only match. */
export function create(
  table: Table,
  { upsert, body, quirks }: { upsert: string | undefined; body: string; quirks: Quirks },
  writer: Writer,
): Written {
  const filter = upsert === undefined ? undefined : compileFilter(upsert, table.module, quirks);
  const given = readBody(body, table.module);
  const [match, second] = filter ? table.find(filter) : [];
  if (second) {
    throw badRequest('More than one record matches $upsert; nothing was changed.');
  }
  if (match) {
    table.update(match, given, writer);
    return { status: 200, body: { ID: idOf(match) } };
  }
  return { status: 201, body: { ID: table.insert(given, writer) } };
}

/** PUT: changes only the given fields. */
export function update(table: Table, id: string, body: string, writer: Writer): Written {
  const row = find(table, id);
  table.update(row, readBody(body, table.module), writer);
  return { status: 200, body: { ID: idOf(row) } };
}

/** DELETE: removes for good; a user is first marked as deleted, and removed the second time. */
export function remove(table: Table, id: string, writer: Writer): Written {
  const row = find(table, id);
  if (table.module.name === 'User' && row['Status'] !== 'Deleted') {
    table.update(row, { Status: 'Deleted' }, writer);
  } else {
    table.remove(row);
  }
  return { status: 200, body: { ID: idOf(row) } };
}

function find(table: Table, id: string): Row {
  const row = table.get(id);
  if (!row) throw notFound(`${table.module.name} has no record with the ID '${id}'.`);
  return row;
}

/** Reads a JSON object of writable fields; reports all its mistakes at once. */
function readBody(text: string, module: Module): Row {
  if (text.trim() === '') throw badRequest('The body is empty; a JSON object of fields is required.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `The body is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  if (!isObject(json)) throw badRequest('The body must be a JSON object of fields.');
  const errors: string[] = [];
  const names = memberNames(text);
  if (names.length === 0) errors.push('The body has no fields.');
  const seen = new Set<string>();
  const row: Record<string, Value> = {};
  for (const name of names) {
    const field = module.field(name);
    if (seen.has(name.toLowerCase())) errors.push(`The field ${name} is repeated.`);
    seen.add(name.toLowerCase());
    if (!field) errors.push(`${module.name} has no field '${name}'.`);
    else if (!field.writable) errors.push(`The field ${field.name} cannot be written.`);
    else {
      const value = readMember(json[name], field);
      if (value === undefined) errors.push(`The field ${field.name} takes ${kindWords(field.kind)}.`);
      else row[field.name] = value;
    }
  }
  if (errors.length > 0) throw badRequest(errors);
  return row;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Returns the value of a member, null for none; undefined if it is not of the field's type. */
function readMember(value: unknown, field: Field): Value | undefined {
  if (value === null) return field.kind === 'list' ? [] : field.variant ? '' : null;
  switch (field.kind) {
    case 'string':
      return isText(value) ? value : undefined;
    case 'integer':
    case 'decimal':
      // The empty text that a read returns for no value may be written back.
      if (field.variant && value === '') return '';
      return typeof value === 'number' && fits(value, field.kind) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'datetime':
      // Fractions are cut: records show whole seconds (O).
      return isText(value) ? readDate(value)?.slice(0, 19) : undefined;
    case 'list':
      if (Array.isArray(value)) return value.every(isText) ? value : undefined;
      return field.variant && isText(value) ? value : undefined;
  }
}

/**
 * The names of the outermost object's members, in order and with repetitions, which JSON.parse drops.
 * `text` must be one that JSON.parse reads as an object.
 */
function memberNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let expectName = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/gs)) {
    if (token === '{' || token === '[') expectName = ++depth === 1;
    else if (token === '}' || token === ']') depth--;
    else if (token === ',') expectName = depth === 1;
    else if (expectName) {
      const name: unknown = JSON.parse(token);
      if (isText(name)) names.push(name);
      expectName = false;
    }
  }
  return names;
}
