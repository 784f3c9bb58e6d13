/** `unknown-module` for a module in words: `GET course dates`, `show all users`. */
import type { Catalog } from '../catalog/catalog';
import type { RequestLine } from '../syntax/nodes';
import { ONLY_A_MODULE } from '../syntax/target-parser';
import { isSure, nearest } from '../text/nearest';
import { between, endOf, textOf } from '../text/span';
import { FILLERS, meantMethod } from '../vocabulary/methods';
import { type CheckContext, replace } from './check';

/** True where the request line goes on behind its address, in words: then this is all that is said of it. */
export function reportSpoken(
  { model, report }: Pick<CheckContext, 'model' | 'report'>,
  { method, target }: RequestLine,
): boolean {
  const { more, module, host } = target;
  if (more === undefined || host !== undefined) return false;
  const { tree, catalog } = model;
  const meant = method === undefined ? 'GET' : meantMethod(method.text);
  const whole = between(module.offset, endOf(more));
  const found =
    meant === 'GET' && catalog !== undefined ? moduleIn(textOf(tree.text, whole), catalog) : undefined;
  if (found === undefined) {
    report('unexpected-text', more, ONLY_A_MODULE);
    return true;
  }
  const where = between(method?.offset ?? module.offset, endOf(more));
  report('unknown-module', whole, `A request names one module. Write GET ${found.name}.`, {
    fixes: [replace(where, `GET ${found.name}`, `Write GET ${found.name}`, found.isSure)],
  });
  return true;
}

/** The module that words mean, without those around it, in the singular or the plural. */
export function moduleIn(
  text: string,
  catalog: Catalog,
): { readonly name: string; readonly isSure: boolean } | undefined {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '' && !FILLERS.has(word.toLowerCase()));
  if (words.length === 0 || words.length > 6) return undefined;
  const joined = words.join('');
  const known =
    catalog.module(joined) ??
    (/s$/i.test(joined) ? catalog.module(joined.slice(0, -1)) : undefined) ??
    (/ies$/i.test(joined) ? catalog.module(`${joined.slice(0, -3)}y`) : undefined);
  if (known !== undefined) return { name: known.name, isSure: true };
  const near = nearest(joined, catalog.moduleNames);
  const [first] = near;
  return first !== undefined && isSure(joined, near) ? { name: first, isSure: true } : undefined;
}
