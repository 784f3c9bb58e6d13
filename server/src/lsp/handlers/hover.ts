import { onDocumentRequest } from '../handler';
import { HoverRequest, MarkupKind } from '../lsp';
import { rangeOf } from '../positions';

export const hover = onDocumentRequest({
  type: HoverRequest.type,
  capabilities: { hoverProvider: true },
  needsMetadata: true,
  fallback: null,
  handle: ({ lines, current }, { position }, { service }) => {
    const found = service.hover(current, lines.offsetAt(position));
    if (found === undefined) return null;
    return {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: rangeOf(lines, found),
    };
  },
});
