/** LSP handlers beside checking and completing: reading, moving about, renaming, tidying. */
import {
  FoldingRangeKind,
  InlayHintKind,
  MarkupKind,
  ResponseError,
  ErrorCodes,
  SymbolKind,
  type Connection,
  type DocumentSymbol,
  type FoldingRange,
  type SelectionRange,
  type ServerCapabilities,
  type SymbolInformation,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver/node';
import {
  linesIn,
  TOKEN_TYPES,
  type LanguageService,
  type OutlineEntry,
  type Positions,
  type Span,
  type TextEdit,
} from '#language';
import { rangeOf } from './convert';
import type { Documents, OpenDocument } from './documents';
import { findQueryFiles } from './workspace-files';

export const FEATURES: ServerCapabilities = {
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: {},
  inlayHintProvider: true,
  signatureHelpProvider: { triggerCharacters: ['(', ','] },
  semanticTokensProvider: { legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] }, full: true },
};

const KINDS: Readonly<Record<OutlineEntry['kind'], SymbolKind>> = {
  request: SymbolKind.Method,
  variable: SymbolKind.Variable,
  clause: SymbolKind.Property,
  body: SymbolKind.Object,
};

type Guard = <P, R>(name: string, fallback: R, handler: (params: P) => R) => (params: P) => R;

export function serveFeatures(
  connection: Connection,
  service: LanguageService,
  documents: Documents,
  guard: Guard,
  folders: () => readonly string[],
): void {
  /** Runs `use` on an open document; the fallback for others. */
  const on = <R>(uri: string, fallback: R, use: (document: OpenDocument) => R): R => {
    const document = documents.get(uri);
    return document === undefined ? fallback : use(document);
  };
  const edits = ({ lines }: OpenDocument, list: readonly TextEdit[]): LspTextEdit[] =>
    list.map((edit) => ({ range: rangeOf(lines, edit), newText: edit.text }));

  connection.onDocumentFormatting(
    guard('format', [], ({ textDocument }) =>
      on(textDocument.uri, [] as LspTextEdit[], (document) =>
        edits(document, service.format(document.current)),
      ),
    ),
  );
  connection.onDocumentRangeFormatting(
    guard('format', [], ({ textDocument, range }) =>
      on(textDocument.uri, [] as LspTextEdit[], (document) => {
        const start = document.lines.offsetAt(range.start);
        return edits(
          document,
          service.format(document.current, {
            offset: start,
            length: document.lines.offsetAt(range.end) - start,
          }),
        );
      }),
    ),
  );

  connection.onDocumentSymbol(
    guard('symbols', [], ({ textDocument }) =>
      on(textDocument.uri, [] as DocumentSymbol[], ({ current, lines }) => {
        const convert = (entry: OutlineEntry): DocumentSymbol => ({
          name: entry.name,
          detail: entry.detail,
          kind: KINDS[entry.kind],
          range: rangeOf(lines, entry.span),
          selectionRange: rangeOf(lines, entry.selection),
          children: entry.children.map(convert),
        });
        return service.outline(current).map(convert);
      }),
    ),
  );

  connection.onWorkspaceSymbol(async ({ query }): Promise<SymbolInformation[]> => {
    const wanted = query.toLowerCase();
    const found: SymbolInformation[] = [];
    const collect = (uri: string, entries: readonly OutlineEntry[], lines: Positions) => {
      for (const entry of entries) {
        if (entry.kind === 'request' && isSubsequence(wanted, entry.name.toLowerCase()))
          found.push({
            name: entry.name,
            kind: KINDS.request,
            containerName: entry.detail,
            location: { uri, range: rangeOf(lines, entry.span) },
          });
      }
    };
    const open = new Set<string>();
    for (const { uri, current, lines } of documents.all()) {
      open.add(uri);
      collect(uri, service.outline(current), lines);
    }
    for (const { uri, text } of await findQueryFiles(folders())) {
      if (open.has(uri)) continue;
      const document = service.parse(text);
      collect(uri, service.outline(document), document.positions);
    }
    return found.slice(0, 500);
  });

  connection.onFoldingRanges(
    guard('folding', [], ({ textDocument }) =>
      on(textDocument.uri, [] as FoldingRange[], ({ current, lines }) =>
        service.folds(current).map((fold) => ({
          startLine: lines.positionAt(fold.offset).line,
          endLine: lines.positionAt(fold.offset + fold.length).line,
          ...(fold.kind === 'part'
            ? {}
            : { kind: fold.kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region }),
        })),
      ),
    ),
  );

  connection.onSelectionRanges(
    guard('selection', [], ({ textDocument, positions }) =>
      on(textDocument.uri, [] as SelectionRange[], ({ current, lines }) =>
        positions.map((position) => {
          const spans = service.selections(current, lines.offsetAt(position));
          return (
            spans.reduceRight<SelectionRange | undefined>(
              (parent, span) => ({
                range: rangeOf(lines, span),
                ...(parent === undefined ? {} : { parent }),
              }),
              undefined,
            ) ?? { range: { start: position, end: position } }
          );
        }),
      ),
    ),
  );

  const locate = (document: OpenDocument, spans: readonly Span[]) =>
    spans.map((span) => ({ uri: document.uri, range: rangeOf(document.lines, span) }));
  connection.onDefinition(
    guard('definition', [], ({ textDocument, position }) =>
      on(textDocument.uri, [] as ReturnType<typeof locate>, (document) =>
        locate(document, service.definitions(document.current, document.lines.offsetAt(position))),
      ),
    ),
  );
  connection.onReferences(
    guard('references', [], ({ textDocument, position, context }) =>
      on(textDocument.uri, [] as ReturnType<typeof locate>, (document) =>
        locate(
          document,
          service.references(document.current, document.lines.offsetAt(position), context.includeDeclaration),
        ),
      ),
    ),
  );
  connection.onDocumentHighlight(
    guard('highlight', [], ({ textDocument, position }) =>
      on(textDocument.uri, [] as ReturnType<typeof locate>, (document) =>
        locate(document, service.references(document.current, document.lines.offsetAt(position), true)),
      ),
    ),
  );

  connection.onPrepareRename(
    guard('rename', null, ({ textDocument, position }) =>
      on(
        textDocument.uri,
        null as { range: ReturnType<typeof rangeOf>; placeholder: string } | null,
        ({ current, lines }) => {
          const found = service.nameAt(current, lines.offsetAt(position));
          return found === undefined ? null : { range: rangeOf(lines, found.span), placeholder: found.name };
        },
      ),
    ),
  );
  connection.onRenameRequest(({ textDocument, position, newName }) =>
    on(textDocument.uri, null as { changes: Record<string, LspTextEdit[]> } | null, (document) => {
      const renaming = service.rename(document.current, document.lines.offsetAt(position), newName);
      // The message reaches the user as the reason why nothing was renamed.
      if (!renaming.ok) throw new ResponseError(ErrorCodes.InvalidRequest, renaming.message);
      return { changes: { [document.uri]: edits(document, renaming.edits) } };
    }),
  );

  connection.onDocumentLinks(
    guard('links', [], ({ textDocument }) =>
      on(
        textDocument.uri,
        [] as { range: ReturnType<typeof rangeOf>; target: string }[],
        ({ current, lines }) =>
          service.links(current).map((link) => ({ range: rangeOf(lines, link), target: link.target })),
      ),
    ),
  );

  connection.onSignatureHelp(
    guard('signature', null, ({ textDocument, position }) =>
      on(
        textDocument.uri,
        null as {
          signatures: {
            label: string;
            documentation: string;
            parameters: { label: string; documentation: string }[];
          }[];
          activeSignature: number;
          activeParameter: number;
        } | null,
        ({ current, lines }) => {
          const found = service.signature(current, lines.offsetAt(position));
          return found === undefined
            ? null
            : {
                signatures: [
                  {
                    label: found.label,
                    documentation: found.documentation,
                    parameters: [...found.parameters],
                  },
                ],
                activeSignature: 0,
                activeParameter: found.activeParameter,
              };
        },
      ),
    ),
  );

  connection.languages.inlayHint.on(
    guard('hints', [], ({ textDocument, range }) =>
      on(
        textDocument.uri,
        [] as {
          position: ReturnType<Positions['positionAt']>;
          label: string;
          kind: InlayHintKind;
          paddingLeft: boolean;
          tooltip: { kind: MarkupKind; value: string };
        }[],
        ({ current, lines }) => {
          const start = lines.offsetAt(range.start);
          return service
            .hints(current, { offset: start, length: lines.offsetAt(range.end) - start })
            .map(({ offset, text }) => ({
              position: lines.positionAt(offset),
              label: text,
              kind: InlayHintKind.Type,
              paddingLeft: true,
              tooltip: { kind: MarkupKind.PlainText, value: 'The value now' },
            }));
        },
      ),
    ),
  );

  connection.languages.semanticTokens.on(
    guard('semantic tokens', { data: [] as number[] }, ({ textDocument }) =>
      on(textDocument.uri, { data: [] as number[] }, ({ current }) => {
        const data: number[] = [];
        let [lastLine, lastCharacter] = [0, 0];
        for (const { line, tree, tokens } of service.semanticTokens(current)) {
          if (tokens.length === 0) continue;
          const lines = linesIn(tree);
          for (const token of tokens) {
            const at = lines.positionAt(token.offset);
            const absolute = at.line + line;
            data.push(
              absolute - lastLine,
              absolute === lastLine ? at.character - lastCharacter : at.character,
              token.length,
              TOKEN_TYPES.indexOf(token.type),
              0,
            );
            [lastLine, lastCharacter] = [absolute, at.character];
          }
        }
        return { data };
      }),
    ),
  );
}

/** `ucd` finds `Upcoming course dates`. */
function isSubsequence(wanted: string, text: string): boolean {
  let at = 0;
  for (const ch of wanted) {
    at = text.indexOf(ch, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
