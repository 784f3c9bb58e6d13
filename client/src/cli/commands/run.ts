/** `apq run`: runs requests of a file as the editor does. */
import { forPages, planOf } from '#core/running/plan';
import type { QueryFile } from '#core/running/query-file';
import type { RequestInfo } from '#language';
import { showRequests } from '../dry-run';
import { ASKING } from '../exit';
import { command } from '../frame/command';
import { PLATFORM } from '../frame/environment';
import { readInput } from '../inputs';
import { progressLine } from '../progress-line';
import { chosenIn, openQueries, refuseTwoOnStandardInput, refuseUnknownVariables } from '../queries';
import type { Call } from '../run-call';
import { runChosen, tellWarnings } from '../run-chosen';
import {
  readRunOptions,
  refuseRaw,
  refuseResume,
  refuseTwoTables,
  refuseTyped,
  RUN_OPTIONS,
  type RunOptions,
} from '../run-options';
import { RunOutput } from '../run-output';
import { refuseSameFile } from '../same-file';
import { sqlEngine } from '../sql-engine';
import { Verdicts } from '../verdicts';

export const run = command({
  name: 'run',
  summary: 'Run requests of a file',
  details: [
    'Results go to standard output, everything else to standard error. A change (POST, PUT, DELETE) is sent only with --yes.',
  ],
  operands: { name: 'FILE|-', least: 1, most: 1 },
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
  environment: [...PLATFORM, 'APQ_METADATA', 'APQ_KEEP'],
  run: async ([path = ''], values) => runFile(path, readRunOptions(values)),
});

/** The requests, and those whose records give SQL requests their types. */
const withTables = (file: QueryFile, chosen: readonly RequestInfo[]): RequestInfo[] =>
  planOf(file, chosen)
    .filter(({ neededBy, givesRecords }) => neededBy === undefined || givesRecords)
    .map(({ request }) => request);

async function runFile(operand: string, options: RunOptions): Promise<number> {
  if (operand === '-') refuseTwoOnStandardInput(options);
  const input = await readInput(operand, options.stdinFilepath);
  const queries = await openQueries(input.name, input.text, options);
  refuseUnknownVariables([queries.file], options.given);
  const chosen = chosenIn(queries.file, options).map((each) => forPages(each, options.pages));
  refuseTwoTables(chosen, options);
  const typesOf = (request: RequestInfo, module = request.module) =>
    queries.language.fieldTypesOf(request, module);
  if (options.typed) refuseTyped(withTables(queries.file, chosen), options, typesOf);
  if (options.raw) refuseRaw(chosen, options);
  if (options.resume) refuseResume(chosen, options);
  // Results on a terminal show the progress by themselves.
  const live = process.stderr.isTTY && (options.output !== undefined || !process.stdout.isTTY);
  const progress = progressLine(live);
  const output = new RunOutput(options, progress, chosen, options.typed ? typesOf : undefined);
  await refuseSameFile(operand, output.names, options.report);
  const engine = sqlEngine();
  const call: Call = { ...queries, options, engine, output, progress };
  tellWarnings(call, chosen);
  if (options.dryRun) {
    await showRequests(call, chosen);
    return 0;
  }
  const verdicts = await Verdicts.open(options.report);
  try {
    verdicts.begin(queries.file);
    await runChosen(call, chosen, verdicts);
  } finally {
    await verdicts.end();
  }
  return verdicts.failed ? 1 : 0;
}
