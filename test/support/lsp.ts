/** The language server over stdio, as any editor starts it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  type ClientCapabilities,
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** How long the server may take to do something, even on a busy machine, in milliseconds. */
export const PATIENCE_MS = 30_000;

export const ROOT = join(import.meta.dirname, '../..');

export class LspClient {
  readonly #diagnostics = new Map<string, Diagnostic[]>();
  #waiting: (() => void)[] = [];
  readonly messages: string[] = [];
  /** How many lists of diagnostics the server has sent without being asked. */
  published = 0;
  /** What the server logged. */
  readonly log: string[] = [];
  #version = 1;

  private constructor(
    private readonly process: ChildProcess,
    readonly connection: ProtocolConnection,
    readonly initialized: InitializeResult,
  ) {
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: PublishDiagnosticsParams) => {
        this.published++;
        this.#diagnostics.set(uri, diagnostics);
        for (const wake of this.#waiting.splice(0)) wake();
      },
    );
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
    });
  }

  /** `program` is what Node runs: the bundle by default. */
  static async start(
    initializationOptions: unknown = {},
    folder?: string,
    program: readonly string[] = [join(ROOT, 'dist/server.js')],
    capabilities: ClientCapabilities = {},
  ): Promise<LspClient> {
    const child = spawn(process.execPath, [...program, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const initialized: InitializeResult = await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folder === undefined ? null : [{ uri: folder, name: 'folder' }],
      capabilities,
      initializationOptions,
    });
    const client = new LspClient(child, connection, initialized);
    await connection.sendNotification('initialized', {});
    return client;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  async open(uri: string, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'apq', version: this.#version, text },
    });
  }

  async change(uri: string, range: { start: Position; end: Position }, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++this.#version },
      contentChanges: [{ range, text }],
    });
  }

  /** Returns the diagnostics of a file as soon as `accept` returns true for them. */
  async diagnostics(
    uri: string,
    accept: (diagnostics: Diagnostic[]) => boolean = () => true,
  ): Promise<Diagnostic[]> {
    for (;;) {
      const known = this.#diagnostics.get(uri);
      if (known !== undefined && accept(known)) return known;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no such diagnostics of ${uri}: ${JSON.stringify(known)}`)),
          PATIENCE_MS,
        );
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async completion(uri: string, position: Position): Promise<CompletionItem[]> {
    const list: CompletionList | null = await this.connection.sendRequest('textDocument/completion', {
      textDocument: { uri },
      position,
    });
    return list?.items ?? [];
  }

  async hover(uri: string, position: Position): Promise<string> {
    const hover: Hover | null = await this.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    const contents = hover?.contents;
    return contents !== undefined && typeof contents === 'object' && 'value' in contents
      ? contents.value
      : '';
  }

  async codeActions(uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise<number | null>((resolve) => this.process.on('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    assert.equal(await ended, 0);
    this.connection.dispose();
  }
}
