/** The SQL that the *Group* tab writes has the figures that it shows. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, describe, it } from 'mocha';
import { cellText, memberOf } from '#core/results/table';
import { isNumber } from '#core/values/kind-of';
import { groupStatement } from '#language/features/sql/write';
import type { DatePart } from '#language/vocabulary/groups';
import type { Column, Kind } from '#webview/data/columns';
import { type Filter, testOf } from '#webview/data/filters';
import { group } from '#webview/data/group';
import { EMPTY_SPEC, type GroupSpec } from '#webview/data/group-spec';
import { groupsForSql } from '#webview/data/group-sql';
import { pathOf, tableOf } from '#webview/data/group-table';
import { Slices } from '#webview/data/slices';
import { table, TestEngine } from '../engine/support/engine';

const column = (name: string, kind: Kind, decimals = 0): Column => ({ name, kind, decimals, seconds: false });
const COLUMNS = [
  column('Town', 'text'),
  column('order', 'text'),
  column('Cost', 'number', 2),
  column('Start', 'datetime'),
];

const text = fc.constantFrom('York', 'YORK', 'leeds', 'Leeds', 'É', 'é', '50%', "O'Hare", '', null);
const record = fc.record({
  Town: text,
  order: text,
  Cost: fc.option(fc.integer({ min: -99_999, max: 99_999 }).map((cents) => cents / 100)),
  Start: fc.option(
    fc
      .integer({ min: 0, max: 1200 })
      .map((day) => new Date(Date.UTC(2023, 11, 20 + day, day % 24)).toISOString().slice(0, 19)),
  ),
});
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    column: fc.constantFrom('Town', 'order'),
    operator: fc.constantFrom('eq', 'ne', 'contains', 'notContains', 'startswith', 'endswith'),
    values: fc.constantFrom('york', 'e', '%', "'").map((value) => [value]),
  }),
  fc.record({
    column: fc.constantFrom('Town', 'Cost', 'Start'),
    operator: fc.constantFrom('empty', 'notEmpty'),
    values: fc.constant([]),
  }),
  fc.record({
    column: fc.constant('Cost'),
    operator: fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge', 'between'),
    values: fc
      .tuple(fc.constantFrom('0', '-5.5', '100'), fc.constantFrom('50', '-200'))
      .map((pair) => [...pair]),
  }),
  fc.record({
    column: fc.constant('Start'),
    operator: fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge', 'between'),
    values: fc.constant(['2025-01-01', '2026-06-30']),
  }),
  fc.record({
    column: fc.constant('Town'),
    operator: fc.constantFrom('in', 'notIn'),
    values: fc.subarray(['50%', "O'Hare", '']),
  }),
);
const spec = fc
  .record({
    rows: fc.uniqueArray(fc.constantFrom('Town', 'order', 'Start'), { maxLength: 2 }),
    columns: fc.uniqueArray(fc.constantFrom('Town', 'Start'), { maxLength: 1 }),
    by: fc.constantFrom<DatePart>('day', 'week', 'month', 'quarter', 'year'),
  })
  .map(({ rows, columns, by }): GroupSpec => {
    const level = (name: string) => (name === 'Start' ? { column: name, by } : { column: name });
    return {
      ...EMPTY_SPEC,
      rows: rows.map(level),
      columns: columns.filter((name) => !rows.includes(name)).map(level),
      measures: [
        { figure: 'count' },
        ...(['sum', 'average', 'least', 'most'] as const).map((figure) => ({ figure, column: 'Cost' })),
        { figure: 'distinct', column: 'Town' },
      ],
    };
  });

describe('groups written as SQL', () => {
  const test = new TestEngine();
  after(() => test.engine.dispose());

  it('have the figures of the view', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 30 }),
        fc.array(filter, { maxLength: 2 }),
        spec,
        async (records, filters, chosen) => {
          const tests = filters.map((each) => ({
            name: each.column,
            test: testOf(each, COLUMNS.find(({ name }) => name === each.column)?.kind ?? 'text'),
          }));
          const rows = Uint32Array.from(records.keys()).filter((row) =>
            tests.every((each) => each.test(memberOf(records[row] ?? {}, each.name))),
          );
          const result = await group({ rows, records, columns: COLUMNS }, chosen, new Slices());
          assert.ok(result.ok);
          const { groups } = result;
          const shown = await tableOf(groups, chosen, COLUMNS, new Slices());
          const { statement, left } = groupStatement(groupsForSql(shown, COLUMNS, filters, false), 'records');
          assert.deepEqual(left, []);
          const content = table(
            'records',
            { Town: 'string', order: 'string', Cost: 'decimal', Start: 'datetime' },
            records.map(({ Town, order, Cost, Start }) => [Town, order, Cost, Start]),
          );
          const answer = await test.rows(statement, [content]);
          const expected: string[] = [];
          const [depth, across] = [chosen.rows.length, chosen.columns.length];
          for (let row = 0; row < groups.rows.size; row++)
            for (let at = 0; at < groups.columns.size; at++) {
              const path = [
                ...pathOf(groups.rows, row).map((each) => groups.rows.keyOf(each).value),
                ...pathOf(groups.columns, at).map((each) => groups.columns.keyOf(each).value),
              ];
              if (path.length < depth + across || groups.recordsAt(row, at) === 0) continue;
              expected.push(lineOf([...path, ...chosen.measures.map((_, of) => groups.figure(of, row, at))]));
            }
          const got = answer.map((cells) =>
            lineOf(cells.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell))),
          );
          // Of no records, SQL still counts: 0.
          if (depth + across === 0 && rows.length === 0) assert.equal(got.length, 1);
          else assert.deepEqual(got.toSorted(), expected.toSorted(), statement);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Texts without case, and averages as far as both have the same digits. */
const lineOf = (cells: readonly unknown[]): string =>
  cells
    .map((cell) => {
      if (cell === null || cell === undefined) return '∅';
      return isNumber(cell) ? Number(Number(cell).toPrecision(12)) : cellText(cell).toLowerCase();
    })
    .join(' | ');
