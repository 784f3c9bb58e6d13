/** Fills a web view with a page of ours, under a strict content security policy. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PageParts } from '#webview/skeleton';

/** `name` is that of its script and styles in `dist/webview/`. */
export function showPage(
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  name: 'results' | 'changes' | 'importing',
  page: (parts: PageParts) => string,
): void {
  panel.iconPath = {
    light: vscode.Uri.joinPath(extensionUri, 'media', 'apq-light.svg'),
    dark: vscode.Uri.joinPath(extensionUri, 'media', 'apq-dark.svg'),
  };
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const uri = (file: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
  panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
  panel.webview.html = page({
    nonce: randomBytes(16).toString('base64'),
    script: uri(`${name}.js`),
    style: uri(`${name}.css`),
    cspSource: panel.webview.cspSource,
  });
}
