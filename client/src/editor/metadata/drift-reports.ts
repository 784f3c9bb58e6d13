/** Reports of what changed on a platform: a message, and a page with the files that it breaks. */
import * as vscode from 'vscode';
import { brokenBy, type BrokenPlace, driftBetween, driftInWords, driftReport } from '#core/metadata/drift';
import type { Metadata } from '#language';
import { showInformation, showWarning } from '../workbench/messages';
import { findQueryFiles } from '../workbench/query-files';
import type { TextPages } from '../workbench/text-pages';

export class DriftReports {
  constructor(private readonly pages: TextPages) {}

  /** Tells the user what changed. `asked`: they are waiting, so they are told even when nothing did. */
  async show(connection: string, before: Metadata, after: Metadata, asked: boolean): Promise<void> {
    const drift = driftBetween(before, after);
    if (drift === undefined) {
      if (asked)
        void showInformation(
          `The metadata of ${connection} is up to date: ${after.modules.length} modules, nothing changed.`,
        );
      return;
    }
    const files = new Map<string, vscode.Uri>();
    const texts: [string, string][] = [];
    const { uris, more } = await findQueryFiles();
    for (const uri of uris) {
      const name = vscode.workspace.asRelativePath(uri);
      files.set(name, uri);
      texts.push([name, await textOf(uri)]);
    }
    const broken = brokenBy(before, after, texts);
    const link = ({ file, line }: BrokenPlace) => `${files.get(file)?.path ?? ''}#L${line}`;
    const said = more === undefined ? '' : ` ${more}`;
    const uri = this.pages.page(
      `What changed on ${connection}.md`,
      driftReport(connection, drift, broken, { link, more }),
    );
    const count = new Set(broken.map(({ file }) => file)).size;
    const message = `The metadata of ${connection} changed: ${driftInWords(drift)}.`;
    const show = async (choice: string | undefined) => {
      if (choice !== undefined) await vscode.commands.executeCommand('markdown.showPreview', uri);
    };
    if (count > 0)
      void showWarning(
        `${message} ${count} ${count === 1 ? 'file' : 'files'} of this workspace no longer ${count === 1 ? 'fits' : 'fit'}.${said}`,
        'Show Report',
      ).then(show);
    else void showInformation(`${message}${said}`, 'Show Report').then(show);
  }
}

/** Returns the text that the user sees, with unsaved changes. */
async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
