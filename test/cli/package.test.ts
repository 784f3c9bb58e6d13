/** What `npm pack` makes runs where nothing else of the project is; so does the one file `apq.js`. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '#package.json';
import { npmCommand } from '#scripts/lib/npm.mjs';
import { LspClient, ROOT } from '../support/lsp';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

describe('package of the command line', () => {
  let folder: string;
  let packed: string;
  let platform: RunningPlatform;
  /** Without the variables of the npm that may run this test, and with a cache and a home of its own. */
  const env = (more: Readonly<Record<string, string>> = {}) => ({
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|APQ_)/i.test(name))),
    HOME: folder,
    USERPROFILE: folder,
    npm_config_cache: join(folder, 'cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    ...more,
  });
  const npm = (args: readonly string[], cwd: string) => {
    const { command, args: words, shell } = npmCommand(args);
    return spawnSync(command, words, { cwd, shell, encoding: 'utf8', env: env() });
  };
  const inEmptyFolder = (name: string): string => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'a.apq'), '### People\nGET user\n$select = ID\n$top = 2\n');
    return join(folder, name);
  };

  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-package-'));
    // Built already, by the command that runs the tests.
    const { stdout, stderr } = npm(
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
      ROOT,
    );
    const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    assert.ok(filename, stderr);
    packed = join(folder, filename);
    assert.deepEqual(
      files
        .map(({ path }) => path)
        .filter((path) => !path.startsWith('docs/'))
        .sort(),
      [
        'LICENSE',
        'README.md',
        'dist/apq.js',
        'dist/server.js',
        'dist/shared.js',
        'dist/sql-worker.js',
        'dist/sqlite3.wasm.br',
        'dist/webview/re2.js',
        'package.json',
      ],
    );
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs by npx in an empty folder', () => {
    const here = inEmptyFolder('npx');
    const { status, stdout, stderr } = npm(
      ['exec', '--yes', `--package=${packed}`, '--', 'apq', 'check', 'a.apq'],
      here,
    );
    assert.equal(status, 0, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /1 file without errors/);
  });

  it('is installed as one command, and has the language server and the SQL engine', async () => {
    const here = inEmptyFolder('installed');
    const installed = npm(['install', '--no-audit', '--no-fund', packed], here);
    assert.equal(installed.status, 0, installed.stderr);
    const told = npm(['exec', '--', 'apq', '--version'], here);
    assert.deepEqual([told.status, told.stdout], [0, `apq ${version}\n`]);
    const program = join(here, 'node_modules/accessplanit-apq/dist/apq.js');
    writeFileSync(join(here, 'sql.apq'), '### Sum\nSQL\nselect 20 + 22 as answer\n');
    const asked = spawnSync(process.execPath, [program, 'run', 'sql.apq', '--format', 'json'], {
      cwd: here,
      encoding: 'utf8',
      env: env({ APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root }),
    });
    assert.deepEqual(
      [asked.status, asked.stdout && JSON.parse(asked.stdout)],
      [0, [{ answer: 42 }]],
      asked.stderr,
    );
    const editor = await LspClient.start({}, undefined, [program, 'lsp']);
    assert.ok(editor.initialized.capabilities.completionProvider);
    await editor.stop();
  });

  it('runs as one file that was copied', () => {
    const here = inEmptyFolder('copied');
    copyFileSync(join(ROOT, 'dist/apq.js'), join(here, 'apq.js'));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['apq.js', ...args], {
        cwd: here,
        encoding: 'utf8',
        env: env({ APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root }),
      });
    const ran = run('run', 'a.apq', '--format', 'ndjson');
    assert.deepEqual([ran.status, ran.stdout.trim().split('\n').length], [0, 2], ran.stderr);
    const server = run('lsp');
    assert.equal(server.status, 1);
    assert.match(server.stderr, /The language server is not here/);
  });
});
