/** The SQL engine beside the language server: asked while typing pauses. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LspClient, ROOT } from '../support/lsp';

const URI = 'file:///a.apq';
const TEXT = '# @name t\nGET CourseDate\n$select = ID\n\n###\nSQL\nselect ID from t order order\n';
const place = (character: number) => ({ line: 6, character });

describe('language server with SQL requests', () => {
  it('reports the engine’s errors at their places, and takes them back', async () => {
    const client = await LspClient.start();
    await client.open(URI, TEXT);
    const found = await client.diagnostics(URI, (all) => all.some(({ code }) => code === 'sql-error'));
    const error = found.find(({ code }) => code === 'sql-error');
    assert.deepEqual(error?.range, { start: place(23), end: place(28) });
    await client.change(URI, { start: place(23), end: place(28) }, 'by ID');
    await client.diagnostics(URI, (all) => all.every(({ code }) => code !== 'sql-error'));
    // What was asked before is known at once, though another request brings it back.
    await client.change(URI, { start: place(23), end: place(28) }, 'order');
    await client.diagnostics(URI, (all) => all.some(({ code }) => code === 'sql-error'));
    await client.stop();
  });

  it('lets a client that asks for diagnostics ask again', async () => {
    const client = await LspClient.start({}, undefined, undefined, {
      textDocument: { diagnostic: {} },
      workspace: { diagnostics: { refreshSupport: true } },
    });
    const refreshed = new Promise<void>((resolve) => {
      client.connection.onRequest('workspace/diagnostic/refresh', () => {
        resolve();
        return null;
      });
    });
    await client.open(URI, TEXT);
    await refreshed;
    const report: { items: { code: string }[] } = await client.connection.sendRequest(
      'textDocument/diagnostic',
      {
        textDocument: { uri: URI },
      },
    );
    assert.ok(report.items.some(({ code }) => code === 'sql-error'));
    await client.stop();
  });

  it('says once that the engine is missing, and checks all else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'apq-server-'));
    for (const name of ['server.js', 'shared.js']) copyFileSync(join(ROOT, 'dist', name), join(folder, name));
    const client = await LspClient.start({}, undefined, [join(folder, 'server.js')]);
    const told = new Promise<string>((resolve) => {
      client.connection.onNotification('window/showMessage', ({ message }: { message: string }) =>
        resolve(message),
      );
    });
    await client.open(URI, TEXT.replace('order order', 'order by {{nobody}}'));
    assert.match(await told, /^SQL is checked without its engine\. The SQL engine is missing/);
    await client.diagnostics(URI, (all) => all.some(({ code }) => code === 'undefined-variable'));
    await client.stop();
    rmSync(folder, { recursive: true });
  });
});
