/** Whose knowledge of a platform is offered: two connections to one site are two users. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PlatformData, PlatformDataChange } from '#language';
import { KnownPlatforms } from '#lsp/known-platforms';

const ROOT = 'https://acme.example/accessplan';
const OTHER = 'https://acme.example/accessplansandbox';
const DATA: PlatformData = {
  fields: [],
  records: [{ module: 'User', names: [['7', 'Carol Byrne']] }],
  naming: {},
  learns: true,
};
const CHANGE: PlatformDataChange = {
  fields: [],
  gone: [],
  records: [{ module: 'user', names: [['8', 'Rosa Vega']], gone: ['7'] }],
};

describe('what is known of a platform', () => {
  const known = (active = 'Admin') => {
    const platforms = new KnownPlatforms();
    platforms.setConnections(
      ['Admin', 'Clerk'].map((name) => ({ name, root: ROOT, production: true })),
      active,
    );
    const text = JSON.stringify({
      version: 1,
      root: ROOT,
      fetchedAt: '2026-11-26T09:00:00Z',
      modules: [{ name: 'User' }],
    });
    assert.equal(platforms.setMetadata(ROOT, text), undefined);
    return platforms;
  };
  /** The names of a user as known without `# @connection`, and on each connection. */
  const namesOf = (known: KnownPlatforms, id: string) =>
    [undefined, 'admin', 'Clerk'].map((name) => {
      const catalog = known.platforms().catalogFor(name);
      assert.equal(catalog?.module('user')?.name, 'User');
      return catalog.known.nameOf('User', id);
    });

  it('is offered on the connection whose user knows it, and on no other to the same site', () => {
    const platforms = known();
    platforms.setKnownData('Admin', ROOT, DATA);
    assert.deepEqual(namesOf(platforms, '7'), ['Carol Byrne', 'Carol Byrne', undefined]);
    platforms.setKnownData('Clerk', ROOT, {
      ...DATA,
      records: [{ module: 'User', names: [['7', 'C. B.']] }],
    });
    assert.deepEqual(namesOf(platforms, '7'), ['Carol Byrne', 'Carol Byrne', 'C. B.']);
  });

  it('is that of the connection in use where a request names none', () => {
    const platforms = known('Clerk');
    platforms.setKnownData('Admin', ROOT, DATA);
    assert.deepEqual(namesOf(platforms, '7'), [undefined, 'Carol Byrne', undefined]);
  });

  it('changes on one connection only, and only where something was known', () => {
    const platforms = known();
    assert.equal(platforms.changeKnownData('Admin', ROOT, CHANGE), false);
    platforms.setKnownData('Admin', ROOT, DATA);
    assert.equal(platforms.changeKnownData('Clerk', ROOT, CHANGE), false);
    assert.equal(platforms.changeKnownData('Admin', OTHER, CHANGE), false);
    assert.deepEqual(namesOf(platforms, '8'), [undefined, undefined, undefined]);
    assert.equal(platforms.changeKnownData('Admin', ROOT, CHANGE), true);
    assert.deepEqual(namesOf(platforms, '8'), ['Rosa Vega', 'Rosa Vega', undefined]);
    assert.deepEqual(namesOf(platforms, '7'), [undefined, undefined, undefined]);
  });

  it('is forgotten with the connection, and where its name leads to another site', () => {
    for (const [name, root] of [
      ['Renamed', ROOT],
      ['Admin', OTHER],
    ] as const) {
      const platforms = known();
      platforms.setKnownData('Admin', ROOT, DATA);
      platforms.setConnections([{ name, root, production: true }], name);
      platforms.setConnections([{ name: 'Admin', root: ROOT, production: true }], 'Admin');
      const catalog = platforms.platforms().catalogFor('Admin');
      assert.equal(catalog?.known.nameOf('User', '7'), undefined);
    }
  });

  it('leaves the catalogs of other connections as they are', () => {
    const platforms = known();
    const before = platforms.platforms().catalogFor('Clerk');
    platforms.setKnownData('Admin', ROOT, DATA);
    assert.equal(platforms.platforms().catalogFor('Clerk'), before);
  });
});
