// `npm run package`: builds everything and writes <name>-<version>.vsix into the project's root.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';
import { mustRun } from './lib/processes.mjs';

/**
 * @param {{ build?: boolean }} [options] `build: false` packages what is in dist/
 * @returns {Promise<string>} the package's path
 */
export async function packageExtension({ build = true } = {}) {
  await ensureDependencies();
  if (build) await mustRun(process.execPath, ['scripts/build.mjs']);
  for (const name of readdirSync(ROOT)) if (name.endsWith('.vsix')) rmSync(path.join(ROOT, name));
  const { name, version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const packagePath = path.join(ROOT, `${name}-${version}.vsix`);
  const { createVSIX } = await import('@vscode/vsce');
  // Everything is bundled, so there are no dependencies to pack. The rest is for a checkout in any state:
  // nothing may ask questions here.
  await createVSIX({
    cwd: ROOT,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension();
