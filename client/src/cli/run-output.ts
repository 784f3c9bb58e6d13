/** Writes the records of `apq run` to standard output or a file, page by page or as a whole. */
import { OutputFile } from '#core/files/output-file';
import type { ApiClient } from '#core/remote/api';
import { columnsOf } from '#core/results/columns';
import { toCsv } from '#core/results/csv';
import { type CommandLineFormat, isStreamFormat } from '#core/results/formats';
import { toJson, toNdjson } from '#core/results/json';
import type { ApiRecord } from '#core/results/read-page';
import { toTextTable } from '#core/results/text-table';
import type { FetchOptions } from '#core/running/fetch-pages';
import type { Prepared } from '#core/running/prepare';
import type { FetchProgress } from '#core/running/progress';
import { type RunResult, selectedFields, sendRequest } from '#core/running/send';
import type { RequestInfo, WireRequest } from '#language';
import { removePartial } from './partial-file';
import type { ProgressLine } from './progress-line';
import type { RunOptions } from './run-options';
import { resumeRequest, streamRequest, tellUnfinished } from './stream';
import { print } from './terminal';

export class RunOutput {
  #file: OutputFile | undefined;
  #begun = false;
  /** The results of several requests in one JSON document. */
  readonly #parts: { request: string; results: readonly unknown[] }[] = [];

  /** `alone`: the output is for one request's records and nothing else. */
  constructor(
    private readonly options: Pick<RunOptions, 'format' | 'output' | 'resume' | 'resumeWithin' | 'dryRun'>,
    private readonly progress: ProgressLine,
    private readonly alone: boolean,
  ) {}

  /** Creates the file. Called when the first request is sent, so that a refusal leaves nothing behind. */
  async open(): Promise<void> {
    if (this.#begun) return;
    const { output, resume, dryRun } = this.options;
    if (output !== undefined) {
      this.#file = await OutputFile.create(output);
      if (!resume && !dryRun) await tellUnfinished(output, this.#file.fresh, this.progress);
    }
    this.#begun = true;
  }

  async write(text: string): Promise<void> {
    if (this.#file === undefined) await print(text);
    else await this.#file.write(text);
  }

  /**
   * Sends the request. Writes its records when the user asked for it, rather than another request that needs its
   * response. Streamed records are not in the result.
   */
  async send(
    client: ApiClient,
    { request, wire, expectations }: Prepared,
    asked: boolean,
    fetch: FetchOptions,
  ): Promise<RunResult> {
    const { format, output, resume, resumeWithin } = this.options;
    // Expectations may be about any record, so all are kept.
    const streamed =
      asked &&
      expectations.length === 0 &&
      (resume || fetch.pages !== 1) &&
      (this.alone || format !== 'json');
    if (isStreamFormat(format) && streamed) {
      const write = async (text: string) => this.write(text);
      const file = this.#file;
      const streaming = {
        format,
        write,
        progress: this.progress,
        fetch,
        ...(file && { file }),
        alone: this.alone,
      };
      const result = await (resume && output !== undefined && file !== undefined
        ? resumeRequest(client, wire, streaming, { output, within: resumeWithin, fresh: file.fresh })
        : streamRequest(client, wire, streaming));
      return { ...result, records: [] };
    }
    const onPage = (_: unknown, progress: FetchProgress) => this.progress.update(progress);
    const result = await sendRequest(client, wire, { ...fetch, onPage });
    // An incomplete result does not go into a file; on a terminal it is better than nothing.
    const whole = result.stoppedBy === undefined || this.#file === undefined;
    if (asked && whole && format === 'json' && !this.alone) this.#part(request, result.records);
    else if (asked && whole) await this.write(render(result, wire, format));
    return result;
  }

  /** Adds an empty list for a request that was refused to a JSON document. */
  refused(request: RequestInfo): void {
    if (this.options.format === 'json') this.#part(request, []);
  }

  #part(request: RequestInfo, results: readonly unknown[]): void {
    this.#parts.push({ request: request.name ?? request.title, results });
  }

  /** Completes the output and keeps the file. */
  async end(): Promise<void> {
    // Several results are one JSON document; a single request that was refused, as expected, is an empty list.
    if (this.#parts.length > 0)
      await this.write(
        `${JSON.stringify(this.alone ? this.#parts[0]?.results : this.#parts, undefined, 2)}\n`,
      );
    if (this.#file === undefined) return;
    await this.#file.keep();
    const { output, dryRun } = this.options;
    // What an unfinished fetch left next to the file is no longer needed.
    if (output !== undefined && !dryRun) await removePartial(output, this.#file.fresh);
  }

  async discard(): Promise<void> {
    await this.#file?.discard();
  }
}

type Writer = (records: readonly ApiRecord[], columns: readonly string[]) => string;

/** Writers for records that have all arrived. */
const WRITERS: Readonly<Record<CommandLineFormat, Writer>> = {
  json: toJson,
  ndjson: toNdjson,
  csv: toCsv,
  table: (records, columns) =>
    records.length === 0 ? 'No records.\n' : toTextTable(records, columns, process.stdout.columns ?? 160),
};

const render = ({ records }: RunResult, wire: WireRequest, format: CommandLineFormat): string =>
  WRITERS[format](records, columnsOf(records, selectedFields(wire)));
