/** The language server as the editor sees it: started here, reached over LSP only. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import {
  type InitializationOptions,
  METADATA_WANTED,
  type MetadataWantedParams,
  SET_CONNECTIONS,
  SET_METADATA,
  type SetConnectionsParams,
  type SetMetadataParams,
} from '#protocol';

export class LanguageServer implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #wanted = new vscode.EventEmitter<MetadataWantedParams>();
  /** Metadata that an open file needs and the server does not have. */
  readonly onMetadataWanted = this.#wanted.event;

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
        markdown: { isTrusted: false, supportHtml: false },
      },
    );
    this.#client.onNotification(METADATA_WANTED, (params: MetadataWantedParams) => this.#wanted.fire(params));
  }

  async start(): Promise<void> {
    await this.#client.start();
  }

  async setConnections(params: SetConnectionsParams): Promise<void> {
    await this.#client.sendNotification(SET_CONNECTIONS, params);
  }

  /** `text` is that of a metadata cache file; undefined when none exists. */
  async setMetadata(root: string, text: string | undefined): Promise<void> {
    const params: SetMetadataParams = { root, text: text ?? null };
    await this.#client.sendNotification(SET_METADATA, params);
  }

  dispose(): void {
    this.#wanted.dispose();
    void this.#client.dispose().catch(() => undefined);
  }
}
