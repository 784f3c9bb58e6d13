/** The outline: variables and requests, each request with its clauses and its body. */
import { tableWords } from '../analysis/sql/tables';
import type { BlockTree } from '../syntax/nodes';
import { inEachBlock, type SourceFile } from '../syntax/source-file';
import { endOf, shift, type Span } from '../text/span';
import type { Steps } from '../text/steps';
import { visibleOnOneLine } from '../text/unseen';
import { type RequestInfo, requestsIn } from './requests';

/** Spans are in the file. */
export interface OutlineEntry {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'request' | 'variable' | 'clause' | 'body';
  readonly span: Span;
  /** What the editor selects when the user goes there. */
  readonly selection: Span;
  readonly children: readonly OutlineEntry[];
}

/** `most`: no more requests, and no more variables, are wanted. */
export function* outline(file: SourceFile, most?: number): Steps<OutlineEntry[]> {
  const variables = yield* inEachBlock(
    file,
    ({ tree, offset }) =>
      tree.variables
        .filter((variable) => variable.name.length > 0)
        .map((variable): OutlineEntry => ({
          name: visibleOnOneLine(`@${variable.name.text}`),
          detail: visibleOnOneLine(variable.value.text),
          kind: 'variable',
          span: shift(trimmed(tree, variable), offset),
          selection: shift(variable.name, offset),
          children: [],
        })),
    most,
  );
  const requests: OutlineEntry[] = [];
  for (const request of yield* requestsIn(file, most)) {
    requests.push(entryOf(request));
    yield;
  }
  return [...variables, ...requests].sort((a, b) => a.span.offset - b.span.offset);
}

function entryOf(request: RequestInfo): OutlineEntry {
  const { tree, offset } = request.block;
  const line =
    request.sql === undefined ? `${request.method ?? ''} ${request.module}`.trim() : sqlLine(tree.sql);
  return {
    name: visibleOnOneLine(request.title || line || '(empty)'),
    detail: [request.title === '' ? '' : line, request.name === undefined ? '' : `@name ${request.name}`]
      .filter((part) => part !== '')
      .map(visibleOnOneLine)
      .join(' · '),
    kind: 'request',
    span: request.span,
    selection:
      tree.separator !== undefined && tree.separator.title.length > 0
        ? shift(tree.separator.title, offset)
        : request.line,
    children: parts(tree, offset),
  };
}

/** `SQL courses, users`: with the tables of the statement. */
function sqlLine(sql: BlockTree['sql']): string {
  const tables = new Set(sql === undefined ? [] : tableWords(sql).map(({ text }) => text));
  return `SQL ${[...tables].join(', ')}`.trim().slice(0, 80);
}

function parts(tree: BlockTree, offset: number): OutlineEntry[] {
  const clauses = tree.clauses.map((clause): OutlineEntry => ({
    name: visibleOnOneLine(clause.name.text || '$'),
    detail: visibleOnOneLine(
      tree.text.slice(clause.valueSpan.offset, endOf(clause.valueSpan)).replace(/\s+/g, ' ').slice(0, 80),
    ),
    kind: 'clause',
    span: shift(trimmed(tree, clause), offset),
    selection: shift(clause.name, offset),
    children: [],
  }));
  const { body } = tree;
  return body === undefined
    ? clauses
    : [
        ...clauses,
        {
          name: 'body',
          detail: '',
          kind: 'body',
          span: shift(body.content, offset),
          selection: shift({ ...body.content, length: 1 }, offset),
          children: [],
        },
      ];
}

/** The span without the white space at its end. */
function trimmed(tree: BlockTree, where: Span): Span {
  const text = tree.text.slice(where.offset, endOf(where)).trimEnd();
  return { offset: where.offset, length: text.length };
}
