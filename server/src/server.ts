/** The language server's program: `node server.js --stdio`. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './lsp/server';

const connection = createConnection(ProposedFeatures.all);
serve(connection);
connection.listen();
