/** The server, which also tells the text that it has of a document. Run as a program of its own. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from '#lsp/server';

const connection = createConnection(ProposedFeatures.all);
const { documents } = serve(connection);
connection.onRequest('test/text', (uri: string) => documents.get(uri)?.current.text ?? null);
connection.listen();
