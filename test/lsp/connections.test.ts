/** What a client that keeps connections tells the server, over stdio. */
import assert from 'node:assert/strict';
import { METADATA_WANTED, type MetadataWantedParams, SET_CONNECTIONS, SET_METADATA } from '#protocol';
import { metadata } from '../language/support/metadata';
import { LspClient, PATIENCE_MS } from '../support/lsp';

const URI = 'file:///a.apq';
const ROOT = metadata.root;
const OTHER = 'https://other.accessplanit.com/accessplan';
const fresh = (more: object) => JSON.stringify({ ...metadata, fetchedAt: new Date().toISOString(), ...more });

describe('connections of a client', () => {
  let client: LspClient;
  let wanted: MetadataWantedParams[];
  beforeEach(async () => {
    client = await LspClient.start({ commands: true });
    wanted = [];
    client.connection.onNotification(
      METADATA_WANTED,
      (params: MetadataWantedParams) => void wanted.push(params),
    );
    await client.connection.sendNotification(SET_CONNECTIONS, {
      active: 'Demo',
      connections: [
        { name: 'Demo', root: ROOT, production: true },
        { name: 'Other', root: OTHER, production: false },
      ],
    });
    await client.connection.sendNotification(SET_METADATA, { root: ROOT, text: fresh({}) });
  });
  afterEach(async () => client.stop());

  const until = async (holds: () => boolean) => {
    const end = Date.now() + PATIENCE_MS;
    while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(holds(), JSON.stringify(wanted));
  };

  it('asks once for the metadata that a file needs, and uses it', async () => {
    await client.open(URI, '# @connection Other\nGET thing\n$select = Nme\n### b\nGET venue\n');
    await until(() => wanted.length === 2);
    assert.deepEqual(wanted, [
      { root: OTHER, module: null, doubted: false },
      { root: ROOT, module: 'Venue', doubted: false },
    ]);
    const field = { name: 'Name', type: 'string', filterable: true, sortable: true };
    await client.connection.sendNotification(SET_METADATA, {
      root: OTHER,
      text: fresh({ root: OTHER, modules: [{ name: 'Thing', fields: [field] }] }),
    });
    await client.diagnostics(URI, (all) => all.some(({ code }) => code === 'unknown-field'));
    await until(() => wanted.length === 3);
    assert.deepEqual(wanted[2], { root: OTHER, module: 'Thing', doubted: true });
  });

  it('offers the names of connections', async () => {
    await client.open(URI, '# @connection \nGET user\n');
    const items = await client.completion(URI, { line: 0, character: 14 });
    assert.deepEqual(
      items.map(({ label, detail }) => [label, detail]),
      [
        ['Demo', 'production'],
        ['Other', 'connection'],
      ],
    );
  });

  it('forgets the metadata of a removed connection', async () => {
    await client.open(URI, 'GET nothing\n');
    await client.diagnostics(URI, (all) => all.some(({ code }) => code === 'unknown-module'));
    await client.connection.sendNotification(SET_CONNECTIONS, { active: null, connections: [] });
    await client.diagnostics(URI, (all) => all.length === 1 && all[0]?.code === 'no-metadata');
  });
});
