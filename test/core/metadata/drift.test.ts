/** What changed between two readings of the metadata, and which queries that breaks. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { brokenBy, driftBetween, driftInWords, driftReport } from '#core/metadata/drift';
import { mergeMetadata } from '#core/metadata/merge';
import type { FieldInfo, Metadata, ModuleInfo } from '#language';
import { metadata as before } from '../../language/support/metadata';

const field = (name: string, more: Partial<FieldInfo> = {}): FieldInfo => ({
  name,
  type: 'string',
  filterable: true,
  sortable: true,
  ...more,
});
const change = (edit: (fields: readonly FieldInfo[]) => FieldInfo[]): Metadata => ({
  ...before,
  modules: before.modules.map((module) =>
    module.fields === undefined || module.name !== 'CourseDate'
      ? module
      : { ...module, fields: edit(module.fields) },
  ),
});

describe('drift of metadata', () => {
  const without = change((fields) => fields.filter(({ name }) => name !== 'VenueTown'));
  const changed = change((fields) =>
    fields.map((each) =>
      each.name === 'Status'
        ? { ...each, filterable: false }
        : each.name === 'Cost'
          ? { ...each, type: 'string' }
          : each,
    ),
  );
  const cases: readonly (readonly [string, Metadata, string | undefined])[] = [
    ['is undefined when nothing changed', before, undefined],
    ['counts a removed field', without, '1 field removed'],
    ['counts an added field', change((fields) => [...fields, field('New')]), '1 field added'],
    ['counts changed fields', changed, '2 fields changed'],
    [
      'counts a removed module and an added one',
      { ...before, modules: [...before.modules.slice(1), { name: 'Fresh' }] },
      '1 module removed, 1 module added',
    ],
    [
      'ignores fields that were not known before',
      {
        ...before,
        modules: before.modules.map((each) =>
          each.name === 'Venue' ? { ...each, fields: [field('ID')] } : each,
        ),
      },
      undefined,
    ],
  ];
  for (const [title, after, words] of cases)
    it(title, () => {
      const drift = driftBetween(before, after);
      assert.equal(drift === undefined ? undefined : driftInWords(drift), words);
    });

  it('names types as everything else does', () => {
    assert.deepEqual(
      driftBetween(before, changed)?.modules.flatMap(({ changes }) => changes),
      ['Status: can’t be filtered any more', 'Cost: number → text'],
    );
  });

  it('names the queries that break, and only those that were right before', () => {
    const good =
      "GET coursedate\n$select = VenueTown, ID\n### b\nGET coursedate\n$filter = Status eq 'Full'\n";
    const bad = 'GET coursedate\n$select = Nonsense\n';
    assert.deepEqual(
      brokenBy(before, without, [
        ['good.apq', good],
        ['bad.apq', bad],
      ]).map(({ file, line }) => `${file}:${line}`),
      ['good.apq:2'],
    );
    assert.deepEqual(
      brokenBy(before, changed, [['good.apq', good]]).map(({ file, line }) => `${file}:${line}`),
      ['good.apq:5'],
    );
  });

  it('writes a report in Markdown that no name can break out of', () => {
    const after = change((fields) => [...fields.slice(1), field('<img src=x>`[a](b)')]);
    const drift = driftBetween(before, after);
    assert.ok(drift);
    const report = driftReport(
      'Acme *prod*',
      drift,
      brokenBy(before, after, [['a_b.apq', 'GET coursedate\n$select = ID']]),
      { link: () => '/a) [x](command:y) b.apq#L2', more: 'More than [2](x) files.' },
    );
    assert.match(report, /^# What changed on Acme \\\*prod\\\*$/m);
    assert.ok(report.includes('[a\\_b.apq:2](/a%29%20%5Bx%5D%28command:y%29%20b.apq#L2): '), report);
    assert.match(report, /^More than \\\[2\\\]\(x\) files\.$/m);
    assert.match(report, /\*\*CourseDate\*\* lost `ID`/);
    assert.doesNotMatch(report, /^[^`]*<img/m);
  });

  it('is merged from the later list and the later fields, in any order of merging', () => {
    const time = fc.integer({ min: 0, max: 9 }).map((n) => `2026-01-0${n}T00:00:00Z`);
    const module = fc
      .record({ name: fc.constantFrom('A', 'B', 'C'), fetchedAt: time, known: fc.boolean() })
      .map(({ name, fetchedAt, known }): ModuleInfo =>
        known ? { name, fetchedAt, fields: [field(fetchedAt)] } : { name },
      );
    const reading = fc
      .record({
        fetchedAt: time,
        modules: fc.uniqueArray(module, { selector: ({ name }) => name }),
        checkedAt: fc.option(time),
      })
      .map(({ checkedAt, ...more }): Metadata => ({
        version: 1,
        root: 'r',
        ...more,
        ...(checkedAt === null ? {} : { platform: { checkedAt, traits: { parentheses: true } } }),
      }));
    fc.assert(
      fc.property(reading, reading, (one, other) => {
        const merged = mergeMetadata(one, other);
        const later = one.fetchedAt >= other.fetchedAt ? one : other;
        assert.deepEqual(
          merged.modules.map(({ name }) => name),
          later.modules.map(({ name }) => name),
        );
        for (const { name, fields } of merged.modules) {
          const known = [one, other].flatMap(({ modules }) =>
            modules.filter((each) => each.name === name && each.fields !== undefined),
          );
          const newest = known
            .map(({ fetchedAt }) => fetchedAt ?? '')
            .sort()
            .at(-1);
          assert.equal(fields?.[0]?.name, newest);
        }
        const checks = [one, other].map(({ platform }) => platform?.checkedAt ?? '').sort();
        assert.equal(merged.platform?.checkedAt ?? '', checks.at(-1), 'the last check of the platform');
        assert.deepEqual(mergeMetadata(merged, other), merged);
      }),
    );
  });
});
