/** Read-only pages of text in the editor, such as previews and entries of the history; kept while they are open. */
import * as vscode from 'vscode';
import { forLabel } from '#core/text/foreign-text';

const SCHEME = 'apq-page';

export class TextPages implements vscode.Disposable, vscode.TextDocumentContentProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #texts = new Map<string, string>();
  readonly #subscriptions = [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      // A preview reads its page again after the document was closed.
      if (uri.scheme === SCHEME && !uri.path.endsWith('.md')) this.#texts.delete(uri.path);
    }),
    this.#changed,
  ];

  /** Returns the address of a page; replaces the text of a page with this name. Its extension decides the language. */
  page(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${forLabel(name).replace(/[/\\]/g, ' ')}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }

  async show(name: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.page(name, text));
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  }

  /** Shows a page of Markdown as people read it. The name ends with `.md`. */
  async showMarkdown(name: string, text: string): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', this.page(name, text));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? 'This page belonged to an earlier window.';
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}
