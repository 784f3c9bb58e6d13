/** The fields of `$select` and `$orderby`, as the builder shows them, and the edits that make another list of one. */
import type { BlockTree, Clause, Word } from '../../syntax/nodes';
import type { Token } from '../../syntax/tokens';
import { nameKey } from '../../text/names';
import { between, endOf, type Span, type TextEdit } from '../../text/span';
import { isClear, printOrder, removeStretch } from '../clause-writer';
import type { BuilderOrder } from './state';

/** An entry of a list. */
interface Entry extends Span {
  readonly field: Word | undefined;
  readonly direction: Word | undefined;
  /** Descending, or not; undefined where the direction can't be read. */
  readonly descending: boolean | undefined;
}

/** A list whose entries can be told apart. */
export interface ReadList {
  readonly tokens: readonly Token[];
  readonly entries: readonly Entry[];
}

/** The list of a clause; undefined where it has errors. */
export function listIn(tree: BlockTree, clause: Clause): ReadList | undefined {
  const { value, valueSpan } = clause;
  if (value.kind !== 'fields' && value.kind !== 'order') return undefined;
  const isWrong = tree.problems.some(
    ({ offset, length }) => length > 0 && offset < endOf(valueSpan) && offset + length > valueSpan.offset,
  );
  const isWithoutComma =
    value.kind === 'fields'
      ? value.items.some(({ runsOn }) => runsOn === true)
      : value.items.some(({ more }) => more !== undefined);
  if (isWrong || isWithoutComma) return undefined;
  const entries =
    value.kind === 'fields'
      ? value.items.map(({ offset, length, field }) => ({
          ...{ offset, length, field },
          direction: undefined,
          descending: false,
        }))
      : value.items.map(({ offset, length, field, direction }) => ({
          ...{ offset, length, field, direction },
          descending: descendingOf(direction),
        }));
  return { tokens: value.tokens, entries };
}

function descendingOf(direction: Word | undefined): boolean | undefined {
  const word = direction?.text.toLowerCase() ?? 'asc';
  return word === 'asc' || word === 'desc' ? word === 'desc' : undefined;
}

/** The entries as the builder shows them; `textOf` is a part of the clause as text. */
export const entriesIn = ({ entries }: ReadList, textOf: (where: Span) => string): BuilderOrder[] =>
  entries.map((entry) => {
    const { field, descending } = entry;
    const isPlain = field !== undefined && field.references.length === 0 && descending !== undefined;
    return {
      text: isPlain ? field.text : textOf(entry),
      locked: !isPlain,
      descending: descending === true,
    };
  });

/** What a list is to be. */
type Wanted = Pick<BuilderOrder, 'text' | 'descending'>;

/** Edits that make the wanted list. `shown` are the entries as the builder shows them; those that it keeps stay as they are. */
export function listEdits(
  tree: BlockTree,
  { tokens, entries }: ReadList,
  shown: readonly BuilderOrder[],
  wanted: readonly Wanted[],
): TextEdit[] {
  const kept = common(
    shown.map(({ text }) => nameKey(text)),
    wanted.map(({ text }) => nameKey(text)),
  );
  const edits: TextEdit[] = [];
  let [from, to] = [0, 0];
  for (const [old, next] of [...kept, [entries.length, wanted.length] as const]) {
    const gone = entries.slice(from, old);
    const come = wanted.slice(to, next);
    const places = { tree, tokens, before: entries[from - 1], after: entries[old] };
    for (const edit of segmentEdits(places, gone, come)) edits.push(edit);
    const [entry, order] = [entries[old], wanted[next]];
    if (entry !== undefined && order !== undefined)
      for (const edit of directionEdits(tree, tokens, entry, order.descending)) edits.push(edit);
    [from, to] = [old + 1, next + 1];
  }
  return edits;
}

interface Places {
  readonly tree: BlockTree;
  readonly tokens: readonly Token[];
  /** The entries around those that change; undefined at the ends of the list. */
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

/** Puts `come` in the place of `gone`: entries take the place of each other first. */
function segmentEdits(places: Places, gone: readonly Entry[], come: readonly Wanted[]): TextEdit[] {
  const { tree, tokens, before, after } = places;
  const both = Math.min(gone.length, come.length);
  const edits = gone.slice(0, both).flatMap((entry, index): TextEdit[] => {
    const { text, descending } = come[index] ?? { text: '', descending: false };
    const place = entry.field ?? entry;
    return [
      { offset: place.offset, length: place.length, text },
      ...directionEdits(tree, tokens, entry, descending),
    ];
  });
  const last = gone[both - 1] ?? before;
  const rest = gone.at(-1);
  if (rest !== undefined && gone.length > both) {
    return [...edits, ...removeStretch(tree, tokens, clearStretch(places, gone[both] ?? rest, rest, last))];
  }
  const texts = come.slice(both).map(({ text, descending }) => printOrder(text, descending));
  if (texts.length === 0) return edits;
  if (last !== undefined)
    return [...edits, { offset: endOf(last), length: 0, text: texts.map((text) => `, ${text}`).join('') }];
  return after === undefined
    ? edits
    : [{ offset: after.offset, length: 0, text: texts.map((text) => `${text}, `).join('') }];
}

/** Entries with the commas before them, or with those behind them: where no comment stands, if possible. */
function clearStretch(
  { tree, tokens, after }: Places,
  first: Entry,
  last: Entry,
  before: Entry | undefined,
): Span {
  const behind = between(first.offset, after?.offset ?? endOf(last));
  if (before === undefined) return behind;
  const stretch = between(endOf(before), endOf(last));
  const isBetter = after !== undefined && !isClear(tree, tokens, stretch) && isClear(tree, tokens, behind);
  return isBetter ? behind : stretch;
}

/** Writes or removes the `desc` of an entry. */
function directionEdits(
  tree: BlockTree,
  tokens: readonly Token[],
  { field, direction, descending }: Entry,
  wanted: boolean,
): TextEdit[] {
  if (descending === wanted || field === undefined) return [];
  if (direction === undefined) return [{ offset: endOf(field), length: 0, text: ' desc' }];
  return wanted
    ? [{ offset: direction.offset, length: direction.length, text: 'desc' }]
    : removeStretch(tree, tokens, between(endOf(field), endOf(direction)));
}

/** The longest list of pairs of indices at which two lists, in their orders, have the same. */
function common(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  // Lengths of what is common from each pair of places on.
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row !== undefined)
        row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pairs: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length;)
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  return pairs;
}
