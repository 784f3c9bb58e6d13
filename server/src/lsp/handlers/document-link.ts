import { onLongRequest } from '../handler';
import { DocumentLinkRequest } from '../lsp';
import { rangeOf } from '../positions';

export const documentLink = onLongRequest({
  type: DocumentLinkRequest.type,
  capabilities: { documentLinkProvider: {} },
  fallback: [],
  *steps({ lines, current }, _params, { service }) {
    return (yield* service.linksInSteps(current)).map((link) => ({
      range: rangeOf(lines, link),
      target: link.target,
    }));
  },
});
