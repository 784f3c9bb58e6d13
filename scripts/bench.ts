// `npm run bench`: builds, then measures the language server against an echo server, also with large files, reading answers and
// learning from them, fetching against what latency allows, the grid of the results, checking a repository beside ESLint and
// Prettier, and SQL and groups over answers beside plain loops.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from './build';
import { ROOT } from './lib/paths';

const bench = (name: string, ...flags: string[]) => [
  ...flags,
  '--import',
  'tsx',
  path.join('test', 'bench', name),
];

export async function main(): Promise<void> {
  await build();
  for (const args of [
    bench('bench.ts'),
    bench('large-files.ts'),
    bench('values.ts'),
    bench('learning.ts'),
    bench('fetch-all.ts', '--expose-gc'),
    bench('grid.ts'),
    bench('checking.ts'),
    bench('sql.ts'),
    bench('groups.ts'),
  ]) {
    const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}
