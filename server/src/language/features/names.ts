/** Variables and named requests: where they are defined and used, and how they are renamed. */
import { type FileSymbols, nameDirective, usedName, usedNameSpan } from '../analysis/symbols';
import type { BlockTree } from '../syntax/nodes';
import type { Reference } from '../syntax/references';
import { inEachBlock, type SourceFile } from '../syntax/source-file';
import { isIdentifier } from '../text/identifiers';
import { ownName } from '../text/names';
import { shift, type Span, type TextEdit, touches } from '../text/span';
import type { Steps } from '../text/steps';

export interface NameAt {
  readonly name: string;
  readonly kind: 'variable' | 'request';
  /** The name under the cursor, in the file. */
  readonly span: Span;
}

/** The name of a variable or request at the offset: in its definition, or in a `{{…}}`. */
export function nameAt(file: SourceFile, offset: number): NameAt | undefined {
  const block = file.blockAt(offset);
  const at = offset - block.offset;
  const { tree } = block;
  for (const { name } of tree.variables)
    if (name.length > 0 && touches({ offset: name.offset - 1, length: name.length + 1 }, at))
      return { name: name.text, kind: 'variable', span: shift(name, block.offset) };
  const named = nameDirective(tree);
  if (named !== undefined && touches(named.value, at))
    return { name: named.value.text, kind: 'request', span: shift(named.value, block.offset) };
  const reference = tree.references.find((each) => touches(each, at));
  const name = reference === undefined ? undefined : usedName(reference);
  if (reference === undefined || name === undefined) return undefined;
  return {
    name,
    kind: reference.target.kind === 'response' ? 'request' : 'variable',
    span: shift(usedNameSpan(reference), block.offset),
  };
}

function definitions({ name, kind }: NameAt, file: SourceFile, symbols: FileSymbols): Steps<Span[]> {
  const found =
    kind === 'variable'
      ? (symbols.variables.get(name) ?? []).map(({ tree, node }) => ({ tree, span: node.name }))
      : (symbols.requests.get(name) ?? []).map(({ tree, node }) => ({ tree, span: node.value }));
  const spans = new Map<BlockTree, Span[]>();
  for (const { tree, span } of found) spans.set(tree, [...(spans.get(tree) ?? []), span]);
  return inEachBlock(file, ({ tree, offset }) => (spans.get(tree) ?? []).map((span) => shift(span, offset)));
}

/** Where the name at the offset is defined. */
export function* definitionsAt(file: SourceFile, symbols: FileSymbols, offset: number): Steps<Span[]> {
  const found = nameAt(file, offset);
  return found === undefined ? [] : yield* definitions(found, file, symbols);
}

/** Where the name at the offset is used; with `withDefinitions`, its definitions come first. */
export function* referencesAt(
  file: SourceFile,
  symbols: FileSymbols,
  offset: number,
  withDefinitions: boolean,
): Steps<Span[]> {
  const found = nameAt(file, offset);
  if (found === undefined) return [];
  const defined = withDefinitions ? yield* definitions(found, file, symbols) : [];
  return defined.concat(yield* uses(found, file));
}

/** Every place that uses the name, without its definitions. */
function uses(
  { name, kind }: NameAt,
  file: SourceFile,
  isMeant: (reference: Reference) => boolean = () => true,
): Steps<Span[]> {
  return inEachBlock(file, ({ tree, offset }) =>
    tree.references
      .filter(
        (reference) =>
          usedName(reference) === name &&
          (reference.target.kind === 'response') === (kind === 'request') &&
          isMeant(reference),
      )
      .map((reference) => shift(usedNameSpan(reference), offset)),
  );
}

/** False in a `{{` without its `}}`, which in a body is text that is sent as it stands. */
function isWhole(file: SourceFile, offset: number): boolean {
  const block = file.blockAt(offset);
  const reference = block.tree.references.find((each) => touches(each, offset - block.offset));
  return reference?.closed !== false;
}

export type Renaming =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly message: string };

export function* rename(file: SourceFile, symbols: FileSymbols, offset: number, to: string): Steps<Renaming> {
  const found = nameAt(file, offset);
  if (found === undefined || !isWhole(file, offset))
    return { ok: false, message: 'Only variables and names of requests can be renamed.' };
  if (!isIdentifier(to))
    return {
      ok: false,
      message: 'A name consists of letters, digits, “_” and “-”, and starts with a letter or “_”.',
    };
  const name = ownName(to);
  if (name !== found.name && (symbols.variables.has(name) || symbols.requests.has(name)))
    return { ok: false, message: `The name “${to}” is already in use.` };
  return {
    ok: true,
    edits: (yield* definitions(found, file, symbols))
      .concat(yield* uses(found, file, ({ closed }) => closed))
      .map((span) => ({ ...span, text: to })),
  };
}
