/**
 * The formats in which records are written. A new one is a row here, and a writer where the compiler asks for it:
 * `record-writer.ts` (page by page), `export-worker.ts` (whole files), the web view's `copy.ts`, the command line.
 * The table holds no writers, so that the web view loads none that it does not need.
 */
interface FormatRow {
  /** In a menu: `All 12 rows as Excel…`. */
  readonly label: string;
  /** In a message, and in the list of file types of a dialog. */
  readonly name: string;
  /** The extension of its files, without the dot; undefined where it is never a file. */
  readonly extension: string | undefined;
  /**
   * `stream`: text, written page by page as records arrive. `worker`: a binary file of all records, written in a worker.
   * `text`: text of the records at hand, written at once.
   */
  readonly writer: 'stream' | 'worker' | 'text';
  /** Whether a file can hold the records of several requests. */
  readonly manyTables: boolean;
  /** Offered by `apq run --format`. */
  readonly commandLine: boolean;
  /** Offered by *Export* of the results view. */
  readonly exported: boolean;
  /** Offered by *Copy* of the results view. */
  readonly copied: boolean;
}

/** In the order in which menus, dialogs and messages list them. */
export const FORMATS = {
  table: {
    label: 'table',
    name: 'Table',
    extension: undefined,
    writer: 'text',
    manyTables: true,
    commandLine: true,
    exported: false,
    copied: false,
  },
  tsv: {
    label: 'cells',
    name: 'TSV',
    extension: undefined,
    writer: 'text',
    manyTables: false,
    commandLine: false,
    exported: false,
    copied: true,
  },
  csv: {
    label: 'CSV',
    name: 'CSV',
    extension: 'csv',
    writer: 'stream',
    manyTables: false,
    commandLine: true,
    exported: true,
    copied: true,
  },
  xlsx: {
    label: 'Excel',
    name: 'Excel workbook',
    extension: 'xlsx',
    writer: 'worker',
    manyTables: true,
    commandLine: true,
    exported: true,
    copied: false,
  },
  json: {
    label: 'JSON',
    name: 'JSON',
    extension: 'json',
    writer: 'stream',
    manyTables: true,
    commandLine: true,
    exported: true,
    copied: true,
  },
  ndjson: {
    label: 'JSON, a line for each record',
    name: 'NDJSON',
    extension: 'ndjson',
    writer: 'stream',
    manyTables: false,
    commandLine: true,
    exported: true,
    copied: false,
  },
  parquet: {
    label: 'Parquet',
    name: 'Parquet',
    extension: 'parquet',
    writer: 'worker',
    manyTables: false,
    commandLine: true,
    exported: true,
    copied: false,
  },
  markdown: {
    label: 'Markdown',
    name: 'Markdown',
    extension: undefined,
    writer: 'text',
    manyTables: true,
    commandLine: false,
    exported: false,
    copied: true,
  },
  ids: {
    label: 'ID eq … or …',
    name: 'IDs',
    extension: undefined,
    writer: 'text',
    manyTables: false,
    commandLine: false,
    exported: false,
    copied: true,
  },
} as const satisfies Readonly<Record<string, FormatRow>>;

type Formats = typeof FORMATS;
type RecordFormat = keyof Formats;
type With<Column extends keyof FormatRow, Value> = {
  [Format in RecordFormat]: Formats[Format][Column] extends Value ? Format : never;
}[RecordFormat];

export type StreamFormat = With<'writer', 'stream'>;
export type WorkerFormat = With<'writer', 'worker'>;
export type CommandLineFormat = With<'commandLine', true>;
export type ExportFormat = With<'exported', true>;
export type CopyFormat = With<'copied', true>;

const formatsWith = <Column extends keyof FormatRow, Value>(
  column: Column,
  value: Value,
): readonly With<Column, Value>[] =>
  Object.entries<FormatRow>(FORMATS)
    .filter(([, row]) => row[column] === value)
    // The filter proves it, which the compiler can’t follow.
    .map(([format]) => format as With<Column, Value>);

export const STREAM_FORMATS = formatsWith('writer', 'stream' as const);
/** The first is the default. */
export const COMMAND_LINE_FORMATS: readonly ['table', ...CommandLineFormat[]] = [
  'table',
  ...formatsWith('commandLine', true as const).filter((format) => format !== 'table'),
];
export const EXPORT_FORMATS = formatsWith('exported', true as const);
export const COPY_FORMATS = formatsWith('copied', true as const);

/** Returns the format whose files have the extension of this name; undefined for any other extension, and for none. */
export function formatOfName(name: string): With<'extension', string> | undefined {
  const extension: string = extensionOf(name);
  return formatsWith('extension', extension)[0];
}

/** Returns the extension in lower case, without the dot; '' where there is none. */
export const extensionOf = (name: string): string =>
  (/[^./\\][^/\\]*\.([^./\\]*)$/.exec(name)?.[1] ?? '').toLowerCase();

const isOneOf =
  <Format extends RecordFormat>(formats: readonly Format[]) =>
  (format: RecordFormat): format is Format =>
    formats.some((each) => each === format);

export const isStreamFormat = isOneOf(STREAM_FORMATS);
/** A binary file: never on standard output. */
export const isWorkerFormat = isOneOf(formatsWith('writer', 'worker' as const));
export const isCopyFormat = isOneOf(COPY_FORMATS);
