/** `apq`, the command line. Results go to standard output, everything else to standard error. */
import { OutputFileError } from '#core/files/file-error';
import { removeUnfinished } from '#core/files/unfinished';
import { version } from '#package.json';
import { COMMANDS } from './commands/all';
import { Exit, usage } from './exit';
import { readArguments } from './frame/arguments';
import { helpOf, overview } from './frame/help';
import { near } from './frame/near';
import { endOfHangUp, watchSignals } from './interruption';
import { print, setVolume, tell } from './terminal';

async function main(words: readonly string[]): Promise<number> {
  const [first, ...rest] = words;
  if (first === undefined) throw usage(`Name a command.\n\n${overview(COMMANDS, version).trimEnd()}`);
  // With anything beside it, `-v` may be meant as something else, and nothing would run.
  if (['--version', '-V'].includes(first) || (first === '-v' && rest.length === 0)) {
    await print(`apq ${version}\n`);
    return 0;
  }
  const asked = first === 'help' ? rest[0] : first;
  const wantsHelp = first === 'help' || words.some((word) => word === '--help' || word === '-h');
  if (asked === undefined || (wantsHelp && asked.startsWith('-'))) {
    await print(overview(COMMANDS, version));
    return 0;
  }
  const command = COMMANDS.find(({ name }) => name === asked);
  if (command === undefined)
    throw usage(
      `There is no command “${asked}”.${near(
        asked,
        COMMANDS.map(({ name }) => name),
      )} See apq --help.`,
    );
  if (wantsHelp) {
    await print(helpOf(command));
    return 0;
  }
  const { operands, written } = readArguments(command, rest);
  setVolume({ quiet: written.has('quiet'), verbose: written.has('verbose') });
  return command.start(operands, written);
}

process.on('exit', removeUnfinished);
watchSignals();

// A reader that closed the pipe (`| head`) has all it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void main(process.argv.slice(2))
  .then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      if (error instanceof Exit || error instanceof OutputFileError) tell(error.message);
      else
        tell(
          `Something went wrong in apq: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      process.exitCode =
        error instanceof Exit ? error.code : error instanceof OutputFileError && error.refused ? 2 : 1;
    },
  )
  .finally(endOfHangUp);
