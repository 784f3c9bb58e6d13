import { onDocumentRequest } from '../handler';
import { InlayHintKind, InlayHintRequest, MarkupKind } from '../lsp';
import { spanOf } from '../positions';

export const inlayHint = onDocumentRequest({
  type: InlayHintRequest.type,
  capabilities: { inlayHintProvider: true },
  fallback: [],
  handle: ({ lines, current }, { range }, { service }) =>
    service.hints(current, spanOf(lines, range)).map(({ offset, text }) => ({
      position: lines.positionAt(offset),
      label: text,
      kind: InlayHintKind.Type,
      paddingLeft: true,
      tooltip: { kind: MarkupKind.PlainText, value: 'The value now' },
    })),
});
