import { onLongRequest } from '../handler';
import { DocumentFormattingRequest, DocumentRangeFormattingRequest } from '../lsp';
import { editsOf } from '../positions';
import { spanOf } from '../span-of';

export const formatting = onLongRequest({
  type: DocumentFormattingRequest.type,
  capabilities: { documentFormattingProvider: true },
  fallback: [],
  *steps(document, _params, { service }) {
    return editsOf(document, yield* service.formatInSteps(document.current));
  },
});

export const rangeFormatting = onLongRequest({
  type: DocumentRangeFormattingRequest.type,
  capabilities: { documentRangeFormattingProvider: true },
  fallback: [],
  *steps(document, { range }, { service }) {
    const { lines, current } = document;
    return editsOf(document, yield* service.formatInSteps(current, spanOf(lines, range)));
  },
});
