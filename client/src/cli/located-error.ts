/** Where in a file a refusal by the API belongs, on one line with it, as `apq check` prints a diagnostic. */
import { ApiError } from '#core/remote/api-error';
import type { ErrorKind } from '#core/remote/error-kinds';
import { blamedSpans } from '#core/running/blame';
import type { QueryFile } from '#core/running/query-file';
import { placeOfFault } from '#core/sql/fault-place';
import { SqlError } from '#engine/faults';
import type { RequestInfo } from '#language';
import { plain } from './color';
import { diagnosticLine } from './diagnostic-line';

/** What a change of the request may mend. */
const OF_THE_REQUEST: ReadonlySet<ErrorKind> = new Set([
  'refused',
  'reported',
  'forbidden',
  'not-found',
  'unexpected-status',
]);

/**
 * `courses.apq:3:11: error api: MESSAGE`, at the first word that the API names, else at the request line. Undefined
 * where the request is not at fault.
 */
export function locatedError(
  file: QueryFile,
  request: RequestInfo,
  error: unknown,
  message: string,
): string | undefined {
  if (error instanceof SqlError) {
    const offset = placeOfFault(request, error);
    const found = { offset, severity: 'error', code: 'sql-error', message } as const;
    return plain(diagnosticLine(file.id, file.parsed.positions, found));
  }
  if (!(error instanceof ApiError) || !OF_THE_REQUEST.has(error.kind)) return undefined;
  const [{ offset } = request.line] = blamedSpans(file, request, error.facts.words ?? []);
  const line = { offset, severity: 'error', code: 'api', message } as const;
  return plain(diagnosticLine(file.id, file.parsed.positions, line));
}
