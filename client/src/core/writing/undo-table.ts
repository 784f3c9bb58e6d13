/** Many changes of records that are taken back as one: a table of the old values, to be imported like any other. */
import { nameKey } from '#language';
import { CsvText } from '../results/csv';
import type { ApiRecord } from '../results/read-page';
import { cellText } from '../results/table';
import { memberNamed } from '../text/names';
import { bodyOf } from './describe-change';
import type { Taken } from './undo-file';

/** So many requests are one file that a user can read through. */
const MOST_REQUESTS = 20;

export interface UndoTable {
  readonly module: string;
  readonly rows: number;
  /** With the column `ID`. */
  readonly csv: string;
  /** The columns in which a blank cell stands for a value that was empty. */
  readonly cleared: readonly string[];
}

const isPut = ({ undo }: Taken): boolean => undo.ok && undo.request.method === 'PUT';

/**
 * The tables of changes that a file of requests would be too long for, one for each module, and what is left for a file
 * of requests. The first change of a record counts, as its old values are those from before all of them.
 */
export function undoTables(taken: readonly Taken[]): {
  readonly tables: readonly UndoTable[];
  readonly rest: readonly Taken[];
} {
  if (taken.filter(({ undo }) => undo.ok).length <= MOST_REQUESTS) return { tables: [], rest: taken };
  const puts = taken.filter(isPut);
  const moduleOf = ({ entry }: Taken) => nameKey(entry.request.module);
  return {
    tables: [...new Set(puts.map(moduleOf))].map((module) =>
      tableOf(puts.filter((each) => moduleOf(each) === module)),
    ),
    rest: taken.filter((each) => !isPut(each)),
  };
}

function tableOf(taken: readonly Taken[]): UndoTable {
  const records = new Map<string, { readonly old: ApiRecord; readonly values: Map<string, unknown> }>();
  const columns = new Map<string, string>();
  // The latest come first, so that the earliest has the last word.
  for (const { undo, kept } of taken) {
    if (!undo.ok || kept === undefined) continue;
    const found = records.get(kept.of) ?? { old: kept.record, values: new Map<string, unknown>() };
    for (const [name, value] of Object.entries(bodyOf(undo))) {
      columns.set(nameKey(name), name);
      found.values.set(nameKey(name), value);
    }
    records.set(kept.of, { ...found, old: kept.record });
  }
  const names = [...columns.values()];
  const rows = [...records].map(([ID, { old, values }]) => ({
    ID,
    ...Object.fromEntries(
      names.map((name) => [name, values.get(nameKey(name)) ?? memberNamed(old, name)?.value]),
    ),
  }));
  const text = new CsvText({ bom: true });
  return {
    module: taken[0]?.entry.request.module ?? '',
    rows: rows.length,
    csv: text.header(['ID', ...names]) + text.rows(rows, ['ID', ...names]),
    cleared: names.filter((name) => rows.some((row) => cellText(memberNamed(row, name)?.value) === '')),
  };
}

/** The command that shows what importing a table would do. */
export const importCommand = ({ module, cleared }: UndoTable, path: string, root: string): string =>
  [
    `apq import ${quoted(path)} --module ${quoted(module)} --update ID --root ${quoted(root)}`,
    ...cleared.map((name) => `--clear ${quoted(name)}`),
    '--dry-run',
  ].join(' ');

/** As shells have it; names of files may hold anything. */
const quoted = (text: string): string =>
  /^[\w./:-]+$/.test(text) ? text : `"${text.replace(/["\\$`]/g, '\\$&')}"`;
