import type { Fold } from '#language';
import { onDocumentRequest } from '../handler';
import { FoldingRangeKind, FoldingRangeRequest } from '../lsp';

export const foldingRange = onDocumentRequest({
  type: FoldingRangeRequest.type,
  capabilities: { foldingRangeProvider: true },
  fallback: [],
  handle: ({ lines, current }, _params, { service }) =>
    service.folds(current).map((fold) => ({
      startLine: lines.positionAt(fold.offset).line,
      endLine: lines.positionAt(fold.offset + fold.length).line,
      ...KINDS[fold.kind],
    })),
});

const KINDS = {
  region: { kind: FoldingRangeKind.Region },
  comment: { kind: FoldingRangeKind.Comment },
  part: {},
} satisfies Record<Fold['kind'], { kind?: FoldingRangeKind }>;
