import type { CodeLens } from 'vscode-languageserver/node';
import { CLIENT_COMMANDS } from '#protocol';
import { onDocumentRequest } from '../handler';
import { CodeLensRequest } from '../lsp';
import { rangeOf } from '../positions';

export const codeLens = onDocumentRequest({
  type: CodeLensRequest.type,
  capabilities: { codeLensProvider: {} },
  fallback: [],
  handle: ({ uri, lines, current }, _params, { service, abilities }) =>
    service.requests(current).flatMap(({ line, index, method }) => {
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
    }),
});
