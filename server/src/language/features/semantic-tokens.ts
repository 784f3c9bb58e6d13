/** Semantic tokens: what each word is, as the parser reads it. */
import type { BlockTree, Expectation } from '../syntax/nodes';
import { inEachBlock, type SourceFile } from '../syntax/source-file';
import type { Token } from '../syntax/tokens';
import { endOf, meets, type Span } from '../text/span';
import type { Steps } from '../text/steps';
import { comparisonOf, functionOf, joinOf } from '../vocabulary/filter-words';
import { addSqlTokens } from './sql/tokens';
import type { TokenType } from './token-types';

export interface SemanticToken extends Span {
  readonly type: TokenType;
}

const kept = new WeakMap<BlockTree, readonly SemanticToken[]>();

/** In the order of the text; no token overlaps another or a line end. Offsets are relative to the block. */
function tokensOf(tree: BlockTree): readonly SemanticToken[] {
  let tokens = kept.get(tree);
  if (tokens === undefined) {
    tokens = collect(tree);
    kept.set(tree, tokens);
  }
  return tokens;
}

export interface BlockTokens {
  readonly offset: number;
  readonly line: number;
  readonly tree: BlockTree;
  readonly tokens: readonly SemanticToken[];
}

/** The tokens of the blocks that the range meets, or of all. */
export const semanticTokens = (file: SourceFile, range?: Span): Steps<BlockTokens[]> =>
  inEachBlock(file, ({ offset, line, tree }) =>
    range === undefined || meets({ offset, length: tree.text.length }, range)
      ? [{ offset, line, tree, tokens: tokensOf(tree) }]
      : [],
  );

function collect(tree: BlockTree): SemanticToken[] {
  const found: SemanticToken[] = [];
  const add = (where: Span | undefined, type: TokenType) => {
    if (where !== undefined && where.length > 0)
      found.push({ offset: where.offset, length: where.length, type });
  };
  for (const variable of tree.variables) add(variable.name, 'variable');
  for (const directive of tree.directives) {
    add({ offset: directive.name.offset - 1, length: directive.name.length + 1 }, 'decorator');
    if (directive.expectation !== undefined) addExpectation(directive.expectation, add);
  }
  const { request, sql } = tree;
  if (sql !== undefined) addSqlTokens(sql, tree.text, add);
  add(request?.method, 'keyword');
  if (request !== undefined && request.target.module.references.length === 0)
    add(request.target.module, 'class');
  for (const clause of tree.clauses) {
    add(clause.name, 'parameter');
    if (clause.value.kind === 'plain') {
      if (/^\d+$/.test(clause.value.text.text)) add(clause.value.text, 'number');
      if (/^(true|false)$/i.test(clause.value.text.text)) add(clause.value.text, 'keyword');
      continue;
    }
    const { tokens, kind } = clause.value;
    for (const [index, token] of tokens.entries())
      add(token, typeOf(token, tokens[index + 1], tokens[index - 1], kind));
  }
  for (const reference of tree.references) add(reference.inner, 'variable');
  return flat(found);
}

function addExpectation(
  { subject, negation, operator, value }: Expectation,
  add: (where: Span | undefined, type: TokenType) => void,
): void {
  if (subject?.kind !== undefined) add(subject.name, 'parameter');
  for (const step of subject?.steps ?? []) if (step.kind === 'member') add(step.name, 'property');
  add(negation, 'operator');
  add(operator, 'operator');
  switch (value?.form) {
    case 'quoted':
      add(value, 'string');
      break;
    case 'number':
      add(value, 'number');
      break;
    case 'boolean':
    case 'null':
      add(value, 'keyword');
      break;
    case 'variable':
    case 'text':
    case undefined:
  }
}

function typeOf(
  token: Token,
  next: Token | undefined,
  previous: Token | undefined,
  kind: 'filter' | 'fields' | 'order',
): TokenType {
  if (token.kind === 'string') return 'string';
  if (token.kind !== 'word') return 'operator';
  if (kind === 'order' && previous?.kind === 'word') return 'keyword';
  if (kind !== 'filter') return 'property';
  if (functionOf(token.text) !== undefined && next?.kind === '(') return 'function';
  if (joinOf(token.text) !== undefined || /^not$/i.test(token.text)) return 'keyword';
  if (comparisonOf(token.text) !== undefined && previous?.kind === 'word') return 'operator';
  if (/^[+-]?\d+(\.\d+)?$/.test(token.text)) return 'number';
  return /^(true|false)$/i.test(token.text) ? 'keyword' : 'property';
}

/** Cuts outer tokens where inner ones are: the text of a value stays a string around its variables. */
function flat(tokens: readonly SemanticToken[]): SemanticToken[] {
  const sorted = [...tokens].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const result: SemanticToken[] = [];
  let outer: SemanticToken | undefined;
  const close = (until: number) => {
    if (outer === undefined) return;
    if (endOf(outer) > until && until > outer.offset) result.push({ ...outer, length: until - outer.offset });
    else if (until >= endOf(outer) && outer.length > 0) result.push(outer);
  };
  for (const token of sorted) {
    if (outer !== undefined && token.offset < endOf(outer)) {
      if (token.offset > outer.offset) result.push({ ...outer, length: token.offset - outer.offset });
      result.push(token);
      const rest: number = Math.max(0, endOf(outer) - endOf(token));
      outer = { ...outer, offset: endOf(token), length: rest };
    } else {
      close(Number.POSITIVE_INFINITY);
      outer = token;
    }
  }
  close(Number.POSITIVE_INFINITY);
  return result.filter((token) => token.length > 0).sort((a, b) => a.offset - b.offset);
}
