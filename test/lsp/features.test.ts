/** Every feature of the server over stdio, on one small file. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction } from 'vscode-languageserver/node';
import { metadata } from '../language/support/metadata';
import { LspClient } from '../support/lsp';

const URI = 'file:///features.apq';
const TEXT = `@site = Lancaster

### First aid
# @name first
GET coursedate
$select = ID, Label
$filter = VenueTown eq '{{site}}' and contains(Label,'aid')
      and StartDate ge '{{$today}}'

### See https://example.com/docs.
PUT coursedate/{{first.results[0].ID}}
{
  "VenueTown": "{{site}}"
}

### Address
GET coursedate?$filter=Status = 'Full'&$top=5
`;

describe('language server features', () => {
  let client: LspClient;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'apq-'));
    const file = join(folder, 'metadata.json');
    writeFileSync(file, JSON.stringify({ ...metadata, fetchedAt: new Date().toISOString() }));
    writeFileSync(join(folder, 'other.apq'), '### Far away\nGET user\n');
    client = await LspClient.start({ metadataFile: file, commands: true }, pathToFileURL(folder).href);
    await client.open(URI, TEXT);
    await client.diagnostics(URI, (all) => all.some(({ code }) => code === 'unknown-operator'));
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  const ask = async <R>(method: string, more: object = {}): Promise<R> =>
    client.connection.sendRequest<R>(`textDocument/${method}`, { textDocument: { uri: URI }, ...more });
  const at = (line: number, character: number) => ({ position: { line, character } });
  const place = ({ range }: { range: { start: { line: number; character: number } } }) =>
    `${range.start.line}:${range.start.character}`;

  it('returns the outline', async () => {
    const symbols = await ask<{ name: string; children: { name: string }[] }[]>('documentSymbol');
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children.map((child) => child.name).join(' ')]),
      [
        ['@site', ''],
        ['First aid', '$select $filter'],
        ['See https://example.com/docs.', 'body'],
        ['Address', '$filter $top'],
      ],
    );
  });

  it('finds workspace symbols, even in files that are not open', async () => {
    const found = await client.connection.sendRequest<{ name: string; location: { uri: string } }[]>(
      'workspace/symbol',
      { query: 'far' },
    );
    assert.deepEqual(
      found.map(({ name }) => name),
      ['Far away'],
    );
  });

  it('returns at most 500 workspace symbols', async () => {
    const uri = 'file:///many.apq';
    await client.open(uri, Array.from({ length: 501 }, (_, i) => `### Many ${i}\nGET user\n`).join('\n'));
    const found = await client.connection.sendRequest<unknown[]>('workspace/symbol', { query: 'many' });
    assert.equal(found.length, 500);
  });

  it('returns folding ranges', async () => {
    const folds = await ask<{ startLine: number; endLine: number }[]>('foldingRange');
    assert.deepEqual(
      folds.map(({ startLine, endLine }) => `${startLine}-${endLine}`),
      ['2-7', '6-7', '9-13', '11-13', '15-16'],
    );
  });

  it('grows selection ranges', async () => {
    const [range] = await ask<{ range: { start: object; end: object }; parent?: object }[]>(
      'selectionRange',
      { positions: [{ line: 6, character: 12 }] },
    );
    const texts: string[] = [];
    for (
      let each = range as
        | {
            range: { start: { line: number; character: number }; end: { line: number; character: number } };
            parent?: unknown;
          }
        | undefined;
      each !== undefined;
      each = each.parent as typeof each
    ) {
      const lines = TEXT.split('\n');
      const offset = ({ line, character }: { line: number; character: number }) =>
        lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
      texts.push(TEXT.slice(offset(each.range.start), offset(each.range.end)).split('\n')[0] ?? '');
    }
    assert.deepEqual(texts.slice(0, 3), [
      'VenueTown',
      "VenueTown eq '{{site}}'",
      "VenueTown eq '{{site}}' and contains(Label,'aid')",
    ]);
    assert.ok(texts.length >= 5);
  });

  it('finds definitions and references of variables and request names', async () => {
    assert.deepEqual((await ask<Parameters<typeof place>[0][]>('definition', at(6, 28))).map(place), ['0:1']);
    assert.deepEqual((await ask<Parameters<typeof place>[0][]>('definition', at(10, 20))).map(place), [
      '3:8',
    ]);
    assert.deepEqual(
      (
        await ask<Parameters<typeof place>[0][]>('references', {
          ...at(0, 2),
          context: { includeDeclaration: true },
        })
      ).map(place),
      ['0:1', '6:26', '12:18'],
    );
  });

  it('renames, or explains why it can’t', async () => {
    const edit = await ask<{ changes: Record<string, { newText: string }[]> }>('rename', {
      ...at(0, 2),
      newName: 'town',
    });
    assert.equal(edit.changes[URI]?.length, 3);
    await assert.rejects(ask('rename', { ...at(0, 2), newName: 'two words' }), /letters, digits/);
    await assert.rejects(ask('rename', { ...at(0, 2), newName: 'first' }), /already in use/);
    assert.equal((await ask<{ placeholder: string }>('prepareRename', at(6, 28))).placeholder, 'site');
  });

  it('returns document links', async () => {
    const links = await ask<{ target: string }[]>('documentLink');
    assert.deepEqual(
      links.map(({ target }) => target),
      ['https://example.com/docs'],
    );
  });

  it('shows the present value of a date as an inlay hint', async () => {
    const hints = await ask<{ label: string; position: { line: number } }[]>('inlayHint', {
      range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } },
    });
    assert.equal(hints.length, 1);
    assert.match(hints[0]?.label ?? '', /^\d{4}-\d\d-\d\d$/);
  });

  it('returns signature help', async () => {
    const first = await ask<{ activeParameter: number; signatures: { label: string }[] }>(
      'signatureHelp',
      at(6, 49),
    );
    assert.deepEqual([first.signatures[0]?.label, first.activeParameter], ["contains(field,'text')", 0]);
    assert.equal((await ask<{ activeParameter: number }>('signatureHelp', at(6, 54))).activeParameter, 1);
    assert.equal(await ask('signatureHelp', at(6, 12)), null);
  });

  it('returns semantic tokens in order, without overlaps', async () => {
    const { data } = await ask<{ data: number[] }>('semanticTokens/full');
    assert.ok(data.length > 50 && data.length % 5 === 0);
    let [line, character, end] = [0, 0, 0];
    for (let i = 0; i < data.length; i += 5) {
      const [deltaLine = 0, deltaStart = 0, length = 0] = data.slice(i, i + 3);
      if (deltaLine > 0) [line, character, end] = [line + deltaLine, 0, 0];
      character += deltaStart;
      assert.ok(character >= end && length > 0, `line ${line}, ${character}`);
      end = character + length;
    }
  });

  it('formats a range', async () => {
    const edits = await ask<{ newText: string }[]>('rangeFormatting', {
      range: { start: { line: 15, character: 0 }, end: { line: 16, character: 0 } },
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.deepEqual(edits, []);
  });

  it('returns code lenses', async () => {
    const lenses = await ask<{ command: { title: string } }[]>('codeLens');
    assert.deepEqual(
      lenses.map(({ command }) => command.title),
      [
        '$(play) Run',
        'Count',
        'Fetch all',
        'Preview',
        'Copy',
        'Open in Builder',
        '$(play) Run',
        'Preview',
        'Copy',
        '$(play) Run',
        'Count',
        'Fetch all',
        'Preview',
        'Copy',
        'Open in Builder',
      ],
    );
  });

  it('returns code actions of the kinds that are asked for', async () => {
    const range = { start: { line: 16, character: 20 }, end: { line: 16, character: 20 } };
    const titles = async (only?: string[]) =>
      (
        await ask<{ title: string }[]>('codeAction', {
          range,
          context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
        })
      ).map(({ title }) => title);
    assert.deepEqual(await titles(), ['Write the query as clauses', 'Fix all']);
    assert.deepEqual(await titles(['source.fixAll']), ['Fix all']);
    assert.deepEqual(await titles(['refactor']), ['Write the query as clauses']);
  });

  it('offers the fixes of diagnostics that the client names beside the cursor', async () => {
    const uri = 'file:///line.apq';
    await client.open(uri, "GET coursedate\n$filter = (Status eq 'Full') and Cost gt 5\n");
    const [diagnostic] = await client.diagnostics(uri, (all) => all.length > 0);
    assert.ok(diagnostic);
    const start = { line: 1, character: 0 };
    const titles = async (diagnostics: unknown[]) =>
      (
        await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri },
          range: { start, end: start },
          context: { diagnostics, only: ['quickfix'] },
        })
      ).map(({ title }) => title);
    assert.deepEqual(await titles([]), []);
    assert.deepEqual(await titles([diagnostic]), ['Rewrite without parentheses']);
  });

  it('offers to refresh the metadata where a module is known by name only', async () => {
    const uri = 'file:///venue.apq';
    await client.open(uri, 'GET venue\n');
    const [diagnostic] = await client.diagnostics(uri, ([first]) => first?.code === 'no-metadata');
    assert.ok(diagnostic);
    const [action] = await client.codeActions(uri, diagnostic);
    assert.deepEqual([action?.title, action?.command?.command], ['Refresh metadata', 'apq.refreshMetadata']);
  });
});
