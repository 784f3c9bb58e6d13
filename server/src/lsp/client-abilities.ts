/** What the client tells about itself in `initialize`. It is data from outside: the server takes only what it understands. */
import type { InitializeParams } from 'vscode-languageserver/node';
import type { InitializationOptions } from '#protocol';

/** What the client can do. */
export interface ClientAbilities {
  /** The client has the commands of `CLIENT_COMMANDS`. */
  readonly commands: boolean;
  /** The client understands snippets in completion items. */
  readonly snippets: boolean;
  /** The client asks for diagnostics; to others they are sent. */
  readonly pulls: boolean;
  /** The client asks for diagnostics again when it is told to. */
  readonly refreshes: boolean;
}

export const NO_ABILITIES: ClientAbilities = {
  commands: false,
  snippets: false,
  pulls: false,
  refreshes: false,
};

export const abilitiesOf = ({ initializationOptions, capabilities }: InitializeParams): ClientAbilities => ({
  commands: optionsOf(initializationOptions).commands === true,
  snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
  pulls: capabilities.textDocument?.diagnostic !== undefined,
  refreshes: capabilities.workspace?.diagnostics?.refreshSupport === true,
});

/** `initializationOptions`, without values of a wrong type. */
export function optionsOf(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  const { metadataFile, commands } = value as Readonly<Record<string, unknown>>;
  return {
    ...(typeof metadataFile === 'string' && metadataFile !== '' ? { metadataFile } : {}),
    ...(commands === true ? { commands } : {}),
  };
}
