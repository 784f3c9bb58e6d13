/** `apq run`: runs requests of a file as the editor does. */
import type { Connection } from '#core/connections/connection';
import type { ApiClient } from '#core/remote/api';
import { describeRetry, PATIENT, QUICK } from '#core/remote/retry';
import type { FetchOptions } from '#core/running/fetch-pages';
import { type RunOutcome, type RunPort, runRequests } from '#core/running/pipeline';
import { describeFirst, type Step } from '#core/running/plan';
import { prepare, type Prepared, type PreparePort, refuseErrors } from '#core/running/prepare';
import { type QueryFile, readQueryFile, titleOf } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { Responses, valuesFrom } from '#core/running/responses';
import { type RunResult, summaryOf } from '#core/running/send';
import { LanguageService, LineIndex, pathOf, type RequestInfo } from '#language';
import { choose } from './choose';
import { Exit, failed, usage } from './exit';
import { readMetadataFile, readText } from './files';
import { interruption } from './interruption';
import type { Options } from './options';
import { clientOf, connectionOf } from './platform-access';
import { ProgressLine } from './progress-line';
import { readRunOptions, refuseResume, type RunOptions } from './run-options';
import { RunOutput } from './run-output';
import { tell } from './terminal';
import { Verdicts } from './verdicts';

/** What all steps of a call of `apq run` share. */
interface Call {
  readonly file: QueryFile;
  readonly options: RunOptions;
  readonly connection: Connection;
  readonly language: LanguageService;
  readonly output: RunOutput;
}

export async function run(path: string, given: Options): Promise<number> {
  const options = readRunOptions(given);
  const connection = connectionOf(given);
  const file = readQueryFile(path, await readText(path));
  const language = new LanguageService();
  if (options.metadata !== undefined) language.setMetadata(await readMetadataFile(options.metadata));
  for (const name of options.given.keys())
    if (!file.parsed.symbols.variables.has(name)) throw usage(`${path} has no variable “${name}”.`);
  const chosen = choose(file.requests, options.request, path);
  const verdicts = Verdicts.of(path, given);
  if (options.resume) refuseResume(chosen, options);
  // Results on a terminal show the progress by themselves.
  const live = process.stderr.isTTY && (options.output !== undefined || !process.stdout.isTTY);
  const progress = new ProgressLine(process.stderr, live);
  const output = new RunOutput(options, progress, chosen.length === 1);
  const call: Call = { file, options, connection, language, output };
  try {
    if (options.dryRun) await showRequests(call, chosen);
    else {
      // Created when a request is sent: a file with errors needs no key.
      let client: Promise<ApiClient> | undefined;
      const port = portOf(call, progress, verdicts, () => (client ??= clientOf(connection, given)));
      await runRequests(file, chosen, port);
    }
    await output.end();
  } catch (error) {
    progress.clear();
    await output.discard();
    // An empty report would look like a success.
    if (output.begun && !options.dryRun) await verdicts.end();
    throw error;
  }
  if (!options.dryRun) await verdicts.end();
  return verdicts.failed ? 1 : 0;
}

const preparing = (
  { connection, language, options }: Call,
  response: PreparePort['response'],
): PreparePort => ({
  connection: () => Promise.resolve(connection),
  language: () => Promise.resolve(language),
  response,
  given: options.given,
});

function portOf(
  call: Call,
  progress: ProgressLine,
  verdicts: Verdicts,
  client: () => Promise<ApiClient>,
): RunPort {
  const { options, connection, output } = call;
  const responses = new Responses();
  const connectionOfRequest = () => connection;
  return {
    ...preparing(call, valuesFrom(responses, connectionOfRequest)),
    responses,
    connectionOf: connectionOfRequest,
    permit: (step) => {
      if (!options.yes) throw new Refusal(step.request, { kind: 'not-agreed', message: unpermitted(step) });
    },
    confirm: () => Promise.resolve(),
    send: async (prepared, step) => {
      const api = await client();
      await output.open();
      announce(prepared, step);
      const asked = step.neededBy === undefined;
      const pages = (asked ? options.pages : undefined) ?? prepared.request.pages ?? 1;
      const fetch: FetchOptions = {
        pages,
        concurrency: options.concurrency,
        policy: pages === 1 ? QUICK : PATIENT,
        signal: interruption(),
        onRetry: (retry) =>
          progress.say(`${retry.page > 1 ? `Page ${retry.page}: ` : ''}${describeRetry(retry)}`),
      };
      return output.send(api, prepared, asked, fetch);
    },
    report: async (step, outcome, prepared) => {
      progress.clear();
      if (outcome instanceof Refusal) report(call, step, outcome, verdicts);
      else reportSent(call, step, outcome, prepared, verdicts);
      return Promise.resolve(true);
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
  if (first !== undefined) tell(first);
  for (const note of notes) tell(note);
  if (request.connection !== undefined)
    tell(
      `This request asks for the connection “${request.connection}”; the command line runs it on ${connection.root}.`,
    );
}

/** A refusal ends the run. A request that lacks another's response counts as failed instead. */
function report({ file, output }: Call, { request, neededBy }: Step, refusal: Refusal, verdicts: Verdicts) {
  const { reason } = refusal;
  if (reason.kind !== 'needs') throw exitFor(refusal, file);
  verdicts.notRun(request, refusal.message);
  if (neededBy === undefined) output.refused(request);
}

function reportSent(
  { output }: Call,
  { request, neededBy }: Step,
  outcome: RunOutcome,
  prepared: Prepared | undefined,
  verdicts: Verdicts,
): void {
  if (outcome.kind === 'failed') {
    if (!verdicts.refused(request, outcome)) {
      verdicts.broke(request, outcome.error);
      throw failed(outcome.error);
    }
    if (neededBy === undefined) output.refused(request);
    return;
  }
  const { result } = outcome;
  tellResult(request, result, prepared?.wire.method ?? 'GET');
  if (outcome.kind === 'stopped') {
    verdicts.broke(request, outcome.error);
    throw failed(outcome.error);
  }
  verdicts.answered(request, outcome.verdicts, result.milliseconds);
}

function tellResult({ title }: RequestInfo, result: RunResult, method: string): void {
  tell(`${title === '' ? '' : `${title}: `}${summaryOf(result, method)} · ${result.url}`);
  for (const note of result.notes) tell(note);
}

/** Turns a refusal into an `Exit`. */
function exitFor(refusal: Refusal, { id, parsed }: QueryFile): Exit {
  const { reason, message } = refusal;
  switch (reason.kind) {
    case 'errors': {
      const lines = new LineIndex(parsed.text);
      const list = reason.errors.map((error) => {
        const { line, character } = lines.positionAt(error.offset);
        return `${id}:${line + 1}:${character + 1}: error ${error.code}: ${error.message}`;
      });
      return new Exit(1, `${list.join('\n')}\nThe request was not sent: correct the file first.`);
    }
    case 'prompts': {
      const asked = reason.prompts.map((each) => `“${each.name}” is asked for (${each.message})`).join('; ');
      return usage(`${asked}. Give it with --var ${reason.prompts[0]?.name ?? 'name'}=value.`);
    }
    case 'not-agreed':
      return usage(message);
    default:
      return new Exit(1, message);
  }
}

/** `--dry-run`: shows what would be sent, with references in place of values of earlier responses. */
async function showRequests(call: Call, chosen: readonly RequestInfo[]): Promise<void> {
  const place: PreparePort['response'] = (_, name, path) =>
    `{{${name}${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}}}`;
  const port = preparing(call, place);
  try {
    for (const request of chosen) refuseErrors(call.language, call.file, request);
    await call.output.open();
    for (const request of chosen) await call.output.write(describe(await prepare(call.file, request, port)));
  } catch (error) {
    throw error instanceof Refusal ? exitFor(error, call.file) : error;
  }
}

function describe({ request, wire, notes, connection }: Prepared): string {
  const title = request.title === '' ? '' : `### ${request.title}\n`;
  const body = wire.body === undefined ? '' : `Content-Type: application/json\n\n${wire.body}\n`;
  return `${title}${notes.map((note) => `# ${note}\n`).join('')}${wire.method} ${connection.root}${pathOf(wire)}\n${body}\n`;
}
