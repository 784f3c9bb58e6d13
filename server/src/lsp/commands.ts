/** What lenses and fixes do in an editor without our commands: the server can't run requests, but can explain how to. */
import { fileURLToPath } from 'node:url';
import { CLIENT_COMMANDS } from '#protocol';

const HOW: ReadonlyMap<string, (run: string) => string> = new Map([
  [CLIENT_COMMANDS.run, (run) => `To run it, in a terminal: ${run}`],
  [
    CLIENT_COMMANDS.count,
    (run) => `To count, write $count = true and $top = 1 in the request; then, in a terminal: ${run}`,
  ],
  [CLIENT_COMMANDS.fetchAll, (run) => `To fetch every page, in a terminal: ${run} --pages all`],
  [CLIENT_COMMANDS.preview, (run) => `To see what would be sent, in a terminal: ${run} --dry-run`],
  [CLIENT_COMMANDS.copy, (run) => `To see the address, in a terminal: ${run} --dry-run`],
]);

/** Advertised only to such editors: in VS Code the extension has these commands, and more. */
export const SERVER_COMMANDS: readonly string[] = [...HOW.keys(), CLIENT_COMMANDS.refreshMetadata];

/** How to do the same on the command line; undefined for other commands. */
export function howTo(command: string, [uri, index]: readonly unknown[]): string | undefined {
  if (typeof uri !== 'string' || typeof index !== 'number') return undefined;
  return HOW.get(command)?.(`apq run "${pathOf(uri)}" --request ${index}`);
}

function pathOf(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}
