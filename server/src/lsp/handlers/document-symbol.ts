import type { DocumentSymbol } from 'vscode-languageserver/node';
import type { OutlineEntry, Positions } from '#language';
import { MAX_LISTED, onLongRequest } from '../handler';
import { DocumentSymbolRequest, SymbolKind } from '../lsp';
import { rangeOf } from '../positions';

export const documentSymbol = onLongRequest({
  type: DocumentSymbolRequest.type,
  capabilities: { documentSymbolProvider: true },
  fallback: [],
  *steps({ lines, current }, _params, { service }) {
    const symbols: DocumentSymbol[] = [];
    for (const entry of yield* service.outlineInSteps(current, MAX_LISTED)) {
      symbols.push(symbolOf(entry, lines));
      yield;
    }
    return symbols;
  },
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
