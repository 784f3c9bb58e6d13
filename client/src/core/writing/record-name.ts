/** How a record is called where a reader has to recognise it. */
import type { ApiRecord } from '../results/read-page';
import { cellText } from '../results/table';
import { singleSpaced } from '../text/foreign-text';
import { memberNamed } from '../text/names';

/**
 * The fields that name a record, the best first; several in a row make one name. O: courses and venues have a label,
 * templates a name, people a full name that may be missing beside its parts, whose `Title` is a form of address.
 */
const NAMES: readonly (readonly string[])[] = [
  ['Label'],
  ['Name'],
  ['Fullname'],
  ['Forenames', 'Surname'],
  ['UserFullName'],
  ['CompanyName'],
  ['CourseLabel'],
  ['CourseName'],
  ['CourseOrAliasName'],
  ['DynamicLabel'],
  ['Reference'],
  ['Subject'],
  ['Title'],
  ['Email'],
];

/** The names of those fields: what to read of a record, so that it can be named. */
export const NAMING_FIELDS: readonly string[] = NAMES.flat();

/** The record's own name on one line; undefined where none of its fields has one. */
export function recordName(record: ApiRecord): string | undefined {
  for (const fields of NAMES) {
    const parts = fields.map((field) => singleSpaced(cellText(memberNamed(record, field)?.value)));
    const name = parts.filter((part) => part !== '').join(' ');
    if (name !== '') return name;
  }
  return undefined;
}
