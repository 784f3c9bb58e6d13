/** The connection in use, in the status bar: its name, and that it is production; a click switches. */
import * as vscode from 'vscode';
import { isProduction } from '../core/connections/connection';
import type { Connections } from './connections';

export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('apq.connection', vscode.StatusBarAlignment.Left, 50);
  readonly #subscriptions: vscode.Disposable[];

  constructor(private readonly connections: Connections) {
    this.#item.name = 'APQ Connection';
    this.#subscriptions = [
      connections.onDidChange(() => this.#show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
    ];
    this.#show();
  }

  #show(): void {
    const active = this.connections.active;
    if (active === undefined) {
      // Who writes queries needs to know; others don't.
      if (vscode.window.activeTextEditor?.document.languageId !== 'apq') {
        this.#item.hide();
        return;
      }
      this.#item.text = '$(plug) APQ: no connection';
      this.#item.tooltip = 'Click to add a connection to your accessplanit platform';
      this.#item.command = 'apq.addConnection';
      this.#item.backgroundColor = undefined;
    } else {
      const production = isProduction(active) && !this.connections.isSample(active);
      this.#item.text = `$(plug) ${active.name}`;
      this.#item.tooltip = `${active.root}${production ? '\nProduction: changes are real' : ''}\nClick to switch the connection`;
      this.#item.command = 'apq.switchConnection';
      this.#item.backgroundColor = production
        ? new vscode.ThemeColor('statusBarItem.warningBackground')
        : undefined;
    }
    this.#item.accessibilityInformation = {
      label: `APQ connection: ${active?.name ?? 'none'}`,
      role: 'button',
    };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }
}
