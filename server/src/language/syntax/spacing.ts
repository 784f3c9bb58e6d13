/**
 * Puts spaces where a reader expects them around what a fix writes into a clause. Fixes say which words they write, and
 * this place alone knows their neighbours.
 */
import { endOf, firstFrom, type TextEdit } from '../text/span';
import type { BlockTree } from './nodes';
import type { Token } from './tokens';

/** What stands at one side of a gap, as far as the gap depends on it. */
type Side = Token['kind'] | 'none';

/** Edits of one block that don't overlap, in any order, as edits in the order of the text. */
export function spaced(tree: BlockTree, edits: readonly TextEdit[]): TextEdit[] {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.offset - b.edit.offset || a.index - b.index)
    .map(({ edit }) => edit);
  const done: TextEdit[] = [];
  for (const [index, edit] of sorted.entries()) {
    const tokens = tokensAt(tree, edit);
    if (tokens === undefined) done.push(edit);
    else if (edit.text === '') done.push(removed(tree, tokens, edit, done.at(-1), sorted[index + 1]));
    else done.push(padded(tree, tokens, edit, done.at(-1), sorted[index + 1]));
  }
  return done.map((edit) => (joinsName(tree, edit) ? { ...edit, text: ` ${edit.text}` } : edit));
}

/** True when the text, or what follows a removed one, would become part of a parameter's name, which stands right before it without “=”. */
function joinsName({ clauses, text: block }: BlockTree, { offset, length, text }: TextEdit): boolean {
  const clause = clauses[firstFrom(clauses, offset) - 1];
  return (
    clause !== undefined &&
    clause.equals === undefined &&
    clause.name.length > 0 &&
    endOf(clause.name) === offset &&
    isGap('word', startSide(text || block.charAt(offset + length)))
  );
}

/** The tokens of the clause whose value the edit changes. */
function tokensAt({ clauses }: BlockTree, edit: TextEdit): readonly Token[] | undefined {
  // At its end, the next clause of an address may begin.
  const clause = clauses[firstFrom(clauses, edit.offset) - 1];
  if (clause === undefined || clause.valueSpan.length === 0 || clause.value.kind === 'plain')
    return undefined;
  const { valueSpan, value } = clause;
  return edit.offset >= valueSpan.offset && endOf(edit) <= endOf(valueSpan) ? value.tokens : undefined;
}

function padded(
  { text }: BlockTree,
  tokens: readonly Token[],
  edit: TextEdit,
  before: TextEdit | undefined,
  after: TextEdit | undefined,
): TextEdit {
  const left =
    before !== undefined && endOf(before) === edit.offset
      ? endSide(before.text)
      : sideBefore(tokens, edit.offset);
  const right = sideBehind(endOf(edit), after);
  function sideBehind(offset: number, next: TextEdit | undefined): Side {
    if (next?.offset !== offset) return sideAfter(tokens, offset, text);
    // The next edit looks at the end of this one, or goes away with what it removes.
    return next.text === '' ? sideAfter(tokens, endOf(next), text) : 'none';
  }
  const lead = isGap(left, startSide(edit.text)) ? ' ' : '';
  const trail = isGap(endSide(edit.text), right) ? ' ' : '';
  return { ...edit, text: lead + edit.text + trail };
}

/** Removes the space of a word along with it. */
function removed(
  { text }: BlockTree,
  tokens: readonly Token[],
  edit: TextEdit,
  before: TextEdit | undefined,
  after: TextEdit | undefined,
): TextEdit {
  const [first, last] = [firstFrom(tokens, edit.offset), firstFrom(tokens, endOf(edit))];
  const previous = tokens[first - 1];
  const next = tokens[last];
  const isInside = previous !== undefined && endOf(previous) > edit.offset;
  const start = Math.max(
    previous === undefined || isInside ? edit.offset : endOf(previous),
    before === undefined ? 0 : endOf(before),
  );
  const end = Math.min(
    next === undefined ? endOf(edit) : next.offset,
    after?.offset ?? Number.POSITIVE_INFINITY,
  );
  if (previous === undefined && next === undefined) {
    let lead = 0;
    while (lead < edit.offset && ' \t'.includes(text.charAt(edit.offset - lead - 1))) lead++;
    return { offset: edit.offset - lead, length: edit.length + lead, text: '' };
  }
  // Lines and the comments between them are the user's.
  if (isInside || /[\r\n]/.test(text.slice(start, edit.offset) + text.slice(endOf(edit), end))) return edit;
  const had = start < edit.offset || end > endOf(edit);
  const [left, right] = [sideBefore(tokens, start), sideAfter(tokens, end)];
  const gap = isGap(left, right) || (had && keepsGap(left, right)) ? ' ' : '';
  return { offset: start, length: end - start, text: gap };
}

const keepsGap = (left: Side, right: Side) =>
  left !== 'none' && left !== '(' && right !== 'none' && right !== ')' && right !== ',';

/** True when the two would run into each other, or look as if they did. */
function isGap(left: Side, right: Side): boolean {
  switch (left) {
    case 'word':
    case 'string':
    case ')':
      return right === 'word' || right === 'string';
    case '(':
    case ',':
    case 'symbol':
    case 'bracket':
    case 'none':
      return false;
  }
}

function sideBefore(tokens: readonly Token[], offset: number): Side {
  const token = tokens[firstFrom(tokens, offset) - 1];
  if (token === undefined || endOf(token) !== offset) return 'none';
  return token.kind === 'string' && token.closed !== true ? 'none' : token.kind;
}

function sideAfter(tokens: readonly Token[], offset: number, text = ''): Side {
  const token = tokens[firstFrom(tokens, offset)];
  // A comment is no token, but a word before it would swallow it.
  if (token?.offset !== offset) return /[#/]/.test(text.charAt(offset)) ? 'word' : 'none';
  return token.kind;
}

/** A brace that closes belongs to what it closes. */
const startSide = (text: string): Side => (text.startsWith('}') ? 'bracket' : sideOf(text[0] ?? ' '));
const endSide = (text: string): Side => sideOf(text.at(-1) ?? ' ');

function sideOf(character: string): Side {
  if (/\s/.test(character)) return 'none';
  if (character === "'") return 'string';
  if (character === '(' || character === ')' || character === ',') return character;
  return /[=<>!&|]/.test(character) ? 'symbol' : 'word';
}
