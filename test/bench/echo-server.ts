/** The floor: a server that only sends prepared answers. */
import { readFileSync } from 'node:fs';
import type { CompletionList, Diagnostic } from 'vscode-languageserver/node';
import { createConnection, ProposedFeatures, TextDocumentSyncKind } from 'vscode-languageserver/node';

const answers = JSON.parse(readFileSync(process.env['ECHO_ANSWERS'] ?? '', 'utf8')) as {
  completion: CompletionList;
  diagnostics: Diagnostic[];
};
const connection = createConnection(ProposedFeatures.all);
connection.onInitialize(() => ({
  capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, completionProvider: {} },
}));
connection.onDidOpenTextDocument(
  ({ textDocument: { uri } }) => void connection.sendDiagnostics({ uri, diagnostics: answers.diagnostics }),
);
connection.onDidChangeTextDocument(
  ({ textDocument: { uri } }) => void connection.sendDiagnostics({ uri, diagnostics: answers.diagnostics }),
);
connection.onCompletion(() => answers.completion);
connection.listen();
