/** All handlers of the server. Each one declares its own capabilities. */
import type { Handler } from './handler';
import { builderEdit, builderRecords, builderState } from './handlers/builder';
import { codeAction } from './handlers/code-action';
import { codeLens } from './handlers/code-lens';
import { completion } from './handlers/completion';
import { completionResolve } from './handlers/completion-resolve';
import { diagnostic } from './handlers/diagnostic';
import { documentLink } from './handlers/document-link';
import { documentSymbol } from './handlers/document-symbol';
import { didChange, didClose, didOpen } from './handlers/document-sync';
import { executeCommand } from './handlers/execute-command';
import { foldingRange } from './handlers/folding-range';
import { formatting, rangeFormatting } from './handlers/formatting';
import { hover } from './handlers/hover';
import { inlayHint } from './handlers/inlay-hint';
import { definition, documentHighlight, references } from './handlers/occurrences';
import {
  changeKnownData,
  recordsSearched,
  setConnections,
  setKnownData,
  setMetadata,
} from './handlers/platforms';
import { prepareRename, rename } from './handlers/rename';
import { selectionRange } from './handlers/selection-range';
import { rangeSemanticTokens, semanticTokens } from './handlers/semantic-tokens';
import { signatureHelp } from './handlers/signature-help';
import { workspaceSymbol } from './handlers/workspace-symbol';

export const HANDLERS: readonly Handler[] = [
  didOpen,
  didChange,
  didClose,
  setConnections,
  setMetadata,
  setKnownData,
  changeKnownData,
  recordsSearched,
  diagnostic,
  completion,
  completionResolve,
  signatureHelp,
  hover,
  codeAction,
  codeLens,
  executeCommand,
  formatting,
  rangeFormatting,
  documentSymbol,
  workspaceSymbol,
  foldingRange,
  selectionRange,
  definition,
  references,
  documentHighlight,
  prepareRename,
  rename,
  documentLink,
  inlayHint,
  semanticTokens,
  rangeSemanticTokens,
  builderState,
  builderRecords,
  builderEdit,
];
