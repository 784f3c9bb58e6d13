/** The language server as the editor sees it: started here, spoken to over LSP only. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import {
  MODULE_WANTED,
  REQUEST_AT,
  SET_METADATA,
  type InitializationOptions,
  type ModuleWantedParams,
  type RequestAtParams,
  type RequestAtResult,
  type SetMetadataParams,
} from '../../../server/src/protocol';

export class Language implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #wanted = new vscode.EventEmitter<string>();
  /** A module whose fields somebody needs and the server does not know. */
  readonly onModuleWanted = this.#wanted.event;

  constructor(context: vscode.ExtensionContext) {
    const module = context.asAbsolutePath('dist/server.js');
    this.#client = new LanguageClient(
      'apq',
      'APQ Language Server',
      { module, transport: TransportKind.ipc },
      {
        documentSelector: [{ language: 'apq' }],
        initializationOptions: { commands: true } satisfies InitializationOptions,
        markdown: { isTrusted: false, supportHtml: false },
      },
    );
    this.#client.onNotification(MODULE_WANTED, ({ module: name }: ModuleWantedParams) =>
      this.#wanted.fire(name),
    );
  }

  async start(): Promise<void> {
    await this.#client.start();
  }

  /** `text` is that of a metadata cache file; undefined where there is none. */
  async setMetadata(text: string | undefined): Promise<void> {
    await this.#client.sendNotification(SET_METADATA, { text: text ?? null } satisfies SetMetadataParams);
  }

  async requestAt(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<RequestAtResult | undefined> {
    const params: RequestAtParams = {
      uri: this.#client.code2ProtocolConverter.asUri(document.uri),
      position,
    };
    return (await this.#client.sendRequest<RequestAtResult | null>(REQUEST_AT, params)) ?? undefined;
  }

  dispose(): void {
    this.#wanted.dispose();
    void this.#client.dispose().catch(() => undefined);
  }
}
