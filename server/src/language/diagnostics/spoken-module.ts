/** `unknown-module` for a request line in words: `GET course dates`, `show all users`, `Invoice newest first`. */
import type { Catalog, CatalogModule } from '../catalog/catalog';
import { lineEndAt, lineStart } from '../syntax/lines';
import type { RequestLine, Target } from '../syntax/nodes';
import { ONLY_A_MODULE } from '../syntax/target-parser';
import { isSure, nearest } from '../text/nearest';
import { between, endOf, textOf } from '../text/span';
import { MAX_DIRECTION_WORDS, sortingOf } from '../vocabulary/directions';
import { figureOf } from '../vocabulary/figures';
import { FILLERS, meantMethod } from '../vocabulary/methods';
import type { ParameterName } from '../vocabulary/parameters';
import { type CheckContext, replace } from './check';
import { sortedBy } from './sort-words';

/** True where the request line goes on behind its address, in words: then this is all that is said of it. */
export function reportSpoken(
  { model, report }: Pick<CheckContext, 'model' | 'report'>,
  { method, target }: RequestLine,
): boolean {
  const { more, module, host } = target;
  const { tree, catalog } = model;
  if (host !== undefined) return false;
  const counted = catalog === undefined ? undefined : countedModule(target, catalog);
  if (more === undefined && counted === undefined) return false;
  const whole = between(module.offset, more === undefined ? target.pathEnd : endOf(more));
  const meant = method === undefined ? 'GET' : meantMethod(method.text);
  const spoken: Spoken =
    counted === undefined
      ? spokenRequest(textOf(tree.text, whole))
      : { module: counted, counts: true, isSure: true };
  const found = meant === 'GET' && catalog !== undefined ? moduleIn(spoken.module, catalog) : undefined;
  if (found === undefined) {
    report('unexpected-text', more ?? module, ONLY_A_MODULE);
    return true;
  }
  // What is there already need not be written.
  const clauses = clausesOf(spoken, catalog?.module(found.name)).filter(
    ([name, value]) => model.clause(name)?.view.text.trim() !== value,
  );
  const where = between(method?.offset ?? module.offset, endOf(whole));
  const eol = lineEndAt(tree.text, lineStart(tree.text, where.offset));
  const lines = clauses.map(([name, value]) => `${name} = ${value}`);
  const below = lines.length === 0 ? '' : `, and ${lines.join(' and ')} below it`;
  const isFree = clauses.every(([name]) => model.clause(name) === undefined);
  const write = replace(
    where,
    [`GET ${found.name}`, ...lines].join(eol),
    `Write GET ${found.name}${below}`,
    found.isSure && spoken.isSure,
  );
  report('unknown-module', whole, `A request names one module. Write GET ${found.name}${below}.`, {
    fixes: isFree ? [write] : [],
  });
  return true;
}

/** `count(CourseDate)` and `=COUNT(CourseDate)`: the module whose records are counted. */
export function countedModule(
  { module, id, key }: Pick<Target, 'module' | 'id' | 'key'>,
  catalog: Catalog,
): string | undefined {
  const called = module.text.replace(/^=/, '');
  const isCount = key !== undefined && figureOf(called) === 'count' && catalog.module(called) === undefined;
  return isCount ? moduleIn(id?.text ?? '', catalog)?.name : undefined;
}

/** What a line in words asks for. */
interface Spoken {
  /** The words that are left for the module. */
  readonly module: string;
  readonly counts?: boolean;
  readonly top?: string;
  readonly order?: string;
  /** False where something else could be meant, too. */
  readonly isSure: boolean;
}

/** `how many users`, `first 10 course dates`, `Invoice newest first` */
function spokenRequest(text: string): Spoken {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const line = words.join(' ');
  if (words.length > MOST_WORDS) return { module: line, isSure: false };
  const [, before, after] =
    /^(?:how many|(?:the )?(?:total )?(?:number|count|total) of|count(?: all)?) (.+)|(.+) count$/i.exec(
      line,
    ) ?? [];
  const counted = before ?? after;
  if (counted !== undefined) return { module: counted, counts: true, isSure: true };
  const [, ahead, rest] = /^(?:(?:the )?(?:first|top) )?(\d{1,6}) (.+)$/i.exec(line) ?? [];
  if (ahead !== undefined && rest !== undefined) return { module: rest, top: ahead, isSure: true };
  // Behind a module, a number may be the ID of a record.
  const [, named, behind] = /^(.+) (\d{1,6})$/.exec(line) ?? [];
  if (named !== undefined && behind !== undefined) return { module: named, top: behind, isSure: false };
  for (let count = Math.min(MAX_DIRECTION_WORDS, words.length - 1); count > 0; count--)
    for (const at of [words.length - count, 0]) {
      const order = words.slice(at, at + count).join(' ');
      if (sortingOf(order)?.kind !== undefined)
        return { module: words.toSpliced(at, count).join(' '), order, isSure: true };
    }
  return { module: line, isSure: true };
}

/** More words than anyone writes for it. */
const MOST_WORDS = 12;

function clausesOf(
  { counts, top, order }: Spoken,
  module: CatalogModule | undefined,
): (readonly [ParameterName, string])[] {
  const sorting = order === undefined ? undefined : sortingOf(order);
  const field =
    module === undefined || sorting === undefined ? undefined : sortedBy(module, sorting.kind, [])[0];
  const suffix = sorting?.direction === 'desc' ? ' desc' : '';
  return [
    ...(order === undefined ? [] : [['$orderby', field === undefined ? order : field + suffix] as const]),
    ...(top === undefined ? [] : [['$top', top] as const]),
    ...(counts === true ? [['$count', 'true'] as const] : []),
  ];
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
