/** The web view that shows what a request answered. One panel, used again for the next run. */
import * as vscode from 'vscode';
import { randomBytes } from 'node:crypto';
import type { FromView, ToView, ViewHead } from '../webview/messages';

/** Rows are sent in portions, so that a large answer does not block the window. */
const PORTION = 2000;

export class ResultsPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #head: ViewHead | undefined;
  #rows: (readonly string[])[] = [];
  #ready = false;
  #action: (id: string) => void = () => undefined;

  constructor(private readonly extensionUri: vscode.Uri) {}

  /** Shows a run from its start; `action` is called with the id of a button that the user presses. */
  open(head: ViewHead, action: (id: string) => void): void {
    this.#rows = [];
    this.#action = action;
    if (this.#panel === undefined) this.#create(head.title);
    else if (!this.#panel.visible) this.#panel.reveal(undefined, true);
    this.update(head);
    this.#send({ type: 'rows', start: 0, rows: [] });
  }

  update(head: ViewHead): void {
    this.#head = head;
    if (this.#panel !== undefined) this.#panel.title = head.title;
    this.#send({ type: 'head', head });
  }

  addRows(rows: readonly (readonly string[])[]): void {
    const start = this.#rows.length;
    this.#rows.push(...rows);
    this.#sendRows(start);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #send(message: ToView): void {
    if (this.#ready) void this.#panel?.webview.postMessage(message);
  }

  #sendRows(from: number): void {
    for (let start = from; start < this.#rows.length; start += PORTION) {
      this.#send({ type: 'rows', start, rows: this.#rows.slice(start, start + PORTION) });
    }
  }

  #create(title: string): void {
    const root = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
    const panel = vscode.window.createWebviewPanel(
      'apq.results',
      title,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: true,
        localResourceRoots: [root],
        retainContextWhenHidden: true,
        enableFindWidget: true,
      },
    );
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.extensionUri, 'media', 'apq-light.svg'),
      dark: vscode.Uri.joinPath(this.extensionUri, 'media', 'apq-dark.svg'),
    };
    this.#panel = panel;
    this.#ready = false;
    panel.webview.onDidReceiveMessage((message: FromView) => this.#receive(message));
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#ready = false;
    });
    panel.webview.html = page(panel.webview, root);
  }

  #receive(message: FromView): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        if (this.#head !== undefined) this.#send({ type: 'head', head: this.#head });
        this.#sendRows(0);
        return;
      case 'action':
        this.#action(message.id);
        return;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        return;
    }
  }
}

function page(webview: vscode.Webview, root: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(root, 'results.js')).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(root, 'results.css')).toString();
  // The grid sets heights of its spacers through the DOM, which needs no 'unsafe-inline'.
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; font-src ${webview.cspSource}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Results</title>
</head>
<body>
<header>
<div class="line"><h1 id="title"></h1><span id="connection"></span><div id="actions" role="toolbar" aria-label="Results"></div></div>
<div class="line"><span id="method"></span><code id="address"></code></div>
<div class="line"><span id="summary" role="status"></span></div>
<p id="error" role="alert" hidden></p>
<ul id="notes"></ul>
<div id="progress" role="progressbar" aria-label="Running" hidden></div>
</header>
<div id="grid"></div>
<p id="empty" hidden>The request was carried out; the answer holds no records.</p>
<div id="announcement" class="hidden-text" aria-live="polite"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
