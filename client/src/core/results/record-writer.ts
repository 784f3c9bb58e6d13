/** Writes records as text, page by page, in constant memory. */
import { ColumnNames } from './columns';
import { type CsvOptions, toCsv } from './csv';
import type { StreamFormat } from './formats';
import { toNdjson } from './json';
import type { ApiRecord } from './read-page';

interface RecordWriter {
  write(records: readonly ApiRecord[]): Promise<void>;
  end(): Promise<void>;
  /** Columns of a CSV that occurred after its header was written: their cells are at the end of the rows. */
  readonly late: readonly string[];
  /** All columns of a CSV. */
  readonly columns: readonly string[];
}

type Out = (text: string) => Promise<void>;

interface WriterInput {
  readonly out: Out;
  readonly select: readonly string[];
  readonly columns: readonly string[];
  readonly bom: boolean;
}

const WRITERS: Readonly<Record<StreamFormat, (input: WriterInput) => RecordWriter>> = {
  csv: (input) => new CsvWriter(input),
  json: ({ out }) => new JsonWriter(out),
  ndjson: ({ out }) => ({
    write: async (records) => out(toNdjson(records)),
    end: () => Promise.resolve(),
    late: [],
    columns: [],
  }),
};

/**
 * `select`: the fields that are asked for, in order; `columns`: all columns, where they are known beforehand. `bom`:
 * see `CsvOptions`.
 */
export const recordWriter = (
  format: StreamFormat,
  out: Out,
  select: readonly string[],
  columns: readonly string[] = [],
  { bom = false }: Pick<CsvOptions, 'bom'> = {},
): RecordWriter => WRITERS[format]({ out, select, columns, bom });

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
 * The header is that of `$select`, else of the first page. Further members of a later page get columns at the end of
 * the rows from there on: nothing is lost, and nothing has to wait. In a file, header and rows are evened out afterwards
 * (`even-rows.ts`); on standard output it is too late for that, and a note warns of it.
 */
class CsvWriter implements RecordWriter {
  readonly #names: ColumnNames;
  /** How many columns the header has. */
  #header: number | undefined;
  readonly #out: Out;
  readonly #bom: boolean;

  constructor({ out, select, columns, bom }: WriterInput) {
    this.#names = new ColumnNames(select);
    this.#names.addNames(columns);
    this.#out = out;
    this.#bom = bom;
  }

  get columns(): readonly string[] {
    return this.#names.list();
  }

  get late(): readonly string[] {
    return this.columns.slice(this.#header ?? 0);
  }

  async write(records: readonly ApiRecord[]): Promise<void> {
    if (records.length === 0) return;
    this.#names.add(records);
    const { columns } = this;
    const header = this.#header === undefined;
    this.#header ??= columns.length;
    await this.#out(toCsv(records, columns, { header, bom: header && this.#bom }));
  }

  async end(): Promise<void> {
    if (this.#header !== undefined) return;
    this.#header = this.columns.length;
    await this.#out(toCsv([], this.columns, { bom: this.#bom }));
  }
}
