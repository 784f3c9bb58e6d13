/** Variables, named requests and aliases of SQL: where they are defined and used, and how they are renamed. */
import { schemaOf } from '../analysis/sql/schema';
import { isOfEngine, OF_ENGINE, sqlKey, tableNamed } from '../analysis/sql/tables';
import { type SqlWord, sqlWords } from '../analysis/sql/words';
import { type FileSymbols, nameDirective, usedName, usedNameSpan } from '../analysis/symbols';
import type { Platforms } from '../catalog/platforms';
import type { BlockTree } from '../syntax/nodes';
import type { Reference } from '../syntax/references';
import { type Block, inEachBlock, type SourceFile } from '../syntax/source-file';
import { writtenName } from '../syntax/sql/written-name';
import { isIdentifier } from '../text/identifiers';
import { ownName } from '../text/names';
import { endOf, shift, type Span, type TextEdit, touches } from '../text/span';
import type { Steps } from '../text/steps';

export interface NameAt {
  readonly name: string;
  /** `alias`: what a statement of SQL defines and uses itself. */
  readonly kind: 'variable' | 'request' | 'alias';
  /** The name under the cursor, in the file. */
  readonly span: Span;
}

/** A file and what its names mean. */
export interface NamedFile {
  readonly file: SourceFile;
  readonly symbols: FileSymbols;
  readonly platforms: Platforms;
}

/** The words of the block's statement that are names of something. */
const wordsIn = ({ sql }: BlockTree, { symbols, platforms }: NamedFile): readonly SqlWord[] =>
  sql === undefined ? [] : sqlWords(schemaOf(symbols, platforms).scopes(sql), symbols);

/** The word of the statement that the offset touches. */
const wordAt = (file: NamedFile, offset: number): { word: SqlWord; block: Block } | undefined => {
  const block = file.file.blockAt(offset);
  const word = wordsIn(block.tree, file).find(({ token }) => touches(token, offset - block.offset));
  return word && { word, block };
};

/** The words of the statement around the offset that name the same alias, its definition first. */
function aliasSpans(file: NamedFile, offset: number): Span[] {
  const found = wordAt(file, offset);
  if (found?.word.target.kind !== 'alias') return [];
  const { definition } = found.word.target;
  const uses = wordsIn(found.block.tree, file).flatMap(({ token, target }) =>
    target.kind === 'alias' && target.definition === definition && token !== definition ? [token] : [],
  );
  return [definition, ...uses].map((token) => shift(token, found.block.offset));
}

/** The name of a variable or request at the offset: in its definition, in a `{{…}}`, or in a statement of SQL. */
export function nameAt(within: NamedFile, offset: number): NameAt | undefined {
  const block = within.file.blockAt(offset);
  const at = offset - block.offset;
  const { tree } = block;
  for (const { name } of tree.variables)
    if (name.length > 0 && touches({ offset: name.offset - 1, length: name.length + 1 }, at))
      return { name: name.text, kind: 'variable', span: shift(name, block.offset) };
  const named = nameDirective(tree);
  if (named !== undefined && touches(named.value, at))
    return { name: named.value.text, kind: 'request', span: shift(named.value, block.offset) };
  const reference = tree.references.find((each) => touches(each, at));
  const word = reference === undefined ? wordAt(within, offset)?.word : undefined;
  if (word !== undefined) {
    const { token, target } = word;
    const span = shift(token, block.offset);
    return target.kind === 'request'
      ? { name: target.name, kind: 'request', span }
      : { name: target.definition.text, kind: 'alias', span };
  }
  const name = reference === undefined ? undefined : usedName(reference);
  if (reference === undefined || name === undefined) return undefined;
  return {
    name,
    kind: reference.target.kind === 'response' ? 'request' : 'variable',
    span: shift(usedNameSpan(reference), block.offset),
  };
}

function* definitions({ name, kind, span }: NameAt, named: NamedFile): Steps<Span[]> {
  const { file, symbols } = named;
  if (kind === 'alias') return aliasSpans(named, span.offset).slice(0, 1);
  const found =
    kind === 'variable'
      ? (symbols.variables.get(name) ?? []).map(({ tree, node }) => ({ tree, span: node.name }))
      : (symbols.requests.get(name) ?? []).map(({ tree, node }) => ({ tree, span: node.value }));
  const spans = new Map<BlockTree, Span[]>();
  for (const { tree, span } of found) spans.set(tree, [...(spans.get(tree) ?? []), span]);
  return yield* inEachBlock(file, ({ tree, offset }) =>
    (spans.get(tree) ?? []).map((each) => shift(each, offset)),
  );
}

/** Where the name at the offset is defined. */
export function* definitionsAt(file: NamedFile, offset: number): Steps<Span[]> {
  const found = nameAt(file, offset);
  return found === undefined ? [] : yield* definitions(found, file);
}

/** Where the name at the offset is used; with `withDefinitions`, its definitions come first. */
export function* referencesAt(file: NamedFile, offset: number, withDefinitions: boolean): Steps<Span[]> {
  const found = nameAt(file, offset);
  if (found === undefined) return [];
  const defined = withDefinitions ? yield* definitions(found, file) : [];
  return defined.concat(yield* uses(found, file));
}

/** Every place that uses the name, without its definitions. */
function* uses(
  { name, kind, span }: NameAt,
  named: NamedFile,
  isMeant: (reference: Reference) => boolean = () => true,
): Steps<Span[]> {
  if (kind === 'alias') return aliasSpans(named, span.offset).slice(1);
  return yield* inEachBlock(named.file, ({ tree, offset }) => [
    ...tree.references
      .filter(
        (reference) =>
          usedName(reference) === name &&
          (reference.target.kind === 'response') === (kind === 'request') &&
          isMeant(reference),
      )
      .map((reference) => shift(usedNameSpan(reference), offset)),
    ...(kind === 'request' ? tablesNamed(name, tree, named) : []).map((token) => shift(token, offset)),
  ]);
}

/** The words of a block's statement that name the request as a table. */
const tablesNamed = (name: string, tree: BlockTree, named: NamedFile): Span[] =>
  wordsIn(tree, named).flatMap(({ token, target }) =>
    target.kind === 'request' && target.name === name ? [token] : [],
  );

/** False in a `{{` without its `}}`, which in a body is text that is sent as it stands. */
function isWhole(file: SourceFile, offset: number): boolean {
  const block = file.blockAt(offset);
  const reference = block.tree.references.find((each) => touches(each, offset - block.offset));
  return reference?.closed !== false;
}

export type Renaming =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly message: string };

export function* rename(named: NamedFile, offset: number, to: string): Steps<Renaming> {
  const { file, symbols } = named;
  const found = nameAt(named, offset);
  if (found === undefined || !isWhole(file, offset))
    return { ok: false, message: 'Only variables, names of requests and aliases of SQL can be renamed.' };
  if (found.kind === 'alias') return renameAlias(found, named, to);
  if (!isIdentifier(to))
    return {
      ok: false,
      message: 'A name consists of letters, digits, “_” and “-”, and starts with a letter or “_”.',
    };
  const name = ownName(to);
  // To SQL, names that differ in case only are the same.
  const isTable = found.kind === 'request' && symbols.statements.length > 0;
  const other = isTable ? tableNamed(name, symbols.requests)?.[0] : undefined;
  const isTaken = symbols.variables.has(name) || symbols.requests.has(name);
  if (name !== found.name && (isTaken || (other !== undefined && other !== found.name)))
    return { ok: false, message: `The name “${to}” is already in use.` };
  if (isTable && isOfEngine(name)) return { ok: false, message: OF_ENGINE };
  if (isTable && (yield* isDefinedBeside(found.name, name, named)))
    return { ok: false, message: `A statement that reads “${found.name}” calls something else “${to}”.` };
  const spans = (yield* definitions(found, named)).concat(yield* uses(found, named, ({ closed }) => closed));
  return {
    ok: true,
    edits: spans.map((span) => ({ ...span, text: isInSql(file, span) ? writtenName(to) : to })),
  };
}

/** Whether a statement that reads the table has an alias of that name, which would take its place. */
function* isDefinedBeside(table: string, name: string, named: NamedFile): Steps<boolean> {
  const key = sqlKey(name);
  const found = yield* inEachBlock(named.file, ({ tree }) =>
    tablesNamed(table, tree, named).length > 0 &&
    wordsIn(tree, named).some(
      ({ target }) => target.kind === 'alias' && sqlKey(target.definition.text) === key,
    )
      ? [true]
      : [],
  );
  return found.length > 0;
}

/** Whether the span is a word of a statement, and no `{{…}}` in it. */
function isInSql(file: SourceFile, span: Span): boolean {
  const { tree, offset } = file.blockAt(span.offset);
  const where = shift(span, -offset);
  return (
    tree.sql !== undefined &&
    where.offset >= tree.sql.offset &&
    where.offset < endOf(tree.sql) &&
    !tree.references.some((reference) => touches(reference, where.offset + 1))
  );
}

/** Renames what a statement defines, in that statement. */
function renameAlias(found: NameAt, named: NamedFile, to: string): Renaming {
  const { tree } = named.file.blockAt(found.span.offset);
  if (to.trim() === '' || /[\0\r\n]|\{\{/.test(to))
    return { ok: false, message: 'A name of SQL has at least one character, and stands on one line.' };
  const key = sqlKey(to);
  const isTaken = wordsIn(tree, named).some(
    ({ token }) => sqlKey(token.text) === key && key !== sqlKey(found.name),
  );
  if (isTaken) return { ok: false, message: `The name “${to}” is already in use.` };
  const edits = aliasSpans(named, found.span.offset).map((span) => ({ ...span, text: writtenName(to) }));
  return { ok: true, edits };
}
