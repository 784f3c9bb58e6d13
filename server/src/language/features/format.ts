/**
 * Tidies the text without changing what is sent: aligned clauses, wrapped filters, indented JSON, one empty line between
 * requests. Parts with a syntax error keep their layout.
 */
import { format as formatJson } from 'jsonc-parser';
import { bodyTree } from '../analysis/body-tree';
import { asWritten, printFilter, printTerm } from '../analysis/print-filter';
import { endWithout, lineBreaksIn, trimEnd } from '../syntax/lines';
import type { BlockTree, Body, Clause, Directive, FilterList, Item, Term } from '../syntax/nodes';
import { type Block, inEachBlock, type SourceFile } from '../syntax/source-file';
import type { Token } from '../syntax/tokens';
import { MAX_BLOCK } from '../text/limits';
import { applyEdits, endOf, meets, meetsAny, type Span, type TextEdit, textOf } from '../text/span';
import type { Steps } from '../text/steps';
import { parameterOf } from '../vocabulary/parameters';
import { formatSql } from './sql/format';

/** A byte order mark is kept: another program may need it. */
const BOM = '\ufeff';

/** Longer lines are broken. */
const WIDTH = 100;

/** Edits (offsets of the file) that format the file, or only the parts (lines, clauses, bodies) that `range` touches. */
export function* formatFile(file: SourceFile, range?: Span): Steps<TextEdit[]> {
  if (!file.isRead) return [];
  const eol = /\r\n|\r|\n/.exec(file.text)?.[0] ?? '\n';
  // Next to the line ends outside the range, new ones could join with them and lose an empty line.
  if (range !== undefined && /\r(?!\n)/.test(file.text) && file.text.includes('\n')) return [];
  return yield* inEachBlock(file, (block) => {
    const end = block.offset + block.tree.text.length;
    if (range !== undefined && !meets({ offset: block.offset, length: end - block.offset }, range)) return [];
    const isWanted = (part: Span) => range === undefined || overlaps(part, range);
    return formatBlock(block, eol, block.offset === 0, end === file.length, isWanted);
  });
}

/** True when the edit's part and the range overlap. An empty range counts as one character. */
const overlaps = (edit: Span, range: Span): boolean =>
  edit.offset < Math.max(endOf(range), range.offset + 1) &&
  range.offset < Math.max(endOf(edit), edit.offset + 1);

function formatBlock(
  block: Block,
  eol: string,
  first: boolean,
  last: boolean,
  isWanted: (part: Span) => boolean,
): TextEdit[] {
  const { tree, offset } = block;
  // It is not read.
  if (tree.text.length > MAX_BLOCK) return [];
  const width = tree.clauses.reduce(
    (most, clause) =>
      clause.origin === 'line' && clause.equals !== undefined && clause.marker === undefined
        ? Math.max(most, nameOf(clause).length)
        : most,
    0,
  );
  const broken = meetsAny(tree.problems);
  const lastFull = tree.items.findLastIndex(({ kind }) => kind !== 'blank');
  const statement = formatSql(tree, eol);
  const edits: TextEdit[] = [];
  let blank = first;
  /** The part is what is tidied or left alone as a whole, where only a range is formatted. */
  const put = (item: Item, tidied: string, part: Span = item) => {
    if (!isWanted({ offset: offset + part.offset, length: part.length })) return;
    const before = textOf(tree.text, item);
    const start = offset + item.offset;
    const lost = start === 0 && before.startsWith(BOM) && !tidied.startsWith(BOM);
    const text = lost ? `${BOM}${tidied}` : tidied;
    if (before !== text) edits.push({ offset: start, length: item.length, text });
  };
  for (const [index, item] of tree.items.entries()) {
    if (item.kind === 'blank') {
      // Keep one empty line after a request, and none at the end of the file.
      put(item, blank || (last && index > lastFull) ? '' : eol);
      blank = true;
      continue;
    }
    blank = false;
    if (item.kind === 'sql-text') {
      put(item, statement.get(item) ?? textOf(tree.text, item), tree.sql);
      continue;
    }
    const lines = itemText(tree, item, width, broken(item)).split('\n').join(eol);
    const ended = /[\r\n]$/.test(textOf(tree.text, item)) || !last;
    const endsItself = !last && index === tree.items.length - 1 && endsBlank(tree);
    put(item, lines + (ended ? eol : '') + (endsItself ? eol : ''));
  }
  // An empty line sets a request off from the next one.
  const end = { offset: offset + tree.text.length, length: 0 };
  if (!last && tree.items.length > 0 && !endsBlank(tree) && isWanted(end)) edits.push({ ...end, text: eol });
  return edits;
}

/** True where an empty line is the last one: a blank, or a part of an open comment of SQL or of a foreign command. */
function endsBlank({ items, text }: BlockTree): boolean {
  return items.at(-1)?.kind === 'blank' || lineBreaksIn(text.slice(endWithout(text, ' \t\r\n'))) > 1;
}

/** The lines without white space at their ends, joined by `\n`. U+2028, where `$` ends a line too, is none of them. */
const withoutTrailing = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.slice(0, endWithout(line, ' \t')))
    .join('\n');

type FullItem = Exclude<Item, { kind: 'blank' | 'sql-text' }>;

/** The item's lines, joined by `\n`, without the end of the last one. */
function itemText(tree: BlockTree, item: FullItem, width: number, broken: boolean): string {
  const lines = withoutTrailing(textOf(tree.text, item));
  const asIs = lines.slice(0, endWithout(lines, '\n'));
  const tidied = tidyText(tree, item, width, asIs, broken);
  return sameWords(tidied, asIs) ? tidied : asIs;
}

/**
 * True when two texts differ in white space, in case and in the marks before a title or a directive (`####`, `//`) only:
 * formatting changes nothing else, whatever a tree left out of its text.
 */
const sameWords = (a: string, b: string): boolean => words(a) === words(b);
const words = (text: string): string =>
  text
    .replace(/^\s*(?:#+|\/\/)/, '#')
    .replace(/\s+/g, '')
    .toLowerCase();

function tidyText(tree: BlockTree, item: FullItem, width: number, asIs: string, broken: boolean): string {
  switch (item.kind) {
    case 'separator':
      return `### ${item.title.text}`.trimEnd();
    case 'directive':
      return item.name.length > 0
        ? `# @${item.name.text} ${directiveText(tree, item, broken)}`.trimEnd()
        : asIs;
    case 'variable':
      return broken || item.equals === undefined ? asIs : `@${item.name.text} = ${item.value.text}`.trimEnd();
    case 'request-line': {
      if (broken || asIs.includes('\n')) return asIs;
      const target = textOf(tree.text, {
        offset: item.target.offset,
        length: item.offset + item.length - item.target.offset,
      }).trim();
      return [item.method?.text.toUpperCase(), target]
        .filter((part) => part !== undefined && part !== '')
        .join(' ');
    }
    case 'clause':
      return clauseText(tree, item, width, asIs, broken);
    case 'body':
      return bodyText(tree, item, asIs, broken);
    case 'sql-line':
      return item.keyword.text.toUpperCase();
    case 'comment':
    case 'stray':
      return asIs;
  }
}

/** An expectation gets one space between its parts. */
function directiveText(tree: BlockTree, { value, expectation }: Directive, broken: boolean): string {
  if (expectation === undefined || broken) return value.text;
  const { subject, negation, operator, value: expected } = expectation;
  const text = (part: Span | undefined) => (part === undefined ? '' : textOf(tree.text, part));
  const not = text(negation);
  return [
    text(subject),
    not === '!' ? not + text(operator) : `${not} ${text(operator)}`.trim(),
    text(expected),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const nameOf = (clause: Clause): string => parameterOf(clause.name.text) ?? clause.name.text;

function clauseText(tree: BlockTree, clause: Clause, width: number, asIs: string, broken: boolean): string {
  // Clauses in REST Client style, and unfinished ones, keep their layout.
  if (clause.equals === undefined || clause.valueSpan.length === 0 || clause.marker !== undefined)
    return asIs;
  const head = `${nameOf(clause).padEnd(width)} = `;
  // With a comment behind the value, which is an error and keeps its place.
  const source = tree.text.slice(clause.valueSpan.offset, trimEnd(tree.text, clause.offset, endOf(clause)));
  const commented = /[\r\n][ \t]*(?:#|\/\/)/.test(source);
  const lines = broken || commented ? undefined : valueLines(clause, head.length);
  if (lines !== undefined) return head + lines.join('\n');
  return head + withoutTrailing(source);
}

/** The lines of a value that starts in column `column`; undefined where it should keep its layout. */
function valueLines(clause: Clause, column: number): string[] | undefined {
  const { value } = clause;
  // What follows belongs to an open `{{` as far as it goes: printed again, its blanks would grow each time.
  if (value.kind !== 'plain' && value.tokens.some(isOpen)) return undefined;
  switch (value.kind) {
    case 'filter': {
      if (
        value.tokens.some((token) => token.kind === 'string' && token.quote !== 'single') ||
        hasPrefix(value.tokens)
      )
        return undefined;
      const whole = printFilter(value.filter, asWritten);
      if (whole === undefined) return undefined;
      return column + whole.length <= WIDTH ? [whole] : filterLines(value.filter, column);
    }
    case 'fields': {
      const names = value.items.map((item) => item.field?.text);
      return names.some((name) => name === undefined) ? undefined : wrap(names as string[], column);
    }
    case 'order': {
      const parts = value.items.map((item) =>
        item.field === undefined
          ? undefined
          : `${item.field.text} ${item.direction?.text.toLowerCase() ?? ''}`.trim(),
      );
      return parts.some((part) => part === undefined) ? undefined : wrap(parts as string[], column);
    }
    case 'plain':
      return /[\r\n]/.test(value.text.text) ? undefined : [value.text.text];
  }
}

const isOpen = ({ references }: Token): boolean => references.some(({ closed }) => !closed);

/** True for `datetime'…'`, which is an error and keeps its text. */
const hasPrefix = (tokens: readonly Token[]) =>
  tokens.some(
    (token, index) =>
      token.kind === 'string' &&
      tokens[index - 1]?.kind === 'word' &&
      endOf(tokens[index - 1] ?? token) === token.offset,
  );

/** One condition a line, with `and` and `or` before the column of the first condition. */
function filterLines(filter: FilterList, column: number): string[] | undefined {
  const terms = filter.terms.map((term: Term) => printTerm(term, asWritten));
  if (terms.some((term) => term === undefined)) return undefined;
  return terms.map((term, index) => {
    const op = filter.joins[index - 1]?.op;
    return op === undefined
      ? (term ?? '')
      : `${' '.repeat(Math.max(1, column - op.length - 1))}${op} ${term ?? ''}`;
  });
}

function wrap(parts: readonly string[], column: number): string[] {
  const lines: string[] = [''];
  for (const [index, part] of parts.entries()) {
    const text = index === parts.length - 1 ? part : `${part},`;
    const line = lines.at(-1) ?? '';
    if (line !== '' && column + line.trimStart().length + 1 + text.length > WIDTH)
      lines.push(`${' '.repeat(column)}${text}`);
    else lines[lines.length - 1] = line === '' ? text : `${line} ${text}`;
  }
  return lines;
}

function bodyText(tree: BlockTree, body: Body, asIs: string, broken: boolean): string {
  if (broken || bodyTree(body.json)?.errors.length !== 0) return asIs;
  const source = textOf(tree.text, body.content);
  const edits = formatJson(body.json, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' });
  // Only white space between tokens changes; the mask of a `{{…}}` is as long as the reference.
  const formatted = applyEdits(
    source,
    edits.map(({ offset, length, content }) => ({ offset, length, text: content })),
  );
  return withoutTrailing(formatted);
}
