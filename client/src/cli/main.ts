/** `apq`, the command line. Results go to standard output, everything else to standard error. */
import { OutputFileError } from '#core/files/file-error';
import { removeUnfinished } from '#core/files/unfinished';
import { harmless } from '#core/text/foreign-text';
import { version } from '#package.json';
import { COMMANDS } from './commands/all';
import { Exit, usage } from './exit';
import { readArguments } from './frame/arguments';
import { helpOf, overview } from './frame/help';
import { near } from './frame/near';
import { endOfHangUp, watchSignals } from './interruption';
import { loseOutput, print, setVolume, tell, withOutput } from './terminal';

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
      `There is no ${asked.startsWith('-') ? 'option' : 'command'} “${asked}”.${near(
        asked,
        asked.startsWith('-') ? ['--version', '--help'] : COMMANDS.map(({ name }) => name),
      )} See apq --help.`,
    );
  if (wantsHelp) {
    await print(helpOf(command));
    return 0;
  }
  refuseLostFolder();
  const { operands, written } = readArguments(command, rest);
  setVolume({ quiet: written.has('quiet'), verbose: written.has('verbose') });
  return command.start(operands, written);
}

/** Throws an `Exit` where the working folder was removed: the paths that are written would mean nothing. */
function refuseLostFolder(): void {
  try {
    process.cwd();
  } catch {
    throw usage(
      'The folder that apq was started in no longer exists. Change to another one (cd), then run it again.',
    );
  }
}

process.on('exit', removeUnfinished);
watchSignals();

process.stdout.on('error', loseOutput);

void main(process.argv.slice(2))
  .then(
    (code) => (process.exitCode = withOutput(code)),
    (error: unknown) => {
      if (error instanceof Exit || error instanceof OutputFileError) tell(error.message);
      else
        tell(
          `Something went wrong in apq: ${harmless(error instanceof Error ? (error.stack ?? error.message) : String(error))}`,
        );
      process.exitCode =
        error instanceof Exit ? error.code : error instanceof OutputFileError && error.refused ? 2 : 1;
    },
  )
  .finally(endOfHangUp);
