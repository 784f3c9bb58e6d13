/** `apq`: run, check and metadata from a terminal. Results go to standard output, everything else to standard error. */
import { cac } from 'cac';
import { check } from './check';
import { Exit, usage } from './exit';
import { format } from './format';
import { metadata } from './metadata';
import { run } from './run';
import { version } from '../../../package.json';

async function main(argv: readonly string[]): Promise<number> {
  const cli = cac('apq');
  let work: (() => Promise<number>) | undefined;
  cli
    .command('run <file>', 'Run requests of a file')
    .option('--request <which>', 'Title, name, index (from 0) or all; the first when absent')
    .option('--root <url>', 'The platform’s root: https://NAME.accessplanit.com/accessplan')
    .option('--pages <n>', 'How many pages to fetch, or all')
    .option('--format <format>', 'table, json, ndjson or csv', { default: 'table' })
    .option('--output <file>', 'Write the results to a file')
    .option('--var <name=value>', 'Give a variable a value; may be repeated')
    .option('--yes', 'Really send POST, PUT and DELETE')
    .option('--dry-run', 'Show what would be sent')
    .option('--api-key-stdin', 'Read the API key from standard input')
    .option('--metadata <file>', 'A metadata cache file to check against')
    .action((file: string, options: Readonly<Record<string, unknown>>) => (work = () => run(file, options)));
  cli
    .command('check <...files>', 'Check files')
    .option('--metadata <file>', 'A metadata cache file')
    .option('--format <format>', 'text or json', { default: 'text' })
    .action(
      (files: string[], options: Readonly<Record<string, unknown>>) => (work = () => check(files, options)),
    );
  cli
    .command('format <...files>', 'Tidy files; what they send stays the same')
    .option('--check', 'Change nothing; fail when a file is not tidy')
    .action(
      (files: string[], options: Readonly<Record<string, unknown>>) => (work = () => format(files, options)),
    );
  cli
    .command('metadata', 'Fetch the modules and fields of a platform')
    .option('--root <url>', 'The platform’s root')
    .option('--output <file>', 'Write them to a file')
    .option('--modules <a,b>', 'Only the fields of these modules')
    .option('--api-key-stdin', 'Read the API key from standard input')
    .action((options: Readonly<Record<string, unknown>>) => (work = () => metadata(options)));
  cli.help();
  cli.version(version);
  try {
    const { options } = cli.parse([...argv], { run: false });
    if (options['help'] === true || options['version'] === true) return 0;
    if (cli.matchedCommand === undefined)
      throw usage(
        cli.args.length > 0
          ? `There is no command “${cli.args[0] ?? ''}”. Use run, check, format or metadata.`
          : 'Name a command: run, check, format or metadata. apq --help says more.',
      );
    cli.runMatchedCommand();
  } catch (error) {
    // cac reports wrong usage by an error of its own.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  try {
    return (await work?.()) ?? 2;
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code;
  }
}

void main(process.argv).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(
      `Something went wrong in apq: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
