import type { Command, CompletionItem as LspCompletionItem, Range } from 'vscode-languageserver/node';
import type { CompletionItem, ItemKind, Positions, Span } from '#language';
import { CLIENT_COMMANDS } from '#protocol';
import type { ClientAbilities } from '../client-abilities';
import { onDocumentRequest } from '../handler';
import { CompletionItemKind, CompletionRequest, InsertTextFormat, MarkupKind } from '../lsp';
import { editOf, rangeOf } from '../positions';

export const completion = onDocumentRequest({
  type: CompletionRequest.type,
  capabilities: {
    completionProvider: {
      triggerCharacters: ['$', ' ', "'", '(', ',', '{', '=', '?', '&', '/', '@', '"', '.'],
    },
  },
  needsMetadata: true,
  fallback: null,
  handle: ({ lines, current }, { position }, { service, abilities }) => ({
    isIncomplete: false,
    items: itemsOf(service.complete(current, lines.offsetAt(position)), lines, abilities),
  }),
});

const KINDS = {
  method: CompletionItemKind.Method,
  module: CompletionItemKind.Class,
  parameter: CompletionItemKind.Property,
  field: CompletionItemKind.Field,
  operator: CompletionItemKind.Operator,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  value: CompletionItemKind.Value,
  variable: CompletionItemKind.Variable,
  directive: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
  note: CompletionItemKind.Text,
} satisfies Record<ItemKind, CompletionItemKind>;

function itemsOf(
  items: readonly CompletionItem[],
  lines: Positions,
  client: ClientAbilities,
): LspCompletionItem[] {
  // Most items replace the same span.
  const ranges = new Map<Span, Range>();
  return items.map((item, index) => {
    const range = ranges.get(item.replace) ?? rangeOf(lines, item.replace);
    ranges.set(item.replace, range);
    return itemOf(item, index, range, lines, client);
  });
}

function itemOf(
  item: CompletionItem,
  index: number,
  range: Range,
  lines: Positions,
  { commands, snippets }: ClientAbilities,
): LspCompletionItem {
  const snippet = snippets && item.snippet === true;
  const command = commands ? commandOf(item) : undefined;
  return {
    label: item.label,
    kind: KINDS[item.kind],
    textEdit: {
      range,
      newText: snippet || item.snippet !== true ? item.insert : plainOf(item.insert),
    },
    // The client must keep the language's order.
    sortText: `${item.rank ?? 0}${String(index).padStart(4, '0')}`,
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
    ...(item.filter === undefined ? {} : { filterText: item.filter }),
    ...(item.also === undefined ? {} : { additionalTextEdits: item.also.map((edit) => editOf(lines, edit)) }),
    ...(command === undefined ? {} : { command }),
  };
}

/** What the client does after inserting the item. */
function commandOf(item: CompletionItem): Command | undefined {
  if (item.retrigger === true) return { title: 'Suggest', command: CLIENT_COMMANDS.suggest };
  if (item.help === undefined) return undefined;
  return { title: 'Refresh metadata', command: CLIENT_COMMANDS.refreshMetadata };
}

/** A snippet as plain text: each placeholder's text, the first option of a choice. */
const plainOf = (snippet: string): string =>
  snippet.replace(
    /\\([\\$}])|\$\{\d+\|([^,|]*)[^}]*\|\}|\$\{\d+:([^}]*)\}|\$\{\d+\}|\$\d+/g,
    (_all, escaped?: string, choice?: string, text?: string) => escaped ?? choice ?? text ?? '',
  );
