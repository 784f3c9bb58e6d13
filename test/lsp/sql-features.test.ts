/** SQL requests over stdio: what an editor gets where a user types. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  FoldingRange,
  Hover,
  SelectionRange,
  SignatureHelp,
  TextEdit,
} from 'vscode-languageserver/node';
import { metadata } from '../language/support/metadata';
import { LspClient } from '../support/lsp';

const HEAD = `@town = Leeds

### Dates
# @name dates
# @pages all
GET CourseDate

### Bookings
# @name bookings
GET Venue
$select = CourseDateID, UserID

### Mine
`;

describe('SQL over stdio', () => {
  let client: LspClient;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'apq-'));
    const file = join(folder, 'metadata.json');
    writeFileSync(file, JSON.stringify({ ...metadata, fetchedAt: new Date().toISOString() }));
    client = await LspClient.start({ metadataFile: file, commands: true }, undefined, undefined, {
      textDocument: {
        completion: { completionItem: { snippetSupport: true } },
        signatureHelp: { signatureInformation: { parameterInformation: { labelOffsetSupport: true } } },
      },
    });
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  let files = 0;
  /** Opens the text without its `$0`, and returns its name and the place of that. */
  async function open(sql: string) {
    const uri = `file:///sql${files++}.apq`;
    const [before = '', after = ''] = `${HEAD}${sql}`.split('$0');
    await client.open(uri, before + after);
    const lines = before.split('\n');
    return { uri, position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } };
  }
  async function ask<R>(method: string, sql: string, more: object = {}): Promise<R> {
    const { uri, position } = await open(sql);
    return client.connection.sendRequest<R>(`textDocument/${method}`, {
      textDocument: { uri },
      position,
      ...more,
    });
  }
  const completes = async (sql: string) => {
    const { uri, position } = await open(sql);
    return client.completion(uri, position);
  };

  it('completes the request, its tables, joins, columns and values', async () => {
    const first = async (sql: string) =>
      (await completes(sql)).toSorted((a, b) =>
        (a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1,
      )[0]?.label;
    assert.ok((await completes('S$0')).some(({ label }) => label === 'SQL'));
    assert.equal(await first('SQL\n$0'), 'select … from …');
    assert.equal(await first('SQL\nselect * from $0'), 'dates');
    assert.equal(await first('SQL\nselect * from bookings b join dates d $0'), 'on d.ID = b.CourseDateID');
    assert.equal(await first('SQL\nselect b.$0 from bookings b'), 'CourseDateID');
    assert.equal(await first('SQL\nselect * from dates where Status = $0'), "'Available'");
    assert.equal(await first("SQL\nselect '{{$0}}'"), 'town');
  });

  it('gives snippets and edits for what is typed', async () => {
    const found = (await completes('SQL\nselect * from dates where upp$0')).find(
      ({ label }) => label === 'upper',
    );
    assert.deepEqual(found?.textEdit, {
      range: { start: { line: 14, character: 26 }, end: { line: 14, character: 29 } },
      newText: 'upper(${1})$0',
    });
    assert.equal(found?.insertTextFormat, 2);
  });

  it('explains a column', async () => {
    const hover = await ask<Hover>('hover', 'SQL\nselect d.Sta$0tus from dates d');
    assert.match(JSON.stringify(hover.contents), /column of `dates` \(CourseDate\)/);
    assert.deepEqual(hover.range, { start: { line: 14, character: 9 }, end: { line: 14, character: 15 } });
  });

  it('shows the parameter of a function', async () => {
    const help = await ask<SignatureHelp>('signatureHelp', 'SQL\nselect round(1, $0)');
    assert.equal(help.signatures[0]?.label, 'round(number, digits?)');
    assert.deepEqual(help.signatures[0]?.parameters?.[1]?.label, [14, 21]);
    assert.equal(help.activeParameter, 1);
  });

  it('formats, folds and selects a statement', async () => {
    const edits = await ask<TextEdit[]>('formatting', 'sql\n  select 1  \n    from dates\n$0', {
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.deepEqual(
      edits.map(({ newText }) => newText),
      ['SQL\n', 'select 1\n  from dates\n'],
    );
    const folds = await ask<FoldingRange[]>('foldingRange', 'SQL\nselect 1\nfrom dates\n$0');
    assert.ok(folds.some(({ startLine, endLine }) => startLine === 13 && endLine === 15));
    const { uri, position } = await open('SQL\nselect d.Sta$0tus from dates d');
    const [selection] = await client.connection.sendRequest<SelectionRange[]>('textDocument/selectionRange', {
      textDocument: { uri },
      positions: [position],
    });
    assert.deepEqual(selection?.range, {
      start: { line: 14, character: 9 },
      end: { line: 14, character: 15 },
    });
  });

  it('tells tables, columns, functions and aliases apart', async () => {
    const { uri } = await open('SQL\nselect count(d.ID) from dates d$0');
    const { data } = await client.connection.sendRequest<{ data: number[] }>(
      'textDocument/semanticTokens/range',
      {
        textDocument: { uri },
        range: { start: { line: 14, character: 0 }, end: { line: 14, character: 30 } },
      },
    );
    const { legend } = client.initialized.capabilities.semanticTokensProvider ?? {
      legend: { tokenTypes: [] },
    };
    const types = data.flatMap((value, index) => (index % 5 === 3 ? (legend.tokenTypes[value] ?? '') : []));
    assert.deepEqual(types.slice(-7), [
      'keyword',
      'function',
      'parameter',
      'property',
      'keyword',
      'class',
      'parameter',
    ]);
  });
});
