/** The log of changes as a table, for a file. */
import { CsvText } from '../results/csv';
import type { ChangeEntry } from './change-entry';
import { recordId } from './describe-change';

const COLUMNS = [
  ...['when', 'connection', 'root', 'source', 'title', 'method', 'module', 'id', 'body'],
  ...['outcome', 'status', 'message'],
] as const;

/** With a byte order mark, as it is for spreadsheets. */
export function changesAsCsv(entries: readonly ChangeEntry[]): string {
  const text = new CsvText({ bom: true });
  const rows = entries.map((entry) => {
    const { at, connection, source, title, request, outcome } = entry;
    return {
      when: at,
      connection: connection.name,
      root: connection.root,
      source,
      title,
      method: request.method,
      module: request.module,
      id: recordId(entry, undefined),
      body: request.body,
      outcome: outcome.kind,
      status: outcome.kind === 'unknown' ? undefined : outcome.status,
      message: outcome.kind === 'done' ? undefined : outcome.message,
    };
  });
  return text.header(COLUMNS) + text.rows(rows, COLUMNS);
}
