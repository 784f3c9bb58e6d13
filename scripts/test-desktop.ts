// `npm run test:desktop`: the tests inside VS Code, in a desktop VS Code that this downloads. For developers
// with internet; `npm test` runs the same tests without it. `--version X` tests another version.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { CACHE, ROOT } from './lib/paths.mjs';
import { mustRun, temporaryFolder } from './lib/processes.mjs';

const { values } = parseArgs({ options: { version: { type: 'string', default: 'stable' } } });

await ensureDependencies();
await mustRun(process.execPath, ['scripts/build.mjs']);
const { buildInside } = await import('./lib/inside.mjs');
const { runTests } = await import('@vscode/test-electron');

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
