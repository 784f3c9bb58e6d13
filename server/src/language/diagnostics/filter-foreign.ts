/** `unsupported-filter` for functions, arithmetic and turned conditions of OData: one message, at the word itself. */
import { comparesLists } from '../analysis/dialect';
import { fieldOf, methodOf } from '../analysis/filter-equivalents';
import type { Traits } from '../catalog/traits';
import type { ForeignTerm, Operand, Word } from '../syntax/nodes';
import { nearest } from '../text/nearest';
import { between, endOf, type Span } from '../text/span';
import { FUNCTION_NAMES, functionOf, unsupportedOperatorOf } from '../vocabulary/filter-words';
import type { CheckContext } from './check';
import { replace } from './check';
import { checkFilterField } from './filter-fields';
import { proposal, rewritingFixes, rewritten, type TermPlace } from './rewriting';

export function checkForeign(context: CheckContext, term: ForeignTerm, place: TermPlace): void {
  const rewriting = rewritten(term, place.meaning);
  const { where, what, hint, near } = blame(term, context.model.traits);
  const isParenthesised = term.left.kind === 'parenthesised' && where === term.left;
  const advice = rewriting.ok ? proposal(rewriting) : ` ${hint}`;
  const fixes = rewritingFixes(context, term, place, rewriting);
  context.report(isParenthesised ? 'no-parentheses' : 'unsupported-filter', where, what + advice, {
    // The API's functions are conditions by themselves, and no values.
    fixes: fixes.length === 0 && near !== undefined && term.operator === undefined ? [near] : fixes,
  });
  // Without an equivalent, words may be anything: types, values, fields of another module.
  const left = fieldOf(term.left) ?? (rewriting.ok ? fieldIn(term.left) : undefined);
  const field = left ?? (rewriting.ok ? fieldIn(term.right) : undefined);
  if (field !== undefined && !/^\$/.test(field.text)) checkFilterField(context, field);
}

/** The field of a side, with a check of its own: it stays in the rewriting. */
function fieldIn(operand: Operand | undefined): Word | undefined {
  if (operand?.kind === 'parenthesised') return fieldIn(operand.inner);
  if (operand?.kind !== 'call') return fieldOf(operand);
  const owner = methodOf(operand.name);
  if (owner !== undefined) return owner.field;
  return operand.arguments.map(fieldIn).find((field) => field !== undefined);
}

interface Blame {
  readonly where: Span;
  readonly what: string;
  /** What to do where nothing is equivalent. */
  readonly hint: string;
  /** For a slip of the API's own function. */
  readonly near?: ReturnType<typeof replace>;
}

const FILTER_RESULTS = 'Leave it out, and filter the results instead.';

function blame(term: ForeignTerm, traits: Traits): Blame {
  const { left, operator, right } = term;
  if (operator !== undefined && unsupportedOperatorOf(operator.text) === 'has')
    return { where: operator, what: 'The API has no “has”.', hint: FILTER_RESULTS };
  const inLeft = blameIn(left);
  const inRight = right === undefined ? undefined : blameIn(right);
  if (inLeft !== undefined || inRight !== undefined) return inLeft ?? inRight ?? wholeOf(term);
  if (operator?.text.toLowerCase() === 'in')
    return {
      where: operator,
      what: comparesLists(traits) ? 'Only a field can be compared with a list.' : 'The API has no “in”.',
      hint: FILTER_RESULTS,
    };
  if (left.kind === 'parenthesised')
    return { where: left, what: 'A field stands without parentheses.', hint: 'Remove them.' };
  return wholeOf(term);
}

const wholeOf = (term: ForeignTerm): Blame => ({
  where: between(term.offset, endOf(term)),
  what: 'A condition starts with a field.',
  hint: 'Write a field, an operator and a value.',
});

function blameIn(operand: Operand): Blame | undefined {
  switch (operand.kind) {
    case 'value':
      return undefined;
    case 'parenthesised':
      return blameIn(operand.inner);
    case 'odd':
      return {
        where: operand,
        what: 'A value is a text, a number or a date in single quotes.',
        hint: "Write one such value, for example 'value'.",
      };
    case 'arithmetic':
      return (
        blameIn(operand.left) ?? {
          where: operand.operator,
          what: `The API has no arithmetic (“${operand.operator.text}”).`,
          hint: 'Compare the field itself with a value.',
        }
      );
    case 'call':
      return blameCall(operand);
  }
}

function blameCall({ name, closed, arguments: args }: Extract<Operand, { kind: 'call' }>): Blame {
  const lambda = /\/(any|all)$/i.exec(name.text)?.[1];
  if (lambda !== undefined)
    return {
      where: name,
      what: `The API has no “${lambda}”: it can’t look into a list.`,
      hint: FILTER_RESULTS,
    };
  if (name.text.startsWith('$'))
    return {
      where: name,
      what: 'The API can’t look up a value elsewhere.',
      hint: 'Write the value itself, in single quotes.',
    };
  if (functionOf(name.text) !== undefined) {
    const inner = args.map(blameIn).find((each) => each !== undefined);
    return (
      inner ?? { where: name, what: `“${name.text}” is no value.`, hint: `Write ${name.text}(field,'text').` }
    );
  }
  const [close] = nearest(name.text, FUNCTION_NAMES, { count: 1 });
  return {
    where: name,
    what: `The API has no function “${name.text}”.`,
    hint: `It has contains, startswith and endswith.${close === undefined ? '' : ` Did you mean “${close}”?`}`,
    ...(close === undefined || !closed || args.length !== 2 ? {} : { near: replace(name, close) }),
  };
}
