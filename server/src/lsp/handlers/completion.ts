import type {
  Command,
  CompletionItem as LspCompletionItem,
  CompletionList,
  Range,
} from 'vscode-languageserver/node';
import { type CompletionItem, documentationOf, type ItemKind, type Positions, type Span } from '#language';
import { CLIENT_COMMANDS, type CompletionData, type LookUpValuesParams } from '#protocol';
import type { ClientAbilities } from '../client-abilities';
import { onDocumentRequest } from '../handler';
import { CompletionItemKind, CompletionRequest, InsertTextFormat, MarkupKind } from '../lsp';
import { editOf, rangeOf } from '../positions';
import { sortTexts } from '../sort-texts';

export const completion = onDocumentRequest({
  type: CompletionRequest.type,
  capabilities: {
    completionProvider: {
      triggerCharacters: ['$', ' ', "'", '(', ',', '{', '=', '<', '>', '!', '?', '&', '/', '@', '"', '.'],
      resolveProvider: true,
    },
  },
  needsMetadata: true,
  fallback: null,
  handle: ({ lines, current, uri }, { position }, workspace) => {
    const { service, abilities, offered } = workspace;
    const items = service.complete(current, lines.offsetAt(position));
    const search = items.find((item) => item.search !== undefined)?.search;
    if (search !== undefined) workspace.wantRecords(search, uri, position);
    const list = listOf(items, offered.next, lines, abilities);
    if (abilities.resolves) offered.add(items, list.items);
    return list;
  },
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

/** What most items of a list have in common is said once, where the client understands that. */
function listOf(
  items: readonly CompletionItem[],
  number: number,
  lines: Positions,
  client: ClientAbilities,
): CompletionList {
  // Most items replace the same span.
  const ranges = new Map<Span, Range>();
  const [first] = items;
  const common: Common = {
    replace: client.defaultRange ? first?.replace : undefined,
    data: client.defaultData && first !== undefined ? dataOf(first, number, client) : undefined,
  };
  const order = sortTexts(items.map(({ label }) => label));
  const sent = items.map((item, index) => {
    const range = ranges.get(item.replace) ?? rangeOf(lines, item.replace);
    ranges.set(item.replace, range);
    return itemOf(item, {
      range,
      order: order[index],
      data: dataOf(item, number, client),
      common,
      lines,
      client,
    });
  });
  const editRange = common.replace === undefined ? undefined : ranges.get(common.replace);
  const itemDefaults = {
    ...(editRange === undefined ? {} : { editRange }),
    ...(common.data === undefined ? {} : { data: common.data }),
  };
  const isIncomplete = items.some(({ changes }) => changes === true);
  return Object.keys(itemDefaults).length === 0
    ? { isIncomplete, items: sent }
    : { isIncomplete, itemDefaults, items: sent };
}

interface Common {
  readonly replace: Span | undefined;
  readonly data: CompletionData | undefined;
}

interface Sent {
  readonly range: Range;
  readonly order: string | undefined;
  readonly data: CompletionData | undefined;
  readonly common: Common;
  readonly lines: Positions;
  readonly client: ClientAbilities;
}

function itemOf(
  item: CompletionItem,
  { range, order, data, common, lines, client }: Sent,
): LspCompletionItem {
  const snippet = client.snippets && item.snippet === true;
  const newText = snippet || item.snippet !== true ? item.insert : plainOf(item.insert);
  const sent: LspCompletionItem = { label: item.label, kind: KINDS[item.kind] };
  if (item.everywhere === true && client.labelDetails) sent.labelDetails = { description: item.detail ?? '' };
  else if (item.detail !== undefined) sent.detail = item.detail;
  if (item.replace !== common.replace) sent.textEdit = { range, newText };
  else if (newText !== item.label) sent.textEditText = newText;
  if (order !== undefined) sent.sortText = order;
  if (snippet) sent.insertTextFormat = InsertTextFormat.Snippet;
  if (!client.resolves) sent.documentation = { kind: MarkupKind.Markdown, value: documentationOf(item) };
  if (item.filter !== undefined) sent.filterText = item.filter;
  if (item.also !== undefined) sent.additionalTextEdits = item.also.map((edit) => editOf(lines, edit));
  if (data !== undefined && !isSame(data, common.data)) sent.data = data;
  const command = client.commands ? commandOf(item, client) : undefined;
  if (command !== undefined) sent.command = command;
  return sent;
}

/** Nothing for clients that neither ask for documentation nor open lists again. */
function dataOf(
  { retrigger }: CompletionItem,
  list: number,
  client: ClientAbilities,
): CompletionData | undefined {
  if (!opensAgain(client)) return client.resolves ? { list } : undefined;
  return retrigger === true ? { list, again: true } : { list };
}

const isSame = (a: CompletionData, b: CompletionData | undefined) =>
  a.list === b?.list && a.again === b.again;

/** A client with our commands reads from the `data` that the list is to be opened again: a command for each item is long. */
const opensAgain = ({ commands, defaultData }: ClientAbilities) => commands && defaultData;

/** What the client does after inserting the item. */
function commandOf(item: CompletionItem, client: ClientAbilities): Command | undefined {
  if (item.retrigger === true)
    return opensAgain(client) ? undefined : { title: 'Suggest', command: CLIENT_COMMANDS.suggest };
  if (item.lookUp !== undefined) {
    const params: LookUpValuesParams = item.lookUp;
    return { title: 'Look up values', command: CLIENT_COMMANDS.lookUpValues, arguments: [params] };
  }
  if (item.help === undefined) return undefined;
  return { title: 'Refresh metadata', command: CLIENT_COMMANDS.refreshMetadata };
}

/** A snippet as plain text: each placeholder's text, the first option of a choice. */
const plainOf = (snippet: string): string =>
  snippet.replace(
    /\\([\\$}])|\$\{\d+\|((?:\\.|[^\\,|])*)(?:\\.|[^\\|])*\|\}|\$\{\d+:([^}]*)\}|\$\{\d+\}|\$\d+/g,
    (_all, escaped?: string, choice?: string, text?: string) =>
      escaped ?? choice?.replace(/\\(.)/g, '$1') ?? text ?? '',
  );
