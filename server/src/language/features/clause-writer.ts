/** Writes clauses of a request: the one writer for the results, which are written back, and for the builder. */
import { quote } from '../analysis/print-filter';
import { clauseSpan } from '../syntax/clause-span';
import { linesOf, trimEnd } from '../syntax/lines';
import type { BlockTree, Clause } from '../syntax/nodes';
import type { Token } from '../syntax/tokens';
import { between, endOf, type Span, type TextEdit } from '../text/span';
import { comparisonOf, functionOf } from '../vocabulary/filter-words';
import { type ParameterName, parameterOf } from '../vocabulary/parameters';

export interface Condition {
  readonly field: string;
  /** A comparison or a function of the API, such as `eq` or `contains`. */
  readonly operator: string;
  /** Plain text; it is quoted here. */
  readonly value: string;
}

export const clausesOf = (tree: BlockTree, name: ParameterName): Clause[] =>
  tree.clauses.filter((clause) => parameterOf(clause.name.text) === name);

export function printCondition({ field, operator, value }: Condition): string {
  const call = functionOf(operator);
  return call === undefined
    ? `${field} ${comparisonOf(operator) ?? operator} ${quote(value)}`
    : `${call}(${field},${quote(value)})`;
}

export const printOrder = (field: string, descending: boolean): string =>
  descending ? `${field} desc` : field;

/** How lines of the block end. */
export const lineEndOf = ({ text }: BlockTree): string => /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';

/** Sets the value of an existing clause, or adds one after the last, in the form that the request has. */
export function setClause(
  tree: BlockTree,
  name: ParameterName,
  clause: Clause | undefined,
  text: string,
): TextEdit[] {
  const { request } = tree;
  if (request === undefined) return [];
  if (clause !== undefined && clause.equals !== undefined) {
    if (clause.view.text.trim() === text) return [];
    if (clause.valueSpan.length > 0) return [{ ...clause.valueSpan, text }];
    const start = endOf(clause.equals);
    return [
      { ...between(start, endOfBlanks(tree, start)), text: clause.plus === undefined ? ` ${text}` : text },
    ];
  }
  if (clause !== undefined) {
    const end = Math.max(endOf(clause.name), endOf(clause.valueSpan));
    return [
      { ...between(endOf(clause.name), end), text: clause.plus === undefined ? ` = ${text}` : `=${text}` },
    ];
  }
  const lines = tree.clauses.filter(({ origin }) => origin === 'line');
  // Behind a fragment, nothing would be sent.
  const last = request.target.query.at(-1);
  if (lines.length === 0 && last !== undefined)
    return [{ offset: endOf(last), length: 0, text: `&${name}=${text}` }];
  const at = contentEnd(tree, lines.at(-1) ?? request);
  return [{ offset: at, length: 0, text: `${lineEndOf(tree)}${name} = ${text}` }];
}

function endOfBlanks({ text }: BlockTree, start: number): number {
  let end = start;
  while (' \t'.includes(text.charAt(end)) && end < text.length) end++;
  return end;
}

/** The end of the last character of an item, which may continue to the end of the line. */
const contentEnd = ({ text }: BlockTree, item: Span): number => trimEnd(text, item.offset, endOf(item));

/** Removes a clause. Comment lines between its lines are the user's, and stay. */
export function removeClause(tree: BlockTree, clause: Clause): TextEdit[] {
  if (clause.origin === 'address') return [{ ...clauseSpan(tree, clause), text: '' }];
  const text = tree.text.slice(clause.offset, endOf(clause));
  const edits: TextEdit[] = [];
  for (const line of linesOf(text)) {
    if (isComment(text.slice(line.start, line.end))) continue;
    const last = edits.at(-1);
    const start = clause.offset + line.start;
    const length = line.next - line.start;
    if (last !== undefined && endOf(last) === start)
      edits.splice(-1, 1, { offset: last.offset, length: last.length + length, text: '' });
    else edits.push({ offset: start, length, text: '' });
  }
  return edits;
}

const isComment = (line: string): boolean => /^\s*(?:#|\/\/)/.test(line);

/**
 * Removes a stretch of a clause's value. Where comments stand between its lines, these stay, and only the lines around them
 * go, so that no empty line ends the clause early.
 */
export function removeStretch(tree: BlockTree, tokens: readonly Token[], stretch: Span): TextEdit[] {
  const pieces = piecesOf(tree, tokens, stretch);
  return pieces.map((piece) => (piece === stretch ? { ...stretch, text: '' } : wholeLine(tree, piece)));
}

/** Replaces what the tokens say with another text, in the place of the first of them. */
export function replaceStretch(
  tree: BlockTree,
  tokens: readonly Token[],
  stretch: Span,
  text: string,
): TextEdit[] {
  const [first, ...rest] = piecesOf(tree, tokens, stretch);
  return first === undefined
    ? [{ ...stretch, text }]
    : [{ ...first, text }, ...rest.map((piece) => wholeLine(tree, piece))];
}

/** True where no comment stands in the stretch. */
export const isClear = (tree: BlockTree, tokens: readonly Token[], stretch: Span): boolean =>
  piecesOf(tree, tokens, stretch)[0] === stretch;

/** The stretch, or the runs of tokens between its comments. */
function piecesOf({ text }: BlockTree, all: readonly Token[], stretch: Span): Span[] {
  const tokens = all.filter(({ offset }) => offset >= stretch.offset && offset < endOf(stretch));
  const pieces: Span[] = [];
  let end = stretch.offset;
  let isWhole = true;
  for (const token of tokens) {
    const last = pieces.at(-1);
    const isApart = hasComment(text, end, token.offset);
    if (isApart) isWhole = false;
    if (last === undefined || isApart) pieces.push(between(token.offset, endOf(token)));
    else pieces.splice(-1, 1, between(last.offset, endOf(token)));
    end = endOf(token);
  }
  return isWhole && !hasComment(text, end, endOf(stretch)) ? [stretch] : pieces;
}

/** Between tokens there is nothing else that has these characters. */
function hasComment(text: string, start: number, end: number): boolean {
  const gap = text.slice(start, end);
  return /[\r\n]/.test(gap) && /[#/]/.test(gap);
}

/** The removal of a piece: with its lines where nothing else stands on them. */
function wholeLine({ text }: BlockTree, piece: Span): TextEdit {
  let start = piece.offset;
  while (start > 0 && ' \t'.includes(text.charAt(start - 1))) start--;
  let end = endOf(piece);
  while (end < text.length && ' \t'.includes(text.charAt(end))) end++;
  const isStart = start === 0 || '\r\n'.includes(text.charAt(start - 1));
  const isEnd = end === text.length || '\r\n'.includes(text.charAt(end));
  if (isStart && !isEnd) return { ...between(piece.offset, end), text: '' };
  if (!isStart) return { ...between(isEnd ? start : piece.offset, endOf(piece)), text: '' };
  // The line end before it goes, too: the one behind it ends the clause.
  const before = text.startsWith('\r\n', start - 2) ? 2 : Math.min(start, 1);
  return { ...between(start - before, end), text: '' };
}
