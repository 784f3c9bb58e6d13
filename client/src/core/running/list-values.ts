/** All different values of a list in an answer, for `{{name.results[*].ID}}`, and what is to be known about them. */
import { nameKey, type ResponseList } from '#language';
import { memberAt, valueAt } from '../results/value-at';
import type { Answer } from './answer';
import { MAX_VALUES } from './batches';
import { countIn, onlyPartOf } from './extent';

type Path = readonly (string | number)[];

/** The answer that the values are from, and the name of its request. */
type Source = Pick<Answer, 'json' | 'records' | 'extent' | 'count' | 'total' | 'from'> & {
  readonly name: string;
};

/** Returns why there are none, in a sentence, where the answer has no such list. `connection`: the name of that which asks for them. */
export function listValues(
  source: Source,
  path: Path,
  each: Path,
  connection: string,
): ResponseList | string {
  const { name } = source;
  const items = itemsAt(source, path);
  const field = each.join('.');
  if (items === undefined)
    return path.length === 1 && source.records === undefined
      ? `The records of “${name}” were written to a file and not kept, so their values are not known here. Run “${name}” on its own first, or write its records elsewhere.`
      : `In the answer of “${name}”, ${path.join('.')} is not a list. Records are in ${name}.results[*].`;
  const values = new Set<string>();
  let without = 0;
  for (const item of items) {
    const value = valueAt(item, each);
    if (typeof value === 'object')
      return `In the answer of “${name}”, ${field} is a ${value.kind} in some records, and not one value. Name one of its values: {{${name}.results[*].${field}${value.kind === 'list' ? '[0]' : '.ID'}}}.`;
    if (value === undefined || value.trim() === '') without++;
    else values.add(value);
  }
  if (values.size > MAX_VALUES)
    return `“${name}” has ${number(values.size)} different values of ${field}, and at most ${number(MAX_VALUES)} can be asked for. Filter “${name}” for fewer records, or fetch all records here and join both in a SQL request.`;
  return {
    values: [...values],
    ...(source.extent.kind === 'whole' ? {} : { part: onlyPartOf(name) }),
    notes: [...notesOn(source, { field, items: items.length, without }), ...elsewhere(source, connection)],
  };
}

/** The records of all pages, or a list in the first response. */
function itemsAt({ json, records, count }: Source, path: Path): readonly unknown[] | undefined {
  const [first] = path;
  if (path.length === 1 && typeof first === 'string' && nameKey(first) === 'results')
    return records ?? (count === 0 ? [] : undefined);
  const items = memberAt(json, path);
  return Array.isArray(items) ? items : undefined;
}

interface Reading {
  readonly field: string;
  readonly items: number;
  /** Items whose value is missing or empty. */
  readonly without: number;
}

function notesOn(source: Source, { field, items, without }: Reading): string[] {
  const { name, extent } = source;
  const notes: string[] = [];
  if (extent.kind !== 'whole')
    notes.push(`“${name}” brought ${countIn(source)}: the values of any others are missing here.`);
  if (items === 0) notes.push(`“${name}” has no records, so nothing was asked for.`);
  else if (without === items)
    notes.push(
      `None of the ${number(items)} records of “${name}” has a value of ${field}, so nothing was asked for.`,
    );
  else if (without > 0)
    notes.push(
      `${number(without)} ${without === 1 ? 'record' : 'records'} of “${name}” without ${field} ${without === 1 ? 'was' : 'were'} left out.`,
    );
  return notes;
}

const elsewhere = ({ name, from }: Source, connection: string): string[] =>
  from === connection
    ? []
    : [
        `The values are from “${name}” on ${from}, and are looked for on ${connection}, where the same ID is another record.`,
      ];

const number = (value: number) => value.toLocaleString('en-GB');
