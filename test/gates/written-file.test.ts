/** After a file was written: the ways to it, and only those that work where the editor is. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as vscode from 'vscode';
import { tellWritten } from '#editor/workbench/written-file';
import { fake, resetFake } from '../support/fake-vscode';

const uriOf = (path: string, scheme = 'file') => ({ scheme, path, fsPath: path }) as unknown as vscode.Uri;

describe('a file that was written', () => {
  beforeEach(resetFake);
  afterEach(resetFake);

  const BOTH = ['Open', 'Show in Folder'];
  const cases: readonly (readonly [
    title: string,
    path: string,
    place: Readonly<{ remoteName?: string; inBrowser?: boolean; scheme?: string }>,
    buttons: readonly string[],
  ])[] = [
    ['a workbook here', '/a/out.xlsx', {}, BOTH],
    ['a text here', '/a/out.csv', {}, BOTH],
    ['a Parquet file here', '/a/out.parquet', {}, ['Show in Folder']],
    ['a workbook on another computer', '/a/out.xlsx', { remoteName: 'ssh-remote' }, []],
    ['a text on another computer', '/a/out.csv', { remoteName: 'wsl' }, ['Open']],
    ['a workbook in a browser', '/a/out.xlsx', { inBrowser: true }, []],
    ['a text of another file system', '/a/out.json', { scheme: 'memfs' }, ['Open']],
  ];
  for (const [title, path, { scheme, ...place }, buttons] of cases)
    it(`${title}: ${buttons.join(', ') || 'no button'}`, async () => {
      Object.assign(fake, place);
      await tellWritten('12 records exported to out.', uriOf(path, scheme));
      assert.deepEqual(fake.shown[0]?.texts, ['12 records exported to out.']);
      assert.deepEqual(fake.shown[0]?.buttons, buttons);
      assert.deepEqual(fake.commands, []);
    });

  for (const [button, path, command] of [
    ['Open', '/a/out.csv', 'vscode.open'],
    ['Open', '/a/out.xlsx', 'openExternal'],
    ['Show in Folder', '/a/out.xlsx', 'revealFileInOS'],
  ] as const)
    it(`${button} of ${path} does ${command}`, async () => {
      fake.answers = [button];
      const uri = uriOf(path);
      await tellWritten('Done.', uri);
      assert.deepEqual(fake.commands, [[command, uri]]);
    });
});
