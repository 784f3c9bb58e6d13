/** Runs the chosen requests of a file: what it tells, what it permits, and how it sends them. */
import { randomUUID } from 'node:crypto';
import { fetchFields } from '#core/metadata/fetch';
import { describeWait } from '#core/remote/allowance';
import { ApiError } from '#core/remote/api-error';
import { rowOf } from '#core/remote/error-kinds';
import { describeRetry, ONCE, PATIENT, QUICK } from '#core/remote/retry';
import type { FetchOptions } from '#core/running/fetch-pages';
import { type RunPort, runRequests } from '#core/running/pipeline';
import { describeFirst, planOf, type Step } from '#core/running/plan';
import type { Prepared, PreparedSql } from '#core/running/prepare';
import { titleOf } from '#core/running/query-file';
import { noConnectionFor, Refusal } from '#core/running/refusal';
import { answersFrom, Responses } from '#core/running/responses';
import { describeTables } from '#core/sql/describe-tables';
import { runSql } from '#core/sql/run-sql';
import { nameKey } from '#core/text/names';
import { foresee } from '#core/writing/foresee';
import type { PlannedChange } from '#core/writing/planned-change';
import type { FieldInfo, RequestInfo } from '#language';
import { changeLog } from './change-log';
import { checkSql } from './check-sql';
import { diagnosticLine } from './diagnostic-line';
import { interruption } from './interruption';
import { type Call, otherConnection } from './run-call';
import { RunReport } from './run-report';
import { inform, tell } from './terminal';
import type { Verdicts } from './verdicts';

/** Throws what ended it early, after `verdicts` took what there was to judge. */
export async function runChosen(
  call: Call,
  chosen: readonly RequestInfo[],
  verdicts: Verdicts,
): Promise<void> {
  let unreached = 'It was not run.';
  try {
    const report = new RunReport(call, verdicts);
    report.end(await runRequests(call.file, chosen, portOf(call, report)));
    await call.output.end();
  } catch (error) {
    if (error instanceof Error) unreached = error.message;
    call.progress.clear();
    await call.output.discard();
    throw error;
  } finally {
    verdicts.rest(chosen, unreached);
  }
}

/** Prints the warnings of the requests that are to run. Errors are told by the refusal. */
export function tellWarnings({ file, language }: Call, chosen: readonly RequestInfo[]): void {
  for (const { request } of planOf(file, chosen))
    for (const diagnostic of language.diagnoseRequest(file.parsed, request))
      // Another host is told before the request is sent, or refused, with what it means for it.
      if (diagnostic.severity === 'warning' && diagnostic.code !== 'other-host')
        tell(diagnosticLine(file.id, file.parsed.positions, diagnostic));
}

function portOf(
  { options, platforms, language, engine, output, progress, onlyJudges = false }: Call,
  report: RunReport,
): RunPort {
  const responses = new Responses();
  const connectionOf = (request: RequestInfo) => platforms.sure(request);
  return {
    connection: async (request) => {
      const connection = platforms.sure(request);
      if (connection === undefined) throw noConnectionFor(request);
      return Promise.resolve(connection);
    },
    connectionOf,
    language: () => Promise.resolve(language),
    checkSql: async (_, { parsed }) => checkSql(language, parsed),
    answer: answersFrom(responses, connectionOf),
    given: options.given,
    responses,
    permit: (step) => {
      if (!options.yes) throw new Refusal(step.request, { kind: 'not-agreed', message: unpermitted(step) });
    },
    writes: { log: changeLog(options.keep), source: 'command line', run: randomUUID() },
    confirm: async ({ connection, wire, fields }) => {
      // What would keep it from being sent is found out before it is noted.
      const client = await platforms.client(connection);
      await output.open();
      if (options.keep === 0) return undefined;
      // The old record is read to be kept, so that the change can be taken back.
      const change = await foresee(client, wire, fields, { signal: interruption(), policy: ONCE });
      refuseUnkept(change);
      return change;
    },
    send: async (prepared, step) => {
      const api = await platforms.client(prepared.connection);
      await output.open();
      announce(prepared, step);
      const asked = step.neededBy === undefined && !onlyJudges;
      const pages = prepared.request.pages ?? 1;
      const fetch: FetchOptions = {
        pages,
        concurrency: options.concurrency,
        policy: pages === 1 ? QUICK : PATIENT,
        signal: interruption(),
        onWait: (milliseconds) => progress.wait(milliseconds, describeWait(milliseconds)),
        onRetry: (retry) =>
          progress.say(`${retry.page > 1 ? `Page ${retry.page}: ` : ''}${describeRetry(retry)}`),
      };
      return output.send(api, prepared, { asked, givesRecords: step.givesRecords }, fetch);
    },
    ...(platforms.hasMetadata ? {} : { fieldsOfTable: fieldsOfTables(platforms) }),
    query: async (prepared, step) => {
      await output.open();
      announce(prepared, step);
      const result = await runSql(engine, prepared, { signal: interruption() });
      return step.neededBy === undefined && !onlyJudges ? output.put(prepared, result) : result;
    },
    report: async (step, outcome, prepared) => {
      progress.clear();
      return Promise.resolve(
        outcome instanceof Refusal ? report.refused(step, outcome) : report.sent(step, outcome, prepared),
      );
    },
  };
}

/** Fetches the fields of each module once: without metadata, numbers that the platform sends as texts would stay texts. */
function fieldsOfTables(platforms: Call['platforms']): Required<RunPort>['fieldsOfTable'] {
  const known = new Map<string, Promise<readonly FieldInfo[]>>();
  return async ({ connection, wire: { module } }) => {
    const key = `${connection.id} ${nameKey(module)}`;
    const fields = known.get(key) ?? fetchFields(await platforms.client(connection), module, interruption());
    known.set(key, fields);
    return fields;
  };
}

/** Throws the failure of the read where it is one for now: what can't be read just now should not be overwritten blindly. */
function refuseUnkept(change: PlannedChange): void {
  if (change.outcome !== 'unforeseen' || !(change.failure instanceof ApiError)) return;
  if (rowOf(change.failure.kind).exit === 1) {
    tell('The old record can’t be read, so this change can’t be taken back.');
    return;
  }
  tell('The old record could not be read, so the change was not sent. --no-keep sends it all the same.');
  throw change.failure;
}

function unpermitted({ request, neededBy }: Step): string {
  const method = request.method ?? '?';
  return neededBy === undefined
    ? `“${titleOf(request)}” would change records (${method}). Look at it with --dry-run, then run it with --yes.`
    : `“${titleOf(neededBy)}” takes a value from the answer of “${titleOf(request)}”, which would change records (${method}). Look at both with --dry-run, then run them with --yes.`;
}

/** Of tables that were fetched as a whole, all is said by then. */
const notesOnParts = ({ tables, connection }: PreparedSql): string[] =>
  describeTables(
    tables.filter(({ answer }) => answer?.extent.kind === 'part'),
    connection,
  );

/** Prints what the user should know before a request is sent. */
function announce(prepared: Prepared, step: Step): void {
  const { request, connection } = prepared;
  const notes = prepared.kind === 'sql' ? notesOnParts(prepared) : prepared.notes;
  const first = describeFirst(step);
  if (first !== undefined) inform(first);
  for (const note of notes) tell(note);
  const other = otherConnection(request, connection);
  if (other !== undefined) tell(other);
}
