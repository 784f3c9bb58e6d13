/** What the client says of itself in `initialize`: data from outside, of which only what the server understands is taken. */
import type { InitializeParams } from 'vscode-languageserver/node';
import type { InitializationOptions } from '#protocol';

/** What the client can do. */
export interface ClientAbilities {
  /** It has the commands of `CLIENT_COMMANDS`. */
  readonly commands: boolean;
  /** It understands snippets in completion items. */
  readonly snippets: boolean;
}

export const NO_ABILITIES: ClientAbilities = { commands: false, snippets: false };

export const abilitiesOf = ({ initializationOptions, capabilities }: InitializeParams): ClientAbilities => ({
  commands: optionsOf(initializationOptions).commands === true,
  snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
});

/** `initializationOptions`, without what is of another type. */
export function optionsOf(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  const { metadataFile, commands } = value as Readonly<Record<string, unknown>>;
  return {
    ...(typeof metadataFile === 'string' && metadataFile !== '' ? { metadataFile } : {}),
    ...(commands === true ? { commands } : {}),
  };
}
