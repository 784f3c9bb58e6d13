/** Where and how `apq` is started: a folder that is gone, a language server without an editor. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { apq } from '../support/apq-process';
import { ROOT } from '../support/lsp';
import { skipUnless } from '../support/skip';

describe('command line: how it is started', () => {
  for (const command of ['check a.apq', 'check .', 'run a.apq', 'metadata -o a.json', 'lsp'])
    it(`says that the working folder is gone: apq ${command}`, async function () {
      skipUnless(this, process.platform !== 'win32', 'Windows removes no folder that is in use');
      const folder = mkdtempSync(join(tmpdir(), 'apq-gone-'));
      const script = 'cd "$1" && rmdir "$1" && shift && exec "$@"';
      const words = [process.execPath, join(ROOT, 'dist/apq.js'), ...command.split(' ')];
      const child = spawn('sh', ['-c', script, 'sh', folder, ...words], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let err = '';
      child.stderr.on('data', (data: Buffer) => (err += data.toString()));
      const code = await new Promise((resolve) => child.on('close', resolve));
      assert.deepEqual(
        [code, err],
        [
          2,
          'The folder that apq was started in no longer exists. Change to another one (cd), then run it again.\n',
        ],
      );
    });

  for (const input of ['', '\n', 'junk', 'GET user\n', 'junk\r\n\r\n', '{"jsonrpc":"2.0"}'])
    it(`apq lsp says what it waits for where it gets ${JSON.stringify(input)}`, async () => {
      const { code, out, err } = await apq(['lsp'], { input });
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /^No editor spoke: apq lsp waits on standard input for [^\n]*\n$/m);
      assert.doesNotMatch(err, /^ {4}at /m);
    });
});
