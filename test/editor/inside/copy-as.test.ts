/** *Copy Request As*, *Paste as Request* and *Import*, with the real clipboard and documents. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const open = async (content: string) =>
  vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'apq', content }));

/** What an import says of an address, in a comment. */
const HOST = '# Requests go to the platform that you run them on, not to acme.accessplanit.com.\n';

describe('requests from and for other tools', () => {
  before(async () => {
    await vscode.extensions.getExtension('apq-tools.accessplanit-apq')?.activate();
    await vscode.commands.executeCommand('apq.openSamplePlatform');
  });

  for (const [language, expected] of [
    ['curl', /^# GET CourseDate[\s\S]*127\.0\.0\.1:\d+\/accessplan\/api\/v2\/CourseDate\?\\\$filter=/],
    ['python', /"\$filter": "Label eq 'a b'"/],
    ['m', /#"\$filter" = "Label eq 'a b'"/],
  ] as const)
    it(`copies as ${language}, without the key`, async () => {
      const { document } = await open("### One\nGET coursedate\n$filter = Label eq 'a b'\n");
      await vscode.commands.executeCommand('apq.copyAs', document.uri.toString(), 0, language);
      const code = await vscode.env.clipboard.readText();
      assert.match(code, expected);
      assert.match(code, /APQ_API_KEY|PUT YOUR API KEY HERE/);
    });

  it('pastes a cURL command as a request', async () => {
    const editor = await open('### Mine\n');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await vscode.env.clipboard.writeText(
      `curl -H 'Authorization: Bearer abcdefgh12345678' 'https://acme.accessplanit.com/accessplan/api/v2/user?$top=5'`,
    );
    await vscode.commands.executeCommand('apq.pasteAsRequest');
    assert.equal(
      editor.document.getText().trimEnd(),
      `### Mine\n${HOST}# The header Authorization was left out: the connection signs in.\nGET user\n$top = 5`,
    );
  });

  it('imports a collection into a new document', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'apq-import-'));
    try {
      const file = join(folder, 'acme.postman_collection.json');
      const url = 'https://acme.accessplanit.com/accessplan/api/v2/user?$top=5';
      writeFileSync(
        file,
        JSON.stringify({ info: { name: 'Acme' }, item: [{ name: 'People', request: { url } }] }),
      );
      await vscode.commands.executeCommand('apq.importFile', vscode.Uri.file(file));
      const document = vscode.window.activeTextEditor?.document;
      assert.deepEqual(
        [document?.isUntitled, document?.languageId, document?.getText()],
        [true, 'apq', `### People\n${HOST}GET user\n$top = 5\n`],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
