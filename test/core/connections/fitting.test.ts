/** The connection that an address means. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Connection } from '#core/connections/connection';
import { fittingConnection } from '#core/connections/fitting';
import { CONNECTION } from '../support/runs';

const at = (name: string, root: string): Connection => ({ ...CONNECTION, id: name, name, root });
const ALL = [
  CONNECTION,
  at('Sandbox', 'https://acme.accessplanit.com/accessplansandbox'),
  at('Other', 'https://other.accessplanit.com/accessplansandbox'),
];

describe('the connection that an address means', () => {
  for (const [host, site, expected] of [
    ['acme.accessplanit.com', 'accessplansandbox', 'Sandbox'],
    ['acme.accessplanit.com', 'accessplan', 'Acme'],
    ['other.accessplanit.com', undefined, 'Other'],
    // A site alone is that of the connection’s own host.
    [undefined, 'accessplansandbox', 'Sandbox'],
    // Either of two is as good as none.
    ['acme.accessplanit.com', undefined, undefined],
    ['third.accessplanit.com', 'accessplan', undefined],
  ] as const)
    it(`${host ?? ''}/${site ?? ''} → ${expected ?? 'none'}`, () =>
      assert.equal(fittingConnection({ host, site }, ALL, CONNECTION)?.name, expected));
});
