/** Registers every handler on a connection, with one guard around all of them. */
import type { Connection, InitializeResult, ServerCapabilities } from 'vscode-languageserver/node';
import { LanguageService } from '#language';
import { version } from '#package.json';
import { Guard } from './guard';
import { HANDLERS } from './handlers';
import { Workspace } from './workspace';

/** Returns the server's state. The caller then calls `connection.listen()`. */
export function serve(connection: Connection, service = new LanguageService()): Workspace {
  const guard = new Guard((message) => connection.console.error(message));
  const workspace = new Workspace(connection, service, guard);

  connection.onInitialize((params): InitializeResult => {
    void guard.run('initialize', undefined, () => workspace.initialize(params));
    return {
      serverInfo: { name: 'apq-language-server', version },
      capabilities: HANDLERS.reduce<ServerCapabilities>(
        (all, { capabilities }) => ({ ...all, ...capabilities(workspace.abilities) }),
        { positionEncoding: 'utf-16' },
      ),
    };
  });
  for (const handler of HANDLERS) handler.register(connection, workspace, guard);
  connection.onShutdown(() => void guard.run('shutdown', undefined, () => workspace.stop()));
  return workspace;
}
