/** Converts edits of a block to edits of the file. */
import { endOf, firstFrom, type Span, type TextEdit, textOf } from '../text/span';
import { decodedView, escapeForAddress, type PlusReading } from '../text/view';
import { lineEndAt } from './lines';
import type { BlockTree, Clause } from './nodes';
import { FILE_START } from './problems';
import type { Block } from './source-file';
import { spaced } from './spacing';

/** The edits, which don't overlap, with offsets of the file, with spaces around what they write into a clause, and with its line ends. */
export const editsInFile = (
  { offset, tree }: Pick<Block, 'offset' | 'tree'>,
  edits: readonly TextEdit[],
): TextEdit[] =>
  spaced(tree, edits).map((edit) => ({
    length: edit.length,
    offset: edit.offset === FILE_START ? 0 : edit.offset + offset,
    text: withLineEndsOf(tree, asWrittenAt(tree, edit, edit.text)),
  }));

/** The text with the line ends of the block: those that write edits need not ask for them. */
const withLineEndsOf = (tree: BlockTree, text: string): string =>
  text.includes('\n') && lineEndAt(tree.text, 0) === '\r\n' ? text.replace(/\r?\n/g, '\r\n') : text;

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
    (target !== undefined && where.offset >= target.pathEnd && isWithin(tree, where, target)) ||
    addressLine(tree, where) !== undefined
  );
}

/** Also behind the blanks at its end, where the next word of it is written. */
const isWithin = ({ text }: BlockTree, where: Span, part: Span): boolean =>
  endOf(where) <= endOf(part) || /^[ \t]+$/.test(text.slice(endOf(part), endOf(where)));

/** The clause of an address on a line of its own in whose name or value the span is. */
function addressLine(tree: BlockTree, where: Span): Clause | undefined {
  const { clauses } = tree;
  const clause = clauses[firstFrom(clauses, where.offset + 1) - 1];
  return clause?.origin === 'line' &&
    clause.plus !== undefined &&
    where.offset >= clause.name.offset &&
    isWithin(tree, where, clause.valueSpan)
    ? clause
    : undefined;
}
