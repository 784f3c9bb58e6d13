/** The connection in use, in the status bar: its name, and whether it is production; a click switches. */
import * as vscode from 'vscode';
import { ageInWords } from '#core/text/age';
import { forLabel } from '#core/text/foreign-text';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { Connections } from './connections';

export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('apq.connection', vscode.StatusBarAlignment.Left, 50);
  readonly #subscriptions: vscode.Disposable[];

  constructor(
    private readonly connections: Connections,
    private readonly metadata: EditorMetadata,
  ) {
    this.#item.name = 'APQ Connection';
    this.#subscriptions = [
      connections.onDidChange(() => this.#show()),
      metadata.onDidChange(() => this.#show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
    ];
    this.#show();
  }

  #show(): void {
    const { active } = this.connections;
    if (active === undefined) {
      // Only authors of queries need to know.
      if (vscode.window.activeTextEditor?.document.languageId !== 'apq') {
        this.#item.hide();
        return;
      }
      this.#item.text = '$(plug) APQ: no connection';
      this.#item.tooltip = 'Click to add a connection to your accessplanit platform';
      this.#item.command = 'apq.addConnection';
      this.#item.backgroundColor = undefined;
    } else {
      const production = this.connections.isProduction(active);
      const known = this.metadata.of(active);
      this.#item.text = `$(plug) ${forLabel(active.name)}${active.readOnly === true ? ' $(lock)' : ''}`;
      this.#item.tooltip = [
        active.root,
        ...(production ? ['Production: changes are real'] : []),
        ...(active.readOnly === true ? ['Read-only: changes are refused'] : []),
        known === undefined
          ? 'No metadata yet'
          : `Metadata: ${known.modules.length} modules, fetched ${ageInWords(known.fetchedAt, new Date())}`,
        'Click to switch the connection',
      ].join('\n');
      this.#item.command = 'apq.switchConnection';
      this.#item.backgroundColor = production
        ? new vscode.ThemeColor('statusBarItem.warningBackground')
        : undefined;
    }
    this.#item.accessibilityInformation = {
      label:
        active === undefined
          ? 'APQ connection: none'
          : `APQ connection: ${forLabel(active.name)}${this.connections.isProduction(active) ? ', production' : ''}`,
      role: 'button',
    };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }
}
