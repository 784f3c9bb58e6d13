/** `apq run --dry-run`: shows what would be sent and where, with references in place of values of earlier responses. */
import { isCancelled } from '#core/remote/api-error';
import { ONCE } from '#core/remote/retry';
import { refuseForeign } from '#core/running/before-sending';
import { planOf } from '#core/running/plan';
import type { Prepared, PreparedRequest, PreparePort } from '#core/running/prepare';
import { refuseErrors, refuseTables, rehearse, valuesOf } from '#core/running/prepare';
import type { QueryFile } from '#core/running/query-file';
import { noConnectionFor, Refusal } from '#core/running/refusal';
import { previewOfSql } from '#core/sql/preview';
import { visibleOnOneLine } from '#core/text/foreign-text';
import { withoutHidden } from '#core/text/mask';
import { changeLines } from '#core/writing/change-lines';
import { foresee } from '#core/writing/foresee';
import { pathOf, type RequestInfo } from '#language';
import { Exit } from './exit';
import { interruption } from './interruption';
import { type Call, otherConnection } from './run-call';
import { exitFor } from './run-report';

export async function showRequests(call: Call, chosen: readonly RequestInfo[]): Promise<void> {
  const { file, language, output, platforms, options } = call;
  const port: PreparePort = {
    connection: async (request) => Promise.resolve(platforms.of(request)),
    language: () => Promise.resolve(language),
    answer: () => undefined,
    given: options.given,
  };
  const values = valuesOf(port);
  try {
    for (const request of chosen) {
      refuseErrors(language, file, request);
      refuseTables(file, request);
    }
    const prepared = withTables(file, chosen).map(async (request) =>
      rehearse({ file, request, connection: platforms.of(request), port, values }, () => true),
    );
    const shown = await Promise.all(prepared);
    await output.open();
    for (const each of shown) await output.write(withoutHidden(await describe(each, call)), each.request);
    await output.end();
  } catch (error) {
    await output.discard();
    throw error instanceof Refusal ? exitFor(error, call) : error;
  }
}

/** The requests, and before them those that would be fetched for their tables. */
const withTables = (file: QueryFile, chosen: readonly RequestInfo[]): RequestInfo[] =>
  planOf(file, chosen)
    .filter(({ neededBy }) => neededBy === undefined || neededBy.sql !== undefined)
    .map(({ request }) => request);

async function describe(prepared: Prepared, call: Call): Promise<string> {
  if (prepared.kind === 'sql') return `${previewOfSql(prepared)}\n`;
  const { request, wire, notes, connection } = prepared;
  const title = request.title === '' ? '' : `### ${request.title}\n`;
  const body = wire.body === undefined ? '' : `Content-Type: application/json\n\n${wire.body}\n`;
  const other = otherConnection(request, connection);
  const refused = refusalOf(prepared, call);
  const told = refused === undefined ? [...notes, ...(other === undefined ? [] : [other])] : [refused];
  const about = told.map((note) => `# ${note}\n`).join('');
  const change = wire.method === 'GET' || refused !== undefined ? [] : await foreseen(prepared, call);
  const does = change.map((line) => `# ${visibleOnOneLine(line)}\n`).join('');
  return `${title}${about}${wire.method} ${connection.root}${pathOf(wire)}\n${body}${does}\n`;
}

/** How long a platform may take to say what a change would do, in milliseconds. */
const PATIENCE_MS = 10_000;

/** What the change would do, in lines, as far as the platform can be asked. */
async function foreseen(
  { connection, wire, fields }: PreparedRequest,
  { platforms }: Call,
): Promise<string[]> {
  const unknown = (why: string) => [`What this would change was not looked up: ${why}`];
  // A value of an answer that there is not yet stands there as its place.
  if (`${decodeURIComponent(pathOf(wire))}${wire.body ?? ''}`.includes('{{'))
    return unknown('it takes a value from the answer of another request.');
  const limit = AbortSignal.timeout(PATIENCE_MS);
  try {
    const client = await platforms.client(connection);
    const signal = AbortSignal.any([interruption(), limit]);
    const change = await foresee(client, wire, fields, { signal, policy: ONCE });
    return change.outcome === 'unforeseen' ? [change.reason] : changeLines(change);
  } catch (error) {
    if (error instanceof Exit) return unknown(error.message.split('\n', 1)[0] ?? '');
    if (isCancelled(error) && limit.aborted) return unknown('the platform took too long to answer.');
    throw error;
  }
}

/** Returns why a run would not send the request to where it would go. */
function refusalOf(prepared: Prepared, call: Call): string | undefined {
  const { request } = prepared;
  try {
    if (call.platforms.sure(request) === undefined) throw noConnectionFor(request);
    refuseForeign(prepared);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return exitFor(error, call).message;
    throw error;
  }
}
