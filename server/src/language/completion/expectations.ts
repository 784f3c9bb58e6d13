/** In `# @expect …`: what to check, how to compare it, and with what. */
import { evaluateVariable } from '../analysis/evaluate';
import { expectedField } from '../analysis/expectations';
import { checkValue } from '../analysis/field-types';
import { quote } from '../analysis/print-filter';
import { answeredFields } from '../analysis/select-list';
import type { FieldInfo } from '../catalog/catalog';
import { isMemberName } from '../syntax/expectation-parser';
import type { Expectation, Subject } from '../syntax/nodes';
import { endOf, type Span, touches } from '../text/span';
import { OFFERED_DATES } from '../vocabulary/builtins';
import {
  EXPECTATION_OPERATOR_NAMES,
  EXPECTATION_OPERATORS,
  type ExpectationOperatorName,
  SUBJECT_KINDS,
  type SubjectKind,
  SUBJECTS,
} from '../vocabulary/expectation-words';
import { type CompletionContext, noFieldsNote } from './context';
import { fieldItem } from './filter';
import type { CompletionItem } from './items';
import { knownValueItems } from './known-values';

export function completeExpectation(
  context: CompletionContext,
  expectation: Expectation | undefined,
): CompletionItem[] {
  const { offset } = context;
  const { subject, operator, value } = expectation ?? {};
  if (expectation === undefined || subject === undefined || offset <= endOf(subject))
    return subject === undefined
      ? subjectItems({ offset, length: 0 }, false)
      : offset < subject.offset
        ? []
        : subjectPart(context, subject);
  if (operator !== undefined && offset <= endOf(operator))
    return offset < operator.offset ? [] : operatorItems(context, expectation, operator);
  // The start of an operator looks like text without quotes.
  if (operator === undefined && (value === undefined || offset < value.offset || value.form === 'text'))
    return operatorItems(
      context,
      expectation,
      value !== undefined && touches(value, offset) ? value : { offset, length: 0 },
    );
  if (operator?.meaning === 'exists') return [];
  if (value !== undefined && offset > endOf(value)) return [];
  const where = value !== undefined && touches(value, offset) ? value : { offset, length: 0 };
  return valueItems(context, subject, where);
}

/** Subjects as they can begin: `results[0]`, `results[*]`. */
const BEGINNINGS = SUBJECT_KINDS.flatMap((kind) =>
  SUBJECTS[kind].beginnings.map((label) => ({ label, kind })),
);

const subjectItems = (replace: Span, goesOn: boolean): CompletionItem[] =>
  (goesOn ? SUBJECT_KINDS.map((kind) => ({ label: kind, kind })) : BEGINNINGS).map(({ label, kind }) => ({
    label,
    kind: SUBJECTS[kind].isNumeric ? 'keyword' : 'field',
    detail: SUBJECTS[kind].meaning,
    documentation: SUBJECTS[kind].docs,
    replace,
    insert: goesOn ? label : `${label}${SUBJECTS[kind].isNumeric ? ' ' : '.'}`,
    retrigger: !goesOn,
  }));

/** Within the subject: its name, an index, or a field. */
function subjectPart(context: CompletionContext, subject: Subject): CompletionItem[] {
  const { offset, model } = context;
  const { text } = model.tree;
  const { name } = subject;
  if (offset <= endOf(name)) return subjectItems(name, endOf(subject) > endOf(name));
  const before = text.slice(subject.offset, offset);
  const index = /\[(\*|\d*)$/.exec(before);
  if (index !== null) {
    const typed = index[1] ?? '';
    const closed = /^[\d*]*\]/.test(text.slice(offset));
    return [
      { label: '0', detail: 'the first' },
      { label: '*', detail: 'every one' },
    ].map(({ label, detail }) => ({
      label,
      kind: 'value',
      detail,
      replace: { offset: offset - typed.length, length: typed.length },
      insert: closed ? label : `${label}].`,
      retrigger: !closed,
    }));
  }
  const member = /\.([\p{L}\p{M}\p{N}_-]*)$/u.exec(before);
  if (member === null)
    return before.endsWith(']')
      ? [{ label: '.', kind: 'operator', replace: { offset, length: 0 }, insert: '.', retrigger: true }]
      : [];
  const start = offset - (member[1]?.length ?? 0);
  const rest = /^[\p{L}\p{M}\p{N}_-]*/u.exec(text.slice(offset))?.[0].length ?? 0;
  const where: Span = { offset: start, length: offset - start + rest };
  const path = before.slice(0, start - subject.offset - 1);
  if (/^results$/i.test(path)) {
    const dot: Span = { offset: start - 1, length: 1 + where.length };
    return ['[0].', '[*].'].map((label) => ({
      label,
      kind: 'value',
      detail: label === '[0].' ? 'of the first record' : 'of every record',
      replace: dot,
      insert: label,
      filter: text.slice(dot.offset, offset),
      retrigger: true,
    }));
  }
  if (/^body$/i.test(path))
    return [{ label: 'results', kind: 'field', detail: 'the records', replace: where, insert: 'results' }];
  return /^(?:body\.)?results\[[^\]]*\]$/i.test(path) ? fieldItems(context, where) : [];
}

/** The fields that `$select` asks for, else all. */
function fieldItems(context: CompletionContext, where: Span): CompletionItem[] {
  const { module, tree } = context.model;
  const fields = answeredFields(context.model);
  if (module === undefined || fields === undefined) return noFieldsNote(context);
  const after = /^[ \t]/.test(tree.text.slice(endOf(where))) ? '' : ' ';
  return fields
    .filter(({ name }) => isMemberName(name))
    .map((field) => fieldItem(field, module, where, field.name + after, after !== ''));
}

const fieldOf = ({ model }: CompletionContext, subject: Subject): FieldInfo | undefined => {
  const name = expectedField(subject);
  return name === undefined || subject.steps.length > 2 ? undefined : model.module?.field(name.text);
};

/** Operators that make sense for the subject. */
function operatorsOn(kind: SubjectKind | undefined, field: FieldInfo | undefined): ExpectationOperatorName[] {
  if (kind !== undefined && SUBJECTS[kind].isNumeric)
    return EXPECTATION_OPERATOR_NAMES.filter(
      (operator) => EXPECTATION_OPERATORS[operator].compares === 'values',
    );
  switch (field?.type) {
    case 'boolean':
      return ['==', '!=', 'exists'];
    case 'integer':
    case 'decimal':
    case 'date':
    case 'datetime':
    case 'time':
      return EXPECTATION_OPERATOR_NAMES.filter(
        (operator) => EXPECTATION_OPERATORS[operator].compares !== 'texts',
      );
    case 'list':
      return ['contains', 'exists'];
    case 'string':
    case 'unknown':
    case undefined:
      return [...EXPECTATION_OPERATOR_NAMES];
  }
}

function operatorItems(
  context: CompletionContext,
  { subject, negation }: Expectation,
  replace: Span,
): CompletionItem[] {
  const field = subject === undefined ? undefined : fieldOf(context, subject);
  const operators = operatorsOn(subject?.kind, field);
  const spaced = /^[ \t]/.test(context.model.tree.text.slice(endOf(replace)));
  const item = (label: string, detail: string, last: boolean): CompletionItem => ({
    label,
    kind: 'operator',
    detail,
    replace,
    insert: last || spaced ? label : `${label} `,
    retrigger: !last && !spaced,
  });
  if (negation !== undefined)
    return operators
      .filter((operator) => EXPECTATION_OPERATORS[operator].compares !== 'values')
      .map((operator) =>
        item(operator, `not: ${EXPECTATION_OPERATORS[operator].meaning}`, operator === 'exists'),
      );
  return [
    ...operators.map((operator) =>
      item(operator, EXPECTATION_OPERATORS[operator].meaning, operator === 'exists'),
    ),
    ...(operators.includes('exists') ? [item('not exists', 'does not exist, or is null', true)] : []),
  ];
}

/** Whether `{{label}}` can be the expected value: a date is not a number. */
export const canStandFor = (label: string, expectation: Expectation | undefined): boolean => {
  const kind = expectation?.subject?.kind;
  return kind === undefined || !SUBJECTS[kind].isNumeric || !/^\$(?!env)/.test(label);
};

const STATUSES: readonly (readonly [status: string, meaning: string])[] = [
  ['200', 'done'],
  ['201', 'created'],
  ['204', 'done, no content'],
  ['400', 'refused'],
  ['401', 'not signed in'],
  ['403', 'not allowed'],
  ['404', 'not found'],
];

function valueItems(context: CompletionContext, subject: Subject, replace: Span): CompletionItem[] {
  const { symbols, evaluation } = context;
  const field = fieldOf(context, subject);
  const item = (label: string, detail: string, rank: number): CompletionItem => ({
    label,
    kind: label.includes('{{') ? 'variable' : 'value',
    detail,
    replace,
    insert: label,
    rank,
  });
  const items: CompletionItem[] = [];
  if (subject.kind === 'status')
    for (const [status, meaning] of STATUSES) items.push(item(status, meaning, 0));
  if (subject.kind === 'count' || subject.kind === 'total')
    items.push(item('1', 'one record', 0), item('0', 'none', 0));
  if (subject.kind === 'time')
    items.push(
      item('1000', 'one second', 0),
      item('2000', 'two seconds', 0),
      item('5000', 'five seconds', 0),
    );
  if (field?.type === 'boolean') items.push(item('true', 'yes', 0), item('false', 'no', 0));
  if (field !== undefined)
    for (const each of knownValueItems(context, {
      model: context.model,
      field,
      replace,
      write: (value) => ({ label: quote(value), insert: quote(value), filter: quote(value) }),
    }))
      items.push(each);
  if (field?.type === 'date' || field?.type === 'datetime')
    for (const date of OFFERED_DATES) items.push(item(`'${date.text}'`, date.detail, 1));
  if (field?.type !== 'boolean' && subject.kind !== 'status')
    for (const name of symbols.variables.keys()) {
      const value = evaluateVariable(name, symbols, evaluation);
      const known = value.ok ? value.text : undefined;
      if (known !== undefined && field !== undefined && !checkValue(field.type, known).ok) continue;
      const bare = subject.kind !== undefined && SUBJECTS[subject.kind].isNumeric;
      items.push(item(bare ? `{{${name}}}` : `'{{${name}}}'`, known ?? 'variable', 2));
    }
  if (items.every(({ kind }) => kind === 'note'))
    items.push({
      label: "'…'",
      kind: 'snippet',
      detail: 'text in single quotes',
      replace,
      insert: "'${1}'",
      snippet: true,
      filter: "'",
    });
  return items;
}
