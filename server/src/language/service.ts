/**
 * The language, as its users see it: a method for each thing an editor or the command line asks. Text in, values out;
 * offsets are UTF-16 units of the file. Nothing here throws on any text.
 */
import type { EvaluationContext } from './analysis/evaluate';
import { symbolsOf, type FileSymbols } from './analysis/symbols';
import { Catalog, type Metadata } from './catalog/catalog';
import { complete } from './completion/complete';
import type { CompletionItem } from './completion/items';
import { modelOf } from './analysis/request-model';
import type { Diagnostic } from './diagnostics/check';
import { diagnoseBlock, diagnoseFile, type FileDiagnostics } from './diagnostics/diagnose';
import { formatFile } from './features/format';
import { hover, type Hover } from './features/hover';
import { requestAt, requestsOf, type RequestInfo } from './features/requests';
import { buildRequest, type BuiltRequest } from './request/build';
import { blockAt, parseFile, type SourceFile } from './syntax/source-file';
import { LineIndex, type Position } from './text/lines';
import { meets, shift, type Span, type TextEdit } from './text/span';

export type { EvaluationContext } from './analysis/evaluate';
export type { FieldInfo, FieldType, Metadata, ModuleInfo } from './catalog/catalog';
export { Catalog } from './catalog/catalog';
export { parseMetadata, type ParsedMetadata } from './catalog/parse-metadata';
export type { CompletionItem, ItemKind } from './completion/items';
export type { RequestInfo } from './features/requests';
export type { Hover } from './features/hover';
export type { BuildProblem, BuiltRequest } from './request/build';
export { pathOf } from './request/wire';
export type { Method, QueryParameter, WireRequest } from './request/wire';
export { CODES, type DiagnosticCode, type Severity } from './syntax/codes';
export { LineIndex, type Position } from './text/lines';
export { applyEdits, type Span, type TextEdit } from './text/span';
export type { Diagnostic } from './diagnostics/check';

/** One version of a file's text. Make the next one from it, so that what did not change is not read again. */
export interface ApqDocument {
  readonly text: string;
  readonly file: SourceFile;
  readonly symbols: FileSymbols;
}

/** A fix with edits in the file's offsets. */
export interface FileFix {
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: readonly TextEdit[];
  readonly diagnostic: Diagnostic;
}

/** Diagnostics of one block; `offset` and `line` say where the block stands, the diagnostics are relative to it. */
export type BlockDiagnostics = FileDiagnostics;

export class LanguageService {
  #catalog: Catalog | undefined;

  /** `evaluation` gives the time (and what else the world knows) at each call. */
  constructor(private readonly evaluation: () => EvaluationContext = () => ({ now: new Date() })) {}

  get catalog(): Catalog | undefined {
    return this.#catalog;
  }

  /** Undefined: nothing is known; syntax is checked all the same. */
  setMetadata(metadata: Metadata | undefined): void {
    this.#catalog = metadata === undefined ? undefined : new Catalog(metadata);
  }

  parse(text: string, previous?: ApqDocument): ApqDocument {
    const file = parseFile(text, previous?.file);
    return { text, file, symbols: symbolsOf(file) };
  }

  /** By block, so that an editor can convert only what changed. Offsets are relative to the block. */
  diagnoseBlocks(document: ApqDocument): BlockDiagnostics[] {
    return diagnoseFile(document.file, document.symbols, this.#catalog, this.evaluation());
  }

  /** All diagnostics with offsets of the file, in its order. */
  diagnose(document: ApqDocument): Diagnostic[] {
    return this.diagnoseBlocks(document).flatMap(({ block, diagnostics }) =>
      diagnostics.map((each) => ({ ...each, ...shift(each, block.offset) })),
    );
  }

  /** Diagnostics of one request, with offsets of the file. */
  diagnoseRequest(document: ApqDocument, request: RequestInfo): Diagnostic[] {
    const { block } = request;
    return diagnoseBlock(block, document.symbols, this.#catalog, this.evaluation()).map((each) => ({
      ...each,
      ...shift(each, block.offset),
    }));
  }

  /** Fixes of the diagnostics that touch the span. */
  fixes(document: ApqDocument, where: Span): FileFix[] {
    return this.diagnoseBlocks(document).flatMap(({ block, diagnostics }) => {
      const local = shift(where, -block.offset);
      return diagnostics
        .filter((each) => meets(each, local))
        .flatMap((diagnostic) =>
          diagnostic.fixes.map((fix) => ({
            title: fix.title,
            preferred: fix.preferred === true,
            edits: fix.edits.map((edit) => ({ ...edit, offset: edit.offset + block.offset })),
            diagnostic: { ...diagnostic, ...shift(diagnostic, block.offset) },
          })),
        );
    });
  }

  /** What can be written at the offset; spans are the file's. */
  complete(document: ApqDocument, offset: number): CompletionItem[] {
    const block = blockAt(document.file, offset);
    const items = complete({
      model: modelOf(block.tree, this.#catalog),
      symbols: document.symbols,
      evaluation: this.evaluation(),
      offset: offset - block.offset,
    });
    return items.map((item) => ({ ...item, replace: shift(item.replace, block.offset) }));
  }

  hover(document: ApqDocument, offset: number): Hover | undefined {
    const block = blockAt(document.file, offset);
    const found = hover(
      block.tree,
      offset - block.offset,
      document.symbols,
      this.#catalog,
      this.evaluation(),
    );
    return found === undefined ? undefined : { ...found, ...shift(found, block.offset) };
  }

  /** Edits that tidy the file, or the requests that `range` touches, without changing what is sent. */
  format(document: ApqDocument, range?: Span): TextEdit[] {
    return formatFile(document.file, range);
  }

  requests(document: ApqDocument): RequestInfo[] {
    return requestsOf(document.file);
  }

  requestAt(document: ApqDocument, offset: number): RequestInfo | undefined {
    return requestAt(document.file, offset);
  }

  /** What the request sends. `evaluation` adds what only a run knows: prompts' answers, earlier answers, the environment. */
  build(
    document: ApqDocument,
    request: RequestInfo,
    evaluation: EvaluationContext = this.evaluation(),
  ): BuiltRequest {
    return buildRequest(request.block.tree, document.symbols, this.#catalog, evaluation);
  }
}

/** Lines and characters of a text; for those who speak LSP. */
export function positionsIn(text: string): {
  at: (offset: number) => Position;
  offset: (position: Position) => number;
} {
  const index = new LineIndex(text);
  return { at: (offset) => index.positionAt(offset), offset: (position) => index.offsetAt(position) };
}
