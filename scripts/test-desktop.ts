// `npm run test:desktop`: the tests inside VS Code, in a desktop VS Code that this downloads. For developers
// with internet; `npm test` runs the same tests without it. `--version X` tests another version.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from './build';
import { buildInside } from './lib/inside';
import { CACHE, ROOT } from './lib/paths';
import { temporaryFolder } from './lib/processes';

export async function main(): Promise<void> {
  const { values } = parseArgs({ options: { version: { type: 'string', default: 'stable' } } });
  await build();
  const folder = temporaryFolder('desktop');
  const workspace = path.join(folder, 'workspace');
  cpSync(path.join(ROOT, 'samples'), workspace, { recursive: true });
  process.exitCode = await runTests({
    version: values.version,
    cachePath: path.join(CACHE, 'vscode-test'),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: await buildInside(),
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--user-data-dir',
      path.join(folder, 'data'),
    ],
  });
}
