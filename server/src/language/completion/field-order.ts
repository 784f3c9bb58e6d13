/** Which of a module's fields come first: what the file uses, what the query shows, what is common; the others as in a dictionary. */
import { fieldWords } from '../analysis/field-words';
import { tellingFirst } from '../analysis/telling-fields';
import type { CatalogModule, FieldInfo } from '../catalog/catalog';
import type { BlockTree } from '../syntax/nodes';
import { nameKey } from '../text/names';
import type { CompletionContext } from './context';
import type { CompletionItem } from './items';

/** The fields that fit, the likeliest first. */
export function likeliestFirst(
  { model, neighbours }: CompletionContext,
  module: CatalogModule,
  fits: (field: FieldInfo) => boolean,
): FieldInfo[] {
  const names = new Set([...usedNames(module, model.tree, neighbours), ...namesIn(model.tree).select]);
  const first = [...names].flatMap((name) => module.field(name) ?? []);
  const order = new Set([...first, ...tellingFirst(module)]);
  return [...order].filter(fits);
}

/** The names that other requests of the module use, the most frequent first. */
function usedNames(module: CatalogModule, own: BlockTree, neighbours: readonly BlockTree[]): string[] {
  const key = nameKey(module.name);
  const counts = new Map<string, number>();
  for (const tree of neighbours) {
    if (tree === own || tree.text.length > LONG) continue;
    const used = namesIn(tree);
    if (used.module === key) for (const name of used.all) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** Characters of a block into which nobody looks for the fields that it uses. */
const LONG = 10_000;

interface NamesUsed {
  readonly module: string;
  /** In the order of the text, each once. */
  readonly all: readonly string[];
  readonly select: readonly string[];
}

/** Kept, as the same blocks are asked at every word. */
const namesUsed = new WeakMap<BlockTree, NamesUsed>();

function namesIn(tree: BlockTree): NamesUsed {
  let names = namesUsed.get(tree);
  if (names === undefined) {
    const select = tree.clauses.flatMap(({ value }) =>
      value.kind === 'fields' ? value.items.flatMap(({ field }) => field?.text ?? []) : [],
    );
    names = {
      module: nameKey(tree.request?.target.module.text ?? ''),
      all: [...new Set(fieldWords(tree).map(({ text }) => nameKey(text)))],
      select: select.map(nameKey),
    };
    namesUsed.set(tree, names);
  }
  return names;
}

/**
 * `date` is nearer to the start of EndDate than of StartDate, which for VS Code makes EndDate the better one: with as many
 * characters before it, both fit alike, and the order of the list decides.
 */
export function besideStart(
  { evaluation }: CompletionContext,
  module: CatalogModule,
): (item: CompletionItem) => CompletionItem {
  if (evaluation.client !== 'vscode') return (item) => item;
  return (item) => {
    const rest = /^End(?=[A-Z])(.*)/.exec(item.label)?.[1];
    return rest === undefined || module.field(`Start${rest}`) === undefined
      ? item
      : { ...item, filter: `End  ${rest}` };
  };
}
