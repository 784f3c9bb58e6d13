/** The floor: a server that only sends prepared answers. */
import { readFileSync } from 'node:fs';
import type { CompletionList, DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { createConnection, ProposedFeatures, TextDocumentSyncKind } from 'vscode-languageserver/node';

const answers = JSON.parse(readFileSync(process.env['ECHO_ANSWERS'] ?? '', 'utf8')) as {
  completion: CompletionList;
  report: DocumentDiagnosticReport;
};
const connection = createConnection(ProposedFeatures.all);
connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    completionProvider: {},
    hoverProvider: true,
    diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
  },
}));
connection.onDidOpenTextDocument(() => undefined);
connection.onDidChangeTextDocument(() => undefined);
connection.onHover(() => null);
connection.languages.diagnostics.on(() => answers.report);
connection.onCompletion(() => answers.completion);
connection.listen();
