/** Filters, and the conditions for `$filter` that they become. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readJson } from '#core/values/read-json';
import type { Column, Kind } from '#webview/data/columns';
import {
  describeFilter,
  filterOfTicks,
  type Operator,
  operatorsOf,
  problemOf,
  testOf,
  toConditions,
  withValue,
} from '#webview/data/filters';

const keeps = (
  kind: Kind,
  operator: Operator,
  values: string[],
  from: readonly unknown[],
  kept: readonly unknown[],
) =>
  it(`${kind} ${operator} ${values.join(', ')}`, () =>
    assert.deepEqual(from.filter(testOf({ column: 'X', operator, values }, kind)), kept));

const column = (kind: Kind, filterable = true): Column => ({
  name: 'X',
  kind,
  decimals: 0,
  seconds: false,
  field: { name: 'X', type: 'unknown', filterable, sortable: true, writable: true },
});

/** `expected` is `-` for a filter that the API can't express. */
const writes = (kind: Kind, operator: Operator, values: string[], expected: string, filterable = true) =>
  it(`${kind} ${operator} ${values.join(', ')} → ${expected}`, () => {
    const { conditions, left } = toConditions(
      [{ column: 'X', operator, values }],
      [column(kind, filterable)],
    );
    assert.equal(conditions.map((each) => `${each.operator} ${each.value}`).join(' and ') || '-', expected);
    assert.equal(left.length, expected === '-' ? 1 : 0);
  });

describe('filters of columns', () => {
  const towns = ['York', 'Lancaster', '', null, undefined];
  keeps('text', 'contains', ['CAST'], towns, ['Lancaster']);
  keeps('text', 'notContains', ['cast'], towns, ['York', '', null, undefined]);
  keeps('text', 'eq', ['york'], towns, ['York']);
  keeps('text', 'ne', ['york'], towns, ['Lancaster', '', null, undefined]);
  keeps('text', 'startswith', ['y'], towns, ['York']);
  keeps('text', 'endswith', ['r'], towns, ['Lancaster']);
  keeps('text', 'regex', ['^[yl].*[kr]$'], towns, ['York', 'Lancaster']);
  keeps('text', 'notRegex', ['o'], towns, ['Lancaster', '', null, undefined]);
  keeps('text', 'regex', ['('], towns, towns);
  keeps('text', 'empty', [], towns, ['', null, undefined]);
  keeps('text', 'notEmpty', [], towns, ['York', 'Lancaster']);
  keeps('text', 'in', ['York', ''], towns, ['York', '', null, undefined]);
  keeps('text', 'notIn', ['York', ''], towns, ['Lancaster']);
  const amounts = [1, 2, '3', null, 'x'];
  keeps('number', 'ge', ['2'], amounts, [2, '3']);
  keeps('number', 'between', ['3', '2'], amounts, [2, '3']);
  keeps('number', 'ne', ['2'], amounts, [1, '3', null, 'x']);
  const big = ['9223372036854775806', '9223372036854775807'].map((digits) => readJson(digits));
  keeps('number', 'eq', ['9223372036854775807'], big, big.slice(1));
  keeps('number', 'ne', ['9223372036854775807'], big, big.slice(0, 1));
  keeps('number', 'lt', ['9223372036854775807'], big, big.slice(0, 1));
  keeps('number', 'between', ['9223372036854775807', '9223372036854775808'], big, big.slice(1));
  keeps('number', 'in', ['9223372036854775807'], big, big.slice(1));
  keeps('date', 'eq', ['2025-03-03'], ['2025-02-31', '2025-03-03'], ['2025-03-03']);
  keeps('date', 'lt', ['1901-01-01'], ['0001-01-01T00:00:00', '1902-01-01'], ['0001-01-01T00:00:00']);
  const days = [
    '2026-01-30T23:59:59',
    '2026-01-31T00:00:00',
    '2026-01-31T18:00:00',
    '2026-02-01T00:00:00',
    null,
  ];
  keeps('datetime', 'eq', ['2026-01-31'], days, [days[1], days[2]]);
  keeps('datetime', 'le', ['2026-01-31'], days, [days[0], days[1], days[2]]);
  keeps('datetime', 'gt', ['2026-01-31'], days, [days[3]]);
  keeps('datetime', 'lt', ['2026-01-31T18:00:00'], days, [days[0], days[1]]);
  const moments = ['2024-01-01T10:00:00.123', '2024-01-01T10:00:00.124', '2024-01-01T10:00:00.1234567'];
  keeps('datetime', 'eq', ['2024-01-01T10:00:00.123'], moments, moments.slice(0, 1));
  keeps('datetime', 'gt', ['2024-01-01T10:00:00.123'], moments, moments.slice(1));
  keeps('datetime', 'gt', ['2024-01-01T10:00:00.1234566'], moments, moments.slice(1));
  keeps('datetime', 'eq', ['2024-01-01'], moments, moments);
  keeps('boolean', 'eq', ['false'], [true, false, 'false', null], [false, 'false']);
  keeps('list', 'contains', ['b'], [['a', 'b'], ['c'], []], [['a', 'b']]);

  it('evaluate any expression at once, on a text of any length', () => {
    // JavaScript’s own engine knows no \z, and would never end with what follows.
    assert.ok(testOf({ column: 'X', operator: 'regex', values: ['^York\\z'] }, 'text')('York'));
    const text = `${'ab'.repeat(50_000)}${'a'.repeat(100_000)}!`;
    for (const pattern of [
      '^(a+)+$',
      '((a+))+$',
      '(?:(?:a|b)*)*$',
      '(a|a)*$',
      '(.|[)])*b$',
      'a*'.repeat(9) + '$',
    ]) {
      const test = testOf({ column: 'X', operator: 'regex', values: [pattern] }, 'text');
      const started = performance.now();
      test(text);
      assert.ok(performance.now() - started < 2000, pattern);
    }
    // The whole text is searched.
    assert.ok(testOf({ column: 'X', operator: 'regex', values: ['A!$'] }, 'text')(text));
  });

  it('refuse an invalid expression with the engine’s message', () => {
    const problem = (pattern: string) =>
      problemOf({ column: 'X', operator: 'regex', values: [pattern] }, 'text') ?? '';
    for (const pattern of ['(?=a+)b+', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>'])
      assert.match(problem(pattern), /Look-arounds and back-references are not available/, pattern);
    assert.match(problem('(a'), /missing closing \)/);
    const nested = `${'('.repeat(5000)}a${')'.repeat(5000)}`;
    assert.match(problem(nested), /nested|too (?:long|large|deep)/);
    for (const pattern of ['\\q', '\\u12', 'a\\', '\\\\\\k'])
      assert.match(problem(pattern), /escape|trailing/, pattern);
    for (const pattern of ['(ab)+', '\\u0041', '\\p{L}', '[^]', '(?<n>a)', '\\d{4}-\\d\\d', ''])
      assert.equal(problem(pattern), '', pattern);
  });

  it('describe what is wrong with a value', () => {
    assert.match(problemOf({ column: 'X', operator: 'regex', values: ['('] }, 'text') ?? '', /\(/);
    assert.equal(problemOf({ column: 'X', operator: 'lt', values: ['x'] }, 'number'), 'Enter a number.');
    assert.match(problemOf({ column: 'X', operator: 'lt', values: ['x'] }, 'date') ?? '', /date/);
    for (const kind of ['text', 'number', 'datetime', 'boolean', 'list'] as const)
      for (const operator of operatorsOf(kind))
        assert.ok(describeFilter({ column: 'X', operator, values: ['1'] }, kind).startsWith('X '));
  });

  it('replace each other to show one value, and add up to hide values', () => {
    const one = withValue([], 'Town', 'York', false);
    assert.deepEqual(withValue(one, 'Town', 'Leeds', false), [
      { column: 'Town', operator: 'in', values: ['Leeds'] },
    ]);
    const none = withValue(withValue([], 'Town', 'York', true), 'Town', 'Leeds', true);
    assert.deepEqual(none, [{ column: 'Town', operator: 'notIn', values: ['York', 'Leeds'] }]);
    assert.equal(
      describeFilter(none[0] ?? { column: '', operator: 'in', values: [] }, 'text'),
      'Town is none of York, Leeds',
    );
  });
});

describe('filters written back', () => {
  writes('text', 'contains', ['a'], 'contains a');
  writes('text', 'eq', ['a'], 'eq a');
  writes('text', 'in', ['a'], 'eq a');
  writes('text', 'in', ['a', 'b'], '-');
  writes('text', 'in', [''], '-');
  writes('text', 'notIn', ['a', 'b'], 'ne a and ne b');
  writes('text', 'notIn', ['a', ''], '-');
  writes('text', 'regex', ['a'], '-');
  writes('text', 'empty', [], '-');
  writes('text', 'eq', ['a'], '-', false);
  writes('list', 'contains', ['a'], '-');
  writes('number', 'between', ['10', '9'], 'ge 9 and le 10');
  writes('date', 'eq', ['2026-01-31'], 'eq 2026-01-31');
  writes('datetime', 'eq', ['2026-01-31'], 'ge 2026-01-31 and lt 2026-02-01');
  writes('datetime', 'le', ['2026-12-31'], 'lt 2027-01-01');
  writes('datetime', 'gt', ['2026-01-31'], 'ge 2026-02-01');
  writes('datetime', 'between', ['2026-01-01', '2026-01-31'], 'ge 2026-01-01 and lt 2026-02-01');
  writes('datetime', 'ne', ['2026-01-31'], '-');
});

describe('the filter of ticked values', () => {
  const ticks = (title: string, on: string[], off: string[], whole: boolean, expected: string) =>
    it(title, () => {
      const filter = filterOfTicks('X', on, off, whole);
      assert.equal(filter === undefined ? '' : `${filter.operator} ${filter.values.join()}`, expected);
    });
  ticks('is none when all are ticked', ['a', 'b'], [], true, '');
  ticks('names the ticked ones when they are fewer', ['a'], ['b', 'c'], true, 'in a');
  ticks('names the others when they are fewer', ['a', 'b'], ['c'], true, 'notIn c');
  ticks('keeps values that were not listed', ['a'], ['b', 'c'], false, 'notIn b,c');
});
