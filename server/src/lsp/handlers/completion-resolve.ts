import type { CompletionData } from '#protocol';
import { onRequest } from '../handler';
import { CompletionResolveRequest, MarkupKind } from '../lsp';

/** Adds the documentation to an item of one of the last lists; any other item stays as it is. */
export const completionResolve = onRequest({
  type: CompletionResolveRequest.type,
  fallback: { label: '' },
  afterFault: (item) => item,
  handle: (item, { offered }) => {
    const list = listOf(item.data);
    const value = list === undefined ? undefined : offered.documentationOf(list, item);
    return value === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
  },
});

/** The client sends back what it was sent, or what is none of ours. */
function listOf(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { list } = data as Partial<Record<keyof CompletionData, unknown>>;
  return typeof list === 'number' ? list : undefined;
}
