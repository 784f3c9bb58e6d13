/** What the history keeps of a run: the request and its outcome, no records and no keys. */
import type { NewEntry } from '#core/history/history';
import { keptRequest } from '#core/history/kept-request';
import { ApiError } from '#core/remote/api-error';
import type { RunOutcome } from '#core/running/pipeline';
import { methodOf, type Prepared, runTitle } from '#core/running/prepare';
import { summaryOf } from '#core/running/send';
import { sqlAsQuery } from '#core/sql/as-query';

function keptOf(prepared: Prepared): NewEntry['request'] {
  if (prepared.kind === 'sql') return { method: 'SQL', text: sqlAsQuery(prepared) };
  return keptRequest(prepared.wire);
}

export function entryOf(prepared: Prepared, outcome: RunOutcome, at: Date): NewEntry {
  const { connection, file } = prepared;
  const entry = {
    at: at.toISOString(),
    title: runTitle(prepared),
    file: file.id,
    connection: { id: connection.id, name: connection.name, root: connection.root },
    request: keptOf(prepared),
  };
  if (outcome.kind === 'failed') {
    const { error, milliseconds } = outcome;
    const status = error instanceof ApiError ? error.status : undefined;
    return {
      ...entry,
      ...(status === undefined ? {} : { status }),
      milliseconds,
      bytes: 0,
      summary: error instanceof Error ? error.message : String(error),
      ok: false,
    };
  }
  const { status, milliseconds, bytes, count } = outcome.result;
  return {
    ...entry,
    status,
    milliseconds,
    bytes,
    records: count,
    summary: summaryOf(outcome.result, methodOf(prepared)),
    ok: outcome.kind === 'answered',
  };
}
