/** Rewrites the query of an address as clauses on lines of their own, and back. */
import { trimEnd } from '../syntax/lines';
import type { BlockTree, Clause } from '../syntax/nodes';
import { withoutLineEnds } from '../text/lines';
import { endOf, type TextEdit, textOf, touches } from '../text/span';
import { escapeParameter } from '../text/view';
import { methodOf } from '../vocabulary/methods';
import { parameterOf } from '../vocabulary/parameters';

export interface Rewriting {
  readonly title: string;
  /** Relative to the block. */
  readonly edits: readonly TextEdit[];
}

/** The rewritings on offer where the cursor (relative to the block) is in the request line or a clause. */
export function rewritings(tree: BlockTree, offset: number): Rewriting[] {
  const { request, problems } = tree;
  if (request === undefined || problems.length > 0) return [];
  // Without its query, a module such as `get` is read as the method; without a module, the method as one.
  const { module } = request.target;
  if (module.text === '' || (request.method === undefined && methodOf(module.text) !== undefined)) return [];
  const own = tree.items.filter((item): item is Clause => item.kind === 'clause');
  if (!touches(request, offset) && !own.some((clause) => touches(clause, offset))) return [];
  const { target } = request;
  // What only looks like a parameter would be read as something else in the other form.
  const named = (clauses: readonly Clause[]) =>
    clauses.every((clause) => clause.equals !== undefined && parameterOf(clause.name.text) !== undefined);
  if (!named(target.query) || !named(own)) return [];
  // An encoded `{{` is text; decoded, it would be a variable.
  const braces = (text: string) => text.split('{{').length;
  if (target.query.some((clause) => braces(clause.view.text) > braces(textOf(tree.text, clause.valueSpan))))
    return [];
  const eol = /\r\n|\r|\n/.exec(tree.text)?.[0] ?? '\n';
  if (target.query.length > 0) {
    const lines = target.query.map((clause) => `${parameterOf(clause.name.text)} = ${oneLine(clause)}`);
    return [
      {
        title: 'Write the query as clauses',
        edits: [
          // A fragment and “HTTP/1.1” are removed as well: they are not sent.
          {
            offset: target.pathEnd,
            length: trimEnd(tree.text, endOf(target), endOf(request)) - target.pathEnd,
            text: eol + lines.join(eol),
          },
        ],
      },
    ];
  }
  // In an address, a value that begins with “=” would be read without it.
  const isLost = ({ valueSpan }: Clause) => valueSpan.length === 0 || tree.text[valueSpan.offset] === '=';
  // What stands behind the address would become a part of the last value.
  const bare = tree.text[target.pathEnd] === '?';
  const behind = tree.text.slice(target.pathEnd + Number(bare), endOf(request)).trim();
  const isRead = behind !== '' && !/^(?:#|HTTP\/\d)/i.test(behind);
  if (own.length === 0 || own.some(isLost) || isRead) return [];
  const query = own.map((clause) => `${parameterOf(clause.name.text)}=${escapeParameter(oneLine(clause))}`);
  const removals = own.map(({ offset: start, length }) => ({ offset: start, length, text: '' }));
  return [
    {
      title: 'Write the whole request on one line, as an address',
      edits: [{ offset: target.pathEnd, length: bare ? 1 : 0, text: `?${query.join('&')}` }, ...removals],
    },
  ];
}

/** The value on one line, without the comments between its lines. */
const oneLine = (clause: Clause): string =>
  withoutLineEnds(clause.view.text.replace(/[\r\n]+[ \t]*(?:#|\/\/)[^\r\n]*/g, '').trim());
