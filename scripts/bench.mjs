// `npm run bench`: builds, then measures the language server beside an echo server, and the grid of the results.
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';

await ensureDependencies();
for (const args of [
  ['scripts/build.mjs'],
  ['--import', 'tsx', path.join('test', 'bench', 'bench.ts')],
  ['--import', 'tsx', path.join('test', 'bench', 'grid.ts')],
]) {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
