/** When the platform is searched for records while somebody types, with a clock that the test moves. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { namesIn, type RecordSearch, searchRequest } from '#core/known/record-request';
import { type FoundRecords, PAUSE_MS, RecordSearcher, restAfter } from '#core/known/record-search';
import { ApiError } from '#core/remote/api-error';
import type { PlatformTraits } from '#language';

const search = (text: string, more: Partial<RecordSearch> = {}): RecordSearch => ({
  ...{ connection: 'Demo', module: 'User', labels: ['Fullname'], text },
  ...more,
});

/** A searcher, and what it asks and tells. */
function searching() {
  let time = 0;
  let timers: { at: number; work: () => void }[] = [];
  const asked: string[] = [];
  const told: string[] = [];
  const waiting = new Map<string, (found: FoundRecords | undefined) => void>();
  let [under, most] = [0, 0];
  const searcher = new RecordSearcher<string>({
    find: async ({ text }, _place, signal) => {
      asked.push(text);
      most = Math.max(most, ++under);
      const found = await new Promise<FoundRecords | undefined>((resolve) => {
        waiting.set(text, resolve);
        signal.addEventListener('abort', () => resolve(undefined));
      });
      under--;
      return found;
    },
    tell: ({ text }, { names, outcome }, place) =>
      told.push(`${text}: ${outcome.problem ?? names.map(([, name]) => name).join()} at ${place}`),
    lastsMs: ({ problem }) => (problem === undefined ? 1000 : 100),
    clock: {
      now: () => time,
      after: (milliseconds, work) => {
        const timer = { at: time + milliseconds, work };
        timers.push(timer);
        return () => void (timers = timers.filter((each) => each !== timer));
      },
    },
  });
  /** Lets all that is settled go on. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    asked,
    told,
    searcher,
    mostAtOnce: () => most,
    pass: async (milliseconds: number) => {
      time += milliseconds;
      const due = timers.filter(({ at }) => at <= time);
      timers = timers.filter(({ at }) => at > time);
      for (const { work } of due) work();
      await settle();
    },
    answer: async (
      text: string,
      names = [`${text}!`],
      problem?: string,
      rest?: ReturnType<typeof restAfter>,
    ) => {
      const outcome = problem === undefined ? { whole: true } : { whole: false, problem };
      const found = names.map((name) => [name, name] as const);
      waiting.get(text)?.({ names: found, outcome, ...(rest === undefined ? {} : { rest }) });
      await settle();
    },
  };
}

describe('a search for records while somebody types', () => {
  it('asks after a pause, for the last text only', async () => {
    const { searcher, pass, asked, told, answer } = searching();
    for (const text of ['ca', 'car', 'caro']) {
      searcher.want(search(text), text);
      await pass(PAUSE_MS - 1);
    }
    assert.deepEqual(asked, []);
    await pass(1);
    assert.deepEqual(asked, ['caro']);
    await answer('caro');
    assert.deepEqual(told, ['caro: caro! at caro']);
  });

  it('has one under way at most, and drops the answer to an older text', async () => {
    const { searcher, pass, asked, told, answer, mostAtOnce } = searching();
    searcher.want(search('ca'), '1');
    await pass(PAUSE_MS);
    searcher.want(search('car'), '2');
    await answer('ca');
    await pass(PAUSE_MS);
    await answer('ca');
    assert.deepEqual(asked, ['ca', 'car']);
    assert.deepEqual(told, []);
    await answer('car');
    await answer('ca');
    assert.deepEqual(told, ['car: car! at 2']);
    assert.equal(mostAtOnce(), 1);
  });

  it('asks the same once, for the place that asked last', async () => {
    const { searcher, pass, asked, told, answer } = searching();
    searcher.want(search('ca'), '1');
    await pass(PAUSE_MS - 10);
    searcher.want(search('ca'), '2');
    await pass(10);
    searcher.want(search('ca'), '3');
    await pass(PAUSE_MS);
    await answer('ca');
    assert.deepEqual(asked, ['ca']);
    assert.deepEqual(told, ['ca: ca! at 3']);
  });

  it('does not ask again for what it asked a moment ago, and tells how that ended', async () => {
    const { searcher, pass, asked, told, answer } = searching();
    searcher.want(search('ca'), '1');
    await pass(PAUSE_MS);
    await answer('ca');
    searcher.want(search('ca'), '2');
    await pass(PAUSE_MS);
    assert.deepEqual(asked, ['ca']);
    assert.deepEqual(told, ['ca: ca! at 1', 'ca:  at 2']);
    searcher.want(search('ca', { module: 'Course' }), '3');
    await pass(PAUSE_MS);
    searcher.cancel();
    await pass(1000);
    searcher.want(search('ca'), '4');
    await pass(PAUSE_MS);
    assert.deepEqual(asked, ['ca', 'ca', 'ca']);
  });

  it('says why a search failed, and tries again sooner', async () => {
    const { searcher, pass, asked, told, answer } = searching();
    searcher.want(search('ca'), '1');
    await pass(PAUSE_MS);
    await answer('ca', [], 'no answer');
    assert.deepEqual(told, ['ca: no answer at 1']);
    await pass(100);
    searcher.want(search('ca'), '2');
    await pass(PAUSE_MS);
    assert.deepEqual(asked, ['ca', 'ca']);
  });

  it('puts off other texts after a failure of the platform, and no other connection', async () => {
    const { searcher, pass, asked, told, answer } = searching();
    const type = async (text: string, more: Partial<RecordSearch> = {}) => {
      searcher.want(search(text, more), text);
      await pass(PAUSE_MS);
    };
    const failWith = async (text: string, error: ApiError) => answer(text, [], 'no', restAfter(error));
    await type('ca');
    await failWith('ca', new ApiError('too-many', { retryAfterSeconds: 60 }));
    for (const text of ['car', 'caro', 'carol']) await type(text);
    await type('bo', { module: 'Course' });
    assert.deepEqual(asked, ['ca']);
    assert.deepEqual(told.slice(1), [
      'car: no at car',
      'caro: no at caro',
      'carol: no at carol',
      'bo: no at bo',
    ]);
    await type('mu', { connection: 'Other' });
    assert.deepEqual(asked, ['ca', 'mu']);
    await answer('mu');
    await pass(60_000);
    await type('carol');
    assert.deepEqual(asked, ['ca', 'mu', 'carol']);
    await failWith('carol', new ApiError('forbidden', { status: 403 }));
    await type('carola');
    await type('bob', { module: 'Course' });
    assert.deepEqual(asked, ['ca', 'mu', 'carol', 'bob']);
    await failWith('bob', new ApiError('unreachable', {}));
    await type('bobb');
    searcher.forget();
    await type('bobby');
    assert.deepEqual(asked, ['ca', 'mu', 'carol', 'bob', 'bobby']);
  });

  it('forgets all for another user, and what is under way for a user who left', async () => {
    const { searcher, pass, asked, told, answer } = searching();
    searcher.want(search('ca'), '1');
    await pass(PAUSE_MS);
    await answer('ca');
    searcher.want(search('bo'), '2');
    await pass(PAUSE_MS);
    searcher.forget();
    await answer('bo');
    searcher.want(search('ca'), '3');
    await pass(PAUSE_MS);
    assert.deepEqual(asked, ['ca', 'bo', 'ca']);
    assert.equal(told.length, 1);
  });

  it('remembers nothing of a search that was not allowed', async () => {
    const { searcher, pass, asked, told } = searching();
    searcher.want(search('ca'), '1');
    await pass(PAUSE_MS);
    searcher.cancel();
    await pass(0);
    assert.deepEqual(told, []);
    searcher.want(search('ca'), '1');
    await pass(PAUSE_MS);
    assert.deepEqual(asked, ['ca', 'ca']);
  });
});

describe('the read that finds records by name', () => {
  const reads = (
    title: string,
    wanted: RecordSearch,
    expected: string | undefined,
    traits: PlatformTraits = {},
  ) =>
    it(title, () =>
      assert.equal(
        searchRequest(wanted, traits, (field) => field !== 'Odd')
          ?.query.map(({ name, value }) => `${name}=${value}`)
          .join('&'),
        expected,
      ),
    );
  reads(
    'asks for 20 in order',
    search('car'),
    "$select=ID,Fullname&$filter=contains(Fullname,'car')&$orderby=Fullname&$top=20",
  );
  reads(
    'doubles a quote',
    search("O'Br"),
    "$select=ID,Fullname&$filter=contains(Fullname,'O''Br')&$orderby=Fullname&$top=20",
  );
  reads(
    'searches the longest piece where no quote can be written',
    search("O'Br"),
    "$select=ID,Fullname&$filter=contains(Fullname,'Br')&$orderby=Fullname&$top=20",
    { quotes: 'none' },
  );
  reads(
    'searches all fields of a name for its longest word',
    search('li carter', { labels: ['Forenames', 'Surname'] }),
    "$select=ID,Forenames,Surname&$filter=contains(Forenames,'carter') or contains(Surname,'carter')&$orderby=Forenames&$top=20",
  );
  reads(
    'does not sort by a field that can’t be',
    search('car', { labels: ['Odd'] }),
    "$select=ID,Odd&$filter=contains(Odd,'car')&$top=20",
  );
  reads('is none without a text', search("''"), undefined, { quotes: 'none' });

  it('reads names by ID, of records that have both', () => {
    const records = [
      { ID: 7, Forenames: ' Carol ', Surname: 'Byrne' },
      { id: '8', surname: 'Vega', Forenames: null },
      { ID: '9' },
      { Surname: 'Nobody' },
    ];
    assert.deepEqual(namesIn(records, ['Forenames', 'Surname']), [
      ['7', 'Carol Byrne'],
      ['8', 'Vega'],
    ]);
  });
});
