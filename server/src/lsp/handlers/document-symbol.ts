import type { DocumentSymbol } from 'vscode-languageserver/node';
import type { OutlineEntry, Positions } from '#language';
import { onDocumentRequest } from '../handler';
import { DocumentSymbolRequest, SymbolKind } from '../lsp';
import { rangeOf } from '../positions';

export const documentSymbol = onDocumentRequest({
  type: DocumentSymbolRequest.type,
  capabilities: { documentSymbolProvider: true },
  fallback: [],
  handle: ({ lines, current }, _params, { service }) =>
    service.outline(current).map((entry) => symbolOf(entry, lines)),
});

export const SYMBOL_KINDS = {
  request: SymbolKind.Method,
  variable: SymbolKind.Variable,
  clause: SymbolKind.Property,
  body: SymbolKind.Object,
} satisfies Record<OutlineEntry['kind'], SymbolKind>;

const symbolOf = (entry: OutlineEntry, lines: Positions): DocumentSymbol => ({
  name: entry.name,
  detail: entry.detail,
  kind: SYMBOL_KINDS[entry.kind],
  range: rangeOf(lines, entry.span),
  selectionRange: rangeOf(lines, entry.selection),
  children: entry.children.map((child) => symbolOf(child, lines)),
});
