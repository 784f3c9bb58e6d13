/** What the bundles must and must not hold. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const bundle = (name: string) => readFileSync(join(import.meta.dirname, '../../dist', name), 'utf8');

describe('bundles', () => {
  it('the extension asks for http by the names that VS Code brings its proxy settings and certificates to', () => {
    const text = bundle('extension.js');
    assert.doesNotMatch(text, /require\("node:(?:http|https|net|tls)"\)/);
    assert.match(text, /require\("https"\)/);
  });
  it('the server has no network', () => {
    assert.doesNotMatch(bundle('server.js'), /require\("(?:node:)?(?:http|https)"\)/);
  });
});
