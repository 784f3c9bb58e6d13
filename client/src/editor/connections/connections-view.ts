/** The view of connections in the side bar: connections, their modules, the modules' fields. */
import * as vscode from 'vscode';
import { LEVEL_WORDS, usualLevel } from '#core/connections/change-level';
import type { Connection } from '#core/connections/connection';
import { describe } from '#core/remote/describe-error';
import { ageInWords } from '#core/text/age';
import { forLabel, harmless } from '#core/text/foreign-text';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { SamplePlatform } from '../sample/sample-platform';
import type { Connections } from './connections';
import { fieldItem, type FieldNode, moduleItem, type ModuleNode } from './tree-items';

type ViewNode = ConnectionNode | ModuleNode | FieldNode | NoteNode;
interface ConnectionNode {
  readonly kind: 'connection';
  readonly connection: Connection;
}
/** Why there is nothing to show, and what helps. */
interface NoteNode {
  readonly kind: 'note';
  readonly text: string;
  readonly command?: vscode.Command;
}

export class ConnectionsView implements vscode.TreeDataProvider<ViewNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ViewNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<ViewNode>;
  readonly #subscriptions: vscode.Disposable[];
  readonly #listed = new Map<string, string>();
  #soon = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connections: Connections,
    private readonly metadata: EditorMetadata,
    private readonly sample: SamplePlatform,
  ) {
    this.#view = vscode.window.createTreeView<ViewNode>('apq.connections', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = [
      this.#view,
      connections.onDidChange(() => this.#changed.fire(undefined)),
      metadata.onDidChange((root) => this.#drawSoon(root)),
    ];
  }

  /** A new list of modules is shown soon; new fields wait for a quiet moment, because a redraw closes an open menu. */
  #drawSoon(root: string): void {
    const names = this.connections.all
      .filter((each) => each.root === root)
      .flatMap((each) => this.metadata.of(each)?.modules.map(({ name }) => name) ?? [])
      .join();
    const listed = this.#listed.get(root) !== names;
    this.#listed.set(root, names);
    this.#soon ||= listed;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#soon = false;
        this.#changed.fire(undefined);
      },
      this.#soon ? 200 : 2000,
    );
  }

  getTreeItem(node: ViewNode): vscode.TreeItem {
    switch (node.kind) {
      case 'connection':
        return this.#connectionItem(node.connection);
      case 'module':
        return moduleItem(node);
      case 'field':
        return fieldItem(node);
      case 'note': {
        const item = new vscode.TreeItem(forLabel(node.text));
        item.iconPath = new vscode.ThemeIcon('info');
        item.tooltip = harmless(node.text);
        if (node.command !== undefined) item.command = node.command;
        return item;
      }
    }
  }

  async getChildren(node?: ViewNode): Promise<ViewNode[]> {
    switch (node?.kind) {
      case undefined:
        return this.connections.all.map((connection) => ({ kind: 'connection', connection }));
      case 'connection':
        return this.#modules(node.connection);
      case 'module':
        return this.#fields(node);
      case 'field':
      case 'note':
        return [];
    }
  }

  async #modules(connection: Connection): Promise<ViewNode[]> {
    if (this.connections.isSample(connection) && !this.sample.running)
      return [
        note('The sample platform is not running. Click to start it.', {
          title: 'Open Sample Platform',
          command: 'apq.openSamplePlatform',
        }),
      ];
    // Modules that another connection to this platform has fetched would make it look as if it were connected.
    if (this.connections.isSignedOut(connection))
      return [
        note('Not signed in. Click to sign in.', {
          title: 'Change Key or Password',
          command: 'apq.updateCredentials',
          arguments: [{ kind: 'connection', connection } satisfies ConnectionNode],
        }),
      ];
    try {
      await this.metadata.modules(connection);
    } catch (error) {
      return [failure(error, connection)];
    }
    const modules = this.metadata.of(connection)?.modules ?? [];
    if (modules.length === 0) return [note('The user of this connection can see no modules.')];
    return [...modules]
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((module) => ({ kind: 'module', connection, module }));
  }

  async #fields({ connection, module: { name } }: ModuleNode): Promise<ViewNode[]> {
    const find = () => this.metadata.of(connection)?.modules.find((each) => each.name === name);
    if (find()?.fields === undefined) {
      try {
        await this.metadata.fields(connection, name);
      } catch (error) {
        return [failure(error, connection)];
      }
    }
    const module = find();
    if (module?.fields === undefined)
      return [
        note('APQ could not understand the platform’s list of fields. Click to show the output.', {
          title: 'Show Output',
          command: 'apq.showOutput',
        }),
      ];
    if (module.fields.length === 0) return [note('This module has no fields.')];
    return module.fields.map((field) => ({ kind: 'field', connection, module, field }));
  }

  #connectionItem(connection: Connection): vscode.TreeItem {
    const active = this.connections.active?.id === connection.id;
    const production = this.connections.isProduction(connection);
    const signedOut = this.connections.isSignedOut(connection);
    const item = new vscode.TreeItem(
      forLabel(connection.name),
      active ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.id = `${connection.id} ${active}`;
    const kind = this.connections.isSample(connection)
      ? 'sample'
      : production
        ? 'production'
        : connection.site;
    item.description = [
      ...(signedOut ? ['not signed in'] : []),
      ...(active ? ['in use'] : []),
      ...(kind === 'other' ? [] : [kind]),
      ...this.#levelIn(connection),
    ].join(' · ');
    item.iconPath = signedOut
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon(
          active ? 'plug' : 'debug-disconnect',
          production ? new vscode.ThemeColor('apq.productionForeground') : undefined,
        );
    item.contextValue = `connection${active ? '.active' : ''}${this.connections.isSample(connection) ? '.sample' : ''}`;
    const known = this.metadata.of(connection);
    const lines = [
      `${connection.name}: ${connection.root}`,
      ...(signedOut ? ['Not signed in: its key or password was refused, or is missing.'] : []),
      ...(production ? ['Production: changes are real.'] : []),
      `Changes: ${LEVEL_WORDS[this.connections.levelOf(connection)].detail}`,
      known === undefined
        ? 'Its metadata has not been fetched yet.'
        : `${known.modules.length} modules, fetched ${ageInWords(known.fetchedAt, new Date())}.`,
    ];
    item.tooltip = harmless(lines.join('\n'));
    item.accessibilityInformation = { label: forLabel(`${connection.name}, ${item.description}`) };
    return item;
  }

  /** The level of changes in a word, where it is not what a reader expects. */
  #levelIn(connection: Connection): string[] {
    const level = this.connections.levelOf(connection);
    const usual = usualLevel(this.connections.isProduction(connection));
    return level === usual ? [] : [LEVEL_WORDS[level].short];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
  }
}

const note = (text: string, command?: vscode.Command): NoteNode => ({
  kind: 'note',
  text,
  ...(command === undefined ? {} : { command }),
});

const failure = (error: unknown, connection: Connection): NoteNode =>
  note(`${describe(error).sentence} Click to test the connection.`, {
    title: 'Test Connection',
    command: 'apq.testConnection',
    arguments: [{ kind: 'connection', connection } satisfies ConnectionNode],
  });
