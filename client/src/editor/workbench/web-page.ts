/** Fills a web view with a page of ours, under a strict content security policy. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { PAGE_SCRIPTS, type PageName, type PageParts, stylesOf } from '#webview/skeleton';

export function showPage(
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  name: PageName,
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
    scripts: PAGE_SCRIPTS[name].map(uri),
    styles: stylesOf(name).map(uri),
    cspSource: panel.webview.cspSource,
  });
}
