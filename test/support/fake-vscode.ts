/**
 * A stand-in for VS Code, for the gates of the editor that need no window. It keeps what is shown, and answers as a test
 * says. Import it before anything that imports `vscode`.
 */
import Module from 'node:module';
import type * as vscode from 'vscode';
import { contributes } from '#package.json';
import { FakePanel } from './fake-panel';

/** What a user sees: the texts of a message, a question, progress or the output. */
interface Shown {
  readonly kind: 'information' | 'warning' | 'error' | 'text' | 'list' | 'progress' | 'output';
  readonly texts: readonly string[];
  readonly modal?: boolean;
  readonly buttons?: readonly string[];
  readonly password?: boolean;
  /** What a box for text holds at first. */
  readonly value?: string;
}

export const fake = {
  shown: [] as Shown[],
  /** The buttons and texts of the next answers; undefined for a user who gives up. Called before it is given. */
  answers: [] as (string | undefined | (() => string | undefined))[],
  trusted: true,
  /** Web views that were opened. */
  panels: [] as FakePanel[],
  /** What fails in the file system of the editor. */
  failing: '',
  /** Calls of the file system of the editor. */
  files: [] as string[],
  /** The texts of the documents that were opened. */
  documents: [] as string[],
  /** The files that are open, by their URIs. */
  open: [] as string[],
  /** Where the user wants to save a file. */
  saveAs: undefined as string | undefined,
  /** Commands that were called, with what they were given. */
  commands: [] as (readonly [name: string, ...given: readonly unknown[]])[],
  /** What commands return, by their names. */
  returned: new Map<string, unknown>(),
  /** Where the editor is: the name of another computer; whether it is in a browser. */
  remoteName: undefined as string | undefined,
  inBrowser: false,
  /** Whether the user cancels what can be cancelled, at once. */
  cancels: false,
  /** What settings have beside their defaults, by name and scope. */
  settings: new Map<string, Readonly<Record<string, unknown>>>(),
};

export function resetFake(): void {
  Object.assign(fake, {
    shown: [],
    answers: [],
    panels: [],
    trusted: true,
    failing: '',
    files: [],
    documents: [],
    open: [],
    saveAs: undefined,
    commands: [],
    returned: new Map(),
    remoteName: undefined,
    inBrowser: false,
    cancels: false,
    settings: new Map(),
  });
}

function answer(): string | undefined {
  const next = fake.answers.shift();
  return typeof next === 'function' ? next() : next;
}

const message =
  (kind: Shown['kind']) =>
  async (text: string, { modal = false, detail }: vscode.MessageOptions, ...buttons: readonly string[]) => {
    fake.shown.push({ kind, texts: [text, ...(detail === undefined ? [] : [detail])], modal, buttons });
    return Promise.resolve(answer());
  };

type Listener = (value: string) => void;

/** A box for text or a list, which the user answers as soon as it is shown. */
class QuickInput {
  title = '';
  prompt = '';
  placeholder: string | undefined;
  validationMessage: string | undefined;
  value = '';
  password = false;
  items: readonly vscode.QuickPickItem[] = [];
  activeItems: readonly vscode.QuickPickItem[] = [];
  readonly #listeners = new Map<string, Listener>();

  constructor(private readonly kind: 'text' | 'list') {}

  readonly onDidChangeValue = (listener: Listener) => this.#listeners.set('change', listener);
  readonly onDidTriggerButton = (listener: Listener) => this.#listeners.set('button', listener);
  readonly onDidHide = (listener: Listener) => this.#listeners.set('hide', listener);
  readonly onDidAccept = (listener: Listener) => this.#listeners.set('accept', listener);

  show(): void {
    const { kind, value, password } = this;
    const parts = this.items.flatMap(({ label, description, detail }) => [label, description, detail]);
    const texts = [this.title, this.prompt, this.placeholder, this.validationMessage, ...parts];
    fake.shown.push({ kind, texts: texts.filter((each) => each !== undefined), value, password });
    const given = answer();
    if (given === undefined) return this.#listeners.get('hide')?.('');
    this.value = given;
    this.activeItems = this.items.filter(({ label }) => label === given);
    this.#listeners.get('change')?.(given);
    this.#listeners.get('accept')?.('');
    // A text that was not taken stays, with the reason; then the user gives up.
    fake.shown.push({ kind, texts: [this.validationMessage ?? ''] });
    this.#listeners.get('hide')?.('');
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

const defaults = new Map(Object.entries(contributes.configuration.properties));

const log = (text: string) => void fake.shown.push({ kind: 'output', texts: [text] });
const file = (call: string) => async (): Promise<void> => {
  fake.files.push(call);
  return fake.failing === call ? Promise.reject(new Error(call)) : Promise.resolve();
};

type ConfigurationListener = (event: { affectsConfiguration: (section: string) => boolean }) => void;
const configurationListeners = new Set<ConfigurationListener>();

/** The user changes a setting. */
export function changeSetting(name: string, value: unknown): void {
  fake.settings.set(name, { globalValue: value });
  for (const listener of configurationListeners)
    listener({ affectsConfiguration: (section) => name.startsWith(section) });
}

const stand = {
  window: {
    showInformationMessage: message('information'),
    showWarningMessage: message('warning'),
    showErrorMessage: message('error'),
    createInputBox: () => new QuickInput('text'),
    createQuickPick: () => new QuickInput('list'),
    createWebviewPanel: (_type: string, title: string) => {
      const panel = new FakePanel(title);
      fake.panels.push(panel);
      return panel;
    },
    registerWebviewPanelSerializer: () => ({ dispose: () => undefined }),
    createOutputChannel: () => ({ info: log, error: log, show: log, dispose: () => undefined }),
    activeTextEditor: undefined,
    onDidChangeWindowState: () => ({ dispose: () => undefined }),
    showTextDocument: async () =>
      Promise.resolve({
        insertSnippet: async ({ value }: vscode.SnippetString) => Promise.resolve(fake.documents.push(value)),
      }),
    tabGroups: { all: [], activeTabGroup: { tabs: [], viewColumn: 1 } },
    showSaveDialog: async () =>
      Promise.resolve(
        fake.saveAs === undefined ? undefined : { scheme: 'file', path: fake.saveAs, fsPath: fake.saveAs },
      ),
    withProgress: async (
      { title = '' }: vscode.ProgressOptions,
      work: (progress: object, token: object) => Promise<unknown>,
    ) => {
      const report = (step: { message?: string }) =>
        void fake.shown.push({ kind: 'progress', texts: [step.message ?? ''] });
      fake.shown.push({ kind: 'progress', texts: [title] });
      return work(
        { report },
        { onCancellationRequested: (cancel: () => void) => (fake.cancels ? cancel() : undefined) },
      );
    },
  },
  workspace: {
    get isTrusted() {
      return fake.trusted;
    },
    getConfiguration: () => ({
      get: (name: string) => fake.settings.get(`apq.${name}`)?.['globalValue'],
      inspect: (name: string) => ({
        defaultValue: defaults.get(`apq.${name}`)?.default,
        ...fake.settings.get(`apq.${name}`),
      }),
    }),
    get textDocuments() {
      return fake.open.map((uri) => ({ uri }));
    },
    openTextDocument: async ({ content }: { readonly content: string }) => {
      fake.documents.push(content);
      return Promise.resolve({ uri: `untitled:${fake.documents.length}` });
    },
    onDidChangeConfiguration: (listener: ConfigurationListener) => {
      configurationListeners.add(listener);
      return { dispose: () => configurationListeners.delete(listener) };
    },
    onDidOpenTextDocument: () => undefined,
    onDidChangeTextDocument: () => undefined,
    onDidCloseTextDocument: () => undefined,
    fs: { writeFile: file('writeFile'), rename: file('rename'), delete: file('delete') },
  },
  tests: { createTestController: () => ({ createRunProfile: () => undefined }) },
  TestRunProfileKind: { Run: 1 },
  env: {
    get remoteName() {
      return fake.remoteName;
    },
    get uiKind() {
      return fake.inBrowser ? 2 : 1;
    },
    openExternal: async (uri: unknown) => {
      fake.commands.push(['openExternal', uri]);
      return Promise.resolve(true);
    },
  },
  Range: class {
    constructor(...places: readonly number[]) {
      void places;
    }
  },
  UIKind: { Desktop: 1, Web: 2 },
  commands: {
    executeCommand: async (name: string, ...given: readonly unknown[]) => {
      fake.commands.push([name, ...given]);
      return Promise.resolve(fake.returned.get(name));
    },
  },
  EventEmitter: class {
    readonly #listeners = new Set<(value: unknown) => void>();
    readonly event = (listener: (value: unknown) => void) => {
      this.#listeners.add(listener);
      return { dispose: () => this.#listeners.delete(listener) };
    };
    fire(value?: unknown): void {
      for (const listener of this.#listeners) listener(value);
    }
    dispose(): void {
      this.#listeners.clear();
    }
  },
  Disposable: {
    from: (...all: readonly { dispose: () => void }[]) => ({
      dispose: () => {
        for (const each of all) each.dispose();
      },
    }),
  },
  SnippetString: class {
    constructor(readonly value: string) {}
  },
  TreeItem: class {
    constructor(readonly label: string) {}
  },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  ThemeIcon: class {
    constructor(readonly id: string) {}
  },
  ProgressLocation: { Window: 10, Notification: 15 },
  QuickInputButtons: { Back: {} },
  ViewColumn: { Active: -1, Beside: -2, One: 1 },
  Uri: { joinPath: (_: unknown, ...parts: string[]) => parts.join('/') },
};

const load: unknown = Reflect.get(Module, '_load');
if (typeof load !== 'function') throw new TypeError('Node.js loads modules in another way');
Object.assign(Module, {
  _load: (...call: unknown[]): unknown => (call[0] === 'vscode' ? stand : Reflect.apply(load, Module, call)),
});

/** A memory of the editor. */
export class FakeMemento implements vscode.Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string, fallback?: T): T | undefined {
    const found = this.#values.get(key);
    return found === undefined ? fallback : (found as T);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }
}

/** What `Connections` uses of an extension's context. */
export function fakeContext(): vscode.ExtensionContext {
  const secrets = new Map<string, string>();
  const listeners = new Set<(event: { key: string }) => void>();
  const fire = (key: string) => {
    for (const each of listeners) each({ key });
  };
  const context = {
    globalState: new FakeMemento(),
    workspaceState: new FakeMemento(),
    secrets: {
      onDidChange: (listener: (event: { key: string }) => void) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
      get: async (key: string) => Promise.resolve(secrets.get(key)),
      store: async (key: string, value: string) => {
        secrets.set(key, value);
        fire(key);
        return Promise.resolve();
      },
      delete: async (key: string) => {
        if (secrets.delete(key)) fire(key);
        return Promise.resolve();
      },
    },
  };
  return context as unknown as vscode.ExtensionContext;
}
