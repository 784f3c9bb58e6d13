/** Where the variable or named request at a position is defined and used. */
import { onDocumentRequest, onLongRequest } from '../handler';
import { DefinitionRequest, DocumentHighlightRequest, ReferencesRequest } from '../lsp';
import { locationsOf, rangeOf } from '../positions';

export const definition = onDocumentRequest({
  type: DefinitionRequest.type,
  capabilities: { definitionProvider: true },
  fallback: [],
  handle: (document, { position }, { service }) =>
    locationsOf(document, service.definitions(document.current, document.lines.offsetAt(position))),
});

export const references = onLongRequest({
  type: ReferencesRequest.type,
  capabilities: { referencesProvider: true },
  fallback: [],
  *steps(document, { position, context }, { service }) {
    const { lines, current } = document;
    yield* service.readInSteps(current);
    return locationsOf(
      document,
      yield* service.referencesInSteps(current, lines.offsetAt(position), context.includeDeclaration),
    );
  },
});

export const documentHighlight = onLongRequest({
  type: DocumentHighlightRequest.type,
  capabilities: { documentHighlightProvider: true },
  fallback: [],
  *steps({ lines, current }, { position }, { service }) {
    yield* service.readInSteps(current);
    return (yield* service.referencesInSteps(current, lines.offsetAt(position), true)).map((span) => ({
      range: rangeOf(lines, span),
    }));
  },
});
