/** The builder's requests to the server: the state of a request, and the edits of a change. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeLens, Position } from 'vscode-languageserver/node';
import type { BuilderChange } from '#language';
import {
  BUILDER_EDIT,
  BUILDER_STATE,
  type BuilderEditResult,
  type BuilderStateResult,
  CLIENT_COMMANDS,
} from '#protocol';
import { metadata } from '../language/support/metadata';
import { LspClient } from '../support/lsp';

const URI = 'file:///builder.apq';
const TEXT =
  "### 😀\n# why\nGET coursedate\n$filter = Label eq '😀' and Status eq 'Full'\n\n### Other\nPUT user/1\n";
const START: Position = { line: 0, character: 0 };

describe('builder over stdio', () => {
  let client: LspClient;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'apq-'));
    const file = join(folder, 'metadata.json');
    writeFileSync(file, JSON.stringify({ ...metadata, fetchedAt: new Date().toISOString() }));
    client = await LspClient.start({ metadataFile: file, commands: true });
    await client.open(URI, TEXT);
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  const state = async (position: Position, uri = URI) =>
    client.connection.sendRequest<BuilderStateResult | null>(BUILDER_STATE, {
      textDocument: { uri },
      position,
    });
  const edit = async (change: BuilderChange, version: number, uri = URI) =>
    client.connection.sendRequest<BuilderEditResult>(BUILDER_EDIT, {
      textDocument: { uri },
      position: START,
      version,
      change,
    });

  it('returns the state, the version that was read, and where the request begins', async () => {
    const found = await state({ line: 3, character: 4 });
    assert.ok(found);
    assert.deepEqual(found.position, START);
    assert.equal(found.version, 1);
    assert.deepEqual(
      [found.state.title, found.state.module, found.state.fields.length, found.state.conditions.length],
      ['😀', 'coursedate', 13, 2],
    );
  });

  it('returns where another request begins, and why it can’t be built', async () => {
    const found = await state({ line: 6, character: 4 });
    assert.deepEqual(found?.position, { line: 5, character: 0 });
    assert.match(found.state.refused ?? '', /^This request changes records\./);
  });

  it('returns edits in UTF-16 units', async () => {
    const condition = { field: 'Status', operator: 'eq', value: 'Available' };
    assert.deepEqual(await edit({ kind: 'set-condition', index: 1, condition }, 1), {
      ok: true,
      version: 1,
      edits: [
        {
          range: { start: { line: 3, character: 38 }, end: { line: 3, character: 44 } },
          newText: "'Available'",
        },
      ],
    });
  });

  it('refuses a change of another version of the file', async () => {
    assert.deepEqual(await edit({ kind: 'top', top: '5' }, 7), {
      ok: false,
      message: 'The file was changed in the meantime. Look at it again, and repeat the change.',
    });
  });

  it('has nothing to say of a file that is not open', async () => {
    const other = 'file:///other.apq';
    assert.equal(await state(START, other), null);
    assert.deepEqual(await edit({ kind: 'top', top: '5' }, 1, other), {
      ok: false,
      message: 'The file can’t be read, so nothing was changed. Undo its last change, and try again.',
    });
  });

  it('has a lens on requests that read, and on an empty file', async () => {
    const lenses = async (uri: string) => {
      const all = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
        textDocument: { uri },
      });
      return all.flatMap(({ command }) =>
        command?.command === CLIENT_COMMANDS.openBuilder ? [[command.title, command.arguments]] : [],
      );
    };
    assert.deepEqual(await lenses(URI), [['Open in Builder', [URI, { line: 2, character: 0 }]]]);
    const [empty, variables] = ['file:///empty.apq', 'file:///variables.apq'];
    await client.open(empty, '\n');
    await client.open(variables, '@site = x\n');
    assert.deepEqual(await lenses(empty), [['Open in Builder', [empty, START]]]);
    assert.deepEqual(await lenses(variables), []);
  });
});
