/**
 * Seeds the random inputs of all tests by the sources: whoever runs the tests of the same sources tries the same inputs,
 * and every change of them tries new ones. So a failure can be repeated, and what passed before a push passes on CI.
 * `npm run fuzz` tries others each time.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ROOT } from '#scripts/lib/paths';

const hash = createHash('sha256');
for (const folder of ['server/src', 'client/src', 'platform/src'])
  for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort())
    if (name.endsWith('.ts')) hash.update(readFileSync(join(ROOT, folder, name)));

if (process.env['FUZZ_MINUTES'] === undefined)
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: hash.digest().readInt32BE() });
