/** Random filters: trees, and texts in which people write them. */
import fc from 'fast-check';
import { pieces } from './alphabet';
import { DATES, NUMBERS, TEXTS } from './filter-meaning';
import { type ComparisonOperator, COMPARISONS, type Condition, type Operand } from './filter-tree';

const field = (...names: string[]): fc.Arbitrary<Operand> =>
  fc.constantFrom(...names).map((name) => ({ kind: 'field', name }));
const textValue: fc.Arbitrary<Operand> = fc.constantFrom(...TEXTS).map((text) => ({ kind: 'text', text }));
const numberValue: fc.Arbitrary<Operand> = fc
  .constantFrom(...NUMBERS)
  .map((number) => ({ kind: 'number', number }));
const dateValue: fc.Arbitrary<Operand> = fc
  .constantFrom(...DATES, ...DATES.map((text) => text.slice(0, 10)))
  .map((text) => ({ kind: 'date', text }));

const any = <T>(...all: T[]): fc.Arbitrary<T> => fc.constantFrom(...all);
const call = (name: string, ...operands: Operand[]): Operand => ({ kind: 'call', name, operands });
const comparison = (
  left: fc.Arbitrary<Operand>,
  operator: fc.Arbitrary<ComparisonOperator>,
  right: fc.Arbitrary<Operand>,
): fc.Arbitrary<Condition> => fc.record({ kind: any('compare' as const), operator, left, right });

const textField = field('Label', 'Status', 'VenueTown', 'ID', 'label');
const numberField = field('Cost', 'SpacesLeft');
const dateField = field('StartDate', 'EndDate');
const operators = any(...COMPARISONS);
const equality = any<ComparisonOperator>('eq', 'ne');

const nowOr: fc.Arbitrary<Operand> = any<Operand>(call('now'), {
  kind: 'arithmetic',
  operator: 'sub',
  left: call('now'),
  right: { kind: 'duration', text: 'P30D' },
});

/** Conditions that the API has, or that have an equivalent there. */
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 4, arbitrary: comparison(textField, operators, textValue) },
  { weight: 3, arbitrary: comparison(numberField, operators, numberValue) },
  { weight: 3, arbitrary: comparison(dateField, operators, dateValue) },
  comparison(dateField, operators, nowOr),
  comparison(
    field('Online'),
    equality,
    any<Operand>({ kind: 'boolean', value: true }, { kind: 'boolean', value: false }),
  ),
  comparison(fc.oneof(textField, numberField, dateField), equality, any<Operand>({ kind: 'null' })),
  // Turned round.
  comparison(dateValue, operators, dateField),
  comparison(textValue, equality, textField),
  // Two fields: no equivalent.
  comparison(textField, equality, textField),
  comparison(numberField, operators, numberField),
  comparison(
    fc.tuple(any('add', 'sub', 'mul'), numberField, numberValue).map(([operator, left, right]): Operand => ({
      kind: 'arithmetic',
      operator: operator as 'add',
      left,
      right,
    })),
    operators,
    numberValue,
  ),
  comparison(
    fc.tuple(any('tolower', 'toupper', 'trim'), textField).map(([name, of]) => call(name, of)),
    equality,
    fc.oneof(
      textValue,
      fc.tuple(any('tolower', 'toupper'), textValue).map(([name, of]) => call(name, of)),
    ),
  ),
  comparison(
    dateField.map((of) => call('year', of)),
    operators,
    any<Operand>({ kind: 'number', number: 2025 }, { kind: 'number', number: 2026 }),
  ),
  comparison(
    fc.tuple(any('month', 'day', 'hour'), dateField).map(([name, of]) => call(name, of)),
    operators,
    any<Operand>({ kind: 'number', number: 1 }, { kind: 'number', number: 12 }),
  ),
  comparison(
    dateField.map((of) => call('date', of)),
    operators,
    any(...DATES).map((text): Operand => ({ kind: 'date', text: text.slice(0, 10) })),
  ),
  {
    weight: 3,
    arbitrary: fc
      .tuple(any('contains', 'startswith', 'endswith'), textField, textValue)
      .map(([name, of, value]): Condition => ({ kind: 'bare', operand: call(name, of, value) })),
  },
  fc
    .tuple(textField, textValue)
    .map(([of, value]): Condition => ({ kind: 'bare', operand: call('substringof', value, of) })),
  fc.constant<Condition>({ kind: 'bare', operand: { kind: 'field', name: 'Online' } }),
  {
    weight: 2,
    arbitrary: fc.oneof(
      membership(textField, fc.oneof({ weight: 5, arbitrary: textValue }, any<Operand>({ kind: 'null' }))),
      membership(numberField, numberValue),
      membership(dateField, dateValue),
    ),
  },
);

function membership(left: fc.Arbitrary<Operand>, value: fc.Arbitrary<Operand>): fc.Arbitrary<Condition> {
  return fc.record({
    kind: any('in' as const),
    left,
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  });
}

/** A filter as a tree. */
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc.record({ kind: any<'and' | 'or'>('and', 'or'), left: tie('any'), right: tie('any') }),
    },
    fc.record({ kind: any('not' as const), operand: tie('any') }),
  ),
})).any;

/** Chooses one of several ways to write something. */
export type Choose = <T>(first: T, ...more: T[]) => T;

/** Writes OData 4 by the letter: takes the first way everywhere. */
export const byTheLetter: Choose = (first) => first;

/** Mostly by the letter; `numbers` decide where not. */
export function loosely(numbers: readonly number[]): Choose {
  let at = 0;
  return (first, ...more) => {
    const number = numbers[at++ % Math.max(1, numbers.length)] ?? 0;
    return number < 6 ? first : (more[number % Math.max(1, more.length)] ?? first);
  };
}
export const looseness: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(9), { maxLength: 12 });

const SYMBOLS: Readonly<Record<ComparisonOperator, readonly string[]>> = {
  eq: ['=', '==', 'EQ', ' is ', ' equals ', '=='],
  ne: ['!=', '<>', 'NE', ' is not '],
  lt: ['<', ' less than '],
  le: ['<=', 'LE', ' lte '],
  gt: ['>', 'Gt', ' is greater than '],
  ge: ['>=', ' at least ', ' gte '],
};

/** The filter as text. */
export function written(tree: Condition, choose: Choose): string {
  switch (tree.kind) {
    case 'or':
      return [
        written(tree.left, choose),
        choose(' or ', '||', ' OR ', ' || ', '\n   or '),
        written(tree.right, choose),
      ].join('');
    case 'and':
      return [
        inParentheses(tree.left, choose, ['or']),
        choose(' and ', '&&', ' AND ', ' && ', '  and ', '\n   and '),
        inParentheses(tree.right, choose, ['or']),
      ].join('');
    case 'not':
      return `not ${inParentheses(tree.operand, choose, ['and', 'or', 'compare', 'in'])}`;
    case 'in':
      return `${operandText(tree.left, choose)} in (${tree.values.map((value) => operandText(value, choose)).join(choose(',', ', ', ' , '))})`;
    case 'bare':
      return operandText(tree.operand, choose);
    case 'compare': {
      const operator = choose(` ${tree.operator} `, ...SYMBOLS[tree.operator]);
      const spaced = /^\w+$/.test(operator) ? ` ${operator} ` : operator;
      return operandText(tree.left, choose) + spaced + operandText(tree.right, choose);
    }
  }
}

const inParentheses = (tree: Condition, choose: Choose, kinds: readonly Condition['kind'][]): string => {
  const text = written(tree, choose);
  return kinds.includes(tree.kind) || choose(false, false, false, true) ? `(${text})` : text;
};

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function operandText(operand: Operand, choose: Choose): string {
  switch (operand.kind) {
    case 'field':
      return operand.name;
    case 'text':
      return choose(quoted(operand.text), doubleQuoted(operand.text));
    case 'number':
      return choose(String(operand.number), quoted(String(operand.number)));
    case 'date':
      return choose(operand.text, quoted(operand.text));
    case 'boolean':
      return choose(String(operand.value), quoted(String(operand.value)));
    case 'null':
      return 'null';
    case 'duration':
      return `duration'${operand.text}'`;
    case 'call':
      return `${operand.name}(${operand.operands.map((each) => operandText(each, choose)).join(choose(',', ', '))})`;
    case 'arithmetic':
      return `${operandText(operand.left, choose)} ${operand.operator} ${operandText(operand.right, choose)}`;
  }
}

const doubleQuoted = (text: string) => (text.includes('"') ? quoted(text) : `"${text}"`);

/** A filter as people write it, and what is none. */
export const anyFilter: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(condition, looseness).map(([tree, numbers]) => written(tree, loosely(numbers))),
  },
  { weight: 1, arbitrary: pieces(6) },
);
