/** Ready queries, where a request begins: `CourseDate: upcoming` writes the whole of it. */
import { knownValues } from '../analysis/known-values';
import { querySnippet, readyQueries, type ReadyQuery } from '../analysis/ready-queries';
import type { Catalog, CatalogModule } from '../catalog/catalog';
import type { RequestLine } from '../syntax/nodes';
import { codeBlock } from '../text/markdown';
import { nameKey } from '../text/names';
import { endOf, type Span, textOf } from '../text/span';
import { commonModulesFirst } from '../vocabulary/plain-words';
import type { CompletionContext } from './context';
import type { CompletionItem } from './items';

/** How many are offered at once; more letters choose among the others. */
const MOST = 15;

/** At a word that begins a request, such as `cour`, or nothing yet. */
export function completeReadyQueries(
  { model, offset, symbols }: CompletionContext,
  where: Span,
): CompletionItem[] {
  const { catalog, tree } = model;
  const { text, items, clauses, body, sql } = tree;
  const rest = /^[^\r\n]*/.exec(text.slice(endOf(where)))?.[0].trim() ?? '';
  const hasMore = clauses.length > 0 || body !== undefined || sql !== undefined || rest !== '';
  if (catalog === undefined || hasMore) return [];
  const written = text.slice(where.offset, offset);
  const word = /[\w-]*$/.exec(written)?.[0] ?? '';
  const fitting = fittingQueries(catalog, nameKey(word));
  // What names the request stands above it: its own `###` line, or directives.
  const isNamed = items.some(({ kind }) => kind === 'separator' || kind === 'directive');
  // A variable of that name is the file's, and stays the only one.
  const fits = (query: ReadyQuery): ReadyQuery =>
    query.variable !== undefined && symbols.variables.has(query.variable.name)
      ? { ...query, text: query.text.replace(`${query.variable.line}\n`, '') }
      : query;
  return fitting
    .slice(0, MOST)
    .map(fits)
    .map((query) => ({
      label: query.title,
      kind: 'snippet',
      detail: query.asks,
      documentation: () => codeBlock(query.text.trimEnd()),
      replace: where,
      insert: `${querySnippet(query, isNamed ? 'none' : 'kept')}$0`,
      snippet: true,
      filter: written.slice(0, written.length - word.length) + foundBy(query.title, word),
      rank: 6,
      changes: fitting.length > MOST,
    }));
}

/** What an editor matches: it begins with what was typed, so that all match alike, and common modules come first. */
function foundBy(title: string, word: string): string {
  const at = title.toLowerCase().indexOf(word.toLowerCase());
  return at > 0 ? `${title.slice(at)} ${title}` : title;
}

/** The same at the module of `GET cour`, where the line has nothing else. */
export function completeReadyLine(
  context: CompletionContext,
  { method, target }: RequestLine,
): CompletionItem[] {
  const { text } = context.model.tree;
  const start = method?.offset ?? target.offset;
  const where: Span = { offset: start, length: endOf(target.module) - start };
  return /^(?:get[ \t]+)?[\w-]*$/i.test(textOf(text, where)) ? completeReadyQueries(context, where) : [];
}

/** The queries with these letters in their title, one more than is offered; modules that begin with them come first. */
function fittingQueries(catalog: Catalog, letters: string): ReadyQuery[] {
  const modules = commonModulesFirst([...catalog.modules]);
  const first = modules.filter(({ name }) => nameKey(name).startsWith(letters));
  const found: ReadyQuery[] = [];
  for (const module of new Set([...first, ...modules])) {
    for (const query of readyOf(module, catalog))
      if (nameKey(query.title).includes(letters)) found.push(query);
    if (found.length > MOST) break;
  }
  return found;
}

/** Kept, as they are asked for at each letter; newly known values make a new catalog. */
const kept = new WeakMap<Catalog, Map<CatalogModule, readonly ReadyQuery[]>>();

/** Those of a module but the empty one, for which the module itself is offered. */
function readyOf(module: CatalogModule, catalog: Catalog): readonly ReadyQuery[] {
  const known = kept.get(catalog) ?? new Map<CatalogModule, readonly ReadyQuery[]>();
  kept.set(catalog, known);
  let ready = known.get(module);
  if (ready === undefined) {
    const valuesOf = (name: string) => {
      const field = module.field(name);
      return field === undefined ? [] : knownValues(catalog, module, field).map(({ value }) => value);
    };
    ready = readyQueries(module.info, valuesOf).slice(1);
    known.set(module, ready);
  }
  return ready;
}
