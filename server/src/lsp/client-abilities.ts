/** What the client tells about itself in `initialize`. It is data from outside: the server takes only what it understands. */
import type { CompletionClientCapabilities, InitializeParams } from 'vscode-languageserver/node';
import type { InitializationOptions } from '#protocol';

/** What the client can do. */
export interface ClientAbilities {
  /** The client has the commands of `CLIENT_COMMANDS`. */
  readonly commands: boolean;
  /** The client understands snippets in completion items. */
  readonly snippets: boolean;
  /** The client asks for the documentation of an item of a list when it is shown. */
  readonly resolves: boolean;
  /** The client understands one range for all items of a list. */
  readonly defaultRange: boolean;
  /** The client understands one `data` for all items of a list. */
  readonly defaultData: boolean;
  /** The client shows a few words beside the label of each item. */
  readonly labelDetails: boolean;
  /** The client understands from where to where a parameter is in the label of its signature. */
  readonly labelOffsets: boolean;
  /** The client asks for diagnostics; to others they are sent. */
  readonly pulls: boolean;
  /** The client asks for diagnostics again when it is told to. */
  readonly refreshes: boolean;
  /** The client asks for inlay hints again when it is told to. */
  readonly refreshesHints: boolean;
}

export const NO_ABILITIES: ClientAbilities = {
  commands: false,
  snippets: false,
  resolves: false,
  defaultRange: false,
  defaultData: false,
  labelDetails: false,
  labelOffsets: false,
  pulls: false,
  refreshes: false,
  refreshesHints: false,
};

export const abilitiesOf = ({ initializationOptions, capabilities }: InitializeParams): ClientAbilities => ({
  commands: optionsOf(initializationOptions).commands === true,
  ...completionAbilities(capabilities.textDocument?.completion),
  labelOffsets:
    capabilities.textDocument?.signatureHelp?.signatureInformation?.parameterInformation
      ?.labelOffsetSupport === true,
  pulls: capabilities.textDocument?.diagnostic !== undefined,
  refreshes: capabilities.workspace?.diagnostics?.refreshSupport === true,
  refreshesHints: capabilities.workspace?.inlayHint?.refreshSupport === true,
});

function completionAbilities(completion: CompletionClientCapabilities | undefined) {
  const { snippetSupport, resolveSupport, labelDetailsSupport } = completion?.completionItem ?? {};
  const defaults = completion?.completionList?.itemDefaults ?? [];
  return {
    snippets: snippetSupport === true,
    resolves: resolveSupport?.properties.includes('documentation') === true,
    defaultRange: defaults.includes('editRange'),
    defaultData: defaults.includes('data'),
    labelDetails: labelDetailsSupport === true,
  };
}

/** `initializationOptions`, without values of a wrong type. */
export function optionsOf(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  const { metadataFile, commands } = value as Readonly<Record<string, unknown>>;
  return {
    ...(typeof metadataFile === 'string' && metadataFile !== '' ? { metadataFile } : {}),
    ...(commands === true ? { commands } : {}),
  };
}
