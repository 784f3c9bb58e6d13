/** The language server's program: `node server.js --stdio`. */
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './lsp/server';

// A long file is read with many short-lived trees: the heap is tidied before it has grown to twice what is in use.
setFlagsFromString('--heap-growing-percent=40');

const connection = createConnection(ProposedFeatures.all);
serve(connection);
connection.listen();
