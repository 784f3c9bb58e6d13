import { onDocumentRequest } from '../handler';
import { DocumentLinkRequest } from '../lsp';
import { rangeOf } from '../positions';

export const documentLink = onDocumentRequest({
  type: DocumentLinkRequest.type,
  capabilities: { documentLinkProvider: {} },
  fallback: [],
  handle: ({ lines, current }, _params, { service }) =>
    service.links(current).map((link) => ({ range: rangeOf(lines, link), target: link.target })),
});
