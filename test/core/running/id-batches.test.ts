/** Reading the records of many values: few reads, none too long, and each record told to the value that found it. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ApiError } from '#core/remote/api-error';
import { batchesOfValues, readByValues } from '#core/running/id-batches';
import { serverOf } from './filter-server';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const byId = { module: 'User', field: 'ID', select: ['ID', 'Email'], unique: true };

const people = (count: number) => numbers(count).map((ID) => ({ ID, Email: `p${ID}@x.org` }));
const told = (found: ReadonlyMap<string, unknown>) =>
  [...found].map(([value, records]) =>
    Array.isArray(records)
      ? `${value}: ${records.map(({ ID }: { ID: string }) => ID).join(' ')}`
      : `${value}: failed`,
  );

describe('a list of values', () => {
  it('is divided into pages', () => {
    const { client } = serverOf({ records: [] });
    assert.deepEqual(
      batchesOfValues(byId, numbers(120), client).map(({ length }) => length),
      [50, 50, 20],
    );
  });

  it('is divided by the length of the address as it is sent', () => {
    for (const longestAddress of ['none', 400, 1000] as const) {
      const { client } = serverOf({ records: [], traits: { longestAddress } });
      const values = numbers(40).map((each) => `Zoë O'Néill & ${each}`);
      const batches = batchesOfValues({ ...byId, field: 'Name' }, values, client);
      assert.deepEqual(batches.flat(), values);
      assert.ok(batches.length > 1);
    }
  });

  it('brings each record once it is there', async () => {
    const { client, asked } = serverOf({ records: people(60) });
    const found = await readByValues(client, byId, ['3', '99', '1', '3']);
    assert.deepEqual(told(found), ['3: 3', '99: ', '1: 1']);
    // The second read proves that 99 is not there.
    assert.deepEqual(asked, ["ID eq '3' or ID eq '99' or ID eq '1'", "ID eq '99'"]);
  });

  it('is read whole where a platform brings few records at a time', async () => {
    const { client } = serverOf({ records: people(60), page: 7 });
    const found = await readByValues(client, byId, numbers(60));
    assert.deepEqual(
      told(found),
      numbers(60).map((id) => `${id}: ${id}`),
    );
  });

  it('tells all records of a value', async () => {
    const records = people(120).map((each) => ({ ...each, Email: `p${Number(each.ID) % 3}@x.org` }));
    const { client } = serverOf({ records, page: 20 });
    const byMail = { ...byId, field: 'Email', unique: false };
    const found = await readByValues(client, byMail, ['p0@x.org', 'p1@x.org', 'none@x.org']);
    assert.deepEqual(
      [...found].map(([, each]) => (each instanceof ApiError ? each.kind : each.length)),
      [40, 40, 0],
    );
  });

  it('is asked for one by one where a platform may take two values for the same', async () => {
    const loose = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const records = [{ ID: '1', Email: 'muller@x.org' }];
    const byMail = { ...byId, field: 'Email', unique: false };
    const { client } = serverOf({ records, same: (a, b) => loose(a) === loose(b) });
    const found = await readByValues(client, byMail, ['muller@x.org', 'Müller@x.org', 'b@x.org']);
    assert.deepEqual(told(found).sort(), ['Müller@x.org: 1', 'b@x.org: ', 'muller@x.org: 1']);
    const exact = await readByValues(serverOf({ records }).client, byMail, ['muller@x.org', 'Müller@x.org']);
    assert.deepEqual(told(exact).sort(), ['Müller@x.org: ', 'muller@x.org: 1']);
  });

  it('fails for the value that the platform refuses, and for no other', async () => {
    const refuse = (filter: string) => {
      if (filter.includes("'x'")) throw new ApiError('refused', { status: 400 });
    };
    const { client } = serverOf({ records: people(9), refuse });
    const found = await readByValues(client, byId, ['1', '2', 'x', '3', '4']);
    assert.deepEqual(told(found).sort(), ['1: 1', '2: 2', '3: 3', '4: 4', 'x: failed']);
  });

  it('is divided further where an address is too long after all', async () => {
    const refuse = (_: string, length: number) => {
      if (length > 300) throw new ApiError('not-found', { status: 404 });
    };
    const { client } = serverOf({ records: people(40), refuse });
    const found = await readByValues(client, byId, numbers(40));
    assert.deepEqual(
      told(found).sort(),
      numbers(40)
        .map((id) => `${id}: ${id}`)
        .sort(),
    );
  });

  it('is given up where the module is not there or the platform can’t be reached', async () => {
    for (const [kind, most] of [
      ['not-found', 2],
      ['unreachable', 4],
    ] as const) {
      const refuse = () => {
        throw new ApiError(kind, kind === 'not-found' ? { status: 404 } : {});
      };
      const { client, asked } = serverOf({ records: [], refuse });
      const found = await readByValues(client, byId, numbers(kind === 'not-found' ? 40 : 900));
      assert.ok([...found.values()].every((each) => each instanceof ApiError && each.kind === kind));
      assert.ok(asked.length <= most, `${kind}: ${asked.length} reads`);
    }
  });

  it('brings nothing where the platform passes over the filter', async () => {
    const { client } = serverOf({ records: people(60), same: () => true });
    const found = await readByValues(client, byId, ['1', '2']);
    assert.deepEqual(told(found), ['1: failed', '2: failed']);
  });

  it('fails for a value that the platform has no way to write', async () => {
    const { client } = serverOf({ records: people(2), traits: { quotes: 'none' } });
    assert.deepEqual(told(await readByValues(client, byId, ['1', "a'b", '2'])).sort(), [
      '1: 1',
      '2: 2',
      "a'b: failed",
    ]);
  });

  it('throws where it is cancelled', async () => {
    const { client } = serverOf({
      records: [],
      refuse: () => {
        throw new ApiError('cancelled');
      },
    });
    await assert.rejects(readByValues(client, byId, ['1', '2']), ApiError);
  });
});
