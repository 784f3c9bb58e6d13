/** `{{name.results[*].ID}}`: `misplaced-list`, `partial-list`, and what does not go with a list. */
import { LIST_PLACE } from '../analysis/evaluate';
import { fetchesPart } from '../analysis/paging';
import { listFilter, listLimits, listsIn } from '../analysis/value-list';
import type { FilterList, Term } from '../syntax/nodes';
import { isListReference, type ListReference, listSign } from '../syntax/references';
import { type Span, touches } from '../text/span';
import { comparisonOf } from '../vocabulary/filter-words';
import { type Check, type CheckContext, clauseRemoval, replace } from './check';

export const checkLists: Check = (context) => {
  const { model, report } = context;
  const lists = model.tree.references.filter(isListReference).filter(({ closed }) => closed);
  if (lists.length === 0) return;
  const filter = model.method === 'GET' ? filterOf(context) : undefined;
  const placed = new Set((filter === undefined ? [] : listsIn(filter)).map(({ offset }) => offset));
  const found = filter === undefined ? undefined : listFilter(filter, model.traits);
  if (found !== undefined && 'message' in found) report('misplaced-list', found.reference, found.message);
  else if (found !== undefined) {
    checkLimits(context);
    checkSource(context, found.reference);
  }
  for (const list of lists)
    if (!placed.has(list.offset)) {
      const message = filter === undefined ? LIST_PLACE : reasonIn(filter, list);
      if (message !== undefined) report('misplaced-list', list, message, { fixes: firstOnly(context, list) });
    }
};

function filterOf({ model }: CheckContext): FilterList | undefined {
  const value = model.clause('$filter')?.value;
  return value?.kind === 'filter' ? value.filter : undefined;
}

/** Why a list can't stand where it does; undefined where something else is said of its condition. */
function reasonIn(filter: FilterList, list: ListReference): string | undefined {
  const term = termAt(filter, list);
  if (term?.kind === 'in') return undefined;
  if (term?.kind !== 'comparison' || comparisonOf(term.operator?.text ?? '') !== 'ne') return LIST_PLACE;
  return 'Records that have none of the values can’t be asked for in batches: each batch would bring those of the others. Fetch all records, and leave these out in a SQL request: where not exists (select …).';
}

function termAt({ terms }: FilterList, place: Span): Term | undefined {
  let term = terms.find((each) => touches(each, place.offset));
  while (term?.kind === 'not') term = term.operand;
  return term?.kind === 'group' ? termAt(term.filter, place) : term;
}

/** `[0]` instead of `[*]`, where they stand in the text as they are read. */
function firstOnly({ model }: CheckContext, list: ListReference) {
  const sign = listSign(list);
  const isPlain = model.tree.text.startsWith('[*]', sign.offset);
  return isPlain ? [replace(sign, '[0]', 'Take the first value only', false)] : [];
}

function checkLimits({ model, report }: CheckContext): void {
  for (const { at, message } of listLimits(model))
    if (at.kind === 'clause') {
      const remove = `Remove ${at.name.text}`;
      report('clause-not-allowed', at.name, `${message} ${remove}.`, {
        fixes: [clauseRemoval(model.tree, at, remove)],
      });
    } else
      report('invalid-directive', at.value, `${message} Write # @pages all, or leave it out.`, {
        fixes: [replace(at.value, 'all')],
      });
}

/** The request that the values are from may bring a part of its records only. */
function checkSource({ symbols, report }: CheckContext, list: ListReference): void {
  const { request } = list.target;
  const source = symbols.requests.get(request)?.[0]?.tree;
  if (source !== undefined && fetchesPart(source))
    report(
      'partial-list',
      list,
      `The request named ${request} brings one page, so the values of its further records may be missing here. Write # @pages all above it.`,
    );
}
