import type { Fold } from '#language';
import { MAX_LISTED, onLongRequest } from '../handler';
import { FoldingRangeKind, FoldingRangeRequest } from '../lsp';

export const foldingRange = onLongRequest({
  type: FoldingRangeRequest.type,
  capabilities: { foldingRangeProvider: true },
  fallback: [],
  *steps({ lines, current }, _params, { service }) {
    return (yield* service.foldsInSteps(current, MAX_LISTED)).map((fold) => ({
      startLine: lines.positionAt(fold.offset).line,
      endLine: lines.positionAt(fold.offset + fold.length).line,
      ...KINDS[fold.kind],
    }));
  },
});

const KINDS = {
  region: { kind: FoldingRangeKind.Region },
  comment: { kind: FoldingRangeKind.Comment },
  part: {},
} satisfies Record<Fold['kind'], { kind?: FoldingRangeKind }>;
