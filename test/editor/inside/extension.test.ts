/** Inside the extension host: the real commands and the real VS Code API. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`${what} did not appear`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const open = async (content: string) =>
  vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'apq', content }));
const codes = (document: vscode.TextDocument) =>
  vscode.languages
    .getDiagnostics(document.uri)
    .map(({ code }) => (typeof code === 'object' ? code.value : code));
const diagnosed = (document: vscode.TextDocument, code: string) =>
  until(code, () => (codes(document).includes(code) ? true : undefined));

describe('extension', () => {
  before(async () => {
    await vscode.extensions.getExtension('apq-tools.accessplanit-apq')?.activate();
    // Sample queries open where none are open yet.
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('apq.openSamplePlatform');
  });

  it('registers every command that it contributes', async () => {
    const extension = vscode.extensions.getExtension<unknown>('apq-tools.accessplanit-apq');
    const manifest = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      manifest.contributes.commands
        .map(({ command }) => command)
        .filter((command) => !registered.has(command)),
      [],
    );
  });

  it('opens sample queries with the sample platform', () => {
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'apq');
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /### Upcoming courses/);
  });

  it('fetches metadata and checks queries with it', async () => {
    const { document } = await open("GET coursedate\n$filter = Stauts eq 'Full'\n");
    await diagnosed(document, 'unknown-field');
  });

  it('offers fixes that edit the text', async () => {
    const { document } = await open(
      "GET coursedate\n$filter = (Status eq 'Full' or Status eq 'Available') and SpacesLeft gt '0'\n",
    );
    await diagnosed(document, 'no-parentheses');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(1, 12, 1, 12),
    );
    const fix = actions.find(({ title }) => title === 'Rewrite without parentheses');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
    await vscode.workspace.applyEdit(fix.edit);
    await until('a clean file', () => (codes(document).includes('no-parentheses') ? undefined : true));
    assert.match(
      document.getText(),
      /Status eq 'Full' and SpacesLeft gt '0' or Status eq 'Available' and SpacesLeft gt '0'/,
    );
  });

  it('completes fields of the platform', async () => {
    const { document } = await open('GET coursedate\n$filter = \n');
    const labels = await until('fields', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(1, 10),
      );
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return found.includes('VenueTown') ? found : undefined;
    });
    assert.ok(labels.includes('StartDate') && labels.includes('contains'));
    assert.ok(!labels.includes('FullAddress'));
  });

  it('explains fields on hover', async () => {
    const { document } = await open("GET coursedate\n$filter = StartDate ge '{{$today}}'\n");
    const text = await until('a hover', async () => {
      const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(1, 12),
      );
      const content = hover?.contents[0];
      return content instanceof vscode.MarkdownString && content.value.includes('StartDate')
        ? content.value
        : undefined;
    });
    assert.match(text, /date and time · field of CourseDate/);
  });

  it('puts a code lens above each request', async () => {
    const { document } = await open('GET coursedate\n###\nGET user\n');
    const lenses = await until('lenses', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        12,
      );
      return found.length === 12 ? found : undefined;
    });
    assert.deepEqual(
      lenses
        .filter(({ range }) => range.start.line === 2)
        .map(({ command }) => [command?.title, command?.command]),
      [
        ['$(play) Run', 'apq.runRequest'],
        ['Count', 'apq.countRequest'],
        ['Fetch all', 'apq.fetchAll'],
        ['Preview', 'apq.previewRequest'],
        ['Copy', 'apq.copyRequest'],
        ['Open in Builder', 'apq.openBuilder'],
      ],
    );
  });

  it('copies a request without the key', async () => {
    await open("GET coursedate\n$filter = Label eq 'a b'\n");
    await vscode.commands.executeCommand('apq.copyRequest');
    assert.match(
      await vscode.env.clipboard.readText(),
      /^http:\/\/127\.0\.0\.1:\d+\/accessplan\/api\/v2\/CourseDate\?\$filter=Label%20eq%20'a%20b'$/,
    );
  });

  it('runs a request and opens the results view', async () => {
    await open('GET coursedate\n$top = 5\n');
    await vscode.commands.executeCommand('apq.runRequest');
    // Other requests keep theirs.
    await until('the results view', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input, label }) => input instanceof vscode.TabInputWebview && label === 'GET CourseDate'),
    );
  });

  it('ends a run whose view is closed, without a failure', async () => {
    const { document } = await open('# @pages all\nGET coursedate\n$top = 1\n');
    const results = () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputWebview);
    await vscode.window.tabGroups.close(results());
    const run = vscode.commands.executeCommand('apq.runRequest', document.uri.toString(), 0);
    const tabs = await until('the results view', () => (results().length > 0 ? results() : undefined));
    await vscode.window.tabGroups.close(tabs);
    await run;
  });

  it('lists requests with expectations as tests, and runs them', async () => {
    const { document } = await open(
      '### Tested\n# @expect count >= 1\nGET coursedate\n$top = 1\n### Untested\nGET user\n',
    );
    const tests = async () =>
      (await vscode.commands.executeCommand<string[][]>('vscode.testing.getTestsInFile', document.uri)).map(
        (path) => path.at(-1),
      );
    const found = await until('the tests', async () => {
      const labels = await tests();
      return labels.length > 0 ? labels : undefined;
    });
    assert.ok(found.includes('Tested\n0'), JSON.stringify(found));
    assert.ok(!found.includes('Untested\n0'));
    await vscode.commands.executeCommand('testing.runCurrentFile');
  });

  it('keeps secrets out of settings and files', () => {
    const configuration = JSON.stringify(vscode.workspace.getConfiguration('apq'));
    assert.doesNotMatch(configuration, /key|password/i);
  });
});
