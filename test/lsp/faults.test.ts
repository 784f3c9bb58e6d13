/** A handler that throws costs one response, over stdio: the server logs the fault, sends the fallback and goes on. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { METADATA_WANTED, SET_CONNECTIONS } from '#protocol';
import { LspClient, PATIENCE_MS } from '../support/lsp';

const FAULTY = 'file:///faulty.apq';
const SOUND = 'file:///sound.apq';
const PROGRAM = ['--import=tsx', join(import.meta.dirname, 'support/faulty-server.ts')];

const position = { line: 1, character: 1 };
const range = { start: position, end: position };

/** What each request about a document returns when its handler throws. */
const FALLBACKS: Readonly<Record<string, { params?: object; fallback: unknown }>> = {
  completion: { params: { position }, fallback: null },
  signatureHelp: { params: { position }, fallback: null },
  hover: { params: { position }, fallback: null },
  codeAction: { params: { range, context: { diagnostics: [] } }, fallback: [] },
  codeLens: { fallback: [] },
  formatting: { params: { options: {} }, fallback: [] },
  rangeFormatting: { params: { range, options: {} }, fallback: [] },
  documentSymbol: { fallback: [] },
  foldingRange: { fallback: [] },
  selectionRange: { params: { positions: [position] }, fallback: [] },
  definition: { params: { position }, fallback: [] },
  references: { params: { position, context: { includeDeclaration: true } }, fallback: [] },
  documentHighlight: { params: { position }, fallback: [] },
  prepareRename: { params: { position }, fallback: null },
  rename: { params: { position, newName: 'x' }, fallback: null },
  documentLink: { fallback: [] },
  inlayHint: { params: { range }, fallback: [] },
  'semanticTokens/full': { fallback: { data: [] } },
};

describe('a handler that throws', () => {
  let client: LspClient;
  before(async () => {
    client = await LspClient.start({ commands: true }, undefined, PROGRAM);
    await client.open(FAULTY, '### fault\nGET coursedate\n');
  });
  after(async () => client.stop());

  const logged = async (pattern: RegExp) => {
    const end = Date.now() + PATIENCE_MS;
    while (!client.log.some((each) => pattern.test(each)) && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.match(client.log.join('\n'), pattern);
  };

  for (const [name, { params, fallback }] of Object.entries(FALLBACKS))
    it(`textDocument/${name} returns its fallback, and logs the fault`, async () => {
      const method = `textDocument/${name}`;
      assert.deepEqual(
        await client.connection.sendRequest(method, { textDocument: { uri: FAULTY }, ...params }),
        fallback,
      );
      await logged(new RegExp(`^${method}: Error: a fault in `, 'm'));
    });

  it('is tested for every request about a document that the server announces', () => {
    const announced = Object.keys(client.initialized.capabilities)
      .filter((each) => each.endsWith('Provider') && each !== 'workspaceSymbolProvider')
      .map((each) =>
        each
          .replace(/^document(?=Formatting|Range)/, '')
          .replace(/Provider$/, '')
          .toLowerCase(),
      );
    const tested = Object.keys(FALLBACKS).map((each) => each.toLowerCase().replace('/full', ''));
    assert.deepEqual(
      announced.filter((each) => !tested.includes(each)),
      [],
    );
  });

  it('costs workspace symbols one response', async () => {
    assert.deepEqual(await client.connection.sendRequest('workspace/symbol', { query: '' }), []);
    await logged(/^workspace\/symbol: Error: a fault in outline/m);
  });

  it('costs a notification nothing but itself', async () => {
    await logged(/^diagnostics: Error: a fault in diagnoseBlocks/m);
    await client.connection.sendNotification(SET_CONNECTIONS, { connections: null, active: null });
    await logged(/^apq\/setConnections: TypeError/m);
    await client.connection.sendNotification('textDocument/didChange', { textDocument: { uri: FAULTY } });
    await logged(/^textDocument\/didChange: TypeError/m);
    await client.connection.sendNotification('textDocument/didClose', {});
    await logged(/^textDocument\/didClose: TypeError/m);
  });

  it('does not affect the diagnostics and responses of other documents', async () => {
    await client.open(SOUND, '# @connection Demo\nGET coursedate\n$top = x\n');
    await client.diagnostics(SOUND, (all) => all.some(({ code }) => code === 'type-mismatch'));
    assert.match(await client.hover(SOUND, { line: 2, character: 2 }), /\$top/);
    const wanted: unknown[] = [];
    client.connection.onNotification(METADATA_WANTED, (params) => void wanted.push(params));
    await client.connection.sendNotification(SET_CONNECTIONS, {
      connections: [{ name: 'Demo', root: 'https://demo.accessplanit.com/accessplan', production: false }],
      active: 'Demo',
    });
    await logged(/^wanted metadata: Error: a fault in wantedMetadata/m);
    const end = Date.now() + PATIENCE_MS;
    while (wanted.length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(wanted.length, 1, 'the sound document asks for what it lacks');
  });

  it('costs no text: one that can’t be read is said once, and heals with the next good edit', async () => {
    const uri = 'file:///unread.apq';
    await client.open(uri, 'GET coursedate\n$top = unreadable\n');
    const [start, end] = [
      { line: 1, character: 7 },
      { line: 1, character: 17 },
    ];
    await client.change(uri, { start, end: start }, 'still ');
    assert.equal(await client.hover(uri, { line: 1, character: 2 }), '');
    const said = client.messages.filter((each) => each.includes('keeps it from checking this file'));
    assert.equal(said.length, 1, client.messages.join());
    await client.change(uri, { start, end: { ...end, character: 23 } }, 'x');
    await client.diagnostics(uri, (all) => all.some(({ code }) => code === 'type-mismatch'));
  });

  it('costs a command one response', async () => {
    const other = await LspClient.start({}, undefined, PROGRAM);
    assert.equal(await other.connection.sendRequest('workspace/executeCommand', { arguments: 'x' }), null);
    await other.stop();
  });

  it('costs nothing else when it handles the metadata file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'apq-'));
    const metadataFile = join(folder, 'metadata.json');
    writeFileSync(metadataFile, '{ "version": 1 }');
    const other = await LspClient.start({ metadataFile }, undefined, PROGRAM);
    await other.open(FAULTY, '### fault\nGET coursedate\n');
    assert.equal(await other.hover(FAULTY, position), '');
    await other.open(SOUND, 'GET coursedate\n$top = x\n');
    await other.diagnostics(SOUND, (all) => all.some(({ code }) => code === 'type-mismatch'));
    await other.stop();
    rmSync(folder, { recursive: true });
  });
});
