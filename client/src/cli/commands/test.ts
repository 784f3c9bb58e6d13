/** `apq test`: judges the expectations of files, and writes no records. */
import { planOf } from '#core/running/plan';
import type { RequestInfo } from '#language';
import { ASKING, Exit, usage } from '../exit';
import { command, type ValuesOf, valuesOf } from '../frame/command';
import { PLATFORM } from '../frame/environment';
import { Inputs } from '../inputs';
import { progressLine } from '../progress-line';
import {
  openQueries,
  type Queries,
  refuseTwoOnStandardInput,
  refuseUnknownVariables,
  shared,
} from '../queries';
import { runChosen, tellWarnings } from '../run-chosen';
import { readRunOptions, RUN_OPTIONS, type RunOptions } from '../run-options';
import { RunOutput } from '../run-output';
import { refuseSameFile } from '../same-file';
import { sqlEngine } from '../sql-engine';
import { inform, tell } from '../terminal';
import { alone, Verdicts } from '../verdicts';

const {
  report,
  root,
  var: variable,
  connection,
  metadata,
  yes,
  noKeep,
  apiKeyStdin,
  stdinFilepath,
  timeout,
  retries,
  verbose,
  quiet,
} = RUN_OPTIONS;
const OPTIONS = {
  ...{ report, root, var: variable, connection, metadata, yes, noKeep, apiKeyStdin },
  ...{ stdinFilepath, timeout, retries, verbose, quiet },
};

export const test = command({
  name: 'test',
  summary: 'Test the # @expect lines of files',
  details: [
    'Runs the requests with # @expect lines, and those whose answers they need. Each verdict is a line on standard output. A request that changes records, or needs one that does, is skipped without --yes.',
  ],
  operands: { name: 'PATHS…', least: 1, most: Infinity },
  options: OPTIONS,
  examples: [
    ['test health-check.apq', 'Tests one file on the platform of APQ_ROOT.'],
    ['test queries --report junit=report.xml -q', 'Tests a folder for CI, and tells only what fails.'],
  ],
  statuses: {
    0: 'all expectations are met; skipped requests don’t count',
    1: 'an expectation is not met, a file has errors, or the API refused a request',
    2: 'wrong usage, a file that can’t be read, or no # @expect line in any',
    ...ASKING,
  },
  environment: [...PLATFORM, 'APQ_METADATA', 'APQ_KEEP'],
  run: async (operands, values) => {
    if (operands.includes('-')) refuseTwoOnStandardInput(values);
    return testFiles(await Inputs.find(operands, values.stdinFilepath), optionsOf(values));
  },
});

/** The options of a run that writes nothing. */
const optionsOf = (values: ValuesOf<typeof OPTIONS>): RunOptions =>
  readRunOptions({ ...valuesOf(RUN_OPTIONS, new Map()), ...values });

async function testFiles(inputs: Inputs, options: RunOptions): Promise<number> {
  const common = shared(options);
  const all: Queries[] = [];
  for await (const { name, text } of inputs.texts()) {
    await refuseSameFile(name, [], options.report);
    all.push(await openQueries(name, text, options, common));
  }
  const files = all.map(({ file }) => file);
  refuseUnknownVariables(files, options.given);
  if (files.length > 0 && files.every(({ requests }) => requests.every((each) => !isJudged(each))))
    throw usage('No request has an # @expect line, so there is nothing to test.');
  const verdicts = await Verdicts.open(options.report, alone);
  const ended: Exit[] = [];
  try {
    for (const queries of all) {
      const end = await testFile(queries, options, verdicts, ended.find(isOfPlatform));
      if (end !== undefined) ended.push(end);
    }
  } finally {
    await verdicts.end();
  }
  const [first] = ended;
  const worst = ended.find(isOfPlatform) ?? first;
  if (worst !== undefined) return worst.code;
  if (verdicts.failed) return 1;
  return inputs.incomplete ? 2 : 0;
}

/** Returns what ended the file early, after it was told. `before`: why no file is tested any more. */
async function testFile(
  queries: Queries,
  options: RunOptions,
  verdicts: Verdicts,
  before: Exit | undefined,
): Promise<Exit | undefined> {
  const { file } = queries;
  const judged = file.requests.filter(isJudged);
  const changes = (request: RequestInfo) => planOf(file, [request]).some((step) => step.request.changes);
  const skipped = options.yes ? [] : judged.filter(changes);
  const chosen = judged.filter((request) => !skipped.includes(request));
  verdicts.begin(file);
  for (const request of skipped) verdicts.skipped(request, 'it changes records, which needs --yes');
  if (before !== undefined) {
    verdicts.rest(chosen, before.message);
    return undefined;
  }
  const progress = progressLine(process.stderr.isTTY && !process.stdout.isTTY);
  const output = new RunOutput(options, progress, []);
  const engine = sqlEngine();
  const call = { ...queries, options, engine, output, progress, onlyJudges: true };
  tellWarnings(call, chosen);
  try {
    if (chosen.length > 0) await runChosen(call, chosen, verdicts);
    return undefined;
  } catch (error) {
    if (!(error instanceof Exit) || error.code === 2) throw error;
    tell(error.message);
    if (isOfPlatform(error)) inform('No more files are tested.');
    return error;
  }
}

const isJudged = ({ expectations }: RequestInfo): boolean => expectations.length > 0;

/** True where the next file would fare no better: not reached, out of order, or interrupted. */
const isOfPlatform = ({ code }: Exit): boolean => code !== 1;
