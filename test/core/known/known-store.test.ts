import { strict as assert } from 'node:assert';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { KnownStore, mergeLearnt } from '#core/known/known-store';
import type { LearntField } from '#core/known/learnt-field';

const NOW = new Date('2026-11-26T09:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString();

/** `Status: A 3, B 1 of 10`; `part`, and how many days ago. */
function field(text: string, { part = false, days = 0, module = 'Course' } = {}): LearntField {
  const [name = '', values = '', records = ''] = text.split(/: | of /);
  const seenAt = daysAgo(days);
  return {
    ...{ module, field: name, records: Number(records), part, learntAt: seenAt },
    values: values.split(', ').map((each) => {
      const [value = '', count = ''] = each.split(' ');
      return { value, count: Number(count), seenAt };
    }),
  };
}

const shown = (fields: Iterable<LearntField>) =>
  Array.from(fields, ({ field: name, values, records, refused }) =>
    refused === undefined
      ? `${name}: ${values.map(({ value, count }) => `${value} ${count}`).join(', ')} of ${records}`
      : `${name}: !${refused}`,
  );

const merged = (...fields: readonly LearntField[]) =>
  shown(
    fields.reduce<readonly LearntField[]>(
      (all, each) => [...mergeLearnt(all, [each], { now: NOW }).values()],
      [],
    ),
  );

const old = { days: 10 };

describe('what is known after several answers', () => {
  const cases: readonly (readonly [title: string, fields: readonly LearntField[], expected: string])[] = [
    [
      'the counts of the newer one',
      [field('S: A 3, B 1 of 10', old), field('S: B 5, A 2 of 10')],
      'S: B 5, A 2 of 10',
    ],
    [
      'values of both',
      [field('S: A 3, B 1 of 10', old), field('S: A 5, C 2 of 10')],
      'S: A 5, C 2, B 0 of 10',
    ],
    [
      'the counts of many records, not of few',
      [field('S: A 3 of 100', old), field('S: B 9 of 10')],
      'S: A 3, B 0 of 100',
    ],
    [
      'the counts of all records, not of some',
      [field('S: A 3, B 2 of 10', old), field('S: A 50, C 1 of 50', { part: true })],
      'S: A 3, B 2, C 0 of 10',
    ],
    [
      '… in any order',
      [field('S: A 50 of 50', { part: true, days: 10 }), field('S: A 3, B 2 of 10')],
      'S: A 3, B 2 of 10',
    ],
    ['some records, for want of better', [field('S: A 3 of 3', { part: true })], 'S: A 3 of 3'],
    [
      'no refused field',
      [field('S: A 3 of 9', old), { ...field('S: A 1 of 1'), values: [], refused: 'personal' }],
      'S: !personal',
    ],
    [
      'no refused field, also later',
      [{ ...field('S: A 1 of 1', old), values: [], refused: 'many' }, field('S: A 3 of 9')],
      'S: !many',
    ],
    [
      'names in any case as one',
      [field('status: A 3 of 9', old), field('Status: B 4 of 9')],
      'Status: B 4, A 0 of 9',
    ],
  ];
  for (const [title, fields, expected] of cases)
    it(title, () => {
      assert.deepEqual(merged(...fields), [expected]);
    });

  it('no value that was not seen for half a year', () => {
    const before = field('S: A 3, B 1 of 10', { days: 181 });
    assert.deepEqual(merged(before), []);
    assert.deepEqual(merged(before, field('S: C 3 of 10')), ['S: C 3 of 10']);
    assert.deepEqual(merged(field('S: A 3, B 1 of 10', { days: 179 })), ['S: A 3, B 1 of 10']);
  });

  it('no more than a hundred values of a field: it is no list then', () => {
    const many = (letter: string, days: number) =>
      field(`S: ${Array.from({ length: 60 }, (_, index) => `${letter}${index} 2`).join(', ')} of 200`, {
        days,
      });
    assert.deepEqual(merged(many('a', 3), many('b', 0)), ['S: !many']);
  });

  it('no more than 2,000 values of a module, the latest first', () => {
    const fields = Array.from({ length: 30 }, (_, index) =>
      field(`F${index}: ${Array.from({ length: 100 }, (__, each) => `v${each} 2`).join(', ')} of 200`, {
        days: index,
      }),
    );
    const kept = [...mergeLearnt(fields, [], { now: NOW }).values()].map((each) => each.field);
    assert.deepEqual(
      kept,
      fields.slice(0, 20).map((each) => each.field),
    );
  });
});

describe('the store of learnt values', () => {
  let folder: string;
  let store: KnownStore;
  const logged: string[] = [];

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'known-')), 'values');
    logged.length = 0;
    store = new KnownStore(folder, { info: () => undefined, error: (text) => logged.push(text) });
  });
  afterEach(async () => rm(join(folder, '..'), { recursive: true, force: true }));

  it('gives back what it was given, from a private file', async () => {
    assert.deepEqual(await store.read('k', NOW), []);
    await store.add('k', [field('S: A 3, B 1 of 10')], { now: NOW });
    assert.deepEqual(shown(await store.read('k', NOW)), ['S: A 3, B 1 of 10']);
    if (process.platform !== 'win32') assert.equal((await stat(join(folder, 'k.json'))).mode & 0o077, 0);
    assert.deepEqual(logged, []);
  });

  it('keeps what two windows write at once', async () => {
    const other = new KnownStore(folder);
    const names = Array.from({ length: 12 }, (_, index) => `F${index}`);
    await Promise.all(
      names.map(async (name, index) =>
        (index % 2 === 0 ? store : other).add('k', [field(`${name}: A 3 of 9`)], { now: NOW }),
      ),
    );
    assert.deepEqual((await store.read('k', NOW)).map((each) => each.field).sort(), [...names].sort());
  });

  it('sets a damaged file aside, says so, and goes on', async () => {
    const good =
      '{"module":"C","field":"S","values":[],"records":1,"part":false,"learntAt":"2026-11-26T09:00:00.000Z"}';
    for (const text of [
      '',
      'no json',
      '{"version":1}',
      '{"version":2,"fields":[]}',
      `{"version":1,"fields":[${good},{}]}`,
    ]) {
      await store.add('k', [], { now: NOW });
      await writeFile(join(folder, 'k.json'), text);
      logged.length = 0;
      assert.deepEqual(await store.read('k', NOW), [], text);
      assert.match(logged.join(), /can’t be read, so they are set aside and learnt anew/, text);
      await store.add('k', [field('S: A 3 of 9')], { now: NOW });
      assert.deepEqual(shown(await store.read('k', NOW)), ['S: A 3 of 9'], text);
    }
  });

  /** `Module.Field: value count, …` as a file of older rules has it, and what is left of it; nothing: it is not kept. */
  const OLDER: Readonly<Record<string, string>> = {
    'CourseDate.Status: Available 3, Full 2': 'Status: Available 3, Full 2 of 9',
    'CourseDate.CF_Team: Red_Team 9, Zorblax_Quindle 8': '',
    'CourseDate.CF_Team: Red_Team 9, Sales 8, Zorblax_Quindle 8': 'CF_Team: Red Team 9, Sales 8 of 9',
    'CourseDate.VenueTown: Milton_Keynes 9, Leeds 1': 'VenueTown: Milton Keynes 9, Leeds 1 of 9',
    'CourseDate.CF_Extra: Birdsong 9, Late 9, Early 9': 'CF_Extra: !personal',
    'CourseDate.CF_Shift: Early 6, Late 6': 'CF_Shift: Early 6, Late 6 of 9',
    'CourseDate.CF_Shift: Late 6, Early 2': '',
    'CourseDate.CF_Ref2: Blue 40, Late 1, Early 1': 'CF_Ref2: Blue 40 of 9',
    'CourseDate.CF_Ref2: Blue 40, Late 0': 'CF_Ref2: Blue 40 of 9',
    'CourseDate.CF_Ref2: Late 1, Early 1': '',
    'CourseDate.Status: Full 3, Late 1, Early 0': 'Status: Full 3, Late 1, Early 0 of 9',
    'CourseDate.CF_Ref2: PTAK_KOWAL 9, ZOLA_ADEYEM 8': 'CF_Ref2: !personal',
    'CourseDate.CF_Ref2: QQ_12_34_56_C 9': 'CF_Ref2: !personal',
    'CourseDate.CF_Keysafe: 200 9': '',
    'CourseDate.CF_Group: Red 9, jane@example.com 1': 'CF_Group: !personal',
    'User.Surname: Quindle 9': '',
    'User.Notes: Late 9': '',
  };
  for (const [before, after] of Object.entries(OLDER))
    it(`looks again, by today’s rules, at ${before}`, async () => {
      const [, module = '', rest = ''] = /^(\w+)\.(.*)$/.exec(before) ?? [];
      const old = field(`${rest} of 9`, { module });
      const values = old.values.map((each) => ({ ...each, value: each.value.replaceAll('_', ' ') }));
      await store.add('k', [], { now: NOW });
      const path = join(folder, 'k.json');
      await writeFile(path, JSON.stringify({ version: 1, fields: [{ ...old, values }] }));
      const left = shown(await store.read('k', NOW));
      const kept = await readFile(path, 'utf8');
      assert.equal(left.filter((each) => after !== '' || !each.endsWith('!personal')).join(), after);
      assert.doesNotMatch(kept, /Quindle|Birdsong|jane|KOWAL|QQ|Keysafe/);
      assert.match(kept, /"rules":\d/);
      assert.deepEqual([shown(await store.read('k', NOW)), logged], [left, []]);
    });

  it('never grows beyond its limit', async () => {
    const long = (index: number) =>
      field(
        `F${index}: ${Array.from({ length: 100 }, (_, each) => `${'v'.repeat(56)}${each} 2`).join(', ')} of 200`,
        { module: `M${index}` },
      );
    await store.add(
      'k',
      Array.from({ length: 80 }, (_, index) => long(index)),
      { now: NOW },
    );
    assert.ok((await stat(join(folder, 'k.json'))).size <= 500_100);
    assert.ok((await store.read('k', NOW)).length > 20);
  });

  it('deletes what is left of a file, too: set aside, or by a write that was killed; and no other file', async () => {
    const left = '.a.json.0f8fad5b-d9cb-469f-a165-70867728950e.tmp';
    for (const forget of [async () => store.forget('a'), async () => store.keepOnly(new Set(['ab']))]) {
      for (const key of ['a', 'ab']) await store.add(key, [field('S: A 3 of 9')], { now: NOW });
      for (const name of ['a.json.damaged', left, '.a.json.apq-lock', 'a.txt'])
        await writeFile(join(folder, name), '{"value":"A"}');
      await forget();
      assert.deepEqual((await readdir(folder)).sort(), ['.a.json.apq-lock', 'a.txt', 'ab.json']);
      await rm(join(folder, '.a.json.apq-lock'));
    }
  });

  it('deletes what nobody can reach', async () => {
    for (const key of ['a', 'b', 'c']) await store.add(key, [field('S: A 3 of 9')], { now: NOW });
    await writeFile(join(folder, 'a.json'), 'damaged');
    await store.read('a', NOW);
    await store.forget('b');
    await store.keepOnly(new Set(['a']));
    assert.deepEqual(await readdir(folder), []);
    await store.add('c', [field('S: A 3 of 9')], { now: NOW });
    await store.keepOnly(new Set(['c']));
    // Another window may have begun with it just now.
    await store.add('d', [field('S: A 3 of 9')], { now: NOW });
    await store.keepOnly(new Set(['c']), Date.now() - 60_000);
    assert.deepEqual((await readdir(folder)).sort(), ['c.json', 'd.json']);
    assert.match(await readFile(join(folder, 'c.json'), 'utf8'), /"A"/);
  });
});
