/** The options of `apq run`, checked. */
import type { CellStyle } from '#core/results/csv';
import {
  COMMAND_LINE_FORMATS,
  type CommandLineFormat,
  formatOfName,
  FORMATS,
  isStreamFormat,
  isWorkerFormat,
  STREAM_FORMATS,
} from '#core/results/formats';
import type { FieldTypes } from '#core/results/typed';
import { CONCURRENCY, MAX_CONCURRENCY, pagesOf, type RequestInfo } from '#language';
import { keptRuns, NO_KEEP } from './change-log';
import { DAY_MS, durationOf } from './duration';
import { usage } from './exit';
import type { ValuesOf } from './frame/command';
import { choice, flag, pairs, parsed, text, texts } from './frame/option';
import { alternatives } from './frame/words';
import { STDIN_FILEPATH } from './inputs';
import { API_KEY_STDIN, ASKING_OPTIONS, formatFor, METADATA, output, pathOf, ROOT } from './options';

const [DEFAULT_FORMAT] = COMMAND_LINE_FORMATS;

/** The options of `apq run`. */
export const RUN_OPTIONS = {
  request: texts('WHICH', 'Title, name, index (from 0) or all (default: the first); may be repeated'),
  line: parsed('N', 'The request at this line of the file, from 1: the one at the cursor of an editor', {
    parse: (written) => (/^[1-9]\d{0,8}$/.test(written) ? Number(written) : undefined),
    must: 'a number from 1: the line of the cursor',
  }),
  root: ROOT,
  pages: parsed('N', 'How many pages to fetch, or all (default: what # @pages says, else one)', {
    parse: pagesOf,
    must: 'a number from 1, or all',
  }),
  concurrency: parsed(
    'N',
    `How many pages to ask for at a time (default: ${CONCURRENCY}, at most ${MAX_CONCURRENCY})`,
    {
      parse: (written) =>
        /^\d{1,2}$/.test(written) && Number(written) >= 1 && Number(written) <= MAX_CONCURRENCY
          ? Number(written)
          : undefined,
      must: `a number from 1 to ${MAX_CONCURRENCY}`,
    },
  ),
  format: choice(
    COMMAND_LINE_FORMATS,
    `${alternatives(COMMAND_LINE_FORMATS)} (default: as the name of --output says, else ${DEFAULT_FORMAT})`,
    { letter: 'f' },
  ),
  typed: flag('In JSON, one type for each column, as the metadata say: numbers, lists, null for nothing'),
  raw: flag('Write the answer of one request as it came, one page of it'),
  noFormulaGuard: flag('Leave cells of a CSV unchanged that a spreadsheet would run as a formula'),
  null: text('TEXT', 'What stands for null in a CSV (default: nothing)', { mayBeEmpty: true }),
  lists: choice(
    ['text', 'json'],
    'How lists are written in a CSV: their elements, joined by “; ”, or as JSON (default: text)',
    {
      value: 'HOW',
    },
  ),
  output: output('Write the results to a file, whole or not at all (-: standard output)'),
  resume: flag('When interrupted, keep what has arrived, and continue from there next time'),
  resumeWithin: parsed('TIME', 'How old what has arrived may be, such as 30m, 6h or 2d (default: 1d)', {
    parse: durationOf,
    must: 'a time such as 30m, 6h or 2d',
  }),
  var: pairs('NAME=VALUE', 'Give a variable that the file declares or uses a value; may be repeated'),
  connection: pairs(
    'NAME=URL',
    'Which platform a # @connection of the file is, or an address in it; may be repeated',
  ),
  metadata: METADATA,
  report: parsed('junit=FILE', 'Write a JUnit XML report of the expectations to a file', {
    parse: (written) => (/^junit=./.test(written) ? written.slice('junit='.length) : undefined),
    must: 'junit=FILE: no other kind of report exists',
  }),
  yes: flag('Really send POST, PUT and DELETE'),
  noKeep: NO_KEEP,
  dryRun: flag('Show what would be sent, on standard output'),
  apiKeyStdin: API_KEY_STDIN,
  stdinFilepath: STDIN_FILEPATH,
  ...ASKING_OPTIONS,
};

type Values = ValuesOf<typeof RUN_OPTIONS>;

/** The values of the options of `apq run`, checked against each other. */
export interface RunOptions extends Pick<
  Values,
  | 'root'
  | 'pages'
  | 'request'
  | 'line'
  | 'report'
  | 'metadata'
  | 'resume'
  | 'dryRun'
  | 'yes'
  | 'apiKeyStdin'
  | 'timeout'
  | 'retries'
  | 'stdinFilepath'
  | 'raw'
  | 'typed'
> {
  readonly format: CommandLineFormat;
  /** How the cells of a CSV are written. */
  readonly csv: CellStyle;
  readonly concurrency: number;
  /** A path; undefined: standard output. */
  readonly output: string | undefined;
  /** Values of the file's variables, by name. */
  readonly given: ReadonlyMap<string, string>;
  /** Addresses of platforms, by the name that files call them. */
  readonly connections: ReadonlyMap<string, string>;
  /** Of how many runs the old records of changes are kept; 0: of none. */
  readonly keep: number;
  /** How old an unfinished fetch may be that `resume` continues, in milliseconds. */
  readonly resumeWithin: number;
}

/** Throws an `Exit` with what is wrong with the usage. */
export function readRunOptions(values: Values): RunOptions {
  const output = pathOf(values.output);
  if (values.raw && values.format !== undefined)
    throw usage('--raw and --format contradict each other: give one of them.');
  const format = values.raw
    ? 'table'
    : formatFor(values.format, output ?? '', {
        named: formatOfName(output ?? ''),
        usual: 'table',
        endings: EXTENSIONS,
      });
  if (values.line !== undefined && values.request.length > 0)
    throw usage('--line and --request both choose the request: give one of them.');
  if (values.resumeWithin !== undefined && !values.resume)
    throw usage('--resume-within is for --resume: give both.');
  if (isWorkerFormat(format) && output === undefined)
    throw usage(`--format ${format} needs a file: name it with --output FILE.${format}.`);
  return {
    ...values,
    // What would be sent is not what the file is for.
    output: values.dryRun ? undefined : output,
    format,
    csv: readCellStyle(values, format),
    concurrency: values.concurrency ?? CONCURRENCY,
    given: values.var,
    connections: values.connection,
    keep: keptRuns(values.noKeep),
    resumeWithin: values.resumeWithin ?? DAY_MS,
  };
}

function readCellStyle(
  { noFormulaGuard, null: nullText, lists = 'text' }: Values,
  format: CommandLineFormat,
): CellStyle {
  const given = [
    ...(noFormulaGuard ? ['--no-formula-guard'] : []),
    ...(nullText === undefined ? [] : ['--null']),
    ...(lists === 'text' ? [] : ['--lists']),
  ];
  if (given[0] !== undefined && format !== 'csv') throw usage(`${given[0]} is for --format csv.`);
  // Empty, it still tells null from a text without characters, which is quoted then.
  return { formulaGuard: !noFormulaGuard, lists, ...(nullText === undefined ? {} : { nullText }) };
}

const EXTENSIONS = alternatives(
  COMMAND_LINE_FORMATS.flatMap((format) => {
    const { extension } = FORMATS[format];
    return extension === undefined ? [] : [`.${extension}`];
  }),
);

/** Throws where two tables would follow each other, and no reader could tell them apart. */
export function refuseTwoTables(
  { length }: readonly RequestInfo[],
  { format, output, dryRun }: Pick<RunOptions, 'format' | 'output' | 'dryRun'>,
): void {
  if (length > 1 && format === 'csv' && output === undefined && !dryRun)
    throw usage(
      `A CSV holds the records of one request, and there are ${length}. Write a file for each with --output FILE.csv, or choose one with --request.`,
    );
}

/** Throws where types would be lost, or are not known. `typesOf` returns those of a request's fields. */
export function refuseTyped(
  chosen: readonly RequestInfo[],
  { format, raw }: Pick<RunOptions, 'format' | 'raw'>,
  typesOf: (request: RequestInfo) => FieldTypes,
): void {
  if (raw || (format !== 'json' && format !== 'ndjson'))
    throw usage('--typed is for --format json or ndjson.');
  const unknown = chosen.find((request) => request.method === 'GET' && typesOf(request).size === 0);
  if (unknown !== undefined)
    throw usage(
      `--typed needs the metadata of ${unknown.module}, and there are none. Fetch them with apq metadata --output FILE, then name that with --metadata FILE.`,
    );
}

/** Throws where no single answer would be written. */
export function refuseRaw(
  chosen: readonly RequestInfo[],
  { dryRun, resume, report }: Pick<RunOptions, 'dryRun' | 'resume' | 'report'>,
): void {
  const [request, another] = chosen;
  if (request?.sql !== undefined)
    throw usage(
      '--raw writes the answer of a platform as it came, and a SQL request has none: choose a --format.',
    );
  if (another !== undefined || (request?.pages ?? 1) !== 1)
    throw usage(
      '--raw writes one answer: name one request with --request, and ask for one page with --pages 1.',
    );
  if (dryRun || resume || report !== undefined)
    throw usage('--raw goes with neither --dry-run, --resume nor --report.');
}

/** Throws where a fetch could not be continued later. */
export function refuseResume(
  chosen: readonly RequestInfo[],
  { format, output, dryRun }: Pick<RunOptions, 'format' | 'output' | 'dryRun'>,
): void {
  const [request, another] = chosen;
  if (dryRun) throw usage('--resume goes with no --dry-run.');
  if (output === undefined) throw usage('--resume needs a file: name it with --output FILE.');
  if (request?.sql !== undefined)
    throw usage('--resume goes with no SQL request: it is answered as a whole. Run it without.');
  if (another !== undefined || request?.method !== 'GET')
    throw usage('--resume is for one GET request: name it with --request.');
  if (!isStreamFormat(format)) throw usage(`--resume is for --format ${alternatives(STREAM_FORMATS)}.`);
  if (request.expectations.length > 0)
    throw usage('--resume is for a request without # @expect lines, which look at all records.');
}
