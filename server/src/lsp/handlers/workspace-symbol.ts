import type { SymbolInformation } from 'vscode-languageserver/node';
import type { ApqDocument } from '#language';
import { onRequest } from '../handler';
import { WorkspaceSymbolRequest } from '../lsp';
import { rangeOf } from '../positions';
import type { Workspace } from '../workspace';
import { findQueryFiles } from '../workspace-files';
import { SYMBOL_KINDS } from './document-symbol';

const MAX_SYMBOLS = 500;

/** The requests of all query files; for open files, those of the editor's text. */
export const workspaceSymbol = onRequest({
  type: WorkspaceSymbolRequest.type,
  capabilities: { workspaceSymbolProvider: true },
  fallback: [],
  handle: async ({ query }, workspace) => {
    const found: SymbolInformation[] = [];
    const open = new Set<string>();
    for (const { uri, current } of workspace.documents.all()) {
      open.add(uri);
      found.push(...requestsIn(uri, current, query, workspace));
    }
    for (const { uri, text } of await findQueryFiles(workspace.folders))
      if (!open.has(uri)) found.push(...requestsIn(uri, workspace.service.parse(text), query, workspace));
    return found.slice(0, MAX_SYMBOLS);
  },
});

const requestsIn = (
  uri: string,
  document: ApqDocument,
  query: string,
  { service }: Workspace,
): SymbolInformation[] =>
  service
    .outline(document)
    .filter(({ kind, name }) => kind === 'request' && isSubsequence(query.toLowerCase(), name.toLowerCase()))
    .map((entry) => ({
      name: entry.name,
      kind: SYMBOL_KINDS.request,
      containerName: entry.detail,
      location: { uri, range: rangeOf(document.positions, entry.span) },
    }));

/** `ucd` finds `Upcoming course dates`. */
function isSubsequence(wanted: string, text: string): boolean {
  let at = 0;
  for (const ch of wanted) {
    at = text.indexOf(ch, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
