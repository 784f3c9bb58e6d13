/** `apq run`: requests of a file, as the editor runs them. */
import {
  LanguageService,
  LineIndex,
  pathOf,
  type ApqDocument,
  type EvaluationContext,
  type Expectation,
  type RequestInfo,
  type WireRequest,
} from '#language';
import { CONCURRENCY, type FetchOptions } from '#core/running/fetch-pages';
import { runContext } from '#core/running/run-context';
import { runRequest, selectedFields, summaryOf, type RunResult } from '#core/running/run';
import type { Connection } from '#core/connections/connection';
import { describeRetry, PATIENT, QUICK } from '#core/remote/retry';
import { toCsv, toJson, toNdjson, toTextTable } from '#core/results/formats';
import { columnsOf } from '#core/results/table';
import { valueAt } from '#core/results/value-at';
import { Exit, failed, usage } from './exit';
import { OutputFile } from '#core/results/output-file';
import { readMetadataFile, readText } from './files';
import { interruption } from './interruption';
import { isOn, oneOf, pairs, text, type Options } from './options';
import { planOf, refuseWrite, titleOf } from './plan';
import { clientOf, connectionOf } from './platform-access';
import { removePartial } from './partial-file';
import { ProgressLine } from './progress-line';
import type { StreamFormat } from '#core/results/record-writer';
import { resumeRequest, streamRequest, tellUnfinished } from './stream';
import { Verdicts } from './verdicts';

type Format = 'table' | StreamFormat;

/** More would be no use, and no courtesy. */
const MOST_AT_A_TIME = 16;

interface Prepared {
  readonly request: RequestInfo;
  readonly wire: WireRequest;
  readonly notes: readonly string[];
  readonly expectations: readonly Expectation[];
}

export async function run(path: string, options: Options): Promise<number> {
  const format = oneOf<Format>(options, 'format', ['table', 'json', 'ndjson', 'csv']);
  const pages = pagesOf(options);
  const concurrency = concurrencyOf(options);
  const connection = connectionOf(options);
  const content = await readText(path);
  const service = new LanguageService();
  const metadataFile = text(options, 'metadata');
  if (metadataFile !== undefined) service.setMetadata(await readMetadataFile(metadataFile));
  const document = service.parse(content);
  const given = pairs(options, 'var');
  for (const name of given.keys())
    if (!document.symbols.variables.has(name)) throw usage(`${path} has no variable “${name}”.`);
  const chosen = choose(service.requests(document), text(options, 'request'), path);
  const verdicts = Verdicts.of(path, options);
  const dryRun = isOn(options, 'dry-run');
  const plan = dryRun
    ? chosen.map((request) => ({ request, neededBy: undefined }))
    : planOf(service, document, chosen);
  for (const { request } of plan) refuseErrors(service, document, request, path);
  if (!dryRun) for (const planned of plan) refuseWrite(planned, isOn(options, 'yes'));
  const client = dryRun ? undefined : await clientOf(connection, options);
  const output = text(options, 'output');
  const resume = isOn(options, 'resume');
  if (resume) refuseResume(chosen, format, output, dryRun);
  // Where results go to the terminal, they tell how far it is.
  const live = process.stderr.isTTY && (output !== undefined || !process.stdout.isTTY);
  const progress = new ProgressLine(process.stderr, live);
  if (output !== undefined && !resume && !dryRun) await tellUnfinished(output, progress);
  const file = output === undefined ? undefined : await OutputFile.create(output);
  const write = async (out: string) => (file === undefined ? print(out) : file.write(out));
  const answers = new Map<string, unknown>();
  /** Requests that the API refused, or that could not run for that reason. */
  const unanswered = new Set<number>();
  const results: { request: string; results: readonly unknown[] }[] = [];
  const alone = chosen.length === 1;
  /** Fetches, and writes what is asked for; what only another request needs is not written. Streamed records are not in the result. */
  const fetchFor = async ({ request, wire, expectations }: Prepared, asked: boolean): Promise<RunResult> => {
    if (client === undefined) throw new Error('a dry run fetches nothing');
    const wanted = (asked ? pages : undefined) ?? request.pages ?? 1;
    const fetch: FetchOptions = {
      pages: wanted,
      concurrency,
      policy: wanted === 1 ? QUICK : PATIENT,
      signal: interruption(),
      onRetry: (retry) =>
        progress.say(`${retry.page > 1 ? `Page ${retry.page}: ` : ''}${describeRetry(retry)}`),
    };
    // Expectations may be about every record: then all of them are kept.
    const streamed =
      asked && expectations.length === 0 && (resume || wanted !== 1) && (alone || format !== 'json');
    if (isStreamed(format) && streamed) {
      const streaming = { format, write, progress, fetch, ...(file && { file }), alone };
      const result = await (resume && output !== undefined
        ? resumeRequest(client, wire, streaming, output)
        : streamRequest(client, wire, streaming));
      return { ...result, records: [] };
    }
    const result = await runRequest(client, wire, { ...fetch, onPage: (_, sofar) => progress.update(sofar) });
    // What is not whole does not go into a file; on a terminal it is better than nothing.
    const whole = result.stoppedBy === undefined || file === undefined;
    if (asked && whole && format === 'json' && !alone) results.push(answerOf(request, result.records));
    else if (asked && whole) await write(render(result, wire, format));
    return result;
  };
  try {
    for (const { request, neededBy } of plan) {
      if (client === undefined) {
        // What an earlier answer would give is not known: its place is shown.
        const shown = build(
          service,
          document,
          request,
          given,
          connection.root,
          (name, steps) =>
            `{{${name}${steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}}}`,
        );
        await write(describeRequest(shown, connection));
        continue;
      }
      const missing = service.dependencies(document, request).find(({ index }) => unanswered.has(index));
      if (missing !== undefined) {
        unanswered.add(request.index);
        verdicts.notRun(request, `“${titleOf(missing)}”, whose answer it needs, was refused`);
        if (neededBy === undefined && format === 'json') results.push(answerOf(request, []));
        continue;
      }
      const prepared = build(service, document, request, given, connection.root, (name, steps) =>
        valueAt(answers.get(name), steps),
      );
      if (neededBy !== undefined)
        process.stderr.write(
          `Running “${titleOf(request)}” first: “${titleOf(neededBy)}” needs its answer.\n`,
        );
      for (const note of prepared.notes) process.stderr.write(`${note}\n`);
      if (request.connection !== undefined)
        process.stderr.write(
          `This request asks for the connection “${request.connection}”; the command line runs it on ${connection.root}.\n`,
        );
      const asked = neededBy === undefined;
      const started = performance.now();
      const result = await fetchFor(prepared, asked).catch((error: unknown) => {
        const elapsed = Math.round(performance.now() - started);
        if (verdicts.refused(request, prepared.expectations, error, elapsed)) return undefined;
        verdicts.broke(request, error);
        throw failed(error);
      });
      progress.clear();
      if (result === undefined) {
        unanswered.add(request.index);
        if (asked && format === 'json') results.push(answerOf(request, []));
        continue;
      }
      if (request.name !== undefined) answers.set(request.name, result.json);
      const title = request.title === '' ? '' : `${request.title}: `;
      process.stderr.write(`${title}${summaryOf(result, prepared.wire.method)} · ${result.url}\n`);
      for (const note of result.notes) process.stderr.write(`${note}\n`);
      if (result.stoppedBy !== undefined) {
        verdicts.broke(request, result.stoppedBy);
        throw failed(result.stoppedBy);
      }
      verdicts.answered(request, prepared.expectations, result);
    }
    // Several answers are one JSON document; an only one that was refused, as expected, is an empty list.
    if (results.length > 0)
      await write(`${JSON.stringify(chosen.length > 1 ? results : results[0]?.results, undefined, 2)}\n`);
    await file?.keep();
    // The file is whole: what an unfinished fetch left beside it is needless.
    if (output !== undefined && !dryRun) await removePartial(output);
    if (!dryRun) await verdicts.end();
    return verdicts.failed ? 1 : 0;
  } catch (error) {
    progress.clear();
    await file?.discard();
    if (!dryRun) await verdicts.end();
    throw error;
  }
}

const answerOf = (request: RequestInfo, records: readonly unknown[]) => ({
  request: request.name ?? request.title,
  results: records,
});

/** Waits for a slow reader; one that went away (`| head`) is no failure. */
async function print(out: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(out, (error) =>
      error && !('code' in error && error.code === 'EPIPE') ? reject(error) : resolve(),
    );
  });
}

function pagesOf(options: Options): number | 'all' | undefined {
  const value = text(options, 'pages');
  if (value === undefined || value === 'all') return value;
  if (!/^[1-9]\d{0,6}$/.test(value)) throw usage('--pages is a number from 1, or all.');
  return Number(value);
}

function concurrencyOf(options: Options): number {
  const value = text(options, 'concurrency') ?? String(CONCURRENCY);
  if (!/^\d{1,2}$/.test(value) || Number(value) < 1 || Number(value) > MOST_AT_A_TIME)
    throw usage(`--concurrency is a number from 1 to ${MOST_AT_A_TIME}.`);
  return Number(value);
}

const isStreamed = (format: Format): format is StreamFormat => format !== 'table';

function refuseResume(
  chosen: readonly RequestInfo[],
  format: Format,
  output: string | undefined,
  dryRun: boolean,
): void {
  const [request, another] = chosen;
  if (output === undefined) throw usage('--resume needs a file: name it with --output FILE.');
  if (another !== undefined || request?.method !== 'GET' || dryRun)
    throw usage('--resume is for one GET request: name it with --request.');
  if (!isStreamed(format)) throw usage('--resume is for --format csv, ndjson or json.');
  if (request.expectations.length > 0)
    throw usage('--resume is for a request without # @expect lines, which look at all records.');
}

/** By name, title, index; one whole title in any case before a part of one. */
function choose(requests: readonly RequestInfo[], which: string | undefined, path: string): RequestInfo[] {
  const [first] = requests;
  if (first === undefined) throw new Exit(1, `${path} holds no request.`);
  if (which === undefined) return [first];
  if (which === 'all') return [...requests];
  const wanted = which.toLowerCase();
  const exact = requests.filter(({ name, title }) => name === which || title.toLowerCase() === wanted);
  const found =
    exact.length > 0
      ? exact
      : /^\d+$/.test(which)
        ? requests.filter(({ index }) => index === Number(which))
        : requests.filter(({ title }) => title.toLowerCase().includes(wanted));
  if (found.length === 1) return found;
  const list = requests
    .map(
      ({ index, title, name }) =>
        `  ${index}  ${title || '(no title)'}${name === undefined ? '' : `  [${name}]`}`,
    )
    .join('\n');
  throw usage(
    `${found.length === 0 ? 'No request is' : 'Several requests are'} called “${which}”. There are:\n${list}`,
  );
}

function refuseErrors(
  service: LanguageService,
  document: ApqDocument,
  request: RequestInfo,
  path: string,
): void {
  const errors = service.diagnoseRequest(document, request).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const lines = new LineIndex(document.text);
  const list = errors.map(({ offset, code, message }) => {
    const { line, character } = lines.positionAt(offset);
    return `${path}:${line + 1}:${character + 1}: error ${code}: ${message}`;
  });
  throw new Exit(1, `${list.join('\n')}\nThe request was not sent: correct the file first.`);
}

function build(
  service: LanguageService,
  document: ApqDocument,
  request: RequestInfo,
  given: ReadonlyMap<string, string>,
  root: string,
  response: NonNullable<EvaluationContext['response']>,
): Prepared {
  const context = runContext(response, given);
  const built = service.build(document, request, context);
  if (built.ok) {
    const foreign = service.foreignHost(request, root);
    return {
      request,
      wire: built.request,
      notes: [...(foreign === undefined ? [] : [foreign]), ...built.notes],
      expectations: service.expectations(document, request, context),
    };
  }
  const [problem] = built.problems;
  if (problem?.reason === 'prompt')
    throw usage(
      `${built.problems.map(({ name, message }) => `“${name}” is asked for (${message})`).join('; ')}. Give it with --var ${problem.name}=value.`,
    );
  throw new Exit(1, problem?.message ?? 'The request can’t be built.');
}

function describeRequest({ request, wire, notes }: Prepared, connection: Connection): string {
  const title = request.title === '' ? '' : `### ${request.title}\n`;
  const body = wire.body === undefined ? '' : `Content-Type: application/json\n\n${wire.body}\n`;
  return `${title}${notes.map((note) => `# ${note}\n`).join('')}${wire.method} ${connection.root}${pathOf(wire)}\n${body}\n`;
}

function render(result: RunResult, wire: WireRequest, format: Format): string {
  const select = selectedFields(wire);
  const columns = columnsOf(result.records, select);
  switch (format) {
    case 'json':
      return toJson(result.records);
    case 'ndjson':
      return toNdjson(result.records);
    case 'csv':
      return toCsv(result.records, columns);
    case 'table':
      return result.records.length === 0
        ? 'No records.\n'
        : toTextTable(result.records, columns, process.stdout.columns ?? 160);
  }
}
