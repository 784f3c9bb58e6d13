// The tests run in a real VS Code, not in an imitation, as the other tests assume.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import manifest from '#package.json';

describe('the VS Code that the tests run in', () => {
  it('is at least as new as package.json asks for', () => {
    const oldest = manifest.engines.vscode.replace('^', '');
    assert.ok(vscode.version.localeCompare(oldest, 'en', { numeric: true }) >= 0, vscode.version);
  });

  it('has a copy of the samples as its workspace, found by its file search', async () => {
    const [folder, ...others] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    assert.deepEqual(others, []);
    assert.ok(existsSync(folder.uri.fsPath));
    const files = await vscode.workspace.findFiles('**/*');
    assert.ok(files.length > 0, 'findFiles finds the files');
  });

  it('opens, edits and undoes a document', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'one\ntwo' });
    const editor = await vscode.window.showTextDocument(document);
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(1, 3), '!')));
    assert.equal(document.getText(), 'one\ntwo!');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'one\ntwo');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('knows the extension that is being developed', () => {
    const project = path.resolve(__dirname, '../..');
    const own = vscode.extensions.all.filter(({ extensionPath }) => path.resolve(extensionPath) === project);
    assert.equal(own.length, 1);
  });
});
