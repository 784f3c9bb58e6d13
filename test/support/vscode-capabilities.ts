/** What VS Code's language client declares for completion. */
import type { ClientCapabilities } from 'vscode-languageserver/node';

export const VSCODE_COMPLETION = {
  completionItem: {
    snippetSupport: true,
    resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
    labelDetailsSupport: true,
  },
  completionList: {
    itemDefaults: ['commitCharacters', 'editRange', 'insertTextFormat', 'insertTextMode', 'data'],
  },
} satisfies NonNullable<ClientCapabilities['textDocument']>['completion'];
