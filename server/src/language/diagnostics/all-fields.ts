/** `unknown-field` for all fields in `$select`, and for all but some: `*`, `everything except Label`. */
import type { Clause, FieldItem, Word } from '../syntax/nodes';
import { isWritableField } from '../syntax/writable-names';
import { between, endOf } from '../text/span';
import { MAX_ALL_WORDS, meansAll, meansExcept } from '../vocabulary/all-words';
import { type CheckContext, checkField, clauseRemoval, replace } from './check';
import { shorten } from './rewriting';

type Runs = readonly (readonly Word[])[];

/**
 * Reports all fields, and all but some. `runs`: the words between the commas of the items; returns those that are still to be
 * checked.
 */
export function checkAllFields(
  context: CheckContext,
  clause: Clause,
  items: readonly FieldItem[],
  runs: Runs,
): Runs {
  const { model, report } = context;
  const index = runs.findIndex((run) => countOf(run, meansAll) > 0);
  const first = runs[index] ?? [];
  const others = runs.filter((run) => run !== first);
  const all = countOf(first, meansAll);
  const [word, last] = [first[0], first[all - 1]];
  if (word === undefined || last === undefined) return runs;
  if (all === 1 && model.module?.field(word.text) !== undefined) return runs;
  if (all < first.length) {
    const except = countOf(first.slice(all), meansExcept);
    if (except === 0 || all + except === first.length) return runs;
    // What stands before them is asked for, too.
    const wanted = runs.slice(0, index);
    reportAllBut(context, clause, wanted, [first.slice(all + except), ...runs.slice(index + 1)]);
    return wanted;
  }
  const removed = clauseRemoval(model.tree, clause, 'Leave $select out');
  const isCalled = items.some(({ call }) => call !== undefined);
  const isClear = !isCalled && others.every((run) => model.module?.field(joined(run, '')) !== undefined);
  report(
    'unknown-field',
    between(word.offset, endOf(last)),
    `The API has no “${joined(first, ' ')}”. Name the fields, or leave $select out for the usual ones.`,
    { fixes: isClear ? [{ ...removed, preferred: others.length === 0 }] : [] },
  );
  return others;
}

const joined = (run: readonly Word[], by: string): string => run.map(({ text }) => text).join(by);

/** How many words at the start are alike, at most; 0 where none are. */
function countOf(run: readonly Word[], isAlike: (words: string) => boolean): number {
  for (let count = Math.min(run.length, MAX_ALL_WORDS); count > 0; count--)
    if (isAlike(joined(run.slice(0, count), ' '))) return count;
  return 0;
}

function reportAllBut(context: CheckContext, clause: Clause, wanted: Runs, excepted: Runs): void {
  const { model, report } = context;
  const { module } = model;
  const named = (words: readonly Word[]) => module?.field(joined(words, ''))?.name;
  const parts = excepted.flatMap((run) => (named(run) === undefined ? run.map((word) => [word]) : [run]));
  const out = new Set(parts.map(named));
  const kept = (module?.fields ?? [])
    .map(({ name }) => name)
    .filter((name) => !out.has(name) && isWritableField(name));
  const list = kept.join(', ');
  const asked = wanted.map(named);
  const isClear =
    !out.has(undefined) && kept.length > 0 && asked.every((name) => name !== undefined && !out.has(name));
  report(
    'unexpected-text',
    clause.valueSpan,
    `The API can’t leave single fields out. Name those that you want${list === '' ? '.' : `, as in ${shorten(list, 60)}`}`,
    { fixes: isClear ? [replace(clause.valueSpan, list, `Write the other ${kept.length} fields`)] : [] },
  );
  if (module !== undefined)
    for (const part of parts)
      if (named(part) === undefined) for (const word of part) checkField(context, word);
}
