import { onDocumentRequest } from '../handler';
import { DocumentFormattingRequest, DocumentRangeFormattingRequest } from '../lsp';
import { editsOf, spanOf } from '../positions';

export const formatting = onDocumentRequest({
  type: DocumentFormattingRequest.type,
  capabilities: { documentFormattingProvider: true },
  fallback: [],
  handle: ({ lines, current }, _params, { service }) => editsOf(lines, service.format(current)),
});

export const rangeFormatting = onDocumentRequest({
  type: DocumentRangeFormattingRequest.type,
  capabilities: { documentRangeFormattingProvider: true },
  fallback: [],
  handle: ({ lines, current }, { range }, { service }) =>
    editsOf(lines, service.format(current, spanOf(lines, range))),
});
