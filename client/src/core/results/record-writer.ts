/** Writes records as text, page by page, in constant memory. */
import { writeJson } from '../values/write-json';
import { ColumnNames } from './columns';
import { type CsvOptions, CsvText } from './csv';
import type { StreamFormat } from './formats';
import { toNdjson } from './json';
import type { ApiRecord } from './read-page';
import { type FieldTypes, typed } from './typed';

interface RecordWriter {
  write(records: readonly ApiRecord[]): Promise<void>;
  end(): Promise<void>;
  /** Columns of a CSV that occurred after its header was written: their cells are at the end of the rows. */
  readonly late: readonly string[];
  /** All columns of a CSV. */
  readonly columns: readonly string[];
  /** How many cells of a CSV the formula guard changed. */
  readonly guarded: number;
}

type Out = (text: string) => Promise<void>;

export interface WriterOptions {
  /** The fields that are asked for, in order. */
  readonly select?: readonly string[];
  /** All columns, where they are known beforehand. */
  readonly columns?: readonly string[];
  /** The module's fields, as far as known: the columns of a CSV without records. */
  readonly fields?: readonly string[];
  readonly csv?: Omit<CsvOptions, 'header'>;
  /** The types to which values are brought; absent: they stay as the API sent them. */
  readonly types?: FieldTypes | undefined;
}

const WRITERS: Readonly<Record<StreamFormat, (out: Out, options: WriterOptions) => RecordWriter>> = {
  csv: (out, options) => new CsvWriter(out, options),
  json: (out) => new JsonWriter(out),
  ndjson: (out) => ({
    write: async (records) => out(toNdjson(records)),
    end: () => Promise.resolve(),
    late: [],
    columns: [],
    guarded: 0,
  }),
};

export function recordWriter(format: StreamFormat, out: Out, options: WriterOptions = {}): RecordWriter {
  const writer = WRITERS[format](out, options);
  const { types, select = [] } = options;
  if (types === undefined) return writer;
  const write = writer.write.bind(writer);
  return Object.assign(writer, {
    write: async (records: readonly ApiRecord[]) => write(typed(records, types, select)),
  });
}

class JsonWriter implements RecordWriter {
  readonly late = [];
  readonly columns = [];
  readonly guarded = 0;
  #begun = false;

  constructor(private readonly out: Out) {}

  async write(records: readonly ApiRecord[]): Promise<void> {
    const items = records.map((record) => writeJson(record, 2).replaceAll('\n', '\n  '));
    if (items.length === 0) return;
    await this.out(`${this.#begun ? ',' : '['}\n  ${items.join(',\n  ')}`);
    this.#begun = true;
  }

  async end(): Promise<void> {
    await this.out(this.#begun ? '\n]\n' : '[]\n');
  }
}

/**
 * The header is that of `$select`, else of the first page. Further members of a later page get columns at the end of
 * the rows from there on: nothing is lost, and nothing has to wait. In a file, header and rows are evened out afterwards
 * (`even-rows.ts`); on standard output it is too late for that, and a note warns of it.
 */
class CsvWriter implements RecordWriter {
  readonly #names: ColumnNames;
  /** How many columns the header has. */
  #header: number | undefined;
  readonly #csv: CsvText;
  readonly #fields: readonly string[];

  constructor(
    private readonly out: Out,
    { select = [], columns = [], fields = [], csv = {} }: WriterOptions,
  ) {
    this.#names = new ColumnNames(select);
    this.#names.addNames(columns);
    this.#fields = fields;
    this.#csv = new CsvText(csv);
  }

  get columns(): readonly string[] {
    return this.#names.list();
  }

  get late(): readonly string[] {
    return this.columns.slice(this.#header ?? 0);
  }

  get guarded(): number {
    return this.#csv.guarded;
  }

  async write(records: readonly ApiRecord[]): Promise<void> {
    if (records.length === 0) return;
    this.#names.add(records);
    await this.out(this.#headerOnce() + this.#csv.rows(records, this.columns));
  }

  async end(): Promise<void> {
    if (this.#header === undefined && this.columns.length === 0) this.#names.addNames(this.#fields);
    const header = this.#headerOnce();
    if (header !== '') await this.out(header);
  }

  #headerOnce(): string {
    if (this.#header !== undefined) return '';
    const { columns } = this;
    this.#header = columns.length;
    return this.#csv.header(columns);
  }
}
