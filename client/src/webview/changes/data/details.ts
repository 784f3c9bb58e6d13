/** The parts of one change, in the order in which they are read. */
import { cellText, memberOf } from '#core/results/table';
import type { FieldChange, PlannedChange } from '#core/writing/planned-change';
import { voidOf } from '../../data/values';
import type { ShownChange } from '../messages';

/** A field with a value that it has, gets, or both. */
export type Detail = Pick<FieldChange, 'name'> & Partial<FieldChange>;

/** The fields that a reader looks at: those that change, or have a problem, first. For a deletion, all of the record. */
export function detailsOf(change: PlannedChange): readonly Detail[] {
  if (change.outcome === 'delete')
    return Object.entries(change.record).map(([name, before]) => ({ name, before }));
  if (change.outcome === 'create') return change.fields;
  const matters = ({ changes, problem }: FieldChange) => changes || problem !== undefined;
  return [...change.fields.filter(matters), ...change.fields.filter((field) => !matters(field))];
}

/** The fields of a deleted record that have a value, and the names of those that have none. */
export function filledOf(details: readonly Detail[]): {
  readonly filled: readonly Detail[];
  readonly empty: readonly string[];
} {
  const isEmpty = ({ before }: Detail) => voidOf(before) !== undefined;
  return {
    filled: details.filter((detail) => !isEmpty(detail)),
    empty: details.filter(isEmpty).map(({ name }) => name),
  };
}

/** What is said of a change besides its fields: why it is refused, what became of it. */
export function remarksOf({ change, sent }: ShownChange): readonly string[] {
  return ['reason' in change ? change.reason : '', sent?.text ?? ''].filter((text) => text !== '');
}

/** A change on one line: why it can't be done or what became of it, else what it does. */
export function summaryOf(shown: ShownChange): string {
  const { change } = shown;
  const problems = change.fields.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [`${name}: ${problem}`],
  );
  const remarks = [...remarksOf(shown), ...problems];
  if (remarks.length > 0) return remarks.join(' ');
  switch (change.outcome) {
    case 'update':
      return change.fields
        .filter(({ changes }) => changes)
        .map(
          ({ name, before, after }) =>
            `${name}: ${before === undefined ? '' : `${said(before)} → `}${said(after)}`,
        )
        .join('; ');
    case 'delete':
      return change.step === 'mark' ? 'Will be marked as deleted' : 'Will be deleted for good';
    default:
      return '';
  }
}

/** So much of a value stands in a summary. */
const MOST_SAID = 60;

function said(value: unknown): string {
  const nothing = voidOf(value);
  if (nothing !== undefined) return `(${nothing})`;
  const text = cellText(value);
  return text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
}

/** How many matches of an `$upsert` are listed. */
const MOST_MATCHES = 50;
/** How many columns the list has. */
const MOST_COLUMNS = 8;

/** The records that an `$upsert` fits, as a table: its columns are those in which any has a value. */
export function matchesOf(change: PlannedChange): {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly more: number;
} {
  const matches = change.outcome === 'refused' ? change.matches : [];
  const shown = matches.slice(0, MOST_MATCHES);
  const names = new Set(['ID', ...shown.flatMap((record) => Object.keys(record))]);
  const columns = [...names]
    .filter((name) => shown.some((record) => voidOf(memberOf(record, name)) === undefined))
    .slice(0, MOST_COLUMNS);
  return {
    columns,
    rows: shown.map((record) => columns.map((name) => cellText(memberOf(record, name)))),
    more: matches.length - shown.length,
  };
}
