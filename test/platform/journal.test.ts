import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startPlatform } from '#platform/platform';
import { Client } from './support';

describe('sample platform: changes over a restart', () => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-journal-'));
    file = join(folder, 'changes.ndjson');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Starts a platform, as on another day if asked, and stops it after the work. */
  async function during<T>(work: (client: Client) => Promise<T>, days = 0): Promise<T> {
    const clock = () => Date.parse('2025-06-15T12:00:00Z') + days * 86_400_000;
    const platform = await startPlatform({ records: 50, changes: file, clock });
    try {
      return await work(new Client(platform));
    } finally {
      await platform.close();
    }
  }
  const write = (client: Client, method: string, path: string, body?: unknown) =>
    client.data(path, { method, body });
  const read = async (client: Client, module: string, id: string, root = client.platform.root) =>
    (await client.ask(`${root}/api/v2/${module}?$filter=ID eq '${id}'&$select=ID,Phone,Label`)).results[0];

  it('keeps what was changed, created and removed, on its site and on later days', async () => {
    const created = await during(async (client) => {
      assert.equal((await write(client, 'PUT', 'venue/1', { Phone: '01524 555 123' })).status, 200);
      assert.equal((await write(client, 'PUT', 'venue/1', { Label: 'Moved' })).status, 200);
      assert.equal((await write(client, 'DELETE', 'venue/2')).status, 200);
      return String((await write(client, 'POST', 'venue', { Label: 'New' })).json['ID']);
    });
    await during(async (client) => {
      assert.deepEqual(await read(client, 'venue', '1'), { ID: '1', Phone: '01524 555 123', Label: 'Moved' });
      assert.equal(await read(client, 'venue', '2'), undefined);
      assert.equal((await read(client, 'venue', created))?.['Label'], 'New');
      assert.notEqual((await read(client, 'venue', '1', client.sandbox))?.['Label'], 'Moved');
      assert.equal((await write(client, 'DELETE', `venue/${created}`)).status, 200);
    }, 40);
    await during(async (client) => {
      assert.equal(await read(client, 'venue', created), undefined);
      const next = (await write(client, 'POST', 'venue', { Label: 'Next' })).json['ID'];
      assert.ok(Number(next) > Number(created), 'the ID of a removed record is not given out again');
    });
  });

  it('moves the records that nobody changed along with the day', async () => {
    const dates = async (client: Client) =>
      (await client.data('coursedate?$top=3&$select=ID,StartDate')).results;
    const before = await during(async (client) => {
      await write(client, 'PUT', `coursedate/${String((await dates(client))[1]?.['ID'])}`, { Cost: 1 });
      return dates(client);
    });
    const after = await during(dates, 10);
    assert.notDeepEqual(after[0], before[0]);
    assert.deepEqual(after[1], before[1]);
  });

  it('goes on after a line that was not written whole, and after ones that it does not know', async () => {
    await during((client) => write(client, 'PUT', 'venue/1', { Label: 'Kept' }));
    const strange = [
      '',
      'null',
      '[]',
      '{"site":"x"}',
      '{"site":"accessplan","module":"Wombat","id":"1","row":{}}',
      '{"site":"accessplan","module":"Venue","id":"1","row":7}',
      '{"site":"accessplan","module":"Venue","id":1,"row":null}',
      '{"site":"accessplan","module":"Venue","id":"4","row":{"ID":"4","Label":{},"Phone":"1"}}',
    ];
    appendFileSync(file, `${strange.join('\n')}\n{"site":"accessplan","module":"Venue","id":"1","ro`);
    await during(async (client) => {
      assert.equal((await read(client, 'venue', '1'))?.['Label'], 'Kept');
      assert.deepEqual(await read(client, 'venue', '4'), { ID: '4', Label: null, Phone: '1' });
      await write(client, 'PUT', 'venue/3', { Label: 'After' });
    });
    await during(async (client) => {
      assert.equal((await read(client, 'venue', '1'))?.['Label'], 'Kept');
      assert.equal((await read(client, 'venue', '3'))?.['Label'], 'After');
    });
  });

  it('keeps the file to its user, and nothing in it without a change', async () => {
    await during((client) => client.data('venue'));
    assert.equal(readFileSync(file, 'utf8'), '');
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o077, 0);
  });

  it('refuses a change that it can not keep', async () => {
    await during(async (client) => {
      rmSync(folder, { recursive: true });
      const reply = await write(client, 'PUT', 'venue/1', { Label: 'Lost' });
      assert.equal(reply.status, 500);
      assert.notEqual((await read(client, 'venue', '1'))?.['Label'], 'Lost');
    });
    folder = mkdtempSync(join(tmpdir(), 'apq-journal-'));
  });

  it('does not start when the file can not be written', async () => {
    file = join(folder, 'missing', 'changes.ndjson');
    await assert.rejects(startPlatform({ records: 5, changes: file }), /ENOENT/);
  });
});
