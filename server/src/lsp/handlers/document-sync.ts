import { onNotification } from '../handler';
import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  TextDocumentSyncKind,
} from '../lsp';

export const didOpen = onNotification({
  type: DidOpenTextDocumentNotification.type,
  capabilities: { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } },
  handle: ({ textDocument }, workspace) => workspace.changed(workspace.documents.open(textDocument)),
});

export const didChange = onNotification({
  type: DidChangeTextDocumentNotification.type,
  handle: ({ textDocument, contentChanges }, workspace) => {
    const document = workspace.documents.change(textDocument.uri, textDocument.version, contentChanges);
    if (document !== undefined) workspace.changed(document);
  },
});

export const didClose = onNotification({
  type: DidCloseTextDocumentNotification.type,
  handle: ({ textDocument: { uri } }, workspace) => workspace.closed(uri),
});
