/** Where the variable or named request at a position is defined and used. */
import { onDocumentRequest } from '../handler';
import { DefinitionRequest, DocumentHighlightRequest, ReferencesRequest } from '../lsp';
import { locationsOf, rangeOf } from '../positions';

export const definition = onDocumentRequest({
  type: DefinitionRequest.type,
  capabilities: { definitionProvider: true },
  fallback: [],
  handle: (document, { position }, { service }) =>
    locationsOf(document, service.definitions(document.current, document.lines.offsetAt(position))),
});

export const references = onDocumentRequest({
  type: ReferencesRequest.type,
  capabilities: { referencesProvider: true },
  fallback: [],
  handle: (document, { position, context }, { service }) =>
    locationsOf(
      document,
      service.references(document.current, document.lines.offsetAt(position), context.includeDeclaration),
    ),
});

export const documentHighlight = onDocumentRequest({
  type: DocumentHighlightRequest.type,
  capabilities: { documentHighlightProvider: true },
  fallback: [],
  handle: ({ lines, current }, { position }, { service }) =>
    service
      .references(current, lines.offsetAt(position), true)
      .map((span) => ({ range: rangeOf(lines, span) })),
});
