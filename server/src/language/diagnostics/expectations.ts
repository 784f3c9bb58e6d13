/** `# @expect`: `unknown-field`, `invalid-expectation` (not a number, not a pattern), `failing-expectation` (can't be met). */
import { expectedField } from '../analysis/expectations';
import { checkValue } from '../analysis/field-types';
import { unselected } from '../analysis/select-list';
import type { Expectation, ExpectedValue, Subject } from '../syntax/nodes';
import { isIdentifier } from '../text/identifiers';
import { regularExpression } from '../text/regular-expression';
import { endOf, textOf } from '../text/span';
import { SUBJECTS } from '../vocabulary/expectation-words';
import { type SubjectKind } from '../vocabulary/expectation-words';
import type { Check, CheckContext } from './check';
import { checkField, replace, staticText } from './check';

export const checkExpectations: Check = (context) => {
  for (const { expectation } of context.model.tree.directives) {
    if (expectation?.subject === undefined) continue;
    const { subject } = expectation;
    checkNumber(context, expectation, subject);
    checkPattern(context, expectation);
    if (subject.kind === 'total') checkTotal(context, expectation);
    if (subject.kind === 'count' || subject.kind === 'total') checkReads(context, subject);
    if (subject.kind === 'results') checkRecordField(context, expectation, subject);
  }
};

const WHAT_IT_IS: Readonly<Record<Exclude<SubjectKind, 'results' | 'body'>, string>> = {
  status: 'The status is a number, such as 200',
  count: 'The count is a number',
  total: 'The total is a number',
  time: 'The time is a number of milliseconds, such as 2000',
};

function checkNumber(context: CheckContext, expectation: Expectation, { kind }: Subject): void {
  const { operator, value } = expectation;
  if (kind === undefined || kind === 'results' || kind === 'body' || !SUBJECTS[kind].isNumeric) return;
  if (operator !== undefined && /^(?:contains|startswith|endswith|matches)$/.test(operator.meaning)) {
    context.report(
      'invalid-expectation',
      operator,
      `${WHAT_IT_IS[kind]}. Compare it with ==, !=, <, <=, > or >=.`,
    );
    return;
  }
  const text = value === undefined ? undefined : staticText(context, value);
  if (value === undefined || text === undefined || value.form === 'text') return;
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text.trim())) return;
  const field =
    kind === 'status' ? ' A record’s field called Status is results[0].Status, or results[*].Status.' : '';
  context.report('invalid-expectation', value, `${WHAT_IT_IS[kind]}.${field}`);
}

function checkPattern(context: CheckContext, { operator, value }: Expectation): void {
  if (value === undefined || operator === undefined) return;
  if (operator.meaning !== 'matches') {
    if (/^[<>]/.test(operator.meaning) && (value.form === 'null' || value.form === 'boolean'))
      context.report(
        'invalid-expectation',
        value,
        `Nothing is more or less than ${value.text}. Write == or !=.`,
      );
    return;
  }
  const pattern = staticText(context, value);
  if (pattern === undefined) return;
  const expression = regularExpression(pattern);
  if (!expression.ok) context.report('invalid-expectation', value, expression.problem);
}

function checkTotal({ model, report }: CheckContext, { subject }: Expectation): void {
  if (subject === undefined || model.meant !== 'GET') return;
  const count = model.clause('$count');
  const value = count?.value;
  if (value?.kind === 'plain' && (value.text.references.length > 0 || /^true$/i.test(value.text.text)))
    return;
  const { items, text } = model.tree;
  const last = items.findLast((item) => item.kind === 'clause' || item.kind === 'request-line');
  const ended = last !== undefined && /[\r\n]$/.test(textOf(text, last));
  report('failing-expectation', subject, 'The answer has a total only with $count = true.', {
    fixes:
      count !== undefined || last === undefined
        ? []
        : [
            {
              title: 'Add $count = true',
              preferred: true,
              edits: [
                {
                  offset: endOf(last),
                  length: 0,
                  text: ended ? '$count = true\n' : '\n$count = true',
                },
              ],
            },
          ],
  });
}

function checkReads({ model, report }: CheckContext, subject: Subject): void {
  if (model.meant === undefined || model.meant === 'GET') return;
  report(
    'failing-expectation',
    subject,
    `The answer to a ${model.meant} has no list of records. Check status, or a member of body.`,
  );
}

/** The field of a record must be known, asked for, and of a type that the value can have. */
function checkRecordField(context: CheckContext, expectation: Expectation, subject: Subject): void {
  const { model, report } = context;
  const name = expectedField(subject);
  if (name === undefined || model.meant !== 'GET' || model.endpoint !== 'data') return;
  const inBrackets = /['"]/.test(model.tree.text[name.offset - 1] ?? '');
  const field = checkField(context, name, (each) =>
    inBrackets ? !/['"\r\n]/.test(each) : isIdentifier(each),
  );
  const { operator, value, negation } = expectation;
  const absent = operator?.meaning === 'exists' && negation !== undefined;
  const own = field?.name ?? name.text;
  const missing = absent ? undefined : unselected(model, own);
  if (missing !== undefined && (field !== undefined || model.module?.fields === undefined))
    report('failing-expectation', name, `The answer has no ${own}: $select does not ask for it.`, {
      fixes: [{ title: `Add ${own} to $select`, preferred: true, edits: [missing] }],
    });
  if (field === undefined || value === undefined || subject.steps.length > 2) return;
  if (operator !== undefined && /^(?:contains|startswith|endswith|matches)$/.test(operator.meaning)) return;
  checkType(context, value, field.name, field.type);
}

function checkType(
  context: CheckContext,
  value: ExpectedValue,
  name: string,
  type: Parameters<typeof checkValue>[0],
): void {
  const text = staticText(context, value);
  if (text === undefined || value.form === 'text' || value.form === 'null') return;
  const verdict = checkValue(type, text);
  if (verdict.ok) return;
  const better = verdict.better;
  context.report('failing-expectation', value, `${name}: ${verdict.message}`, {
    fixes: better === undefined || value.references.length > 0 ? [] : [replace(value, `'${better}'`)],
  });
}
