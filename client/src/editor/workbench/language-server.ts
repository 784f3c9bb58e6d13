/** The language server as the editor sees it: started here, reached over LSP only. */
import * as vscode from 'vscode';
import { LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import type { BuilderRecords } from '#language';
import {
  BUILDER_EDIT,
  BUILDER_RECORDS,
  BUILDER_STATE,
  type BuilderEditParams,
  type BuilderEditResult,
  type BuilderRecordsParams,
  type BuilderStateParams,
  type BuilderStateResult,
  CHANGE_KNOWN_DATA,
  type ChangeKnownDataParams,
  type InitializationOptions,
  METADATA_WANTED,
  type MetadataWantedParams,
  RECORDS_SEARCHED,
  RECORDS_WANTED,
  type RecordsSearchedParams,
  type RecordsWantedParams,
  SET_CONNECTIONS,
  SET_KNOWN_DATA,
  SET_METADATA,
  type SetConnectionsParams,
  type SetKnownDataParams,
  type SetMetadataParams,
} from '#protocol';
import { completedLists } from './completion-lists';
import { OpenList } from './open-list';

export class LanguageServer implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #wanted = new vscode.EventEmitter<MetadataWantedParams>();
  /** Metadata that an open file needs and the server does not have. */
  readonly onMetadataWanted = this.#wanted.event;

  readonly #recordsWanted = new vscode.EventEmitter<RecordsWantedParams>();
  /** A part of a record's name that somebody typed where its ID belongs. */
  readonly onRecordsWanted = this.#recordsWanted.event;

  readonly #restarted = new vscode.EventEmitter<void>();
  /** The server ended, and runs anew: it knows the open files, and nothing else of what it was told. */
  readonly onDidRestart = this.#restarted.event;

  /** The list of completion in the editor. */
  readonly list = new OpenList();

  readonly #searched = new vscode.EventEmitter<void>();
  /** The server knows the end of a search for records. */
  readonly onDidSearch = this.#searched.event;

  constructor(context: vscode.ExtensionContext) {
    const module = context.asAbsolutePath('dist/server.js');
    this.#client = new LanguageClient(
      'apq',
      'APQ Language Server',
      { module, transport: TransportKind.ipc },
      {
        documentSelector: [{ language: 'apq' }],
        initializationOptions: { commands: true } satisfies InitializationOptions,
        diagnosticPullOptions: { onChange: true, onFocus: true },
        middleware: {
          provideCompletionItem: async (document, position, context, token, next) => {
            this.list.asked(token);
            return completedLists(document, position, context, token, next);
          },
          resolveCompletionItem: async (item, token, next) => {
            const held = this.list.focused(token);
            const resolved = await next(item, token);
            await held;
            return resolved;
          },
        },
        markdown: { isTrusted: false, supportHtml: false },
      },
    );
    this.#client.onNotification(METADATA_WANTED, (params: MetadataWantedParams) => this.#wanted.fire(params));
    this.#client.onNotification(RECORDS_WANTED, (params: RecordsWantedParams) =>
      this.#recordsWanted.fire(params),
    );
  }

  async start(): Promise<void> {
    await this.#client.start();
    this.#client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.#restarted.fire();
    });
  }

  async setConnections(params: SetConnectionsParams): Promise<void> {
    await this.#client.sendNotification(SET_CONNECTIONS, params);
  }

  /** `text` is that of a metadata cache file; undefined when none exists. */
  async setMetadata(root: string, text: string | undefined): Promise<void> {
    const params: SetMetadataParams = { root, text: text ?? null };
    await this.#client.sendNotification(SET_METADATA, params);
  }

  async setKnownData(params: SetKnownDataParams): Promise<void> {
    await this.#client.sendNotification(SET_KNOWN_DATA, params);
  }

  async changeKnownData(params: ChangeKnownDataParams): Promise<void> {
    await this.#client.sendNotification(CHANGE_KNOWN_DATA, params);
  }

  /** To be called after the server was told what the search found. */
  async tellSearched(params: RecordsSearchedParams): Promise<void> {
    await this.#client.sendNotification(RECORDS_SEARCHED, params);
    this.#searched.fire();
  }

  /** Returns the request at a place as the builder shows it; null where there is none. */
  async builderState(params: BuilderStateParams): Promise<BuilderStateResult | null> {
    return await this.#client.sendRequest<BuilderStateResult | null>(BUILDER_STATE, params);
  }

  async builderRecords(params: BuilderRecordsParams): Promise<BuilderRecords> {
    return await this.#client.sendRequest<BuilderRecords>(BUILDER_RECORDS, params);
  }

  async builderEdit(params: BuilderEditParams): Promise<BuilderEditResult> {
    return await this.#client.sendRequest<BuilderEditResult>(BUILDER_EDIT, params);
  }

  dispose(): void {
    this.#wanted.dispose();
    this.#recordsWanted.dispose();
    this.#searched.dispose();
    this.#restarted.dispose();
    void this.#client.dispose().catch(() => undefined);
  }
}
