/** Writes the records of `apq run` to standard output or a file, page by page or as a whole. */
import { OutputFile } from '#core/files/output-file';
import type { ApiClient, ApiResponse } from '#core/remote/api';
import { columnsOf } from '#core/results/columns';
import { CsvText, guardNote } from '#core/results/csv';
import { exportColumns } from '#core/results/export-column';
import {
  type CommandLineFormat,
  FORMATS,
  isStreamFormat,
  isWorkerFormat,
  type StreamFormat,
  type WorkerFormat,
} from '#core/results/formats';
import { toJson, toNdjson } from '#core/results/json';
import type { ApiRecord } from '#core/results/read-page';
import { hiddenNote, toTextTable } from '#core/results/text-table';
import { type FieldTypes, typed } from '#core/results/typed';
import type { Sheet } from '#core/results/workbook/book';
import { aboutRun } from '#core/running/about-run';
import { isExact } from '#core/running/extent';
import type { FetchOptions } from '#core/running/fetch-pages';
import { fieldNames, fieldsOf, isChange, type Prepared, type PreparedRequest } from '#core/running/prepare';
import type { FetchProgress } from '#core/running/progress';
import { titleOf } from '#core/running/query-file';
import { knownColumns, selectOf, typesOf } from '#core/running/result-columns';
import { type Outcome, outcomeOf, type RunResult, sendRequest } from '#core/running/send';
import { writeJson } from '#core/values/write-json';
import type { RequestInfo } from '#language';
import { plain, type Text } from './color';
import { outputNames } from './output-names';
import { removePartial } from './partial-file';
import type { ProgressLine } from './progress-line';
import type { RunOptions } from './run-options';
import { GUARD_HINT, resumeRequest, streamRequest, tellUnfinished } from './stream';
import { isOutputLost, print, tell } from './terminal';
import { outputWidth, partsOfTable } from './width';

type OutputOptions = Pick<
  RunOptions,
  'format' | 'raw' | 'csv' | 'output' | 'request' | 'resume' | 'resumeWithin'
>;

/** What becomes of the records of a request. */
interface Wanted {
  /** The user asked for them, rather than another request that needs its response. */
  readonly asked: boolean;
  /** See `Step`. */
  readonly givesRecords: boolean;
}

/** With `--request all`, and with several requests, a format that holds one table has a file for each. */
export const hasFileForEach = (
  { request, format }: Pick<OutputOptions, 'request' | 'format'>,
  chosen: readonly RequestInfo[],
): boolean => (request.includes('all') || chosen.length > 1) && !FORMATS[format].manyTables;

export class RunOutput {
  /** By path. */
  readonly #files = new Map<string, OutputFile>();
  /** By the request's index; see `outputNames`. */
  readonly #names: ReadonlyMap<number, string>;
  /** Whether each request's records are for themselves where they go. */
  readonly #alone: boolean;
  #begun = false;
  /** The results of several requests in one JSON document. */
  readonly #parts: Part[] = [];
  /** The sheets of a workbook. */
  readonly #sheets: Sheet[] = [];

  constructor(
    private readonly options: OutputOptions,
    private readonly progress: ProgressLine,
    private readonly chosen: readonly RequestInfo[],
    /** With `--typed`: the types of a module's fields, where the request goes. */
    private readonly typesOf?: (request: RequestInfo, module: string) => FieldTypes,
  ) {
    this.#names = outputNames(options.output, hasFileForEach(options, chosen), chosen);
    this.#alone = chosen.length === 1 || new Set(this.#names.values()).size > 1;
  }

  /** The paths of all files that it writes. */
  get names(): readonly string[] {
    return [...new Set(this.#names.values())];
  }

  /** Creates the files. Called when the first request is sent, so that a refusal leaves nothing behind. */
  async open(): Promise<void> {
    if (this.#begun) return;
    const { resume } = this.options;
    for (const name of this.names) {
      const file = await OutputFile.create(name);
      this.#files.set(name, file);
      if (!resume) await tellUnfinished(name, file.fresh, this.progress);
    }
    this.#begun = true;
  }

  async write(text: Text, request: RequestInfo): Promise<void> {
    const file = this.#fileOf(request);
    if (file === undefined) await print(text);
    else await file.write(plain(text));
  }

  /** True where nobody gets the records of the request: standard output is lost. */
  isUnread(request: RequestInfo): boolean {
    return this.#fileOf(request) === undefined && isOutputLost();
  }

  #fileOf({ index }: RequestInfo): OutputFile | undefined {
    return this.#files.get(this.#names.get(index) ?? '');
  }

  /** Sends the request, and writes its records when the user asked for it. Streamed records are not in the result. */
  async send(
    client: ApiClient,
    prepared: PreparedRequest,
    { asked, givesRecords }: Wanted,
    fetch: FetchOptions,
  ): Promise<RunResult> {
    const { request, wire, expectations } = prepared;
    const { format, resume } = this.options;
    // Expectations may be about any record, so all are kept.
    const streamed =
      asked &&
      !givesRecords &&
      wire.method === 'GET' &&
      expectations.length === 0 &&
      (resume || fetch.pages !== 1) &&
      (this.#alone || format !== 'json');
    if (isStreamFormat(format) && streamed) return this.#stream(client, prepared, format, fetch);
    const onPage = (_: unknown, progress: FetchProgress) => this.progress.update(progress);
    let answer: string | undefined;
    const onResponse = ({ text }: ApiResponse) => (answer ??= text);
    const result = await sendRequest(client, wire, { ...fetch, onPage, onResponse });
    if (asked && this.options.raw) {
      await this.write(answer ?? '', request);
      if (result.pages > 1) tell(`--raw wrote the first of ${result.pages} answers.`);
      return result;
    }
    return asked ? this.put(prepared, result) : result;
  }

  /** Writes the records of a result that the user asked for. Returns it with what a reader should know. */
  async put(prepared: Prepared, result: RunResult): Promise<RunResult> {
    const { request } = prepared;
    const { format } = this.options;
    // A result that may not be whole does not go into a file; on a terminal it is better than nothing.
    const whole = isExact(result) || this.#fileOf(request) === undefined;
    if (!whole) return result;
    const select = selectOf(prepared, result);
    const types = this.#typesOf(prepared, result);
    const records = types === undefined ? result.records : typed(result.records, types, select);
    const change = changeOf(prepared, result);
    if (format === 'json' && !this.#alone) {
      this.#parts.push(change ?? { request: nameOf(request), results: records });
      return result;
    }
    if (change !== undefined && (format === 'json' || format === 'ndjson')) {
      await this.write(`${writeJson(change, format === 'json' ? 2 : undefined)}\n`, request);
      return result;
    }
    if (isWorkerFormat(format)) {
      const rows = change === undefined ? records : [{ ...change }];
      const notes = await this.#binary(format, prepared, result, rows);
      return { ...result, notes: [...result.notes, ...notes] };
    }
    const { text, notes } = WRITERS[format](
      records,
      { select, fields: fieldNames(fieldsOf(prepared)) },
      this.options,
    );
    if (format === 'table' && this.chosen.length > 1) {
      await this.write([{ look: 'head', text: `### ${nameOf(request)}` }, { text: '\n' }], request);
      await this.write(text, request);
      await this.write('\n', request);
    } else await this.write(text, request);
    return { ...result, notes: [...result.notes, ...notes] };
  }

  /** Writes a Parquet file, or keeps the sheet of a workbook. Returns what a reader of the file should know. */
  async #binary(
    format: WorkerFormat,
    prepared: Prepared,
    result: RunResult,
    records: readonly ApiRecord[],
  ): Promise<readonly string[]> {
    const { request } = prepared;
    const known = columnsOf(records, isChange(prepared) ? [] : selectOf(prepared, result));
    const columns = exportColumns(
      known.length === 0 ? fieldNames(fieldsOf(prepared)) : known,
      knownColumns(prepared, result),
      prepared.kind === 'sql',
    );
    if (format === 'parquet') {
      const { toParquet } = await import('#core/results/parquet');
      const { bytes, notes } = toParquet(records, columns);
      await this.#fileOf(request)?.write(bytes);
      return notes;
    }
    this.#sheets.push({ name: titleOf(request), records, columns, about: aboutRun(prepared, result) });
    return [];
  }

  /** With `--typed`: the types of the columns. */
  #typesOf(prepared: Prepared, result: RunResult): FieldTypes | undefined {
    return prepared.kind === 'sql'
      ? this.typesOf && typesOf(prepared, result)
      : this.typesOf?.(prepared.request, prepared.wire.module);
  }

  async #stream(
    client: ApiClient,
    { request, wire, fields }: PreparedRequest,
    format: StreamFormat,
    fetch: FetchOptions,
  ): Promise<RunResult> {
    const { resume, resumeWithin, csv } = this.options;
    const write = async (text: string) => this.write(text, request);
    const [file, output] = [this.#fileOf(request), this.#names.get(request.index)];
    const streaming = {
      format,
      csv,
      fields: fieldNames(fields),
      types: this.typesOf?.(request, wire.module),
      write,
      progress: this.progress,
      fetch: { ...fetch, enough: () => this.isUnread(request) },
      ...(file && { file }),
      alone: this.#alone,
    };
    const result = await (resume && output !== undefined && file !== undefined
      ? resumeRequest(client, wire, streaming, { output, within: resumeWithin, fresh: file.fresh })
      : streamRequest(client, wire, streaming));
    return { ...result, records: [] };
  }

  /** Adds an empty list for a request that was refused to a JSON document. */
  refused(request: RequestInfo): void {
    if (this.options.format === 'json') this.#parts.push({ request: nameOf(request), results: [] });
    if (this.options.format === 'xlsx')
      this.#sheets.push({ name: titleOf(request), records: [], columns: [] });
  }

  /** Completes the output and keeps the files. */
  async end(): Promise<void> {
    const [first] = this.chosen;
    // Several results are one JSON document; a single request that was refused, as expected, is an empty list.
    if (this.#parts.length > 0 && first !== undefined)
      await this.write(`${writeJson(this.#alone ? [] : this.#parts, 2)}\n`, first);
    if (this.options.format === 'xlsx' && first !== undefined) {
      const { toWorkbook } = await import('#core/results/workbook/book');
      const { bytes, notes } = await toWorkbook(this.#sheets);
      await this.#fileOf(first)?.write(bytes);
      for (const note of notes) this.progress.say(note);
    }
    for (const [name, file] of this.#files) {
      await file.keep();
      // What an unfinished fetch left next to the file is no longer needed.
      await removePartial(name, file.fresh);
    }
    if (this.#files.size > 1) this.progress.say(`Written: ${[...this.#files.keys()].join(', ')}.`);
  }

  async discard(): Promise<void> {
    for (const file of this.#files.values()) await file.discard();
  }
}

/** What a change did, as other programs read it. */
interface Change {
  readonly request: string;
  readonly status: number;
  readonly outcome: Outcome;
  /** Of the record; null where neither the request nor the answer has it. */
  readonly ID: string | null;
}

/** The result of one of several requests. */
type Part = Change | { readonly request: string; readonly results: readonly unknown[] };

const nameOf = ({ name, title }: RequestInfo): string => name ?? title;

function changeOf(prepared: Prepared, result: RunResult): Change | undefined {
  if (prepared.kind === 'sql' || !isChange(prepared)) return undefined;
  const { request, wire } = prepared;
  return {
    request: nameOf(request),
    status: result.status,
    outcome: outcomeOf(result, wire.method),
    ID: result.createdId ?? wire.id ?? null,
  };
}

interface Written {
  readonly text: Text;
  readonly notes: readonly string[];
}

/** The columns that come first, and those of a module without records. */
interface KnownColumns {
  readonly select: readonly string[];
  readonly fields: readonly string[];
}

type Writer = (records: readonly ApiRecord[], columns: KnownColumns, options: OutputOptions) => Written;

const written = (text: Text, notes: readonly string[] = []): Written => ({ text, notes });

/** Writers for records that have all arrived. */
const WRITERS: Readonly<Record<Exclude<CommandLineFormat, WorkerFormat>, Writer>> = {
  json: (records) => written(toJson(records)),
  ndjson: (records) => written(toNdjson(records)),
  csv: (records, { select, fields }, { csv }) => {
    const columns = columnsOf(records, select);
    const out = new CsvText(csv);
    const text =
      out.header(columns.length === 0 && records.length === 0 ? fields : columns) +
      out.rows(records, columns);
    return written(text, guardNote(out.guarded, GUARD_HINT));
  },
  table: (records, { select }, { output }) => {
    if (records.length === 0) return written('No records.\n');
    // In a file, lines may be as long as they are.
    const width = output === undefined ? outputWidth() : Infinity;
    const table = toTextTable(records, columnsOf(records, select), width);
    return written(partsOfTable(table), hiddenNote(table));
  },
};
