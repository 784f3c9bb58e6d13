/**
 * The language, as its users see it: a method for each thing an editor or the command line asks. Text in, values out;
 * offsets are UTF-16 units of the file. Nothing here throws on any text.
 */
import type { EvaluationContext } from './analysis/evaluate';
import { symbolsAfter, symbolsOf, type FileSymbols } from './analysis/symbols';
import { Catalog, type Metadata } from './catalog/catalog';
import { Platforms } from './catalog/platforms';
import { dependenciesOf } from './analysis/dependencies';
import {
  resolveExpectation,
  type ResolvedExpectation,
  type UnresolvedExpectation,
} from './analysis/expectations';
import { complete } from './completion/complete';
import type { CompletionItem } from './completion/items';
import { modelOf } from './analysis/request-model';
import type { DiagnosticCode } from './syntax/codes';
import { foreignHost } from './diagnostics/addresses';
import type { Diagnostic } from './diagnostics/check';
import { diagnoseTree, FileDiagnoser, type FileDiagnostics } from './diagnostics/diagnose';
import { folds, type Fold } from './features/folding';
import { formatFile } from './features/format';
import { hints, links, type Hint, type Link } from './features/hints';
import { hover, type Hover } from './features/hover';
import { definitions, nameAt, rename, uses, type NameAt, type Renaming } from './features/names';
import { outline, type OutlineEntry } from './features/outline';
import { requestAt, requestsOf, type ExpectationInfo, type RequestInfo } from './features/requests';
import { rewritings } from './features/rewrite';
import { selections } from './features/selection';
import { semanticTokens } from './features/semantic-tokens';
import { signature, type Signature } from './features/signature';
import { wantedMetadata, type WantedMetadata } from './diagnostics/wanted-metadata';
import { writeBack, type ClauseChanges, type WriteBack } from './features/write-back';
import { buildRequest, type BuiltRequest } from './request/build';
import { positionsOf, type Positions } from './syntax/positions';
import { FILE_START } from './syntax/problems';
import { editFile, parseFile, replaceText, type Block, type SourceFile } from './syntax/source-file';
import { endOf, meets, shift, type Span, type TextEdit } from './text/span';
import { escapePercent } from './text/view';

export type { EvaluationContext } from './analysis/evaluate';
export type { FieldInfo, FieldType, Metadata, ModuleInfo } from './catalog/catalog';
export { Catalog } from './catalog/catalog';
export { Platforms, type KnownConnection } from './catalog/platforms';
export { parseMetadata, type ParsedMetadata } from './catalog/parse-metadata';
export type { PathPart, ResolvedExpectation, ResolvedValue } from './analysis/expectations';
export type { ExpectationOperatorName, SubjectKind } from './syntax/expectation-words';
export type { CompletionItem, ItemKind } from './completion/items';
export type { ExpectationInfo, RequestInfo } from './features/requests';
export type { ClauseChanges, Condition, WriteBack } from './features/write-back';
export type { Hover } from './features/hover';
export type { Fold } from './features/folding';
export type { OutlineEntry } from './features/outline';
export type { Renaming } from './features/names';
export { TOKEN_TYPES } from './features/semantic-tokens';
export type { BuildProblem, BuiltRequest } from './request/build';
export { pathOf } from './request/wire';
export type { Method, QueryParameter, WireRequest } from './request/wire';
export { CODES, type DiagnosticCode, type Severity } from './syntax/codes';
export { LineIndex, type Position } from './text/lines';
export { linesIn } from './syntax/positions';
export type { Positions } from './syntax/positions';
export { applyEdits, type Span, type TextEdit } from './text/span';
export type { Diagnostic } from './diagnostics/check';
export { METADATA_DOUBTS, type WantedMetadata } from './diagnostics/wanted-metadata';

/** One version of a file's text. Make the next one from it, so that what did not change is not read again. */
export interface ApqDocument {
  readonly text: string;
  readonly file: SourceFile;
  readonly symbols: FileSymbols;
  readonly positions: Positions;
  /** Handed on from version to version of a file. */
  readonly diagnoser: FileDiagnoser;
}

/** A `# @expect` with its variables replaced, or why they can't be. */
export type Expectation = ExpectationInfo & (ResolvedExpectation | UnresolvedExpectation);

/** A fix with edits in the file's offsets. */
export interface FileFix {
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: readonly TextEdit[];
  readonly diagnostic: Diagnostic;
}

/** Diagnostics of one block; `offset` and `line` say where the block stands, the diagnostics are relative to it. */
export type BlockDiagnostics = FileDiagnostics;

/** Where the grammar is broken, a fix is a guess. */
const BROKEN: ReadonlySet<DiagnosticCode> = new Set([
  'missing-and-or',
  'missing-operator',
  'missing-value',
  'unexpected-text',
  'unterminated-value',
  'bad-arguments',
  'missing-module',
]);

export class LanguageService {
  #platforms = Platforms.none;

  /** `evaluation` gives the time (and what else the world knows) at each call. */
  constructor(private readonly evaluation: () => EvaluationContext = () => ({ now: new Date() })) {}

  get platforms(): Platforms {
    return this.#platforms;
  }

  setPlatforms(platforms: Platforms): void {
    this.#platforms = platforms;
  }

  /** One platform for all requests. Undefined: nothing is known; syntax is checked all the same. */
  setMetadata(metadata: Metadata | undefined): void {
    this.setPlatforms(new Platforms(metadata === undefined ? undefined : new Catalog(metadata)));
  }

  parse(text: string, previous?: ApqDocument): ApqDocument {
    if (previous !== undefined) return next(previous, replaceText(previous.file, text));
    const file = parseFile(text);
    return documentOf(file, symbolsOf(file), new FileDiagnoser());
  }

  /** The document after an edit: what lies outside its requests is not read again. */
  edit(document: ApqDocument, edit: TextEdit): ApqDocument {
    return next(document, editFile(document.file, edit));
  }

  /** By block, so that an editor can convert only what changed. Offsets are relative to the block. */
  diagnoseBlocks(document: ApqDocument): BlockDiagnostics[] {
    return document.diagnoser.diagnose(document.file, document.symbols, this.#platforms, this.evaluation());
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
    return diagnoseTree(block.tree, document.symbols, this.#platforms, this.evaluation()).map((each) => ({
      ...each,
      ...shift(each, block.offset),
    }));
  }

  /** What to say where a request's address names another host or site than that of the connection it runs on. */
  foreignHost({ block }: RequestInfo, root: string): string | undefined {
    return foreignHost(block.tree.request?.target, root)?.message;
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
            edits: fix.edits.map((edit) => inFile(block, edit)),
            diagnostic: { ...diagnostic, ...shift(diagnostic, block.offset) },
          })),
        );
    });
  }

  /** What can be written at the offset; spans are the file's. */
  complete(document: ApqDocument, offset: number): CompletionItem[] {
    const block = document.file.blockAt(offset);
    const items = complete({
      model: modelOf(block.tree, this.#platforms),
      symbols: document.symbols,
      evaluation: this.evaluation(),
      offset: offset - block.offset,
    });
    // Most items replace the same span: it stays one.
    const moved = new Map<Span, Span>();
    return items.map((item) => {
      const replace = moved.get(item.replace) ?? shift(item.replace, block.offset);
      moved.set(item.replace, replace);
      return {
        ...item,
        replace,
        ...(item.also === undefined
          ? {}
          : { also: item.also.map((edit) => ({ ...edit, offset: edit.offset + block.offset })) }),
      };
    });
  }

  hover(document: ApqDocument, offset: number): Hover | undefined {
    const block = document.file.blockAt(offset);
    const found = hover(
      block.tree,
      offset - block.offset,
      document.symbols,
      this.#platforms,
      this.evaluation(),
    );
    return found === undefined ? undefined : { ...found, ...shift(found, block.offset) };
  }

  /** Edits that tidy the file, or the requests that `range` touches, without changing what is sent. */
  format(document: ApqDocument, range?: Span): TextEdit[] {
    return formatFile(document.file, range);
  }

  /**
   * Fixes that are sure, for the whole file, none of them over another. A request whose grammar is broken is left alone:
   * what was meant there is the user's to say.
   */
  fixAll(document: ApqDocument): TextEdit[] {
    const taken: TextEdit[] = [];
    const apart = (edit: TextEdit, other: TextEdit) =>
      edit.offset + edit.length < other.offset || other.offset + other.length < edit.offset;
    for (const { block, diagnostics } of this.diagnoseBlocks(document)) {
      if (diagnostics.some(({ code }) => BROKEN.has(code))) continue;
      for (const fix of diagnostics.flatMap(({ fixes }) => fixes)) {
        if (fix.preferred !== true) continue;
        const edits = fix.edits.map((edit) => inFile(block, edit));
        if (edits.every((edit) => taken.every((other) => apart(edit, other)))) taken.push(...edits);
      }
    }
    return taken;
  }

  /** Ways to write the request at the offset differently: as an address, as clauses. */
  rewritings(document: ApqDocument, offset: number): { title: string; edits: TextEdit[] }[] {
    const block = document.file.blockAt(offset);
    return rewritings(block.tree, offset - block.offset).map(({ title, edits }) => ({
      title,
      edits: edits.map((edit) => ({ ...edit, offset: edit.offset + block.offset })),
    }));
  }

  /** Sorting and conditions as clauses of a request; edits are the file's. */
  writeBack({ block }: RequestInfo, changes: ClauseChanges): WriteBack {
    const written = writeBack(block.tree, changes);
    return written.ok ? { ok: true, edits: written.edits.map((edit) => inFile(block, edit)) } : written;
  }

  outline(document: ApqDocument): OutlineEntry[] {
    return outline(document.file);
  }

  folds(document: ApqDocument): Fold[] {
    return folds(document.file);
  }

  /** Growing selections at the offset, from small to large. */
  selections(document: ApqDocument, offset: number): Span[] {
    return selections(document.file, offset);
  }

  /** By block; offsets are relative to the block. */
  semanticTokens(document: ApqDocument): ReturnType<typeof semanticTokens> {
    return semanticTokens(document.file);
  }

  signature(document: ApqDocument, offset: number): Signature | undefined {
    const block = document.file.blockAt(offset);
    return signature(block.tree, offset - block.offset);
  }

  hints(document: ApqDocument, range: Span): Hint[] {
    return hints(document.file, range, document.symbols, this.evaluation());
  }

  links(document: ApqDocument): Link[] {
    return links(document.file);
  }

  /** The variable or named request at the offset. */
  nameAt(document: ApqDocument, offset: number): NameAt | undefined {
    return nameAt(document.file, offset);
  }

  definitions(document: ApqDocument, offset: number): Span[] {
    const found = nameAt(document.file, offset);
    return found === undefined ? [] : definitions(found, document.file, document.symbols);
  }

  references(document: ApqDocument, offset: number, withDefinitions: boolean): Span[] {
    const found = nameAt(document.file, offset);
    if (found === undefined) return [];
    return [
      ...(withDefinitions ? definitions(found, document.file, document.symbols) : []),
      ...uses(found, document.file),
    ];
  }

  rename(document: ApqDocument, offset: number, to: string): Renaming {
    return rename(document.file, document.symbols, offset, to);
  }

  /** Metadata that the file's requests use and nobody has, or that the file doubts: each once. */
  wantedMetadata(document: ApqDocument): WantedMetadata[] {
    return wantedMetadata(document.file, this.#platforms, this.diagnoseBlocks(document));
  }

  requests(document: ApqDocument): RequestInfo[] {
    return requestsOf(document.file);
  }

  requestAt(document: ApqDocument, offset: number): RequestInfo | undefined {
    return requestAt(document.file, offset);
  }

  /**
   * The requests whose answers the request needs (`{{name.results[0].ID}}`), in the order in which to run them. In a
   * circle, which is an error of its own (`request-cycle`), each is there once.
   */
  dependencies(document: ApqDocument, request: RequestInfo): RequestInfo[] {
    const { order } = dependenciesOf(request.block.tree, document.symbols);
    if (order.length === 0) return [];
    const byTree = new Map(requestsOf(document.file).map((each) => [each.block.tree, each]));
    return order.flatMap((tree) => byTree.get(tree) ?? []);
  }

  /** The request's `# @expect` lines, ready to be compared with its answer. Give the `evaluation` with which it was built. */
  expectations(
    document: ApqDocument,
    request: RequestInfo,
    evaluation: EvaluationContext = this.evaluation(),
  ): Expectation[] {
    const { tree } = request.block;
    const written = tree.directives.flatMap(({ expectation }) => expectation ?? []);
    return request.expectations.flatMap((info, index) => {
      const expectation = written[index];
      return expectation === undefined
        ? []
        : [{ ...info, ...resolveExpectation(expectation, tree.text, document.symbols, evaluation) }];
    });
  }

  /** What the request sends. `evaluation` adds what only a run knows: prompts' answers, earlier answers, the environment. */
  build(
    document: ApqDocument,
    request: RequestInfo,
    evaluation: EvaluationContext = this.evaluation(),
  ): BuiltRequest {
    return buildRequest(request.block.tree, document.symbols, this.#platforms, evaluation);
  }
}

/** A fix's edit with offsets of the file. What it writes into a query is the text that is meant, not yet encoded. */
function inFile({ offset, tree }: Block, edit: TextEdit): TextEdit {
  const target = tree.request?.target;
  const inQuery = target !== undefined && edit.offset >= target.pathEnd && endOf(edit) <= endOf(target);
  return {
    length: edit.length,
    offset: edit.offset === FILE_START ? 0 : edit.offset + offset,
    text:
      inQuery && (target.query.length > 0 || edit.text.startsWith('?'))
        ? escapePercent(edit.text)
        : edit.text,
  };
}

/** The document's next version. */
const next = ({ file: before, symbols, diagnoser }: ApqDocument, file: SourceFile): ApqDocument =>
  documentOf(file, symbolsAfter(before, symbols, file), diagnoser);

function documentOf(file: SourceFile, symbols: FileSymbols, diagnoser: FileDiagnoser): ApqDocument {
  return {
    get text() {
      return file.text;
    },
    file,
    symbols,
    positions: positionsOf(file),
    diagnoser,
  };
}
