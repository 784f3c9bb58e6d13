import type { CodeLens } from 'vscode-languageserver/node';
import { CLIENT_COMMANDS } from '#protocol';
import { MAX_LISTED, onLongRequest } from '../handler';
import { CodeLensRequest } from '../lsp';
import { rangeOf } from '../positions';

export const codeLens = onLongRequest({
  type: CodeLensRequest.type,
  capabilities: { codeLensProvider: {} },
  fallback: [],
  *steps({ uri, lines, current }, _params, { service, abilities }) {
    return (yield* service.requestsInSteps(current, MAX_LISTED)).flatMap(({ line, index, method }) => {
      const range = rangeOf(lines, line);
      const lens = (title: string, command: string): CodeLens => ({
        range,
        command: { title, command, arguments: [uri, index] },
      });
      const reads =
        method === 'GET'
          ? [lens('Count', CLIENT_COMMANDS.count), lens('Fetch all', CLIENT_COMMANDS.fetchAll)]
          : [];
      return [
        lens(abilities.commands ? '$(play) Run' : 'Run', CLIENT_COMMANDS.run),
        ...reads,
        lens('Preview', CLIENT_COMMANDS.preview),
        lens('Copy', CLIENT_COMMANDS.copy),
      ];
    });
  },
});
