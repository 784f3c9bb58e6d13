/** Connections in a file for the team, and *Test Connection*. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { type Connection, levelOf } from '#core/connections/connection';
import { exportConnections, importConnections } from '#core/connections/sharing';
import { testConnection } from '#core/connections/test-connection';
import { clientOf } from '../../support/api-client';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';

const acme: Connection = {
  id: '1',
  name: 'Acme',
  root: 'https://acme.accessplanit.com/accessplan',
  site: 'production',
  auth: 'apiKey',
};

/** Returns the members that a file shares. */
const withoutId = ({ name, root, site, auth, changes }: Connection) => ({
  name,
  root,
  site,
  auth,
  changes,
});

describe('shared connections', () => {
  const taken = (entries: unknown, existing: readonly Connection[] = []) => {
    const { connections, problems } = importConnections(
      JSON.stringify({ version: 1, connections: entries }),
      existing,
    );
    return [connections.map(({ name, root, site }) => `${name} ${root} ${site}`), problems];
  };

  it('survive export and import, with new IDs and no secret', () => {
    const careful: Connection = { ...acme, id: '2', name: 'Careful', changes: 'readOnly' };
    const text = exportConnections([acme, careful]);
    assert.doesNotMatch(text, /"id"|key-/);
    const { connections, problems } = importConnections(text, []);
    assert.deepEqual(problems, []);
    assert.deepEqual(connections.map(withoutId), [acme, careful].map(withoutId));
    assert.equal(new Set(connections.map(({ id }) => id)).size, 2);
  });
  it('have the level that they were shared with, but none that is looser than usual', () => {
    const [production, sandbox] = [acme.root, 'https://acme.accessplanit.com/accessplansandbox'];
    for (const [root, shared, level] of [
      // As earlier versions wrote it, and a later one may.
      [sandbox, { readOnly: true }, 'readOnly'],
      [sandbox, { readOnly: false }, 'askOnce'],
      [sandbox, { changes: 'twoPeople' }, 'readOnly'],
      [sandbox, { changes: 'askEachTime' }, 'askEachTime'],
      [sandbox, {}, 'askOnce'],
      [production, { changes: 'readOnly' }, 'readOnly'],
      [production, { changes: 'askOnce' }, 'askEachTime'],
      [production, {}, 'askEachTime'],
    ] as const) {
      const text = JSON.stringify({ version: 1, connections: [{ name: 'x', root, ...shared }] });
      const [connection] = importConnections(text, []).connections;
      assert.ok(connection);
      assert.equal(levelOf(connection), level, JSON.stringify([root, shared]));
    }
  });
  it('are left out when they exist already', () =>
    assert.deepEqual(taken([{ name: 'acme', root: acme.root }], [acme]), [[], ['acme exists already.']]));
  it('get a number when the name is taken', () =>
    assert.deepEqual(taken([{ name: 'Acme', root: 'https://other.accessplanit.com/accessplan' }], [acme]), [
      ['Acme 2 https://other.accessplanit.com/accessplan production'],
      [],
    ]));
  it('are refused with an address or a name that is not safe', () => {
    const [connections, problems] = taken([
      { name: 'a', root: 'http://evil.example/accessplan' },
      { name: 'b', root: 'https://user:pass@acme.accessplanit.com/accessplan' },
      { name: 'c' },
      5,
      { name: '', root: acme.root },
      // Names appear in queries and in dialogs.
      { name: 'x\nDELETE course/1', root: acme.root },
      { name: 'x\u202egpj', root: acme.root },
    ]);
    assert.deepEqual(connections, []);
    assert.equal(problems?.length, 7);
  });
  it('take their site from the address', () =>
    assert.deepEqual(taken([{ name: 'x', root: acme.root, site: 'sandbox' }]), [
      [`x ${acme.root} production`],
      [],
    ]));
  for (const [version, problem] of [
    [2, 'The file was written by a newer version of APQ. Update this one.'],
    [0, 'The file says version 0, which APQ never wrote. Export the connections again.'],
    [-1, 'The file says version -1, which APQ never wrote. Export the connections again.'],
    [1.5, 'The file says version 1.5, which APQ never wrote. Export the connections again.'],
    ['1', 'The file holds no connections.'],
  ] as const)
    it(`of version ${JSON.stringify(version)} are refused`, () =>
      assert.deepEqual(importConnections(JSON.stringify({ version, connections: [] }), []), {
        connections: [],
        problems: [problem],
      }));
  it('never make the import throw', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        importConnections(text, [acme]);
      }),
    ));
});

describe('test of a connection', () => {
  let platform: RunningPlatform;
  before(async () => {
    platform = await startPlatformProcess();
  });
  after(async () => platform.stop());

  it('lists what works', async () => {
    const test = await testConnection(clientOf(platform));
    assert.equal(test.ok, true);
    assert.match(
      test.passed.join('; '),
      /^127\.0\.0\.1:\d+ answers; signed in with an API key; help feed lists 138 modules \(\d+ ms\); \w+ can be read \(one record arrived, \d+ ms\)$/,
    );
  });
  it('describes what failed, and lists what worked before', async () => {
    const test = await testConnection(clientOf({ ...platform, apiKey: 'wrong-key' }));
    assert.equal(test.ok, false);
    assert.match(test.passed.join('; '), /^127\.0\.0\.1:\d+ answers$/);
    assert.match(
      test.failure?.sentence ?? '',
      /did not accept the sign-in.*copied whole.*API role.*whitelist/,
    );
    assert.ok(test.failure?.actions.includes('credentials'));
  });
  it('fails without a passed check when the platform can’t be reached', async () => {
    const test = await testConnection(clientOf({ ...platform, root: 'http://127.0.0.1:9/accessplan' }));
    assert.deepEqual([test.ok, test.passed], [false, []]);
  });
});
