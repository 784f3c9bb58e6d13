/**
 * The façade of the language: a method for each thing that an editor or the command line asks. Text in, values out;
 * offsets are UTF-16 units of the file unless stated otherwise. Nothing here throws on any text. What takes long for a long
 * file can be had in steps, too, so that an editor can ask for something else between two of them.
 */
import { asInFile } from './analysis/dialect';
import { type EvaluationContext, substitute } from './analysis/evaluate';
import { type FieldWord, fieldWords } from './analysis/field-words';
import { type NamedPlatform, namedPlatform } from './analysis/named-platform';
import { modelOf } from './analysis/request-model';
import { faultIn, type SqlCheck, sqlCheckOf, type SqlVerdict } from './analysis/sql/engine-check';
import { SqlFindings } from './analysis/sql/findings';
import { schemaOf, type SqlTableSchema } from './analysis/sql/schema';
import { tableWords } from './analysis/sql/tables';
import { type FileSymbols, readNames } from './analysis/symbols';
import { Catalog, type FieldInfo, type FieldType, type Metadata } from './catalog/catalog';
import { Platforms } from './catalog/platforms';
import { type RecordQuery, RecordSearches, type RecordSearchOutcome } from './catalog/record-searches';
import { builderRecords, type FoundForBuilder } from './completion/builder-records';
import { complete } from './completion/complete';
import { type CompletionItem, itemsInFile } from './completion/items';
import type { Diagnostic } from './diagnostics/check';
import { diagnoseTree, diagnosticsInFile, type FileDiagnostics } from './diagnostics/diagnose';
import { type FileFix, fixesAt, type SureFixes, sureFixes } from './diagnostics/fixes';
import { type WantedMetadata, wantedMetadata } from './diagnostics/wanted-metadata';
import { type ApqDocument, firstVersion, withEdit, withText } from './document';
import type { Hover, Signature } from './features/answers';
import { builderState, isForBuilder } from './features/builder/builder';
import { builderEdit, type BuilderEdits, GONE } from './features/builder/edit';
import { conditionAt, fixInWords, MOST_FIXES } from './features/builder/fixes';
import type { BuilderChange, BuilderState } from './features/builder/state';
import type { DateHabits } from './features/builder/values';
import { type Fold, folds } from './features/folding';
import { formatFile } from './features/format';
import { type Hint, hints, type Link, links } from './features/hints';
import { hover } from './features/hover';
import {
  definitionsAt,
  type NameAt,
  nameAt,
  type NamedFile,
  referencesAt,
  rename,
  type Renaming,
} from './features/names';
import { outline, type OutlineEntry } from './features/outline';
import {
  type Expectation,
  expectationsOf,
  listSourcesOf,
  requestAt,
  type RequestInfo,
  requestsIn,
  requestsNeededBy,
  requestsOf,
  sqlTablesOf,
} from './features/requests';
import { rewritings } from './features/rewrite';
import { selections } from './features/selection';
import { type BlockTokens, semanticTokens } from './features/semantic-tokens';
import { signature } from './features/signature';
import { writeSql, type WrittenSql } from './features/sql/write';
import { type ClauseChanges, type WriteBack, writeBack } from './features/write-back';
import { buildRequest, type BuiltRequest } from './request/build';
import { buildSql, type BuiltSql } from './request/sql';
import type { QueryParameter } from './request/wire';
import { editsInFile } from './syntax/edits-in-file';
import type { BlockTree } from './syntax/nodes';
import { type Block, blocksIn } from './syntax/source-file';
import { nameKey } from './text/names';
import { covers, editsAt, shift, type Span, type TextEdit } from './text/span';
import { finish, type Steps } from './text/steps';
import type { SqlGroups } from './vocabulary/groups';
import type { ClientKind } from './vocabulary/next-steps';
import { parameterOf, PARAMETERS } from './vocabulary/parameters';

export { codeSpan, escapeMarkdown, linkTarget } from './text/markdown';
export { withoutLinks } from './text/unseen';
export type { EvaluationContext, ResponseList, ResponseValue } from './analysis/evaluate';
export type { FieldInfo, FieldType, Metadata, ModuleInfo, PlatformFindings } from './catalog/catalog';
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
export { Catalog, CatalogModule } from './catalog/catalog';
export {
  KnownData,
  type KnownField,
  type KnownRecords,
  type KnownValue,
  type NamesChange,
  type PlatformData,
  type PlatformDataChange,
} from './catalog/known-data';
export { type RecordQuery, type RecordSearchOutcome, searchLastsMs } from './catalog/record-searches';
export type { BuilderRecords } from './completion/builder-records';
export { linkedModule } from './analysis/linked-module';
export { namingProblems, type NamedRecords, recordsNamedBy, recordsOf } from './analysis/record-names';
export { Platforms, type KnownConnection } from './catalog/platforms';
export { parseMetadata, type ParsedMetadata } from './catalog/parse-metadata';
export type { PathPart, ResolvedExpectation, ResolvedValue } from './analysis/expectations';
export type { ExpectationOperatorName, SubjectKind } from './vocabulary/expectation-words';
export { type CompletionItem, documentationOf, type ItemKind, type RecordSearch } from './completion/items';
export type {
  BuilderChange,
  BuilderCondition,
  BuilderConditionParts,
  BuilderField,
  BuilderModule,
  BuilderOperator,
  BuilderOrder,
  BuilderPart,
  BuilderPartName,
  BuilderState,
  BuilderType,
  BuilderValue,
} from './features/builder/state';
export type { Expectation, ExpectationInfo, RequestInfo } from './features/requests';
export type { Condition } from './features/clause-writer';
export type { ClauseChanges, WriteBack } from './features/write-back';
export { querySnippet, readyQueries, type ReadyQuery } from './analysis/ready-queries';
export type { WrittenSql } from './features/sql/write';
export type { FieldWord } from './analysis/field-words';
export type { Hover } from './features/answers';
export type { Fold } from './features/folding';
export type { OutlineEntry } from './features/outline';
export type { Renaming } from './features/names';
export { commonModulesFirst, commonness, describeField, describeModule } from './vocabulary/plain-words';
export { ByName, nameKey } from './text/names';
export { isSecretName } from './text/secret-names';
export { TOKEN_TYPES } from './features/token-types';
export { checkValue } from './analysis/field-types';
export { fieldCount, fieldSummary, moduleSummary } from './analysis/documentation';
export { FIELD_TYPES, TYPE_NAMES } from './text/type-names';
export { bringsAll, sizeOfPages, skipsRecords } from './analysis/paging';
export { foreignPart, type NamedPlatform } from './analysis/named-platform';
export type { BuildProblem, BuiltRequest } from './request/build';
export type { SqlCheck, SqlVerdict } from './analysis/sql/engine-check';
export { type NumberColumn, numberColumnsIn, type NumberComparison } from './analysis/sql/number-uses';
export type { SqlTableSchema } from './analysis/sql/schema';
export type { BuiltSql, SqlQuery, SqlValue } from './request/sql';
export { CONCURRENCY, MAX_CONCURRENCY, PAGE_SIZE } from './text/limits';
export { addressLength, pathOf, shortened } from './request/wire';
export { NO_QUOTE, quotedForSending } from './analysis/dialect';
export { bodyReader, type BodyMember } from './analysis/body-members';
export { decodeParameters, readQuery, type DecodedParameter } from './syntax/address';
export { readAddress, type Address } from './syntax/target-parser';
export { filterOf, requestOfValues } from './request/list';
export type { QueryParameter, ValueList, WireRequest } from './request/wire';
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

  readonly #sqlFindings = new SqlFindings();
  readonly #searches = new RecordSearches();

  /** The program that shows the messages; set before the first of them. */
  client: ClientKind = 'editor';

  /** `world` is called anew for each request to the language, since time passes. */
  constructor(private readonly world: () => EvaluationContext = () => ({ now: new Date() })) {}

  #evaluation(): EvaluationContext {
    return { ...this.world(), client: this.client, sqlFindings: this.#sqlFindings };
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

  /** Takes in how a search for records ended that a completion item asked for. */
  searched(query: RecordQuery, outcome: RecordSearchOutcome): void {
    this.#searches.add(query, outcome, this.world().now.getTime());
  }

  /** Forgets the searches on a connection: another user may see other records. */
  forgetSearches(connection: string): void {
    this.#searches.forget(connection);
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
    const fresh = ({ tree }: Block) =>
      diagnoseTree(tree, symbols, this.#platforms, evaluation, { forFixes: true });
    const found = blocksIn(file, where).map((block) => ({ block, diagnostics: fresh(block) }));
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
      searches: this.#searches,
      offset: offset - block.offset,
      neighbours: document.file.around(offset),
    });
    return itemsInFile(items, block);
  }

  /** Explains the word at the offset, as Markdown. */
  hover(document: ApqDocument, offset: number): Hover | undefined {
    const { tree, offset: start } = document.file.blockAt(offset);
    const evaluation = this.#evaluation();
    const neighbours = document.file.around(offset);
    const found = hover(tree, offset - start, document.symbols, this.#platforms, evaluation, neighbours);
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

  #named({ file, symbols }: ApqDocument): NamedFile {
    return { file, symbols, platforms: this.#platforms };
  }

  /** The variable, named request or alias of SQL at the offset. */
  nameAt(document: ApqDocument, offset: number): NameAt | undefined {
    return nameAt(this.#named(document), offset);
  }

  /** Where the variable or named request at the offset is defined. */
  definitions(document: ApqDocument, offset: number): Span[] {
    return finish(definitionsAt(this.#named(document), offset));
  }

  /** Where the name at the offset is used; with `withDefinitions`, its definitions come first. */
  references(document: ApqDocument, offset: number, withDefinitions: boolean): Span[] {
    return finish(this.referencesInSteps(document, offset, withDefinitions));
  }

  referencesInSteps(document: ApqDocument, offset: number, withDefinitions: boolean): Steps<Span[]> {
    return referencesAt(this.#named(document), offset, withDefinitions);
  }

  /** Edits that rename it everywhere, or why it can't have that name. */
  rename(document: ApqDocument, offset: number, to: string): Renaming {
    return finish(this.renameInSteps(document, offset, to));
  }

  renameInSteps(document: ApqDocument, offset: number, to: string): Steps<Renaming> {
    return rename(this.#named(document), offset, to);
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
    return hints(document.file, range, document.symbols, this.#platforms, this.#evaluation());
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

  /** What a SQL request asks the engine. `evaluation`: as with `build`. */
  buildSql(
    document: ApqDocument,
    { block }: RequestInfo,
    evaluation: EvaluationContext = this.#evaluation(),
  ): BuiltSql {
    return buildSql(block.tree, document.symbols, evaluation);
  }

  /** The requests of all of whose records the request takes values (`{{name.results[*].ID}}`). */
  listSources(document: ApqDocument, { block }: RequestInfo): RequestInfo[] {
    return listSourcesOf(block.tree, document.file, document.symbols);
  }

  /** The requests whose answers are the tables of a SQL request, each once, by the names that they have as tables. */
  sqlTables(document: ApqDocument, { block }: RequestInfo): Map<string, RequestInfo> {
    return sqlTablesOf(block.tree, document.file, document.symbols);
  }

  /**
   * The tables that a SQL request names, each once, with their columns as far as they are known before anything runs:
   * undefined where they are not.
   */
  sqlSchema(document: ApqDocument, { block }: RequestInfo): SqlTableSchema[] {
    const schema = schemaOf(document.symbols, this.#platforms);
    const names = block.tree.sql === undefined ? [] : tableWords(block.tree.sql);
    const found = new Map<string, SqlTableSchema>();
    for (const { text } of names) {
      const table = schema.table(text);
      if (table !== undefined && !found.has(table.name))
        found.set(table.name, { name: table.name, columns: table.columns });
    }
    return [...found.values()];
  }

  /** What the engine is to be asked about the statements of a file: what it was not asked before. */
  *sqlChecksInSteps({ file, symbols }: ApqDocument): Steps<SqlCheck[]> {
    const checks: SqlCheck[] = [];
    for (const { trees } of file.chunks)
      for (const tree of trees) {
        // Reading all of a file would take long.
        if (!/\bSQL\b/i.test(tree.text)) continue;
        const check = sqlCheckOf(tree, symbols, this.#platforms);
        if (check !== undefined && !this.#sqlFindings.has(check.key)) checks.push(check);
        yield;
      }
    return checks;
  }

  sqlChecks(document: ApqDocument): SqlCheck[] {
    return finish(this.sqlChecksInSteps(document));
  }

  /** Takes what the engine said. Returns true where diagnostics are others now. */
  addSqlVerdict(check: SqlCheck, verdict: SqlVerdict): boolean {
    const fault = faultIn(check, verdict);
    this.#sqlFindings.add(check.key, fault);
    return fault !== undefined;
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

  /** The block that the builder shows for the offset: for variables on top, that of the next request. */
  #builderBlock({ file }: ApqDocument, offset: number): Block {
    const block = file.blockAt(offset);
    const { request, sql, separator, text } = block.tree;
    const end = block.offset + text.length;
    return request === undefined && sql === undefined && separator === undefined && end < file.length
      ? file.blockAt(end)
      : block;
  }

  /** The request at the offset as the builder shows it, and where it begins. */
  builderState(
    document: ApqDocument,
    offset: number,
  ): { readonly offset: number; readonly state: BuilderState } {
    const { tree, offset: start } = this.#builderBlock(document, offset);
    const evaluation = { ...this.#evaluation(), client: 'builder' as const };
    const { symbols } = document;
    const problems = diagnoseTree(tree, symbols, this.#platforms, evaluation).filter(isForBuilder);
    const fixes = (where: Span) =>
      this.#builderFixes(document, shift(where, start)).map(({ title }) => title);
    return {
      offset: start,
      state: builderState(tree, this.#platforms, { symbols, evaluation, fixes }, problems),
    };
  }

  /** Edits that make one change of the request at the offset, or why it can't be made. */
  builderEdit(
    document: ApqDocument,
    offset: number,
    change: BuilderChange,
    habits: DateHabits = { monthFirst: false },
  ): BuilderEdits {
    const block = this.#builderBlock(document, offset);
    if (change.kind === 'fix-condition') {
      const term = conditionAt(block.tree, change.index);
      const fixes = term === undefined ? [] : this.#builderFixes(document, shift(term, block.offset));
      const fix = fixes.find(({ title }) => title === change.fix);
      return fix === undefined ? GONE : { ok: true, edits: fix.edits };
    }
    const made = builderEdit(block.tree, this.#platforms, change, habits);
    return made.ok ? { ok: true, edits: editsInFile(block, made.edits) } : made;
  }

  /** Those of what the builder says of a condition, with titles of its own. */
  #builderFixes(document: ApqDocument, where: Span): FileFix[] {
    const { now } = this.#evaluation();
    return this.fixes(document, where)
      .filter(({ diagnostic }) => isForBuilder(diagnostic) && covers(where, diagnostic))
      .slice(0, MOST_FIXES)
      .map((fix) => ({ ...fix, title: fixInWords(fix.title, now) }));
  }

  /** Records whose IDs the field holds and whose names have the text, for a condition of the request at the offset. */
  builderRecords(document: ApqDocument, offset: number, field: string, text: string): FoundForBuilder {
    const { tree } = this.#builderBlock(document, offset);
    return builderRecords(tree, this.#platforms, this.#evaluation(), this.#searches, field, text);
  }

  /** Edits that write groups of a request's records as a SQL request below it, or why that is impossible. */
  writeSql({ symbols }: ApqDocument, { block }: RequestInfo, groups: SqlGroups): WrittenSql {
    const written = writeSql(block.tree, groups, symbols);
    return written.ok ? { ...written, edits: editsInFile(block, written.edits) } : written;
  }
}
