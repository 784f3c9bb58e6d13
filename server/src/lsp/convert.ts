/** From the language's values to LSP's. */
import {
  CompletionItemKind,
  DiagnosticSeverity,
  DiagnosticTag,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem as LspCompletionItem,
  type Diagnostic as LspDiagnostic,
  type Range,
} from 'vscode-languageserver/node';
import type { BlockDiagnostics, CompletionItem, ItemKind, Severity, Span } from '#language';
import { linesIn, type Positions } from '#language';
import { CLIENT_COMMANDS } from '../protocol';

/** Where each code is explained. */
export const DOCS = 'https://github.com/apq-tools/accessplanit-apq/blob/main/docs/diagnostics.md';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const KINDS: Readonly<Record<ItemKind, CompletionItemKind>> = {
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
};

export const rangeOf = (lines: Positions, span: Span): Range => ({
  start: lines.positionAt(span.offset),
  end: lines.positionAt(span.offset + span.length),
});

/** Converted diagnostics of a block, kept while the block's own stay the same: a block that only moved costs a sum. */
const converted = new WeakMap<
  readonly unknown[],
  { readonly line: number; readonly items: LspDiagnostic[] }
>();

export function diagnosticsOf({ block, diagnostics }: BlockDiagnostics): LspDiagnostic[] {
  const known = converted.get(diagnostics);
  if (known?.line === block.line) return known.items;
  const lines = linesIn(block.tree);
  const items = diagnostics.map((diagnostic): LspDiagnostic => {
    const { start, end } = rangeOf(lines, diagnostic);
    return {
      range: {
        start: { line: start.line + block.line, character: start.character },
        end: { line: end.line + block.line, character: end.character },
      },
      severity: SEVERITIES[diagnostic.severity],
      code: diagnostic.code,
      codeDescription: { href: `${DOCS}#${diagnostic.code}` },
      source: 'apq',
      message: diagnostic.message,
      ...(diagnostic.code === 'unused-variable' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    };
  });
  converted.set(diagnostics, { line: block.line, items });
  return items;
}

interface CompletionOptions {
  readonly commands: boolean;
  readonly snippets: boolean;
}

export function completionItemsOf(
  items: readonly CompletionItem[],
  lines: Positions,
  options: CompletionOptions,
): LspCompletionItem[] {
  // Most items replace the same span.
  const ranges = new Map<Span, Range>();
  return items.map((item, index) => {
    const range = ranges.get(item.replace) ?? rangeOf(lines, item.replace);
    ranges.set(item.replace, range);
    return completionItemOf(item, index, range, lines, options);
  });
}

function completionItemOf(
  item: CompletionItem,
  index: number,
  range: Range,
  lines: Positions,
  { commands, snippets }: CompletionOptions,
): LspCompletionItem {
  const snippet = snippets && item.snippet === true;
  const command =
    item.retrigger === true
      ? { title: 'Suggest', command: CLIENT_COMMANDS.suggest }
      : item.help !== undefined
        ? { title: 'Refresh metadata', command: CLIENT_COMMANDS.refreshMetadata }
        : undefined;
  return {
    label: item.label,
    kind: KINDS[item.kind],
    textEdit: {
      range,
      newText: snippet || item.snippet !== true ? item.insert : plainOf(item.insert),
    },
    sortText: `${item.rank ?? 0}${String(index).padStart(4, '0')}`,
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
    ...(item.filter === undefined ? {} : { filterText: item.filter }),
    ...(item.also === undefined
      ? {}
      : {
          additionalTextEdits: item.also.map((edit) => ({ range: rangeOf(lines, edit), newText: edit.text })),
        }),
    ...(commands && command !== undefined ? { command } : {}),
  };
}

/** A snippet for an editor that knows none: the texts of its places, the first of a choice. */
const plainOf = (snippet: string): string =>
  snippet.replace(
    /\\([\\$}])|\$\{\d+\|([^,|]*)[^}]*\|\}|\$\{\d+:([^}]*)\}|\$\{\d+\}|\$\d+/g,
    (_all, escaped?: string, choice?: string, text?: string) => escaped ?? choice ?? text ?? '',
  );
