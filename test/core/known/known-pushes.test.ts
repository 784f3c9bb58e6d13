/** What the server is told of the platforms’ data: all at first, then what changed, in order. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { KnownNames } from '#core/known/known-names';
import { KnownPushes } from '#core/known/known-pushes';
import type { KnownField, PlatformData } from '#language';
import { ToldServer } from '../../support/told-server';

const ROOT = 'https://acme.example/accessplan';

const field = (name: string, value: string): KnownField => ({
  ...{ module: 'Course', field: name, values: [{ value, count: 3 }], records: 9 },
  learntAt: '2026-11-26T09:00:00Z',
});

/** One connection, its knowledge, and the server. */
function pushing() {
  const names = new KnownNames();
  const server = new ToldServer();
  const failures: string[] = [];
  const state = { name: 'Acme', root: ROOT, learns: true, fields: [] as KnownField[], gone: false };
  /** What a notification waits for. */
  let gate: Promise<void> = Promise.resolve();
  const pushes = new KnownPushes(names, {
    set: async ({ name, root }, data) => {
      await gate;
      await server.setKnownData({ connection: name, root, data });
    },
    change: async ({ name, root }, change) => {
      await gate;
      await server.changeKnownData({ connection: name, root, change });
    },
    known: () => {
      const { name, root, learns, fields, gone } = state;
      return gone ? undefined : { of: { name, root }, learns, fields: [...fields], naming: {} };
    },
    failed: (error) => failures.push(String(error)),
  });
  return {
    ...{ names, server, failures, state, pushes },
    hold: (until: Promise<void>) => void (gate = until),
    push: async () => pushes.push('one'),
    /** The connection has that name and root from now on, or is gone. */
    become: (next: Partial<Pick<typeof state, 'name' | 'root' | 'gone'>>) => {
      Object.assign(state, next);
      const connections = state.gone ? [] : [{ name: state.name, root: state.root }];
      server.setConnections(connections);
      pushes.keep(connections);
    },
    /** What the server should know by now. */
    expected: () => ({
      fields: sorted(state.fields.map((each) => JSON.stringify(each))),
      names: sorted(names.all('one').flatMap(flat)),
    }),
    known: () => {
      const data = server.of(state.name);
      return {
        fields: sorted((data?.fields ?? []).map((each) => JSON.stringify(each))),
        names: sorted((data?.records ?? []).flatMap(flat)),
      };
    },
  };
}

const sorted = (texts: string[]) => texts.toSorted();
const flat = ({ module, names }: PlatformData['records'][number]) =>
  names.map(([id, name]) => `${module} ${id} ${name}`);
const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => [`${from + index}`, `Person ${from + index}`] as const);

describe('what the server is told of a platform’s data', () => {
  it('is what an answer brought, however much is known', async () => {
    const { names, push, server, known, expected } = pushing();
    names.add('one', 'User', people(0, 5000));
    names.add('one', 'Course', people(0, 5000));
    await push();
    names.add('one', 'User', people(4990, 20));
    await push();
    const [all, page] = server.sent.map((each) => JSON.stringify(each).length);
    assert.ok(all !== undefined && all > 100_000 && page !== undefined && page < 1500, `${all} ${page}`);
    assert.deepEqual(known(), expected());
  });

  it('is nothing where nothing is new', async () => {
    const { names, push, server, state } = pushing();
    state.fields = [field('Town', 'York')];
    names.add('one', 'User', people(0, 3));
    await push();
    names.add('one', 'User', people(1, 2));
    await push();
    assert.equal(server.sent.length, 1);
  });

  it('is a field once more where its values changed, and which fields are known no more', async () => {
    const { push, server, state, known, expected } = pushing();
    state.fields = [field('Town', 'York'), field('Kind', 'Full'), field('Room', '1')];
    await push();
    state.fields = [field('Town', 'York'), field('Kind', 'Free')];
    await push();
    const last = server.sent.at(-1);
    assert.ok(last !== undefined && 'change' in last);
    assert.deepEqual(
      [last.change.fields, last.change.gone],
      [[field('Kind', 'Free')], [{ module: 'Course', field: 'Room' }]],
    );
    assert.deepEqual(known(), expected());
  });

  for (const [what, change] of [
    ['names are forgotten', ({ names }) => names.forget('one')],
    ['all names are forgotten', ({ names }) => names.forget()],
    ['the connection has another name', ({ become }) => become({ name: 'Other' })],
    ['the connection has another root', ({ become }) => become({ root: `${ROOT}sandbox` })],
    [
      'the connection has another name for a moment',
      ({ become }) => ['Other', 'Acme'].forEach((name) => become({ name })),
    ],
    [
      'the connection has another root for a moment',
      ({ become }) => [`${ROOT}sandbox`, ROOT].forEach((root) => become({ root })),
    ],
    [
      'the connection is gone for a moment',
      ({ become }) => [true, false].forEach((gone) => become({ gone })),
    ],
    // It is stored under its new name, and all who listen are told of that only then.
    [
      'the connection is told under another name before the server knows of it',
      ({ state }) => (state.name = 'Other'),
    ],
    ['the user switches learning off', ({ state }) => (state.learns = false)],
    ['the server was started anew', ({ pushes }) => pushes.forget()],
  ] as readonly [string, (each: ReturnType<typeof pushing>) => unknown][])
    it(`is all of it again where ${what}`, async () => {
      const each = pushing();
      each.names.add('one', 'User', people(0, 3));
      await each.push();
      change(each);
      each.names.add('one', 'User', people(7, 1));
      await each.push();
      assert.ok('data' in (each.server.sent.at(-1) ?? {}));
      assert.deepEqual(each.known(), each.expected());
    });

  it('is all of it again after a connection came back', async () => {
    const { names, push, server, become, known, expected } = pushing();
    names.add('one', 'User', people(0, 3));
    await push();
    become({ gone: true });
    await push();
    become({ gone: false });
    await push();
    assert.deepEqual(
      server.sent.map((each) => 'data' in each),
      [true, true],
    );
    assert.deepEqual(known(), expected());
  });

  it('is all of it again after a failure, which is told', async () => {
    const { names, push, server, failures, hold, known, expected } = pushing();
    await push();
    hold(Promise.reject(new Error('the server is gone')));
    names.add('one', 'User', people(0, 3));
    await push();
    hold(Promise.resolve());
    await push();
    assert.deepEqual(failures, ['Error: the server is gone']);
    assert.ok('data' in (server.sent.at(-1) ?? {}));
    assert.deepEqual(known(), expected());
  });

  it('arrives in order, though one is slow', async () => {
    const { names, push, server, hold, known, expected } = pushing();
    let release: () => void = () => undefined;
    hold(new Promise<void>((resolve) => (release = resolve)));
    names.add('one', 'User', [['7', 'Old Name']]);
    const first = push();
    await new Promise((resolve) => setImmediate(resolve));
    names.add('one', 'User', [['7', 'New Name']]);
    const second = push();
    names.add('one', 'User', [['8', 'Rosa Vega']]);
    hold(Promise.resolve());
    release();
    await Promise.all([first, second, push()]);
    assert.deepEqual(
      server.sent.map((each) => ('data' in each ? 'all' : each.change.records[0]?.names)),
      [
        'all',
        [
          ['7', 'New Name'],
          ['8', 'Rosa Vega'],
        ],
      ],
    );
    assert.deepEqual(known(), expected());
  });

  it('comes to what is known, whatever changes between', async () => {
    const step = fc.oneof(
      fc.record({
        module: fc.constantFrom('User', 'Course', 'user'),
        from: fc.integer({ min: 0, max: 20_000 }),
        count: fc.integer({ min: 1, max: 6000 }),
      }),
      fc.record({ towns: fc.array(fc.constantFrom('Town', 'Kind', 'Room'), { maxLength: 3 }) }),
      fc.record({ name: fc.constantFrom('Acme', 'Other') }),
      fc.record({ root: fc.constantFrom(ROOT, `${ROOT}sandbox`) }),
      fc.record({ gone: fc.boolean() }),
      fc.constantFrom('forget', 'push' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { names, push, become, failures, state, known, expected } = pushing();
        for (const each of steps) {
          if (each === 'forget') names.forget('one');
          else if (each === 'push') await push();
          else if ('module' in each) names.add('one', each.module, people(each.from, each.count));
          else if ('towns' in each)
            state.fields = [...new Set(each.towns)].map((name) => field(name, `${each.towns.length}`));
          else become(each);
        }
        become({ gone: false });
        await push();
        assert.deepEqual([known(), failures], [expected(), []]);
      }),
      { numRuns: 60 },
    );
  });
});
