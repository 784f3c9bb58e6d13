/**
 * The façade of the language: a method for each thing that an editor or the command line asks. Text in, values out;
 * offsets are UTF-16 units of the file unless stated otherwise. Nothing here throws on any text. What takes long for a long
 * file can be had in steps, too, so that an editor can ask for something else between two of them.
 */
import { asInFile } from './analysis/dialect';
import { type EvaluationContext, substitute } from './analysis/evaluate';
import { type NamedPlatform, namedPlatform } from './analysis/named-platform';
import { modelOf } from './analysis/request-model';
import { type FileSymbols, readNames } from './analysis/symbols';
import { Catalog, type FieldInfo, type FieldType, type Metadata } from './catalog/catalog';
import { Platforms } from './catalog/platforms';
import { complete } from './completion/complete';
import { type CompletionItem, itemsInFile } from './completion/items';
import type { Diagnostic } from './diagnostics/check';
import { diagnoseTree, diagnosticsInFile, type FileDiagnostics } from './diagnostics/diagnose';
import { type FileFix, fixesAt, type SureFixes, sureFixes } from './diagnostics/fixes';
import { type WantedMetadata, wantedMetadata } from './diagnostics/wanted-metadata';
import { type ApqDocument, firstVersion, withEdit, withText } from './document';
import { type FieldWord, fieldWords } from './features/field-words';
import { type Fold, folds } from './features/folding';
import { formatFile } from './features/format';
import { type Hint, hints, type Link, links } from './features/hints';
import { type Hover, hover } from './features/hover';
import { definitionsAt, type NameAt, nameAt, referencesAt, rename, type Renaming } from './features/names';
import { outline, type OutlineEntry } from './features/outline';
import {
  type Expectation,
  expectationsOf,
  requestAt,
  type RequestInfo,
  requestsIn,
  requestsNeededBy,
  requestsOf,
} from './features/requests';
import { rewritings } from './features/rewrite';
import { selections } from './features/selection';
import { type BlockTokens, semanticTokens } from './features/semantic-tokens';
import { type Signature, signature } from './features/signature';
import { type ClauseChanges, type WriteBack, writeBack } from './features/write-back';
import { buildRequest, type BuiltRequest } from './request/build';
import type { QueryParameter } from './request/wire';
import { editsInFile } from './syntax/edits-in-file';
import type { BlockTree } from './syntax/nodes';
import { blocksIn } from './syntax/source-file';
import { nameKey } from './text/names';
import { editsAt, shift, type Span, type TextEdit } from './text/span';
import { finish, type Steps } from './text/steps';
import type { ClientKind } from './vocabulary/next-steps';
import { parameterOf, PARAMETERS } from './vocabulary/parameters';

export { codeSpan, escapeMarkdown, linkTarget } from './text/markdown';
export { withoutLinks } from './text/unseen';
export type { EvaluationContext, ResponseValue } from './analysis/evaluate';
export type { FieldInfo, FieldType, Metadata, ModuleInfo, PlatformFindings } from './catalog/catalog';
export { FIELD_TYPES } from './catalog/catalog';
export {
  meaningOf,
  TRAIT_NAMES,
  TRAITS,
  type PlatformTraits,
  type Trait,
  type TraitName,
  type Traits,
} from './catalog/traits';
export type { Asked, Evidence } from './catalog/evidence';
export { Catalog } from './catalog/catalog';
export { Platforms, type KnownConnection } from './catalog/platforms';
export { parseMetadata, type ParsedMetadata } from './catalog/parse-metadata';
export type { PathPart, ResolvedExpectation, ResolvedValue } from './analysis/expectations';
export type { ExpectationOperatorName, SubjectKind } from './vocabulary/expectation-words';
export type { CompletionItem, ItemKind } from './completion/items';
export type { Expectation, ExpectationInfo, RequestInfo } from './features/requests';
export type { ClauseChanges, Condition, WriteBack } from './features/write-back';
export type { FieldWord } from './features/field-words';
export type { Hover } from './features/hover';
export type { Fold } from './features/folding';
export type { OutlineEntry } from './features/outline';
export type { Renaming } from './features/names';
export { ByName, nameKey } from './text/names';
export { isSecretName } from './text/secret-names';
export { TOKEN_TYPES } from './features/semantic-tokens';
export { checkValue, TYPE_NAMES } from './analysis/field-types';
export { bringsAll, sizeOfPages, skipsRecords } from './analysis/paging';
export { foreignPart, type NamedPlatform } from './analysis/named-platform';
export type { BuildProblem, BuiltRequest } from './request/build';
export { CONCURRENCY, MAX_CONCURRENCY, PAGE_SIZE } from './text/limits';
export { addressLength, pathOf, shortened } from './request/wire';
export { NO_QUOTE, quotedForSending } from './analysis/dialect';
export { bodyReader, type BodyMember } from './analysis/body-members';
export { decodeParameters, readQuery, type DecodedParameter } from './syntax/address';
export { readAddress, type Address } from './syntax/target-parser';
export type { QueryParameter, WireRequest } from './request/wire';
export { foreignCommandOf } from './vocabulary/foreign-commands';
export { parameterOf } from './vocabulary/parameters';
export { pagesOf } from './vocabulary/directives';
export type { Method } from './vocabulary/methods';
export { CLIENT_KINDS, NEXT_STEPS, nextStep, type ClientKind, type NextStep } from './vocabulary/next-steps';
export { CODES, docsOf, type DiagnosticCode, type Severity } from './syntax/codes';
export { LineIndex, type Position } from './text/lines';
export { isSure, nearest } from './text/nearest';
export { linesIn } from './syntax/positions';
export type { Positions } from './syntax/positions';
export { finish, type Steps } from './text/steps';
export { applyEdits, mergeEdits, type Span, type TextEdit } from './text/span';
export type { ApqDocument } from './document';
export type { Diagnostic } from './diagnostics/check';
export type { FileFix, MadeFix } from './diagnostics/fixes';
export { METADATA_DOUBTS, type WantedMetadata } from './diagnostics/wanted-metadata';

/** Diagnostics of one block, relative to it. */
export type BlockDiagnostics = FileDiagnostics;

export class LanguageService {
  #platforms = Platforms.none;
  /** An editor asks for it whenever the cursor moves. */
  readonly #allFixed = new WeakMap<
    ApqDocument,
    { readonly platforms: Platforms; readonly most: number | undefined; readonly fixes: SureFixes }
  >();

  /** The program that shows the messages; set before the first of them. */
  client: ClientKind = 'editor';

  /** `world` is called anew for each request to the language, since time passes. */
  constructor(private readonly world: () => EvaluationContext = () => ({ now: new Date() })) {}

  #evaluation(): EvaluationContext {
    return { ...this.world(), client: this.client };
  }

  // Platforms

  get platforms(): Platforms {
    return this.#platforms;
  }

  /** The platforms on which requests are completed and checked from now on. */
  setPlatforms(platforms: Platforms): void {
    this.#platforms = platforms;
  }

  /** Sets one platform for all requests. Without metadata (undefined), only syntax is checked. */
  setMetadata(metadata: Metadata | undefined): void {
    this.setPlatforms(new Platforms(metadata === undefined ? undefined : new Catalog(metadata)));
  }

  /** Metadata that the file's requests use and that is missing, or that the file contradicts: each once. */
  *wantedMetadataInSteps(document: ApqDocument, most?: number): Steps<WantedMetadata[]> {
    const found = yield* this.diagnoseBlocksInSteps(document, most);
    return yield* wantedMetadata(document.file, this.#platforms, found);
  }

  wantedMetadata(document: ApqDocument): WantedMetadata[] {
    return finish(this.wantedMetadataInSteps(document));
  }

  // Documents

  /** The document of a text. With `previous`, its next version: unchanged blocks are not read again. */
  parse(text: string, previous?: ApqDocument): ApqDocument {
    return previous === undefined ? firstVersion(text) : withText(previous, text);
  }

  /** The document after an edit. Requests that the edit does not touch are not read again. */
  edit(document: ApqDocument, edit: TextEdit): ApqDocument {
    return withEdit(document, edit);
  }

  /** Reads the names of a document: afterwards nothing that is asked at a place reads the whole file. */
  *readInSteps(document: ApqDocument): Steps<void> {
    if (!document.knowsSymbols()) yield* readNames(document.file);
  }

  // Diagnostics and fixes

  /** Diagnostics by block, so that an editor can convert only what changed. Offsets are relative to the block. */
  diagnoseBlocks(document: ApqDocument): BlockDiagnostics[] {
    return finish(this.diagnoseBlocksInSteps(document));
  }

  /** Once `most` are found, the rest of the file is not checked. */
  *diagnoseBlocksInSteps(document: ApqDocument, most?: number): Steps<BlockDiagnostics[]> {
    yield* this.readInSteps(document);
    return yield* document.diagnoser.diagnose(
      document.file,
      document.symbols,
      this.#platforms,
      this.#evaluation(),
      most,
    );
  }

  /** All diagnostics, in the order of the file. */
  diagnose(document: ApqDocument): Diagnostic[] {
    return this.diagnoseBlocks(document).flatMap(diagnosticsInFile);
  }

  /** Diagnostics of one request, as they are where it is run for its `pages`. */
  diagnoseRequest(document: ApqDocument, { block, pages }: RequestInfo): Diagnostic[] {
    const { symbols } = document;
    const diagnostics = diagnoseTree(block.tree, symbols, this.#platforms, this.#evaluation(), { pages });
    return diagnosticsInFile({ block, diagnostics });
  }

  /** Fixes of the diagnostics that touch the span; none of them brings an error. */
  fixes(document: ApqDocument, where: Span): FileFix[] {
    return finish(this.fixesInSteps(document, where));
  }

  *fixesInSteps(document: ApqDocument, where: Span): Steps<FileFix[]> {
    const evaluation = this.#evaluation();
    const { file, symbols } = document;
    const diagnose = (tree: BlockTree, names: FileSymbols) =>
      diagnoseTree(tree, names, this.#platforms, evaluation);
    const found = blocksIn(file, where).map((block) => ({
      block,
      diagnostics: diagnose(block.tree, symbols),
    }));
    return yield* fixesAt(
      { file, symbols, found },
      where,
      (edits) => edits.toSorted((a, b) => a.offset - b.offset).reduceRight(withEdit, document),
      diagnose,
    );
  }

  /** Edits of all fixes that are sure; they don't overlap. */
  fixAll(document: ApqDocument): TextEdit[] {
    return this.sureFixes(document).edits;
  }

  /** Does the same, and returns what the fixes are. */
  sureFixes(document: ApqDocument): SureFixes {
    return finish(this.fixAllInSteps(document));
  }

  /** Those of the first diagnostics of the file, `most` or a few more. */
  *fixAllInSteps(document: ApqDocument, most?: number): Steps<SureFixes> {
    const known = this.#allFixed.get(document);
    if (known?.platforms === this.#platforms && known.most === most) return known.fixes;
    const platforms = this.#platforms;
    const fixes = yield* sureFixes(yield* this.#versionInSteps(document, most), (text) =>
      this.#versionInSteps(this.parse(text, document), most),
    );
    this.#allFixed.set(document, { platforms, most, fixes });
    return fixes;
  }

  *#versionInSteps(document: ApqDocument, most?: number) {
    const found = yield* this.diagnoseBlocksInSteps(document, most);
    return { file: document.file, symbols: document.symbols, found };
  }

  // At the cursor

  /** What can be written at the offset. */
  complete(document: ApqDocument, offset: number): CompletionItem[] {
    const block = document.file.blockAt(offset);
    const items = complete({
      model: modelOf(block.tree, this.#platforms),
      symbols: document.symbols,
      evaluation: this.#evaluation(),
      offset: offset - block.offset,
    });
    return itemsInFile(items, block);
  }

  /** Explains the word at the offset, as Markdown. */
  hover(document: ApqDocument, offset: number): Hover | undefined {
    const { tree, offset: start } = document.file.blockAt(offset);
    const found = hover(tree, offset - start, document.symbols, this.#platforms, this.#evaluation());
    return found === undefined ? undefined : { ...found, ...shift(found, start) };
  }

  /** The function whose arguments are at the offset. */
  signature(document: ApqDocument, offset: number): Signature | undefined {
    const block = document.file.blockAt(offset);
    return signature(block.tree, offset - block.offset);
  }

  /** Growing selections at the offset, from small to large. */
  selections(document: ApqDocument, offset: number): Span[] {
    return selections(document.file, offset);
  }

  /** The variable or named request at the offset. */
  nameAt(document: ApqDocument, offset: number): NameAt | undefined {
    return nameAt(document.file, offset);
  }

  /** Where the variable or named request at the offset is defined. */
  definitions(document: ApqDocument, offset: number): Span[] {
    return finish(definitionsAt(document.file, document.symbols, offset));
  }

  /** Where the name at the offset is used; with `withDefinitions`, its definitions come first. */
  references(document: ApqDocument, offset: number, withDefinitions: boolean): Span[] {
    return finish(this.referencesInSteps(document, offset, withDefinitions));
  }

  referencesInSteps(document: ApqDocument, offset: number, withDefinitions: boolean): Steps<Span[]> {
    return referencesAt(document.file, document.symbols, offset, withDefinitions);
  }

  /** Edits that rename it everywhere, or why it can't have that name. */
  rename(document: ApqDocument, offset: number, to: string): Renaming {
    return finish(this.renameInSteps(document, offset, to));
  }

  renameInSteps(document: ApqDocument, offset: number, to: string): Steps<Renaming> {
    return rename(document.file, document.symbols, offset, to);
  }

  /** Other ways to write the request at the offset: as an address, as clauses. */
  rewritings(document: ApqDocument, offset: number): { title: string; edits: TextEdit[] }[] {
    const block = document.file.blockAt(offset);
    return rewritings(block.tree, offset - block.offset).map(({ title, edits }) => ({
      title,
      edits: editsAt(edits, block.offset),
    }));
  }

  // The whole file

  /** Edits that tidy the file, or the requests that `range` touches, without changing what is sent. */
  format(document: ApqDocument, range?: Span): TextEdit[] {
    return finish(this.formatInSteps(document, range));
  }

  formatInSteps(document: ApqDocument, range?: Span): Steps<TextEdit[]> {
    return formatFile(document.file, range);
  }

  /** The file's variables and requests, with the clauses and the body of each request. */
  outline(document: ApqDocument): OutlineEntry[] {
    return finish(this.outlineInSteps(document));
  }

  /** `most`: how many requests, and how many variables, are wanted. */
  outlineInSteps(document: ApqDocument, most?: number): Steps<OutlineEntry[]> {
    return outline(document.file, most);
  }

  /** What can be folded away. */
  folds(document: ApqDocument): Fold[] {
    return finish(this.foldsInSteps(document));
  }

  foldsInSteps(document: ApqDocument, most?: number): Steps<Fold[]> {
    return folds(document.file, most);
  }

  /** Tokens by block; their offsets are relative to the block. */
  semanticTokens(document: ApqDocument): BlockTokens[] {
    return finish(this.semanticTokensInSteps(document));
  }

  /** Those of the blocks that `range` touches, or of all. */
  semanticTokensInSteps(document: ApqDocument, range?: Span): Steps<BlockTokens[]> {
    return semanticTokens(document.file, range);
  }

  /** The present values of the built-in dates in the range. */
  hints(document: ApqDocument, range: Span): Hint[] {
    return finish(this.hintsInSteps(document, range));
  }

  hintsInSteps(document: ApqDocument, range: Span): Steps<Hint[]> {
    return hints(document.file, range, document.symbols, this.#evaluation());
  }

  /** Addresses in comments, titles and directives. */
  links(document: ApqDocument): Link[] {
    return finish(this.linksInSteps(document));
  }

  linksInSteps(document: ApqDocument): Steps<Link[]> {
    return links(document.file);
  }

  // Requests

  /** All requests, in the order of the file. */
  requests(document: ApqDocument): RequestInfo[] {
    return requestsOf(document.file);
  }

  /** The first requests, or all. */
  requestsInSteps(document: ApqDocument, most?: number): Steps<RequestInfo[]> {
    return requestsIn(document.file, most);
  }

  /** The request in whose block the offset is; for a block without one (variables on top), the next request. */
  requestAt(document: ApqDocument, offset: number): RequestInfo | undefined {
    return requestAt(document.file, offset);
  }

  /**
   * The requests whose responses the request needs (`{{name.results[0].ID}}`), in the order in which to run them. Each
   * appears once, even in a cycle, which is an error of its own (`request-cycle`).
   */
  dependencies(document: ApqDocument, request: RequestInfo): RequestInfo[] {
    return requestsNeededBy(request, document.file, document.symbols);
  }

  /** The names of the file's variables: those that it declares, and those that it only uses (`{{name}}`). */
  variableNames({ file, symbols }: ApqDocument): Set<string> {
    const used = file.blocks.flatMap(({ tree }) =>
      tree.references.flatMap(({ target }) => (target.kind === 'variable' ? [target.name] : [])),
    );
    return new Set([...symbols.variables.keys(), ...used.filter((name) => !symbols.requests.has(name))]);
  }

  /** The request's `# @expect` lines, ready to be compared with its response. Pass the `evaluation` with which it was built. */
  expectations(
    document: ApqDocument,
    request: RequestInfo,
    evaluation: EvaluationContext = this.#evaluation(),
  ): Expectation[] {
    return expectationsOf(request, document.symbols, evaluation);
  }

  /** What the request sends. `evaluation` adds what only a run knows: prompts' values, earlier responses, the environment. */
  build(
    document: ApqDocument,
    request: RequestInfo,
    evaluation: EvaluationContext = this.#evaluation(),
  ): BuiltRequest {
    return buildRequest(request.block.tree, document.symbols, this.#platforms, evaluation);
  }

  /** A module's fields on the request's platform; empty where they are unknown. */
  fieldsOf({ connection }: RequestInfo, module: string): readonly FieldInfo[] {
    return this.#platforms.catalogFor(connection)?.module(module)?.fields ?? [];
  }

  /** The platform that the request's address names; undefined where it names none. It is sent to its connection's. */
  namedPlatform(
    document: ApqDocument,
    { block: { tree } }: RequestInfo,
    evaluation: EvaluationContext = this.#evaluation(),
  ): NamedPlatform | undefined {
    return tree.request === undefined
      ? undefined
      : namedPlatform(tree.request.target, tree.text, (base) =>
          substitute(base, document.symbols, evaluation),
        );
  }

  /** The types of the same fields, by `nameKey`. */
  fieldTypesOf(request: RequestInfo, module: string): Map<string, FieldType> {
    return new Map(this.fieldsOf(request, module).map(({ name, type }) => [nameKey(name), type]));
  }

  /** Where the request names fields, in the file. */
  fieldWords({ block }: RequestInfo): FieldWord[] {
    return fieldWords(block.tree).map((word) => ({ ...shift(word, block.offset), text: word.text }));
  }

  /** A parameter that was sent to the platform, as a file has it. */
  parameterInFile({ name, value }: QueryParameter): QueryParameter {
    const parameter = parameterOf(name);
    const isFilter = parameter !== undefined && PARAMETERS[parameter].value === 'filter';
    const traits = this.#platforms.active?.traits;
    return { name, value: isFilter && traits !== undefined ? asInFile(value, traits) : value };
  }

  /** Edits that write sorting and conditions into the request as clauses, or why that is impossible. */
  writeBack({ block }: RequestInfo, changes: ClauseChanges): WriteBack {
    const written = writeBack(block.tree, changes, modelOf(block.tree, this.#platforms).traits);
    return written.ok ? { ok: true, edits: editsInFile(block, written.edits) } : written;
  }
}
