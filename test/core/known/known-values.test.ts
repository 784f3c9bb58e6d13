/** Whose values they are: users who change in any window, and forgetting, while answers and writes are under way. */
import { strict as assert } from 'node:assert';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Connection } from '#core/connections/connection';
import { KnownStore } from '#core/known/known-store';
import { KnownValues } from '#core/known/known-values';

const CONNECTION: Connection = {
  ...{ id: 'one', name: 'Acme', root: 'https://acme.example/accessplan', site: 'production', auth: 'apiKey' },
};

describe('values of one user', () => {
  let folder: string;
  let user: string | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'known-values-'));
    user = 'alice';
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const openWindow = async () => {
    const values = new KnownValues({
      store: new KnownStore(folder),
      keyOf: async () => Promise.resolve(user),
      fieldsOf: () => undefined,
      learns: () => true,
      changed: () => undefined,
    });
    await values.follow([CONNECTION]);
    return values;
  };
  const ask = (values: KnownValues, Status: string) => {
    const learning = values.learning(CONNECTION, { method: 'GET', module: 'CourseDate', query: [] });
    assert.ok(learning);
    learning.take(Array.from({ length: 20 }, () => ({ Status })));
    return learning;
  };
  /** The answer came; what was learnt of it waits to be written. */
  const answered = async (values: KnownValues, status: string) => {
    ask(values, status).end();
    await turns();
  };
  const learn = async (values: KnownValues, status: string) => {
    await answered(values, status);
    await values.flush();
  };
  const turns = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  };
  const known = (values: KnownValues) =>
    values.of(CONNECTION).flatMap((field) => field.values.map(({ value }) => value));
  const stored = async () => {
    const names = (await readdir(folder)).sort();
    const texts = await Promise.all(names.map(async (name) => readFile(join(folder, name), 'utf8')));
    return names.map((name, at) => `${name} ${/Status of \w+/.exec(texts[at] ?? '')?.[0] ?? ''}`);
  };

  it('are kept in the file of that user', async () => {
    const values = await openWindow();
    await learn(values, 'Status of first');
    assert.deepEqual([known(values), await stored()], [['Status of first'], ['alice.json Status of first']]);
  });

  it('never land in the file of another, who signed in in another window', async () => {
    const [one, other] = [await openWindow(), await openWindow()];
    await learn(one, 'Status of first');
    await other.reload();
    user = 'bob';
    await one.follow([CONNECTION]);
    await learn(other, 'Status of second');
    await other.reload();
    assert.deepEqual([known(other), await stored()], [[], []]);
    await learn(other, 'Status of second');
    assert.deepEqual([known(other), await stored()], [['Status of second'], ['bob.json Status of second']]);
    user = 'alice';
    assert.deepEqual(known(await openWindow()), []);
  });

  it('are not shown to the next who signs in, whichever window is looked at first', async () => {
    const [one, other] = [await openWindow(), await openWindow()];
    await learn(one, 'Status of first');
    user = 'bob';
    await other.reload();
    await one.reload();
    assert.deepEqual([known(one), known(other), await stored()], [[], [], []]);
  });

  for (const [what, change] of [
    ['somebody else has signed in', () => (user = 'bob')],
    ['somebody else had signed in, and the first again', () => (user = 'alice')],
    ['nobody is signed in', () => (user = undefined)],
  ] as const)
    it(`are not taken from an answer that comes when ${what}`, async () => {
      const values = await openWindow();
      if (what.includes('again')) user = 'bob';
      const learning = ask(values, 'Status of somebody');
      await turns();
      change();
      learning.end();
      await turns();
      await values.flush();
      assert.deepEqual([known(values), await stored()], [[], []]);
    });

  it('are not written when somebody else signs in before they are', async () => {
    const values = await openWindow();
    await answered(values, 'Status of first');
    user = 'bob';
    await values.flush();
    await turns();
    assert.deepEqual([known(values), await stored()], [[], []]);
  });

  it('leave out whoever an answer of any module names, also where they were learnt before', async () => {
    const values = await openWindow();
    const answer = async (module: string, ...records: readonly Record<string, string>[]) => {
      const learning = values.learning(CONNECTION, { method: 'GET', module, query: [] });
      learning?.take(Array.from({ length: 20 }, () => records).flat());
      learning?.end();
      await turns();
      await values.flush();
    };
    const shown = () =>
      values
        .of(CONNECTION)
        .map(
          ({ field, values: all, refused }) =>
            `${field}: ${refused ?? all.map(({ value }) => value).join(', ')}`,
        );
    const dates = ['Quindle', 'Late', 'Early', 'Nights'].map((Source) => ({ Source, CF_Extra: 'Late' }));
    await answer('CourseDate', ...dates);
    assert.deepEqual(shown(), ['Source: Early, Late, Nights, Quindle', 'CF_Extra: Late']);
    await answer('User', { Forenames: 'Zorblax', Surname: 'Quindle' });
    assert.deepEqual(shown(), ['Source: Early, Late, Nights', 'CF_Extra: Late']);
    const [name = ''] = await readdir(folder);
    assert.doesNotMatch(await readFile(join(folder, name), 'utf8'), /Quindle|Zorblax/);
    await answer('CourseDate', ...dates, { Source: 'Zorblax', CF_Extra: 'Late' });
    assert.deepEqual(shown(), ['Source: Early, Late, Nights', 'CF_Extra: Late']);
    // Whom answers named is forgotten with the rest.
    await values.forget(CONNECTION);
    assert.ok(values.peopleOf(CONNECTION).isEmpty);
  });

  it('stay forgotten: by an answer, and by a write that are under way', async () => {
    const values = await openWindow();
    const late = ask(values, 'Status of first');
    await answered(values, 'Status of first');
    const writing = values.flush();
    await values.forget(CONNECTION);
    await writing;
    late.end();
    await turns();
    await values.flush();
    assert.deepEqual([known(values), await stored()], [[], []]);
    await learn(values, 'Status of first');
    assert.deepEqual(known(values), ['Status of first']);
  });

  it('stay forgotten, in all windows of one that forgets all, at any moment of a write', async () => {
    for (let moment = 0; moment < 25; moment++) {
      const values = await openWindow();
      await answered(values, 'Status of first');
      const writing = values.flush();
      for (let turn = 0; turn < moment; turn++) await new Promise(setImmediate);
      await values.forget(moment % 2 === 0 ? undefined : CONNECTION);
      await writing;
      assert.deepEqual([known(values), await stored()], [[], []], `after ${moment} turns`);
    }
  });
});
