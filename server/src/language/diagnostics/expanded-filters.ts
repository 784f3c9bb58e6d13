/** Filters in which a variable stands for a condition or a name are checked as they will be sent, if its value is known. */
import { substitute } from '../analysis/evaluate';
import { printFilter, printValue } from '../analysis/print-filter';
import { modelOf } from '../analysis/request-model';
import { Platforms } from '../catalog/platforms';
import { treeOf } from '../syntax/lazy-tree';
import type { Clause, FilterList, Value, Word } from '../syntax/nodes';
import { finish } from '../text/steps';
import type { Check, CheckContext, Diagnostic } from './check';
import { collector } from './check';
import { checkFilters } from './filters';
import { checkParentheses } from './parentheses';

export const checkExpandedFilters: Check = (context) => {
  for (const clause of context.model.tree.clauses) {
    if (clause.value.kind !== 'filter') continue;
    const where = opaqueWord(clause.value.filter);
    const text = where === undefined ? undefined : expanded(context, clause.value.filter);
    if (where === undefined || text === undefined) continue;
    const [first] = diagnosticsOf(context, clause, text).sort(
      (a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'),
    );
    if (first !== undefined)
      context.report(
        first.code,
        where,
        `With the variable’s value, the filter is ${text.length > 120 ? `${text.slice(0, 117)}…` : text}. ${first.message}`,
        { severity: first.severity },
      );
  }
};

/** The first word that is a variable in the place of a condition or a name. */
function opaqueWord(list: FilterList): Word | undefined {
  for (const term of list.terms) {
    if (term.kind === 'opaque') return term.word;
    if (term.kind === 'comparison' && term.field.references.length > 0) return term.field;
    const inner = term.kind === 'group' ? opaqueWord(term.filter) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The filter with its variables replaced; undefined where one has no value before the request runs. */
function expanded({ symbols, evaluation }: CheckContext, list: FilterList): string | undefined {
  let complete = true;
  const fill = (written: Word | Value) => {
    const value = substitute(written, symbols, evaluation);
    if (!value.ok) complete = false;
    return value.ok ? value.text : written.text;
  };
  const text = printFilter(list, {
    word: fill,
    value: (value) => printValue(value, fill(value)),
  });
  return complete ? text : undefined;
}

function diagnosticsOf(context: CheckContext, clause: Clause, text: string): Diagnostic[] {
  const module = context.model.tree.request?.target.module.text ?? '';
  const tree = treeOf(
    `${context.model.meant ?? 'GET'} ${module}\n${clause.name.text} = ${text.replace(/[\r\n]+/g, ' ')}`,
  );
  const found: Diagnostic[] = [];
  const report = collector(found, context.evaluation);
  for (const problem of tree.problems) report(problem.code, problem, problem.message);
  const inner: CheckContext = {
    ...context,
    // The text has no directive that names the connection.
    model: modelOf(tree, new Platforms(context.model.catalog)),
    report,
  };
  finish(checkFilters(inner));
  checkParentheses(inner);
  return found.filter(({ severity, code }) => severity === 'error' || code === 'mixed-and-or');
}
