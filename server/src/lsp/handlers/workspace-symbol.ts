import type { SymbolInformation } from 'vscode-languageserver/node';
import type { ApqDocument, Steps } from '#language';
import { onRequest } from '../handler';
import { LSPErrorCodes, ResponseError, WorkspaceSymbolRequest } from '../lsp';
import { rangeOf } from '../positions';
import { inSlices } from '../slices';
import type { Workspace } from '../workspace';
import { findQueryFiles } from '../workspace-files';
import { SYMBOL_KINDS } from './document-symbol';

const MAX_SYMBOLS = 500;

/** The requests of all query files; for open files, those of the editor's text. */
export const workspaceSymbol = onRequest({
  type: WorkspaceSymbolRequest.type,
  capabilities: { workspaceSymbolProvider: true },
  fallback: [],
  handle: async ({ query }, workspace, token) => {
    const found: SymbolInformation[] = [];
    const open = new Set<string>();
    const dropped = () => (token.isCancellationRequested ? CANCELLED : undefined);
    const search = async (uri: string, document: ApqDocument) => {
      const more = await inSlices(requestsIn(uri, document, query, workspace), dropped);
      if (!(more instanceof ResponseError)) for (const each of more) found.push(each);
    };
    for (const { uri, current } of workspace.documents.all()) {
      open.add(uri);
      await search(uri, current);
    }
    for (const { uri, text } of await findQueryFiles(workspace.folders)) {
      if (found.length >= MAX_SYMBOLS || dropped() !== undefined) break;
      if (!open.has(uri)) await search(uri, workspace.service.parse(text));
    }
    return dropped() ?? found.slice(0, MAX_SYMBOLS);
  },
});

const CANCELLED = new ResponseError<void>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');

function* requestsIn(
  uri: string,
  document: ApqDocument,
  query: string,
  { service }: Workspace,
): Steps<SymbolInformation[]> {
  return (yield* service.outlineInSteps(document))
    .filter(({ kind, name }) => kind === 'request' && isSubsequence(query.toLowerCase(), name.toLowerCase()))
    .slice(0, MAX_SYMBOLS)
    .map((entry) => ({
      name: entry.name,
      kind: SYMBOL_KINDS.request,
      containerName: entry.detail,
      location: { uri, range: rangeOf(document.positions, entry.span) },
    }));
}

/** `ucd` finds `Upcoming course dates`. */
function isSubsequence(wanted: string, text: string): boolean {
  let at = 0;
  for (const ch of wanted) {
    at = text.indexOf(ch, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
