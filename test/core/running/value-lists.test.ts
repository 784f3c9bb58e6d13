/** Fetching all records that have one of the values of a list: each once, in order, with few requests, and gone on with. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ApiError } from '#core/remote/api-error';
import { ONCE } from '#core/remote/retry';
import { fetchRecords, requestsFor } from '#core/running/fetch-records';
import { describeProgress } from '#core/running/progress';
import { type RunResult, type SendOptions, sendRequest } from '#core/running/send';
import { addressLength, filterOf, type PlatformTraits, type WireRequest } from '#language';
import { ROOT, serverOf } from './filter-server';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

/** A request for the records that have one of the values. */
function listed(
  values: readonly string[],
  field = 'ID',
  rest: string[][] = [[]],
  traits: PlatformTraits = {},
) {
  const list = { start: `${field} eq `, values, rest };
  const filter = filterOf(list, traits) ?? '';
  return {
    method: 'GET',
    module: 'User',
    query: [{ name: '$filter', value: filter }],
    list,
  } satisfies WireRequest;
}

const people = (count: number) =>
  numbers(count).map((ID) => ({
    ID,
    Team: `t${Number(ID) % 3}`,
    Status: Number(ID) % 2 === 0 ? 'On' : 'Off',
  }));
const idsOf = ({ records }: Pick<RunResult, 'records'>) => records.map(({ ID }) => ID);

describe('fetching by a list of values', () => {
  it('asks once for each 50 IDs, and for no page more, where all are there', async () => {
    const { client, asked } = serverOf({ records: people(160) });
    const result = await sendRequest(client, listed(numbers(160)));
    assert.deepEqual(idsOf(result), numbers(160));
    assert.deepEqual(
      asked.map((filter) => filter.split(' or ').length),
      [50, 50, 50, 10],
    );
    assert.deepEqual([result.count, result.total, result.pages], [160, 160, 4]);
    assert.deepEqual(result.extent, { kind: 'whole' });
  });

  it('asks once more where an ID is not there', async () => {
    const { client, asked } = serverOf({ records: people(60) });
    const result = await sendRequest(client, listed([...numbers(49), 'gone', '60']));
    assert.deepEqual(idsOf(result), [...numbers(49), '60']);
    assert.equal(asked.length, 3);
    assert.deepEqual([result.total, result.extent.kind], [50, 'whole']);
  });

  it('fetches all pages of each batch where values have several records', async () => {
    const { client } = serverOf({ records: people(200), page: 20 });
    const result = await sendRequest(client, listed(['t2', 't0', 'none'], 'Team'), { pages: 1 });
    assert.deepEqual(
      idsOf(result),
      numbers(200).filter((id) => Number(id) % 3 !== 1),
    );
    assert.deepEqual([result.total, result.extent.kind], [133, 'whole']);
  });

  it('keeps what else has to hold', async () => {
    const { client, asked } = serverOf({ records: people(120) });
    const rest = [["Status eq 'On'", "Team eq 't1'"]];
    const result = await sendRequest(client, listed(numbers(60), 'ID', rest));
    assert.deepEqual(
      idsOf(result),
      numbers(60).filter((id) => Number(id) % 6 === 4),
    );
    assert.ok(
      asked.every((filter) =>
        filter.split(' or ').every((each) => each.endsWith("and Status eq 'On' and Team eq 't1'")),
      ),
    );
  });

  it('sends nothing without values', async () => {
    const { client, asked } = serverOf({ records: people(3) });
    const result = await sendRequest(client, listed([]));
    assert.deepEqual(asked, []);
    assert.deepEqual([result.count, result.total, result.extent.kind, result.records], [0, 0, 'whole', []]);
    assert.deepEqual(result.json, { results: [] });
  });

  it('takes values from the first answer that has records for others', async () => {
    const { client } = serverOf({ records: people(60).slice(55) });
    const { json } = await sendRequest(client, listed(numbers(60)));
    assert.deepEqual(json, { results: people(60).slice(55), total: 5 });
  });

  for (const longestAddress of ['none', 400, 1000] as const)
    it(`sends no address of more characters than the platform takes: ${longestAddress}`, () => {
      const traits = { longestAddress };
      const values = numbers(120).map((each) => `Zoë O'Néill & ${each}`);
      const requests = requestsFor(listed(values, 'Name', [["Status eq 'On'"]], traits), {
        connection: { root: ROOT },
        traits,
      });
      const most = longestAddress === 'none' ? 2000 : longestAddress;
      assert.ok(requests.every((each) => addressLength(ROOT, each) < most));
      const sent = requests.flatMap(({ query }) => query[0]?.value.split(' or ') ?? []);
      assert.deepEqual(
        sent,
        values.map((each) => `Name eq '${each.replace("'", "''")}' and Status eq 'On'`),
      );
    });

  for (const [one, other] of [
    ['Zoë', 'ZOE'],
    ['1.50', '1.5'],
    ['2026-01-31', '2026-01-31T00:00:00'],
    ['a ', 'a'],
  ] as const)
    it(`brings a record once where the platform takes ${JSON.stringify(one)} and ${JSON.stringify(other)} for the same`, async () => {
      const alike = (text: string) => (text === other ? one : text);
      const { client } = serverOf({
        records: [{ ID: '1', Name: one }],
        same: (a, b) => alike(a) === alike(b),
      });
      const values = [one, ...numbers(80).map((each) => `x${each}`), other];
      const result = await sendRequest(client, listed(values, 'Name'));
      assert.deepEqual([idsOf(result), result.extent.kind], [['1'], 'whole']);
    });

  it('says so where a record comes in several batches all the same', async () => {
    const { client } = serverOf({ records: [{ ID: '1', Name: 'x' }], same: () => true });
    const { extent } = await sendRequest(client, listed(numbers(60), 'Name'));
    assert.ok(extent.kind === 'doubtful');
    assert.match(extent.reason, /^1 record arrived more than once/);
  });

  it('says how far it is', async () => {
    const { client } = serverOf({ records: people(160) });
    const said: string[] = [];
    await sendRequest(client, listed(numbers(160)), {
      onPage: (_, progress) =>
        said.push(describeProgress({ ...progress, recordsPerSecond: 0, secondsLeft: undefined })),
    });
    assert.deepEqual(said, [
      '50 records · batch 1 of 4',
      '100 records · batch 2 of 4',
      '150 records · batch 3 of 4',
      '160 of 160 records (100%) · batch 4 of 4',
    ]);
  });

  describe('that is stopped', () => {
    /** Stops at the request with a number, goes on where it ended. */
    async function resumed(at: number, values: readonly string[], field: string, page: number) {
      let left = at;
      const { client } = serverOf({
        records: people(160),
        page,
        refuse: () => {
          if (left-- === 0) throw new ApiError('server', { host: 'x', status: 500 });
        },
      });
      const options: SendOptions = { concurrency: 1, policy: ONCE };
      const request = listed(values, field);
      let part: RunResult | undefined;
      try {
        part = await sendRequest(client, request, options);
        assert.equal(part.extent.kind, 'stopped');
      } catch (error) {
        // Nothing came yet.
        assert.ok(error instanceof ApiError && at === 0);
      }
      return sendRequest(client, request, { ...options, ...(part === undefined ? {} : { resume: part }) });
    }
    for (const at of [0, 1, 2, 3])
      it(`goes on at batch ${at + 1}`, async () => {
        const whole = await resumed(at, numbers(160), 'ID', 50);
        assert.deepEqual(idsOf(whole), numbers(160));
        assert.deepEqual([whole.count, whole.total, whole.extent.kind], [160, 160, 'whole']);
      });
    for (const at of [1, 2, 4, 5, 6, 7])
      it(`goes on at request ${at + 1}, in the middle of a batch`, async () => {
        const values = ['t1', ...numbers(60).map((each) => `none ${each}`), 't2'];
        const whole = await resumed(at, values, 'Team', 20);
        const expected = ['1', '2'].flatMap((team) =>
          numbers(160).filter((id) => Number(id) % 3 === Number(team)),
        );
        assert.deepEqual(idsOf(whole), expected);
        assert.deepEqual([whole.count, whole.total, whole.extent.kind], [107, 107, 'whole']);
      });
  });

  it('ends where nobody wants more', async () => {
    const { client, asked } = serverOf({ records: people(160) });
    const result = await fetchRecords(client, listed(numbers(160)), () => undefined, { enough: () => true });
    assert.deepEqual([result.extent.kind, asked.length], ['part', 1]);
  });
});
