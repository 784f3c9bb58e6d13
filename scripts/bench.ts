// `npm run bench`: builds, then measures the language server beside an echo server, fetching beside what latency allows, and
// the grid of the results.
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';

await ensureDependencies();
const bench = (name, ...flags) => [...flags, '--import', 'tsx', path.join('test', 'bench', name)];
for (const args of [
  ['scripts/build.mjs'],
  bench('bench.ts'),
  bench('fetch-all.ts', '--expose-gc'),
  bench('grid.ts'),
]) {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
