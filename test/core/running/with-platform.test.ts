/** The client against the sample platform, which shares no code with it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Credentials } from '#core/connections/credentials';
import { parseRoot } from '#core/connections/root';
import { fetchMetadata } from '#core/metadata/fetch';
import { columnsOf } from '#core/results/columns';
import { toCsv } from '#core/results/csv';
import { rowsOf } from '#core/results/table';
import { toTextTable } from '#core/results/text-table';
import { sendRequest } from '#core/running/send';
import type { Method, WireRequest } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { clientFor, failure, get } from '../support/fake-api';

describe('client and sample platform', () => {
  let platform: Platform;
  before(async () => (platform = await startPlatform({ records: 300 })));
  after(() => platform.close());

  const withKey = (suffix = '', root = platform.root) =>
    clientFor(root, { credentials: { kind: 'apiKey', apiKey: platform.apiKey + suffix } }).client;
  const withPassword = (password = platform.password) => {
    const credentials: Credentials = { kind: 'password', username: platform.username, password };
    return clientFor(platform.root, { credentials }).client;
  };
  const control = async (body: unknown) => {
    const response = await fetch(new URL('/_control', platform.root), {
      method: 'POST',
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200);
  };
  const write = (method: Method, module: string, rest: Partial<WireRequest>): WireRequest => ({
    method,
    module,
    query: [],
    ...rest,
  });

  it('agree on the root', () => {
    const parsed = parseRoot(`${platform.root}/api/v2/course?$top=1`);
    assert.ok(parsed.ok && parsed.root === platform.root);
  });

  it('sign in with a key and with a password', async () => {
    for (const client of [withKey(), withPassword()]) {
      assert.equal((await sendRequest(client, get('course', { $top: '3' }))).records.length, 3);
    }
  });

  it('renew an expired token, and sign in again when that is refused', async () => {
    const client = withPassword();
    await client.send(get('course'));
    await control({ expireTokens: true });
    await client.send(get('course'));
    await control({ expireTokens: true, expireRefreshTokens: true });
    await client.send(get('course'));
  });

  for (const suffix of ['-disabled', '-expired', '-otheraddress', '-wombat']) {
    it(`name every possible cause when a key${suffix} is not accepted`, async () => {
      const error = await failure(withKey(suffix).send(get('course')));
      assert.equal(error.kind, 'signed-out');
      for (const cause of ['expired', 'disabled', 'whitelist', 'API role'])
        assert.ok(error.sentence.includes(cause), cause);
    });
  }
  it('refuse a wrong password', async () =>
    assert.equal((await failure(withPassword('wrong').send(get('course')))).kind, 'wrong-password'));
  it('hide modules and forbid changes for a user with fewer permissions', async () => {
    const client = withKey('-readonly-trainer');
    assert.equal((await failure(client.send(get('invoice')))).kind, 'not-found');
    assert.equal(
      (await failure(client.send(write('DELETE', 'coursedate', { id: '2024' })))).kind,
      'forbidden',
    );
  });

  it('have metadata of all modules', async () => {
    const { metadata, problems, stoppedBy } = await fetchMetadata(withKey());
    assert.deepEqual([problems, stoppedBy], [[], undefined]);
    assert.ok(metadata.modules.length > 100);
    assert.ok(metadata.modules.every(({ fields }) => (fields?.length ?? 0) > 0));
    for (const [module, field, type] of [
      ['CourseDate', 'StartDate', 'datetime'],
      ['CourseDate', 'SpacesLeft', 'integer'],
      ['Course', 'Cost', 'decimal'],
      ['Course', 'Advertise', 'boolean'],
      ['Course', 'CategoryIDs', 'list'],
    ]) {
      const found = metadata.modules
        .find(({ name }) => name === module)
        ?.fields?.find(({ name }) => name === field);
      assert.equal(found?.type, type, field);
    }
  });

  it('read with every parameter', async () => {
    const result = await sendRequest(
      withKey(),
      get('courseDate', {
        $select: 'ID,startdate,Label',
        $filter: "Label ne 'it''s' and StartDate ge '2000-01-01T00:00:00'",
        $orderby: 'StartDate desc,ID',
        $top: '7',
        $skip: '1',
        $count: 'true',
      }),
    );
    assert.deepEqual(Object.keys(result.records[0] ?? {}), ['ID', 'StartDate', 'Label']);
    assert.deepEqual([result.records.length, result.total, result.status], [7, 300, 200]);
    const dates = result.records.map((record) => String(record['StartDate']));
    assert.deepEqual(dates, [...dates].sort().reverse());
  });

  it('read all pages, each record once', async () => {
    for (const query of [{ $select: 'ID' }, { $select: 'ID', $count: 'true', $orderby: 'Status' }] as const) {
      const result = await sendRequest(withKey(), get('coursedate', query), { pages: 'all' });
      assert.deepEqual([result.records.length, result.duplicates, result.extent.kind], [300, 0, 'whole']);
    }
  });

  it('quote a refusal', async () => {
    const error = await failure(withKey().send(get('course', { $filter: "Wombat eq '1'" })));
    assert.equal(error.kind, 'refused');
    assert.match(error.sentence, /Wombat/);
  });

  it('create, change, create or update, and remove a record', async () => {
    const client = withKey('', platform.root.replace(/accessplan$/, 'accessplansandbox'));
    const read = async (id: string) =>
      (await sendRequest(client, get('venue', { $filter: `ID eq '${id}'` }))).records[0];
    const created = await sendRequest(client, write('POST', 'venue', { body: '{"Label":"Hall “A”"}' }));
    const id = created.createdId;
    assert.ok(id !== undefined && created.status === 201);
    assert.equal((await read(id))?.['Label'], 'Hall “A”');
    await sendRequest(client, write('PUT', 'venue', { id, body: '{"Label":"Hall B"}' }));
    assert.equal((await read(id))?.['Label'], 'Hall B');
    const upsert = write('POST', 'venue', {
      query: [{ name: '$upsert', value: `ID eq '${id}'` }],
      body: '{"Label":"Hall & C"}',
    });
    assert.equal((await sendRequest(client, upsert)).status, 200);
    assert.equal((await read(id))?.['Label'], 'Hall & C');
    assert.equal((await sendRequest(client, write('DELETE', 'venue', { id }))).status, 200);
    assert.equal(await read(id), undefined);
    assert.equal((await failure(client.send(write('DELETE', 'venue', { id })))).kind, 'not-found');
  });

  it('refuse an upsert that fits several records', async () => {
    const upsert = write('POST', 'venue', {
      query: [{ name: '$upsert', value: "Label ne 'x'" }],
      body: '{"Label":"x"}',
    });
    assert.equal((await failure(withKey().send(upsert))).kind, 'refused');
  });

  for (const fault of [
    { status: 503 },
    { status: 500 },
    { status: 429, retryAfter: 1 },
    { drop: true },
    { html: true },
    { html: true, status: 200 },
    { truncate: true },
    { truncate: 'clean' },
  ]) {
    it(`read again after ${JSON.stringify(fault)}`, async () => {
      await control({ next: [fault] });
      await withKey().send(get('course'));
    });
  }
  for (const [fault, kind] of [
    [{ status: 503 }, 'server'],
    [{ html: true }, 'server'],
    [{ html: true, status: 200 }, 'not-json'],
    [{ truncate: true }, 'interrupted'],
    [{ truncate: 'clean' }, 'truncated'],
    [{ redirect: 'https://login.example.com/' }, 'redirected'],
  ] as const) {
    it(`give up after ${JSON.stringify(fault)} for ever: ${kind}`, async () => {
      await control({ random: { rate: 1, faults: [fault] } });
      assert.equal((await failure(withKey().send(get('course')))).kind, kind);
      await control({ random: null });
    });
  }

  it('refuse a huge response before it fills the memory', async () => {
    await control({ next: [{ big: 100 }] });
    const error = await failure(withKey().send(get('course')));
    assert.equal(error.kind, 'too-large');
    assert.match(error.sentence, /larger than 64 MB\. Ask for fewer records/);
  });

  it('read records of 2,000 fields, and members that change their type', async () => {
    await control({ next: [{ wide: 2000 }, { types: true }] });
    const wide = await sendRequest(withKey(), get('course', { $top: '3' }));
    assert.equal(columnsOf(wide.records).length, 2000);
    assert.equal(toCsv(wide.records, columnsOf(wide.records)).trim().split('\r\n').length, 4);
    const odd = await sendRequest(withKey(), get('course', { $top: '12' }));
    const columns = columnsOf(odd.records);
    assert.ok(rowsOf(odd.records, columns).every((row) => row.every((cell) => typeof cell === 'string')));
    assert.match(toTextTable(odd.records, columns).head, /^ID/);
  });

  it('end a response that trickles beyond the time limit', async () => {
    await control({ random: { rate: 1, faults: [{ trickle: 2 }] } });
    const { client } = clientFor(platform.root, {
      credentials: { kind: 'apiKey', apiKey: platform.apiKey },
      timeoutMs: 300,
    });
    const error = await failure(client.send(get('course')));
    assert.equal(error.kind, 'timeout');
    assert.match(error.sentence, /within 0\.3 seconds\. Ask for fewer/);
    await control({ random: null });
  });
});
