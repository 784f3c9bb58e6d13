/** The tree of a JSON body: the one place that reads it. */
import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { nestsTooDeep } from '../syntax/body-parser';

/** What the parser makes of a body, with all that is wrong with it; undefined when it nests too deeply to be read. */
export function bodyTree(json: string): { root: Node | undefined; errors: ParseError[] } | undefined {
  if (nestsTooDeep(json)) return undefined;
  const errors: ParseError[] = [];
  const root = parseTree(json, errors, { allowTrailingComma: false, disallowComments: false });
  if (root !== undefined) keepWithin(root, json.length);
  return { root, errors };
}

/** The parser ends a list or an object behind an open comment one character after the text. Only the last can. */
function keepWithin(root: Node, end: number): void {
  for (let node: Node | undefined = root; node !== undefined; node = node.children?.at(-1))
    Object.assign(node, { length: Math.min(node.length, end - node.offset) });
}
