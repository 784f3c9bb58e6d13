/** Converts edits of a block to edits of the file. */
import { endOf, firstFrom, type Span, type TextEdit, textOf } from '../text/span';
import { decodedView, escapeForAddress, type PlusReading } from '../text/view';
import type { BlockTree, Clause } from './nodes';
import { FILE_START } from './problems';
import type { Block } from './source-file';
import { spaced } from './spacing';

/** The edits, which don't overlap, with offsets of the file, and with spaces around what they write into a clause. */
export const editsInFile = (
  { offset, tree }: Pick<Block, 'offset' | 'tree'>,
  edits: readonly TextEdit[],
): TextEdit[] =>
  spaced(tree, edits).map((edit) => ({
    length: edit.length,
    offset: edit.offset === FILE_START ? 0 : edit.offset + offset,
    text: asWrittenAt(tree, edit, edit.text),
  }));

/** The text to write for a span of the block: it is encoded in the query of an address. */
export function asWrittenAt(tree: BlockTree, where: Span, text: string): string {
  const target = tree.request?.target;
  if (target === undefined || !isInQuery(tree, where)) return text;
  const line = addressLine(tree, where);
  const escaped = (plus: PlusReading) => withEncodedBraces(tree, where, escapeForAddress(text, plus));
  if (line !== undefined) return escaped(line.plus ?? target.plus);
  return target.query.length > 0 || text.startsWith('?') ? escaped(target.plus) : text;
}

/** Encoded braces of the user's are text, which a fix must not turn into a variable. */
function withEncodedBraces(tree: BlockTree, where: Span, text: string): string {
  const source = textOf(tree.text, where);
  const { text: decoded } = decodedView(tree.text, where.offset, endOf(where));
  if (source === decoded) return text;
  return text.replace(/\{\{[^{}\r\n]*\}\}/g, (found) =>
    decoded.includes(found) && !source.includes(found) ? encodeURIComponent(found) : found,
  );
}

/** True where the span is in the query of an address, or where one would begin. */
export function isInQuery(tree: BlockTree, where: Span): boolean {
  const target = tree.request?.target;
  return (
    (target !== undefined && where.offset >= target.pathEnd && endOf(where) <= endOf(target)) ||
    addressLine(tree, where) !== undefined
  );
}

/** The clause of an address on a line of its own in whose name or value the span is. */
function addressLine({ clauses }: BlockTree, where: Span): Clause | undefined {
  const clause = clauses[firstFrom(clauses, where.offset + 1) - 1];
  return clause?.origin === 'line' &&
    clause.plus !== undefined &&
    where.offset >= clause.name.offset &&
    endOf(where) <= endOf(clause.valueSpan)
    ? clause
    : undefined;
}
