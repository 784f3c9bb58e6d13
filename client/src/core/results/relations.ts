/** Which records a record names, and which records name it, as far as the metadata and the record itself tell. */
import { commonness, linkedModule, type Metadata } from '#language';
import { memberNamed, nameKey } from '../text/names';
import type { ApiRecord } from './read-page';
import { cellText, idOf, memberOf } from './table';

/**
 * How the records of another module are found. `names`: the record's own `field` holds their IDs. `namedBy`: their
 * `field` holds the ID of the record. `combined`: the two IDs are the first and the last part of a combined one, which
 * the record has (`names`) or they have (`namedBy`).
 */
export interface Relation {
  /** The same for all records of a module. */
  readonly id: string;
  readonly direction: 'names' | 'namedBy';
  /** Of the related records. */
  readonly module: string;
  readonly field: string;
  readonly combined?: 'first' | 'last';
}

/** What a record belongs to. Without a module, such as in the result of a SQL request, only its own IDs tell something. */
interface Origin {
  readonly module: string | undefined;
  readonly metadata: Metadata | undefined;
}

/** Between the parts of a combined ID. O: `user~coursedate`. */
export const JOINT = '~';

/** The relation of a field that holds IDs. */
export const namesId = (field: string): string => `names ${field}`;

/** The relations of one record: those that it names first, in the order of its fields, then those that name it. */
export function relationsOf(record: ApiRecord, origin: Origin): Relation[] {
  return [...named(record, origin), ...naming(record, origin)];
}

/** The IDs that a relation is about: those that the record names, or its own. */
export function idsOf(record: ApiRecord, { direction, field, combined }: Relation): string[] {
  const own = idOf(record);
  if (direction === 'namedBy') return own === undefined ? [] : [own];
  if (combined !== undefined) return own?.split(JOINT).slice(...(combined === 'first' ? [0, 1] : [-1])) ?? [];
  const value = memberOf(record, field);
  const ids = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map(cellText);
  return [...new Set(ids.filter((id) => id.trim() !== ''))];
}

function named(record: ApiRecord, { module, metadata }: Origin): Relation[] {
  const names = metadata?.modules.map(({ name }) => name) ?? [];
  const byField = Object.keys(record).flatMap((field): Relation[] => {
    const target = targetOf(record, field, module ?? '', names);
    const relation = { id: namesId(field), direction: 'names', module: target ?? '', field } as const;
    return target === undefined || idsOf(record, relation).length === 0 ? [] : [relation];
  });
  const parts = module === undefined ? undefined : partsOf(module, names);
  if (parts === undefined || idOf(record)?.split(JOINT).length !== 2) return byField;
  return [
    ...byField,
    ...(['first', 'last'] as const)
      .map((combined) => ({
        id: `names ID ${combined}`,
        direction: 'names' as const,
        module: parts[combined],
        field: 'ID',
        combined,
      }))
      .filter((each) => !byField.some((other) => nameKey(other.module) === nameKey(each.module))),
  ];
}

/** The module that a field of the record points to: by its name, or by the field beside it that says it (`TargetIDType`). */
function targetOf(
  record: ApiRecord,
  field: string,
  own: string,
  names: readonly string[],
): string | undefined {
  const told = cellText(memberNamed(record, `${field}Type`)?.value);
  const byTold = told === '' ? undefined : names.find((name) => nameKey(name) === nameKey(told));
  return byTold ?? linkedModule(field, own, names);
}

function naming(record: ApiRecord, { module, metadata }: Origin): Relation[] {
  if (module === undefined || metadata === undefined || idOf(record) === undefined) return [];
  return linksTo(metadata).get(nameKey(module)) ?? [];
}

/** What names the records of each module: read once for all records, as it looks at each field of each module. */
const read = new WeakMap<Metadata, ReadonlyMap<string, Relation[]>>();

function linksTo(metadata: Metadata): ReadonlyMap<string, Relation[]> {
  const known = read.get(metadata);
  if (known !== undefined) return known;
  const links = new Map<string, Relation[]>();
  const names = metadata.modules.map(({ name }) => name);
  const add = (target: string, link: Omit<Relation, 'id' | 'direction'>) => {
    const id = `namedBy ${link.module}.${link.field}${link.combined === undefined ? '' : ` ${link.combined}`}`;
    const key = nameKey(target);
    links.set(key, [...(links.get(key) ?? []), { id, direction: 'namedBy', ...link }]);
  };
  for (const { name: module, fields } of metadata.modules) {
    const targets = new Set<string>();
    for (const { name: field, type, filterable } of fields ?? []) {
      // A list can't be compared with one ID.
      const target = filterable && type !== 'list' ? linkedModule(field, module, names) : undefined;
      if (target === undefined) continue;
      targets.add(nameKey(target));
      add(target, { module, field });
    }
    const parts = fields === undefined ? undefined : partsOf(module, names);
    if (parts === undefined || targets.has(nameKey(parts.first)) || targets.has(nameKey(parts.last)))
      continue;
    // No field tells of the two: the ID must, if anything does.
    for (const combined of ['first', 'last'] as const)
      add(parts[combined], { module, field: 'ID', combined });
  }
  for (const list of links.values()) list.sort(byRank);
  read.set(metadata, links);
  return links;
}

/** The two modules whose IDs a combined one may hold: `UserCourseDate` is a User and a CourseDate. */
function partsOf(
  module: string,
  names: readonly string[],
): { readonly first: string; readonly last: string } | undefined {
  const key = nameKey(module);
  for (const first of names) {
    if (!key.startsWith(nameKey(first)) || nameKey(first).length === key.length) continue;
    const last = names.find((name) => nameKey(first) + nameKey(name) === key);
    if (last !== undefined) return { first, last };
  }
  return undefined;
}

const byRank = (a: Relation, b: Relation): number =>
  commonness(a.module) - commonness(b.module) ||
  a.module.localeCompare(b.module) ||
  a.field.localeCompare(b.field);
