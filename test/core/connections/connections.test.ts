/** Roots, stored connections and credentials. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type Connection,
  isProduction,
  levelOf,
  parseConnections,
  withCarriedLevel,
  withLevel,
} from '#core/connections/connection';
import { type Credentials, CredentialVault, MemorySecretStore } from '#core/connections/credentials';
import { isTrustedHost, namesSite, parseRoot, platformOf } from '#core/connections/root';
import { connectionTo, failure } from '../support/fake-api';

const root = (input: string, expected: string, site?: 'production' | 'sandbox') =>
  it(`${JSON.stringify(input)}${site === undefined ? '' : ` (${site})`} → ${expected}`, () => {
    const parsed = parseRoot(input, site);
    assert.equal(parsed.ok ? `${parsed.site} ${parsed.root}` : parsed.message, expected);
  });
const noRoot = (input: string, message: RegExp) =>
  it(`refuses ${JSON.stringify(input)}: ${message.source}`, () => {
    const parsed = parseRoot(input);
    assert.match(parsed.ok ? parsed.root : parsed.message, message);
    assert.equal(parsed.ok, false);
  });

const ACME = 'https://acme.accessplanit.com';

describe('parseRoot', () => {
  root('acme', `production ${ACME}/accessplan`);
  root('  ACME ', `production ${ACME}/accessplan`);
  root('acme', `sandbox ${ACME}/accessplansandbox`, 'sandbox');
  root('acme.accessplanit.com', `production ${ACME}/accessplan`);
  root('acme.accessplanit.com', `sandbox ${ACME}/accessplansandbox`, 'sandbox');
  root('acme.accessplanit.com/accessplansandbox', `sandbox ${ACME}/accessplansandbox`);
  root(`${ACME}/accessplan`, `production ${ACME}/accessplan`);
  root(`${ACME}/accessplan/`, `production ${ACME}/accessplan`);
  root(`${ACME}/AccessPlan`, `production ${ACME}/accessplan`);
  root(`${ACME}/accessplansandbox`, `sandbox ${ACME}/accessplansandbox`, 'production');
  root(`${ACME}/accessplansandbox/api/v2/coursedate?$top=1`, `sandbox ${ACME}/accessplansandbox`);
  root(`${ACME}/accessplan/apihelp/v2/modules/coursedate`, `production ${ACME}/accessplan`);
  root(`${ACME}/accessplan/modulesapihelp/v2/modules/coursedate`, `production ${ACME}/accessplan`);
  root(`${ACME}/accessplan/api/v2/coursedate/2024#x`, `production ${ACME}/accessplan`);
  root('https://training.example.org/accessplan', 'production https://training.example.org/accessplan');
  root('https://training.example.org/portal', 'other https://training.example.org/portal');
  root('http://127.0.0.1:8080/accessplan', 'production http://127.0.0.1:8080/accessplan');
  root('http://localhost:8080/accessplan', 'production http://localhost:8080/accessplan');
  root('http://[::1]:8080/accessplan', 'production http://[::1]:8080/accessplan');
  noRoot('', /name of your platform/);
  noRoot('http://acme.accessplanit.com/accessplan', /https/);
  noRoot('http://127.0.0.1.example.com/accessplan', /https/);
  noRoot('ftp://acme.accessplanit.com/accessplan', /https/);
  noRoot('file:///etc/passwd', /https/);
  noRoot('https://user:secret@acme.accessplanit.com/accessplan', /user name and password out/);
  noRoot('john@acme.accessplanit.com', /user name and password out/);
  noRoot('https://user:secret@[broken/accessplan', /neither/);
  noRoot('https://acme/accessplan', /complete host/);
  noRoot(`${ACME}/a/b`, /more parts/);
  for (const [input, name] of [
    ['my company', 'mycompany'],
    ['My Company', 'mycompany'],
    ['my_company', 'mycompany'],
    ['Smith & Sons', 'smithsons'],
    ['École Ltd.', 'ecoleltd'],
  ] as const)
    noRoot(
      input,
      new RegExp(
        `write for example acme or https://acme\\.accessplanit\\.com/accessplan\\. Do you mean ${name}\\?$`,
      ),
    );
  for (const input of ['our key: s3cret', 'me@home of mine', 'a/b c'])
    it(`proposes no name for ${JSON.stringify(input)}`, () => {
      const parsed = parseRoot(input);
      assert.ok(!parsed.ok && !parsed.message.includes('Do you mean'), JSON.stringify(parsed));
    });

  it('does not repeat a pasted password', () => {
    const parsed = parseRoot('https://user:secret@[broken/accessplan');
    assert.ok(!parsed.ok && !parsed.message.includes('secret'));
  });

  for (const [address, trusted, name] of [
    [`${ACME}/accessplan`, true, 'acme'],
    [`${ACME}:8443/accessplan`, true, 'acme.accessplanit.com:8443'],
    ['http://127.0.0.1:8080/accessplan', true, '127.0.0.1:8080'],
    ['https://www.lancastertraining.co.uk/accessplan', false, 'www.lancastertraining.co.uk'],
    ['https://acme.accessplanit.com.example.org/accessplan', false, 'acme.accessplanit.com.example.org'],
    ['https://evilaccessplanit.com/accessplan', false, 'evilaccessplanit.com'],
    ['https://acme.accessplanit.co/accessplan', false, 'acme.accessplanit.co'],
  ] as const)
    it(`${address}: ${trusted ? 'a key may go there' : 'asks before a key goes there'}`, () => {
      assert.equal(isTrustedHost(address), trusted);
      assert.equal(platformOf(address), name);
    });

  for (const [input, named] of [
    ['acme', false],
    [ACME, false],
    [`${ACME}/`, false],
    [`${ACME}/accessplansandbox`, true],
    ['acme.accessplanit.com/accessplan/', true],
    [`${ACME}/api/v2/course`, false],
    ['http://127.0.0.1:8080/accessplan', true],
    ['my company', false],
  ] as const)
    it(`${input} ${named ? 'names its site' : 'leaves the site open'}`, () =>
      assert.equal(namesSite(input), named));

  it('never throws, and accepts what it returns', () => {
    const part = fc.constantFrom(
      'http',
      's',
      '://',
      'acme',
      '.',
      '/',
      'accessplan',
      '127.0.0.1',
      ':',
      '@',
      '%',
      '?',
      '[::1]',
      '\\',
      ' ',
      '..',
    );
    const text = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.array(part).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (input) => {
        const parsed = parseRoot(input);
        if (!parsed.ok) return;
        assert.deepEqual(parseRoot(parsed.root), parsed);
        assert.ok(/^https:|^http:\/\/(127\.|localhost|\[::1\])/.test(parsed.root), parsed.root);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('stored connections', () => {
  const good = { id: '1', name: 'Acme', root: `${ACME}/accessplan`, site: 'production', auth: 'apiKey' };
  const kept = (title: string, stored: unknown, expected: number, skipped: number) =>
    it(title, () => {
      const parsed = parseConnections(stored);
      assert.deepEqual([parsed.connections.length, parsed.skipped], [expected, skipped]);
    });
  kept('are none when nothing is stored', undefined, 0, 0);
  kept('are none when a list is not stored', { a: 1 }, 0, 1);
  kept('are read when they are valid', [good, { ...good, username: 'john' }], 2, 0);
  kept('are kept when another one is invalid', [good, 5, null, { ...good, id: '' }], 1, 3);
  kept(
    'are skipped with http beyond this machine',
    [{ ...good, root: 'http://acme.accessplanit.com/accessplan' }],
    0,
    1,
  );
  kept(
    'are skipped with a user name in the address',
    [{ ...good, root: 'https://a:b@acme.accessplanit.com/accessplan' }],
    0,
    1,
  );
  kept('are skipped without a web address', [{ ...good, root: 'javascript:alert(1)' }], 0, 1);

  it('drop a secret that is stored with them', () => {
    const [connection] = parseConnections([{ ...good, apiKey: 'secret', password: 'secret' }]).connections;
    assert.ok(connection !== undefined && !JSON.stringify(connection).includes('secret'));
  });

  it('have the level of changes of an earlier version, and the strictest for one of a later version', () => {
    for (const [stored, level] of [
      [{}, undefined],
      [{ readOnly: false }, undefined],
      [{ readOnly: true }, 'readOnly'],
      [{ readOnly: true, changes: 'askOnce' }, 'readOnly'],
      [{ changes: 'askEachTime' }, 'askEachTime'],
      [{ changes: 'twoPeople' }, 'readOnly'],
    ] as const) {
      const [connection] = parseConnections([{ ...good, ...stored }]).connections;
      assert.ok(connection && !('readOnly' in connection));
      assert.equal(connection.changes, level);
    }
  });

  it('keep a level that was chosen, and follow their address otherwise', () => {
    const at = (site: string): Connection => ({
      ...{ id: '1', name: 'Acme', site: 'other', auth: 'apiKey' },
      root: `${ACME}/${site}`,
    });
    const [production, sandbox] = [at('accessplan'), at('accessplansandbox')];
    assert.equal(levelOf(withLevel(production, 'askOnce')), 'askOnce');
    assert.deepEqual(withLevel({ ...production, changes: 'readOnly' }, 'askEachTime'), production);
    assert.deepEqual(withLevel({ ...sandbox, changes: 'readOnly' }, 'askOnce'), sandbox);
    // Duplicated for another site, or moved there.
    for (const [connection, level, carried] of [
      [sandbox, undefined, 'askOnce'],
      [sandbox, 'askEachTime', 'askEachTime'],
      [sandbox, 'readOnly', 'readOnly'],
      [production, 'askOnce', 'askEachTime'],
      [production, 'readOnly', 'readOnly'],
    ] as const)
      assert.equal(levelOf(withCarriedLevel(connection, level)), carried);
  });

  it('survive JSON', () => {
    const { connections } = parseConnections([good, { ...good, id: '2', username: 'john' }]);
    assert.deepEqual(parseConnections(JSON.parse(JSON.stringify(connections))).connections, connections);
  });

  const production = (address: string, site: 'production' | 'sandbox' | 'other', expected: boolean) =>
    it(`${address} called ${site} is ${expected ? '' : 'not '}production`, () =>
      assert.equal(isProduction({ root: address, site }), expected));
  production(`${ACME}/accessplan`, 'production', true);
  production(`${ACME}/accessplan`, 'sandbox', true);
  production(`${ACME}/accessplansandbox`, 'sandbox', false);
  production('http://127.0.0.1:1/accessplan', 'other', false);
  production('https://training.example.org/portal', 'other', false);
  production('https://training.example.org/portal', 'production', true);
});

describe('credential vault', () => {
  const key: Credentials = { kind: 'apiKey', apiKey: 'k' };
  const user: Credentials = { kind: 'password', username: 'u', password: 'p' };
  const one = connectionTo(`${ACME}/accessplan`);

  for (const credentials of [key, user]) {
    it(`keeps and forgets ${credentials.kind}`, async () => {
      const store = new MemorySecretStore();
      const vault = new CredentialVault(store);
      assert.equal(await vault.read(one), undefined);
      await vault.write(one, credentials);
      assert.ok((await store.get('apq.connection.test')) !== undefined);
      assert.deepEqual(await vault.read(one), credentials);
      await vault.forget(one);
      assert.equal(await vault.read(one), undefined);
    });
  }

  for (const moved of [`${ACME}/accessplansandbox`, 'https://evil.example.com/accessplan']) {
    it(`does not return a key for ${one.root} for ${moved}`, async () => {
      const vault = new CredentialVault(new MemorySecretStore());
      await vault.write(one, key);
      assert.equal((await failure(vault.read({ ...one, root: moved }))).kind, 'rebound');
    });
  }

  for (const text of [
    '',
    'no json',
    '{}',
    '[]',
    '{"root":5}',
    '{"root":"x","credentials":{"kind":"apiKey"}}',
  ]) {
    it(`ignores foreign content: ${JSON.stringify(text)}`, async () => {
      const store = new MemorySecretStore();
      await store.set('apq.connection.test', text);
      assert.equal(await new CredentialVault(store).read(one), undefined);
    });
  }
});
