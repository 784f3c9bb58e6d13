import type { SelectionRange } from 'vscode-languageserver/node';
import { onDocumentRequest } from '../handler';
import { SelectionRangeRequest } from '../lsp';
import { rangeOf } from '../positions';

export const selectionRange = onDocumentRequest({
  type: SelectionRangeRequest.type,
  capabilities: { selectionRangeProvider: true },
  fallback: [],
  handle: ({ lines, current }, { positions }, { service }) =>
    positions.map((position): SelectionRange => {
      let innermost: SelectionRange | undefined;
      for (const span of service.selections(current, lines.offsetAt(position)).toReversed())
        innermost = {
          range: rangeOf(lines, span),
          ...(innermost === undefined ? {} : { parent: innermost }),
        };
      return innermost ?? { range: { start: position, end: position } };
    }),
});
