/** `apq run`: runs requests of a file as the editor does. */
import { describeWait } from '#core/remote/allowance';
import { describeRetry, PATIENT, QUICK } from '#core/remote/retry';
import type { FetchOptions } from '#core/running/fetch-pages';
import { type RunPort, runRequests } from '#core/running/pipeline';
import { describeFirst, forPages, planOf, type Step } from '#core/running/plan';
import type { Prepared } from '#core/running/prepare';
import { titleOf } from '#core/running/query-file';
import { noConnectionFor, Refusal } from '#core/running/refusal';
import { Responses, valuesFrom } from '#core/running/responses';
import type { RequestInfo } from '#language';
import { diagnosticLine } from '../diagnostic-line';
import { showRequests } from '../dry-run';
import { ASKING } from '../exit';
import { readText } from '../files';
import { command } from '../frame/command';
import { PLATFORM } from '../frame/environment';
import { interruption } from '../interruption';
import { progressLine } from '../progress-line';
import { openQueries } from '../queries';
import { type Call, otherConnection } from '../run-call';
import { readRunOptions, refuseResume, refuseTwoTables, RUN_OPTIONS, type RunOptions } from '../run-options';
import { RunOutput } from '../run-output';
import { RunReport } from '../run-report';
import { refuseSameFile } from '../same-file';
import { inform, tell } from '../terminal';
import { Verdicts } from '../verdicts';

export const run = command({
  name: 'run',
  summary: 'Run requests of a file',
  details: [
    'Results go to standard output, everything else to standard error. A change (POST, PUT, DELETE) is sent only with --yes.',
  ],
  operands: { name: 'FILE', least: 1, most: 1 },
  options: RUN_OPTIONS,
  examples: [
    [
      'run courses.apq --request "Upcoming courses" -f csv',
      'Prints one page of records as CSV, from the platform of APQ_ROOT.',
    ],
    [
      'run users.apq --pages all -o users.csv --resume',
      'Fetches all records into a file, and continues after an interruption.',
    ],
    [
      'run health-check.apq --request all --report junit=report.xml',
      'Runs a whole file, and reports its # @expect lines to CI.',
    ],
  ],
  statuses: {
    1: 'the file has errors, the API refused a request, an expectation is not met, or the records may not be whole',
    2: 'wrong usage; also a change without --yes, or for another platform',
    ...ASKING,
  },
  environment: [...PLATFORM, 'APQ_METADATA'],
  run: async ([path = ''], values) => runFile(path, readRunOptions(values)),
});

async function runFile(path: string, options: RunOptions): Promise<number> {
  const queries = await openQueries(path, await readText(path), options);
  const { file, platforms, language } = queries;
  const chosen = queries.chosen.map((each) => forPages(each, options.pages));
  refuseTwoTables(chosen, options);
  if (options.resume) refuseResume(chosen, options);
  // Results on a terminal show the progress by themselves.
  const live = process.stderr.isTTY && (options.output !== undefined || !process.stdout.isTTY);
  const progress = progressLine(live);
  const output = new RunOutput(options, progress, chosen);
  await refuseSameFile(path, output.names, options.report);
  const call: Call = { file, options, platforms, language, output, progress };
  tellWarnings(call, chosen);
  if (options.dryRun) {
    await showRequests(call, chosen);
    return 0;
  }
  const verdicts = await Verdicts.open(path, options.report);
  let unreached = 'It was not run.';
  try {
    const report = new RunReport(call, verdicts);
    report.end(await runRequests(file, chosen, portOf(call, report)));
    await output.end();
  } catch (error) {
    if (error instanceof Error) unreached = error.message;
    progress.clear();
    await output.discard();
    throw error;
  } finally {
    await verdicts.end(chosen, unreached);
  }
  return verdicts.failed ? 1 : 0;
}

/** Prints the warnings of the requests that are to run. Errors are told by the refusal. */
function tellWarnings({ file, language }: Call, chosen: readonly RequestInfo[]): void {
  for (const { request } of planOf(file, chosen))
    for (const diagnostic of language.diagnoseRequest(file.parsed, request))
      // Another host is told before the request is sent, or refused, with what it means for it.
      if (diagnostic.severity === 'warning' && diagnostic.code !== 'other-host')
        tell(diagnosticLine(file.id, file.parsed.positions, diagnostic));
}

function portOf({ options, platforms, language, output, progress }: Call, report: RunReport): RunPort {
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
    response: valuesFrom(responses, connectionOf),
    given: options.given,
    responses,
    permit: (step) => {
      if (!options.yes) throw new Refusal(step.request, { kind: 'not-agreed', message: unpermitted(step) });
    },
    confirm: () => Promise.resolve(),
    send: async (prepared, step) => {
      const api = await platforms.client(prepared.connection);
      await output.open();
      announce(prepared, step);
      const asked = step.neededBy === undefined;
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
      return output.send(api, prepared, asked, fetch);
    },
    report: async (step, outcome, prepared) => {
      progress.clear();
      return Promise.resolve(
        outcome instanceof Refusal ? report.refused(step, outcome) : report.sent(step, outcome, prepared),
      );
    },
  };
}

function unpermitted({ request, neededBy }: Step): string {
  const method = request.method ?? '?';
  return neededBy === undefined
    ? `“${titleOf(request)}” would change records (${method}). Look at it with --dry-run, then run it with --yes.`
    : `“${titleOf(neededBy)}” takes a value from the answer of “${titleOf(request)}”, which would change records (${method}). Look at both with --dry-run, then run them with --yes.`;
}

/** Prints what the user should know before a request is sent. */
function announce({ request, notes, connection }: Prepared, step: Step): void {
  const first = describeFirst(step);
  if (first !== undefined) inform(first);
  for (const note of notes) tell(note);
  const other = otherConnection(request, connection);
  if (other !== undefined) tell(other);
}
