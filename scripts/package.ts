// `npm run package`: builds everything and writes <name>-<version>.vsix into the project's root.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { build } from './build';
import { ROOT } from './lib/paths';

/**
 * Packages what is in dist/.
 * @returns the package's path
 */
export async function packageExtension(): Promise<string> {
  for (const name of readdirSync(ROOT)) if (name.endsWith('.vsix')) rmSync(path.join(ROOT, name));
  const manifest = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
  const { name, version } = JSON.parse(manifest) as { name: string; version: string };
  const packagePath = path.join(ROOT, `${name}-${version}.vsix`);
  // Everything is bundled, so there are no dependencies to pack. The other options are for a checkout in any state:
  // the packager must not ask questions.
  await createVSIX({
    cwd: ROOT,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}

export async function main(): Promise<void> {
  await build();
  await packageExtension();
}
