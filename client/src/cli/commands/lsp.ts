/** `apq lsp`: starts the language server, so that an editor needs nothing but `apq`. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Exit } from '../exit';
import { command } from '../frame/command';
import { flag } from '../frame/option';
import { tell } from '../terminal';

/** Beside this program in a package and in `dist/`. */
const SERVER = join(__dirname, 'server.js');
/** Each message of the protocol begins with a header whose name begins so. */
const HEADER = 'Content-';

export const lsp = command({
  name: 'lsp',
  summary: 'Start the language server, for editors',
  details: [
    'It speaks the Language Server Protocol on standard input and output, needs no network, and ends with its editor. Editors pass the name of a metadata file in initializationOptions: {"metadataFile":"acme.json"}.',
  ],
  options: { stdio: flag('Speak on standard input and output, as it does anyway') },
  examples: [
    ['lsp', 'What an editor runs; see docs/other-editors.md.'],
    ['lsp --stdio', 'The same, for editors that add --stdio.'],
  ],
  statuses: {
    1: 'the file server.js is not beside apq.js, or the editor is gone without a word',
    2: 'standard input ended, or held something else, before an editor spoke',
  },
  environment: [],
  run: async () => {
    if (!existsSync(SERVER))
      throw new Exit(
        1,
        `The language server is not here: ${SERVER}. It comes with the package of apq, not with the single file.`,
      );
    tellOfNoEditor();
    // The server takes its channel from the arguments of the process.
    process.argv.splice(2, Infinity, '--stdio');
    createRequire(__filename)(SERVER);
    // The server ends the process by itself.
    return new Promise<never>(() => undefined);
  },
});

/** Says what the server waits for where it ends before an editor spoke to it. */
function tellOfNoEditor(): void {
  let begin = '';
  const listen = (data: Buffer) => {
    begin += data.toString('latin1', 0, HEADER.length);
    if (begin.length >= HEADER.length) process.stdin.off('data', listen);
  };
  process.stdin.on('data', listen);
  process.on('exit', () => {
    if (begin.startsWith(HEADER)) return;
    process.exitCode = 2;
    tell(
      'No editor spoke: apq lsp waits on standard input for the messages of an editor (Language Server Protocol), which starts it by itself. See docs/other-editors.md.',
    );
  });
}
