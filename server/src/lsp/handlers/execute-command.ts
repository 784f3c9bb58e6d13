import { CLIENT_COMMANDS } from '#protocol';
import { howTo, SERVER_COMMANDS } from '../commands';
import { onRequest } from '../handler';
import { ExecuteCommandRequest, MessageType } from '../lsp';

/** For clients without our commands only: in VS Code the extension has them. */
export const executeCommand = onRequest({
  type: ExecuteCommandRequest.type,
  capabilities: ({ commands }) =>
    commands ? {} : { executeCommandProvider: { commands: [...SERVER_COMMANDS] } },
  fallback: null,
  handle: async ({ command, arguments: given = [] }, workspace) => {
    const how = howTo(command, given);
    if (how !== undefined) workspace.client.show(MessageType.Info, how);
    if (command !== CLIENT_COMMANDS.refreshMetadata) return null;
    workspace.client.show(
      MessageType.Info,
      (await workspace.rereadMetadataFile())
        ? 'The metadata file was read again. “apq metadata --output FILE” fetches it again from the platform.'
        : 'Name a metadata file in the initializationOptions: { "metadataFile": "FILE" }. “apq metadata --output FILE” writes one.',
    );
    return null;
  },
});
