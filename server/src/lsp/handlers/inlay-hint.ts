import { onLongRequest } from '../handler';
import { InlayHintKind, InlayHintRequest, MarkupKind } from '../lsp';
import { spanOf } from '../span-of';

export const inlayHint = onLongRequest({
  type: InlayHintRequest.type,
  capabilities: { inlayHintProvider: true },
  fallback: [],
  *steps({ lines, current }, { range }, { service }) {
    yield* service.readInSteps(current);
    return (yield* service.hintsInSteps(current, spanOf(lines, range))).map(({ offset, text, tooltip }) => ({
      position: lines.positionAt(offset),
      label: text,
      kind: InlayHintKind.Type,
      paddingLeft: true,
      tooltip: { kind: MarkupKind.PlainText, value: tooltip },
    }));
  },
});
