/** `undefined-variable`, `unused-variable`, `duplicate-name`, `variable-cycle`, `request-cycle`, `invalid-reference`. */
import { builtinDateOf } from '../analysis/builtin-dates';
import { cycleOf, needsRequest, usesVariable } from '../analysis/dependencies';
import { evaluateVariable } from '../analysis/evaluate';
import { nameDirective, usedName, usedNameSpan } from '../analysis/symbols';
import { trimEnd } from '../syntax/lines';
import type { BlockTree, Variable } from '../syntax/nodes';
import { FILE_START } from '../syntax/problems';
import { isReference, type Reference } from '../syntax/references';
import { type NameSource, nearest } from '../text/nearest';
import { isSecretName } from '../text/secret-names';
import { between, endOf, firstFrom, type Span } from '../text/span';
import { endsStep, type Steps } from '../text/steps';
import { BUILTINS } from '../vocabulary/builtins';
import type { CheckContext } from './check';
import { isSureGuess, removal, replace } from './check';

/** Names belong to the file, so these checks look beyond the block. */
export function* checkNames(context: CheckContext): Steps<void> {
  const { references, variables } = context.model.tree;
  for (const [index, reference] of references.entries()) {
    checkReference(context, reference);
    if (endsStep(index)) yield;
  }
  for (const [index, variable] of variables.entries()) {
    checkVariable(context, variable);
    if (endsStep(index)) yield;
  }
  checkRequestName(context);
  checkCycle(context);
}

/** A request that needs its own response can never be the first to run. */
function checkCycle({ model, symbols, report }: CheckContext): void {
  const directive = nameDirective(model.tree);
  const cycle = directive === undefined ? undefined : cycleOf(model.tree, symbols);
  if (directive === undefined || cycle === undefined) return;
  report(
    'request-cycle',
    directive.value,
    model.tree.sql === undefined
      ? `This request can’t run, because it needs its own answer first: ${cycle.join(' → ')}. Write one of the values that it takes from there as a text or a variable.`
      : `This request can’t run, because its tables need its own answer first: ${cycle.join(' → ')}. Read one of these tables from a request that fetches records, such as GET coursedate.`,
  );
}

/** The blanks before `end`, where the line ends there, else nothing: elsewhere they may be part of a value. */
function blanksAtLineEnd(text: string, end: number): Span {
  if (!/^[\r\n]?$/.test(text.slice(end, end + 1))) return { offset: end, length: 0 };
  return between(trimEnd(text, 0, end), end);
}

function checkReference(context: CheckContext, reference: Reference): void {
  const { model, symbols, evaluation, report } = context;
  const { target } = reference;
  if (!reference.closed) {
    report('unterminated-value', reference, 'Close the variable with “}}”.', {
      fixes: [
        {
          title: 'Insert “}}”',
          preferred: true,
          edits: [{ ...blanksAtLineEnd(model.tree.text, endOf(reference)), text: '}}' }],
        },
      ],
    });
    return;
  }
  if (target.kind === 'invalid') {
    const { builtin, message } = target;
    const date = builtinDateOf(reference.text);
    if (date !== undefined)
      report('invalid-reference', reference, `A date is written as ${date}.`, {
        fixes: [replace(reference, date)],
      });
    else if (builtin === undefined) report('invalid-reference', reference, message);
    else
      report('undefined-variable', reference, message, {
        fixes: nearestNames(context, reference, builtin, BUILTINS),
      });
    return;
  }
  if (target.kind === 'builtin' && target.name === 'env' && isSecretName(target.argument)) {
    report(
      'secret-environment',
      reference,
      `{{${reference.text}}} is refused, because it would put a secret into an address and into logs. The connection signs in: leave it out.`,
    );
    return;
  }
  const name = usedName(reference);
  if (name === undefined) return;
  const response = target.kind === 'response';
  const known = response ? symbols.requests : symbols.variables;
  if (known.has(name) || (!response && evaluation.given?.has(name) === true)) return;
  if (!response && symbols.requests.has(name)) {
    report(
      'undefined-variable',
      reference,
      `“${name}” is a request. Take a value from its answer: {{${name}.results[0].ID}}.`,
    );
    return;
  }
  const fixes = nearestNames(context, reference, name, known, (near) => leadsBack(context, reference, near));
  // An empty value would be wrong in most places; one that is asked for is right at once.
  const define = {
    title: `Define @${name} at the top, and ask for its value`,
    edits: [{ offset: FILE_START, length: 0, text: `@${name} = ?${name}\n` }],
  };
  report(
    'undefined-variable',
    reference,
    response
      ? `No request in this file has the name “${name}”. Write # @name ${name} above one.`
      : `There is no variable “${name}”. Add a line @${name} = value.`,
    {
      fixes: response ? fixes : [...fixes, define],
    },
  );
}

/** True where the name, written in the place of the reference, would need its own value first. */
function leadsBack({ model: { tree }, symbols }: CheckContext, reference: Reference, name: string): boolean {
  if (reference.target.kind === 'response') {
    const needed = symbols.requests.get(name)?.[0]?.tree;
    return needed !== undefined && needsRequest(needed, tree, symbols);
  }
  const owner = ownerOf(tree, reference);
  return owner !== undefined && usesVariable(name, owner.name.text, symbols);
}

/** Returns the variable in whose value the reference stands. */
function ownerOf({ variables }: BlockTree, reference: Reference): Variable | undefined {
  const owner = variables[firstFrom(variables, reference.offset) - 1];
  return owner?.value.references.includes(reference) === true ? owner : undefined;
}

/**
 * Replaces the name that the reference begins with, where the rest can be read after it. In the value of a variable, no
 * guess is sure, as any request of the file may use that, a change too.
 */
function nearestNames(
  context: CheckContext,
  reference: Reference,
  name: string,
  known: NameSource,
  isWrong: (near: string) => boolean = () => false,
) {
  const { inner, text } = reference;
  const where =
    usedName(reference) === undefined
      ? { offset: inner.offset, length: name.length }
      : usedNameSpan(reference);
  const found = nearest(name, known);
  const sure = ownerOf(context.model.tree, reference) === undefined && isSureGuess(context, name, found);
  return found.flatMap((each, index) =>
    isReference(each + text.slice(where.length)) && !isWrong(each)
      ? [replace(where, each, undefined, index === 0 && sure)]
      : [],
  );
}

function checkVariable({ model, symbols, evaluation, report }: CheckContext, variable: Variable): void {
  const name = variable.name.text;
  if (name === '') return;
  const first = symbols.variables.get(name)?.[0];
  // By their places: a tree that is parsed again has other objects.
  const isFirst = first?.tree === model.tree && first.node.offset === variable.offset;
  if (first !== undefined && !isFirst)
    report('duplicate-name', variable.name, `A variable “${name}” already exists. Use another name.`, {
      // Another value may be the one that is meant.
      fixes: [
        {
          ...removal(variable, 'Remove this line'),
          preferred: first.node.value.text === variable.value.text,
        },
      ],
    });
  if (symbols.requests.has(name))
    report('duplicate-name', variable.name, `A request already has the name “${name}”. Use another name.`);
  const value = isFirst ? evaluateVariable(name, symbols, evaluation) : undefined;
  if (value?.ok === false && value.reason === 'cycle')
    report('variable-cycle', variable.value.length > 0 ? variable.value : variable.name, value.message);
  if (!symbols.used.has(name))
    report(
      'unused-variable',
      variable.name,
      `“${name}” is not used. Write {{${name}}} where you want its value.`,
      { fixes: [{ ...removal(variable, 'Remove it'), preferred: false }] },
    );
}

function checkRequestName({ model, symbols, report }: CheckContext): void {
  const directive = nameDirective(model.tree);
  if (directive !== undefined && symbols.requests.get(directive.value.text)?.[0]?.tree !== model.tree) {
    report(
      'duplicate-name',
      directive.value,
      `A request “${directive.value.text}” already exists. Use another name.`,
    );
  }
}
