import type { CodeLens } from 'vscode-languageserver/node';
import type { ApqDocument, Span } from '#language';
import { CLIENT_COMMANDS } from '#protocol';
import { MAX_LISTED, onLongRequest } from '../handler';
import { CodeLensRequest } from '../lsp';
import { rangeOf } from '../positions';

export const codeLens = onLongRequest({
  type: CodeLensRequest.type,
  capabilities: { codeLensProvider: {} },
  fallback: [],
  *steps({ uri, lines, current }, _params, { service, abilities }) {
    // Only the extension has a builder.
    const build = (span: Span): CodeLens[] => {
      const range = rangeOf(lines, span);
      const command = { title: 'Open in Builder', command: CLIENT_COMMANDS.openBuilder };
      return abilities.commands ? [{ range, command: { ...command, arguments: [uri, range.start] } }] : [];
    };
    const requests = yield* service.requestsInSteps(current, MAX_LISTED);
    if (requests.length === 0 && isBlank(current.file)) return build({ offset: 0, length: 0 });
    return requests.flatMap(({ line, index, method }) => {
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
        ...(method === 'GET' ? build(line) : []),
      ];
    });
  },
});

/** True for a file in which nothing stands. */
const isBlank = (file: ApqDocument['file']): boolean =>
  file.count === 1 && file.blockAt(0).tree.items.every(({ kind }) => kind === 'blank');
