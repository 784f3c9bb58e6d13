/** The documentation keeps up with the code. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES } from '#language';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe('documentation', () => {
  it('has a section for every diagnostic, with its severity', () => {
    const sections = new Map(
      [...read('docs/diagnostics.md').matchAll(/^### ([a-z-]+)\n+(\w+)/gm)].map(([, code, severity]) => [
        code,
        severity?.toLowerCase(),
      ]),
    );
    assert.deepEqual(Object.fromEntries(sections), { ...CODES });
  });

  it('names every setting and every parameter of the command line in the README', () => {
    const readme = read('README.md');
    const manifest = JSON.parse(read('package.json')) as {
      contributes: { configuration: { properties: Record<string, unknown> } };
    };
    for (const setting of Object.keys(manifest.contributes.configuration.properties))
      assert.ok(readme.includes(`\`${setting}\``), setting);
    for (const [, option] of read('client/src/cli/main.ts').matchAll(/'--([a-z-]+)/g))
      assert.ok(readme.includes(`--${option ?? ''}`), option);
  });
});
