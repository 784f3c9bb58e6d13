/** Which files of a folder the server looks for requests in: each limit and rule, at its edge. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findQueryFiles } from '#lsp/workspace-files';

describe('the query files of a workspace', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'apq-files-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (path: string, text = 'GET user\n') => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const found = async () =>
    (await findQueryFiles([pathToFileURL(folder).href])).map(({ uri }) => basename(fileURLToPath(uri)));

  it('are those whose name ends in .apq, in folders that are not hidden, built or installed', async () => {
    for (const path of [
      'a.apq',
      'b/c/d.apq',
      'e.txt',
      '.git/f.apq',
      'node_modules/g.apq',
      'b/dist/h.apq',
      'out/i.apq',
    ])
      write(path);
    mkdirSync(join(folder, 'folder.apq'));
    symlinkSync(folder, join(folder, 'ring'));
    assert.deepEqual(await found(), ['a.apq', 'd.apq']);
  });

  it('are of at most 2,000,000 bytes each', async () => {
    write('a.apq', 'x'.repeat(2_000_000));
    write('b.apq', 'x'.repeat(2_000_001));
    assert.deepEqual(await found(), ['a.apq']);
  });

  it('are 500 at most, in one folder or several', async () => {
    for (let i = 0; i < 499; i++) write(`${i}.apq`);
    for (const name of ['a', 'b']) write(`more/${name}.apq`);
    write('more/deeper/c.apq');
    assert.equal((await found()).length, 500);
  });

  it('are looked for in 2,000 folders at most', async () => {
    write('a/b0/deeper/c.apq');
    for (let i = 1; i <= 1997; i++) mkdirSync(join(folder, `a/b${i}`));
    // The workspace, `a` and the 1,998 in it come first.
    assert.deepEqual(await found(), []);
    rmSync(join(folder, 'a/b1'), { recursive: true });
    assert.deepEqual(await found(), ['c.apq']);
  });

  it('are none where a folder is not on this computer, or can’t be read', async () => {
    assert.deepEqual(await findQueryFiles(['untitled:a', 'https://example.com/a', 'file:///none/here']), []);
  });
});
