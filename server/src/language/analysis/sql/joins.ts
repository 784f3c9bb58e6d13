/** By which columns two tables belong together, guessed from their names. */
import { nameKey } from '../../text/names';
import type { SqlColumn } from './scopes';

interface Side {
  readonly columns: readonly SqlColumn[];
  /** What the table and its records are called: its alias, its module, its request. */
  readonly names: readonly string[];
}

/** Columns of most tables, which say nothing about other tables. */
const OWN: ReadonlySet<string> = new Set(['id', 'label', 'name']);

/** Pairs of columns, the likeliest first. */
export function joinConditions(one: Side, other: Side): (readonly [one: string, other: string])[] {
  const pairs: (readonly [string, string])[] = [];
  const add = (mine: string | undefined, theirs: string | undefined) => {
    if (mine !== undefined && theirs !== undefined && !pairs.some(([a, b]) => a === mine && b === theirs))
      pairs.push([mine, theirs]);
  };
  for (const own of ['id', 'label', 'name']) {
    add(named(one.columns, own), reference(other.columns, one.names, own));
    add(reference(one.columns, other.names, own), named(other.columns, own));
  }
  const theirs = new Map(other.columns.map(({ name }) => [nameKey(name), name]));
  for (const { name } of one.columns)
    if (!OWN.has(nameKey(name)) && nameKey(name).endsWith('id')) add(name, theirs.get(nameKey(name)));
  return pairs.slice(0, 6);
}

const named = (columns: readonly SqlColumn[], key: string): string | undefined =>
  columns.find(({ name }) => nameKey(name) === key)?.name;

/** `CompanyID` for the ID of a company, `CompanyName` for its label. */
function reference(columns: readonly SqlColumn[], names: readonly string[], own: string): string | undefined {
  const endings = own === 'id' ? ['id'] : ['label', 'name'];
  const wanted = new Set(
    names.flatMap((name) =>
      singular(nameKey(name)).flatMap((each) => endings.map((ending) => each + ending)),
    ),
  );
  return columns.find(({ name }) => wanted.has(nameKey(name)))?.name;
}

/** `companies` is many, `company` one. */
const singular = (name: string): string[] =>
  name.length < 3 ? [] : [name, name.replace(/ies$/, 'y'), name.replace(/s$/, '')];
