/** The connection in use, in the status bar: its name, and whether it is production; a click switches. */
import * as vscode from 'vscode';
import { LEVEL_WORDS } from '#core/connections/change-level';
import type { Connection } from '#core/connections/connection';
import { ageInWords } from '#core/text/age';
import { forLabel } from '#core/text/foreign-text';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { Connections } from './connections';

const SIGNED_OUT = 'Not signed in: its key or password was refused, or is missing';

/** How the item looks. */
interface Look {
  readonly text: string;
  /** For screen readers. */
  readonly label: string;
  /** Lines of plain text. */
  readonly tooltip: readonly string[];
  readonly command: string | vscode.Command;
  readonly colour: 'warning' | 'error' | undefined;
}

const NONE: Look = {
  text: 'APQ: no connection',
  label: 'none',
  tooltip: ['Click to add a connection to your accessplanit platform'],
  command: 'apq.addConnection',
  colour: undefined,
};

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
    const { active, all } = this.connections;
    if (active !== undefined) this.#draw(this.#looksOf(active));
    // Only authors of queries need to know.
    else if (vscode.window.activeTextEditor?.document.languageId !== 'apq') this.#item.hide();
    else this.#draw(all.length === 0 ? NONE : this.#notInUse(all));
  }

  #draw({ text, label, tooltip, command, colour }: Look): void {
    this.#item.text = `$(plug) ${text}`;
    this.#item.tooltip = tooltip.join('\n');
    this.#item.command = command;
    this.#item.backgroundColor = colour && new vscode.ThemeColor(`statusBarItem.${colour}Background`);
    this.#item.accessibilityInformation = { label: `APQ connection: ${label}`, role: 'button' };
    this.#item.show();
  }

  #looksOf(connection: Connection): Look {
    const name = forLabel(connection.name);
    const level = this.connections.levelOf(connection);
    const lock = level === 'readOnly' ? ' $(lock)' : '';
    if (this.connections.isSignedOut(connection))
      return {
        text: `${name}: not signed in`,
        label: `${name}, not signed in`,
        tooltip: [connection.root, SIGNED_OUT, 'Click to enter its key or password'],
        command: {
          title: 'Change Key or Password',
          command: 'apq.updateCredentials',
          arguments: [connection],
        },
        colour: 'error',
      };
    const production = this.connections.isProduction(connection);
    const known = this.metadata.of(connection);
    return {
      text: `${name}${lock}`,
      label: `${name}${production ? ', production' : ''}${level === 'readOnly' ? ', read-only' : ''}`,
      tooltip: [
        connection.root,
        ...(production ? ['Production: changes are real'] : []),
        `Changes: ${LEVEL_WORDS[level].short}`,
        known === undefined
          ? 'No metadata yet'
          : `Metadata: ${known.modules.length} modules, fetched ${ageInWords(known.fetchedAt, new Date())}`,
        'Click to switch the connection',
      ],
      command: 'apq.switchConnection',
      colour: production ? 'warning' : undefined,
    };
  }

  #notInUse(all: readonly Connection[]): Look {
    const [only] = all;
    if (only !== undefined && all.length === 1) return { ...this.#looksOf(only), colour: undefined };
    return {
      text: 'APQ: no connection in use',
      label: 'none in use',
      tooltip: ['Click to choose a connection'],
      command: 'apq.switchConnection',
      colour: undefined,
    };
  }

  dispose(): void {
    this.#item.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }
}
