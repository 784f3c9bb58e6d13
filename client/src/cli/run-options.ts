/** The options of `apq run`, checked. */
import type { CellStyle } from '#core/results/csv';
import {
  COMMAND_LINE_FORMATS,
  type CommandLineFormat,
  extensionOf,
  formatOfName,
  FORMATS,
  isCommandLineFormat,
  isStreamFormat,
  STREAM_FORMATS,
} from '#core/results/formats';
import { ownValue } from '#core/text/names';
import { CONCURRENCY, MAX_CONCURRENCY, pagesOf, type RequestInfo } from '#language';
import { DAY_MS, durationOf } from './duration';
import { usage } from './exit';
import { alternatives, isOn, oneOf, type Options, outputOf, pairs, text } from './options';

export interface RunOptions {
  readonly format: CommandLineFormat;
  /** How the cells of a CSV are written. */
  readonly csv: CellStyle;
  /** Undefined: as many as `# @pages` asks for, else one. */
  readonly pages: number | 'all' | undefined;
  readonly concurrency: number;
  /** Title, name, index or `all`; undefined: the first. */
  readonly request: string | undefined;
  /** A path; undefined: standard output. */
  readonly output: string | undefined;
  /** The path of the JUnit report; undefined for none. */
  readonly report: string | undefined;
  /** Values of the file's variables, by name. */
  readonly given: ReadonlyMap<string, string>;
  readonly resume: boolean;
  /** How old an unfinished fetch may be that `resume` continues, in milliseconds. */
  readonly resumeWithin: number;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

/** Throws an `Exit` with what is wrong with the usage. */
export const readRunOptions = (options: Options): RunOptions => ({
  format: readFormat(options),
  csv: readCellStyle(options),
  pages: readPages(options),
  concurrency: concurrencyOf(options),
  request: text(options, 'request'),
  output: outputOf(options),
  report: reportOf(options),
  given: pairs(options, 'var'),
  resume: isOn(options, 'resume'),
  resumeWithin: readResumeWithin(options),
  dryRun: isOn(options, 'dry-run'),
  yes: isOn(options, 'yes'),
});

/** `--format`, else the format that the name of the file stands for. Where both say something, they must agree. */
function readFormat(options: Options): CommandLineFormat {
  const output = outputOf(options) ?? '';
  const given =
    text(options, 'format') === undefined ? undefined : oneOf(options, 'format', COMMAND_LINE_FORMATS);
  const [extension, named] = [extensionOf(output), formatOfName(output)];
  if (named === undefined) {
    if (given === undefined && extension !== '' && extension !== 'txt')
      throw usage(
        `No format belongs to the name ${output}. Name one with --format, or let the name end in ${EXTENSIONS}.`,
      );
    return given ?? 'table';
  }
  if (!isCommandLineFormat(named))
    throw usage(`apq run can’t write .${extension} files. Let the name of the file end in ${EXTENSIONS}.`);
  if (given !== undefined && given !== named)
    throw usage(
      `--format ${given} and --output ${output} contradict each other: leave out --format, or change the name.`,
    );
  return named;
}

function readCellStyle(options: Options): CellStyle {
  const given = ['no-formula-guard', 'null', 'lists'].find((name) => ownValue(options, name) !== undefined);
  if (given !== undefined && readFormat(options) !== 'csv') throw usage(`--${given} is for --format csv.`);
  // Empty, it still tells null from a text without characters, which is quoted then.
  const nullText = text(options, 'null', { mayBeEmpty: true });
  return {
    formulaGuard: !isOn(options, 'no-formula-guard'),
    lists: oneOf(options, 'lists', ['text', 'json']),
    ...(nullText === undefined ? {} : { nullText }),
  };
}

const EXTENSIONS = alternatives(
  COMMAND_LINE_FORMATS.flatMap((format) => {
    const { extension } = FORMATS[format];
    return extension === undefined ? [] : [`.${extension}`];
  }),
);

function reportOf(options: Options): string | undefined {
  const report = text(options, 'report');
  if (report !== undefined && !/^junit=./.test(report))
    throw usage('Write --report junit=FILE: no other kind of report exists.');
  return report?.slice('junit='.length);
}

function readPages(options: Options): number | 'all' | undefined {
  const value = text(options, 'pages');
  if (value === undefined) return undefined;
  const pages = pagesOf(value);
  if (pages === undefined) throw usage('--pages must be a number from 1, or all.');
  return pages;
}

function readResumeWithin(options: Options): number {
  const value = text(options, 'resume-within');
  if (value === undefined) return DAY_MS;
  if (!isOn(options, 'resume')) throw usage('--resume-within is for --resume: give both.');
  const within = durationOf(value);
  if (within === undefined) throw usage('--resume-within must be a time such as 30m, 6h or 2d.');
  return within;
}

function concurrencyOf(options: Options): number {
  const value = text(options, 'concurrency') ?? String(CONCURRENCY);
  if (!/^\d{1,2}$/.test(value) || Number(value) < 1 || Number(value) > MAX_CONCURRENCY)
    throw usage(`--concurrency must be a number from 1 to ${MAX_CONCURRENCY}.`);
  return Number(value);
}

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

/** Throws where a fetch could not be continued later. */
export function refuseResume(
  chosen: readonly RequestInfo[],
  { format, output, dryRun }: Pick<RunOptions, 'format' | 'output' | 'dryRun'>,
): void {
  const [request, another] = chosen;
  if (output === undefined) throw usage('--resume needs a file: name it with --output FILE.');
  if (another !== undefined || request?.method !== 'GET' || dryRun)
    throw usage('--resume is for one GET request: name it with --request.');
  if (!isStreamFormat(format)) throw usage(`--resume is for --format ${alternatives(STREAM_FORMATS)}.`);
  if (request.expectations.length > 0)
    throw usage('--resume is for a request without # @expect lines, which look at all records.');
}
