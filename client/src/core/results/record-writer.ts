/** Records as text, page by page: the same as `formats.ts` makes of all at once, in flat memory. */
import { toCsv, toNdjson } from './formats';
import type { ApiRecord } from './read-answer';

export type StreamFormat = 'csv' | 'ndjson' | 'json';

export interface RecordWriter {
  write(records: readonly ApiRecord[]): Promise<void>;
  end(): Promise<void>;
  /** Columns of a CSV that came up after its header was written: their cells stand at the end of the rows. */
  readonly late: readonly string[];
  /** All columns of a CSV. */
  readonly columns: readonly string[];
}

type Out = (text: string) => Promise<void>;

/** `select`: the fields that are asked for, in order; `columns`: all that will come up, where that is known. */
export function recordWriter(
  format: StreamFormat,
  out: Out,
  select: readonly string[],
  columns: readonly string[] = [],
): RecordWriter {
  switch (format) {
    case 'csv':
      return new CsvWriter(out, select, columns);
    case 'json':
      return new JsonWriter(out);
    case 'ndjson':
      return {
        write: async (records) => out(toNdjson(records)),
        end: () => Promise.resolve(),
        late: [],
        columns: [],
      };
  }
}

class JsonWriter implements RecordWriter {
  readonly late = [];
  readonly columns = [];
  #begun = false;

  constructor(private readonly out: Out) {}

  async write(records: readonly ApiRecord[]): Promise<void> {
    const items = records.map((record) => JSON.stringify(record, undefined, 2).replaceAll('\n', '\n  '));
    if (items.length === 0) return;
    await this.out(`${this.#begun ? ',' : '['}\n  ${items.join(',\n  ')}`);
    this.#begun = true;
  }

  async end(): Promise<void> {
    await this.out(this.#begun ? '\n]\n' : '[]\n');
  }
}

/**
 * The header is that of `$select`, else of the first page. What a later page brings besides gets columns at the end
 * of the rows from there on: nothing is lost, and nothing has to wait. A file gets its header and its rows evened out
 * afterwards (`even-rows.ts`); for standard output that is too late, and said.
 */
class CsvWriter implements RecordWriter {
  readonly #columns = new Set<string>();
  #header = 0;
  #begun = false;

  constructor(
    private readonly out: Out,
    private readonly select: readonly string[],
    known: readonly string[],
  ) {
    for (const name of known) this.#columns.add(name);
  }

  get columns(): readonly string[] {
    return [...this.#columns];
  }

  get late(): readonly string[] {
    return this.columns.slice(this.#header);
  }

  async write(records: readonly ApiRecord[]): Promise<void> {
    if (records.length === 0) return;
    if (!this.#begun) this.#selected(records);
    for (const record of records) for (const name of Object.keys(record)) this.#columns.add(name);
    const header = !this.#begun;
    if (header) this.#header = this.#columns.size;
    this.#begun = true;
    await this.out(toCsv(records, this.columns, { header }));
  }

  async end(): Promise<void> {
    if (!this.#begun) await this.out(toCsv([], this.select));
  }

  /** The fields of `$select` first, in the platform's spelling; those that no record of the first page has, too. */
  #selected(records: readonly ApiRecord[]): void {
    if (this.#columns.size > 0) return;
    const spelled = new Map(
      records.flatMap((record) => Object.keys(record)).map((name) => [name.toLowerCase(), name]),
    );
    for (const name of this.select) this.#columns.add(spelled.get(name.toLowerCase()) ?? name);
  }
}
