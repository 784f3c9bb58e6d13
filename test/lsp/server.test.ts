/** The server's program over stdio, as any editor runs it. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeLens } from 'vscode-languageserver/node';
import { metadata } from '../language/support/metadata';
import { LspClient } from '../support/lsp';

const URI = 'file:///a.apq';

describe('language server over stdio', () => {
  let folder: string;
  let file: string;
  let client: LspClient;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'apq-'));
    file = join(folder, 'metadata.json');
    writeFileSync(file, JSON.stringify({ ...metadata, fetchedAt: new Date().toISOString() }));
    client = await LspClient.start({ metadataFile: file });
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  it('completes, checks, explains and fixes from a metadata file', async () => {
    await client.open(URI, "GET coursedate\n$filter = Stauts eq 'Full' and St\n");
    const [diagnostic] = await client.diagnostics(URI, (all) =>
      all.some(({ code }) => code === 'unknown-field'),
    );
    assert.ok(diagnostic);
    assert.deepEqual(
      [diagnostic.code, diagnostic.severity, diagnostic.source, diagnostic.range],
      ['unknown-field', 1, 'apq', { start: { line: 1, character: 10 }, end: { line: 1, character: 16 } }],
    );
    assert.match(diagnostic.codeDescription?.href ?? '', /#unknown-field$/);
    const items = await client.completion(URI, { line: 1, character: 33 });
    assert.ok(items.some(({ label }) => label === 'StartDate'));
    assert.ok(
      items.every(({ command }) => command === undefined),
      'an editor without our commands gets none',
    );
    const [fix] = await client.codeActions(URI, diagnostic);
    assert.equal(fix?.title, 'Replace with “Status”');
    assert.deepEqual(fix?.edit?.changes?.[URI], [{ range: diagnostic.range, newText: 'Status' }]);
    assert.match(
      await client.hover(URI, { line: 0, character: 6 }),
      /\*\*CourseDate\*\* · module · 13 fields\n\nA course on certain dates: /,
    );
  });

  it('completes in lines that end in CRLF, after characters of two units, and adds a comma before', async () => {
    await client.open(URI, "# 🎓\r\nGET coursedate\r\n$select = ID \r\n$filter = Label eq '🎓' an\r\n");
    const label = (await client.completion(URI, { line: 2, character: 13 })).find(
      (each) => each.label === 'Label',
    );
    assert.deepEqual(label?.additionalTextEdits, [
      { range: { start: { line: 2, character: 12 }, end: { line: 2, character: 12 } }, newText: ',' },
    ]);
    const [and] = await client.completion(URI, { line: 3, character: 26 });
    assert.deepEqual(and?.textEdit, {
      range: { start: { line: 3, character: 24 }, end: { line: 3, character: 26 } },
      newText: 'and ',
    });
  });

  it('follows incremental changes', async () => {
    await client.open(URI, '### a\nGET coursedate\n$top = 5\n### b\nGET user\n$top = x\n');
    assert.equal((await client.diagnostics(URI, (all) => all.length === 1))[0]?.range.start.line, 5);
    await client.change(
      URI,
      { start: { line: 2, character: 8 }, end: { line: 2, character: 8 } },
      '\n$skip = 1',
    );
    assert.equal((await client.diagnostics(URI, (all) => all[0]?.range.start.line === 6)).length, 1);
    await client.change(URI, { start: { line: 6, character: 7 }, end: { line: 6, character: 8 } }, '7');
    assert.deepEqual(await client.diagnostics(URI, (all) => all.length === 0), []);
  });

  it('loads the metadata again when the file is replaced', async () => {
    await client.open(URI, 'GET newmodule\n');
    await client.diagnostics(URI, ([first]) => first?.code === 'unknown-module');
    writeFileSync(
      `${file}.tmp`,
      JSON.stringify({
        ...metadata,
        fetchedAt: new Date().toISOString(),
        modules: [{ name: 'NewModule', fields: [] }],
      }),
    );
    renameSync(`${file}.tmp`, file);
    assert.deepEqual(await client.diagnostics(URI, (all) => all.length === 0), []);
  });

  it('loads the metadata again when the target of a link changes', async () => {
    const link = join(folder, 'links', 'metadata.json');
    mkdirSync(join(folder, 'links'));
    symlinkSync(file, link);
    const other = await LspClient.start({ metadataFile: link });
    await other.open(URI, 'GET newmodule\n');
    await other.diagnostics(URI, ([first]) => first?.code === 'unknown-module');
    writeFileSync(file, JSON.stringify({ ...metadata, modules: [{ name: 'NewModule' }] }));
    await other.diagnostics(URI, ([first]) => first?.code !== 'unknown-module');
    await other.stop();
  });

  it('keeps the metadata when the file becomes unreadable, and says so', async () => {
    await client.open(URI, 'GET coursedate\n$top = x\n');
    await client.diagnostics(URI, ([first]) => first?.code === 'type-mismatch');
    writeFileSync(`${file}.tmp`, '{ "version": 2 }');
    renameSync(`${file}.tmp`, file);
    while (client.messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(client.messages[0] ?? '', /newer version/);
    assert.match(await client.hover(URI, { line: 0, character: 6 }), /CourseDate/);
  });
});

describe('language server without metadata', () => {
  it('checks the syntax and says why it checks nothing else', async () => {
    const client = await LspClient.start();
    await client.open(URI, 'GET coursedate\n$filter = a = b\n');
    const codes = (await client.diagnostics(URI)).map(({ code }) => code);
    assert.deepEqual(codes, ['no-metadata', 'unknown-operator', 'missing-quotes']);
    await client.stop();
  });

  it('has lenses and the fix “Refresh metadata” in an editor without our commands, and explains what to run', async () => {
    const client = await LspClient.start();
    await client.open(URI, 'GET coursedate\n');
    const [unknown] = await client.diagnostics(URI, ([first]) => first?.code === 'no-metadata');
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: URI },
    });
    assert.equal(lenses.map(({ command }) => command?.title).join(' '), 'Run Count Fetch all Preview Copy');
    assert.ok(unknown);
    const [refresh] = await client.codeActions(URI, unknown);
    assert.equal(refresh?.title, 'Refresh metadata');
    for (const command of [lenses[2]?.command, refresh.command])
      await client.connection.sendRequest('workspace/executeCommand', command);
    assert.match(client.messages[0] ?? '', /apq run "\/a\.apq" --request 0 --pages all$/);
    assert.match(client.messages[1] ?? '', /apq metadata --output FILE/);
    await client.stop();
  });
});
