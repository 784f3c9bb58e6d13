/** What the server sends without being asked. If a message cannot be sent, only that message is lost. */
import type { Connection, MessageType } from 'vscode-languageserver/node';
import { withoutLinks } from '#language';
import {
  METADATA_WANTED,
  type MetadataWantedParams,
  RECORDS_WANTED,
  type RecordsWantedParams,
} from '#protocol';
import type { OpenDocument } from './documents';
import type { Guard } from './guard';
import { DiagnosticRefreshRequest, InlayHintRefreshRequest, ShowMessageNotification } from './lsp';
import type { Report } from './reports';

export class Client {
  constructor(
    private readonly connection: Connection,
    private readonly guard: Guard,
  ) {}

  /** Shows a message to the user; text that it quotes never becomes a link. */
  show(type: MessageType, text: string): void {
    const message = withoutLinks(text);
    this.#send('show message', () =>
      this.connection.sendNotification(ShowMessageNotification.type, { type, message }),
    );
  }

  publish({ uri, version }: OpenDocument, { items }: Report): void {
    this.#send('publish diagnostics', () =>
      this.connection.sendDiagnostics({ uri, version, diagnostics: [...items] }),
    );
  }

  /** Tells the client to ask for all diagnostics again. */
  refreshDiagnostics(): void {
    this.#send('refresh diagnostics', () => this.connection.sendRequest(DiagnosticRefreshRequest.type));
  }

  /** Tells the client to ask for all inlay hints again. */
  refreshHints(): void {
    this.#send('refresh inlay hints', () => this.connection.sendRequest(InlayHintRefreshRequest.type));
  }

  /** Removes the diagnostics of a closed document. */
  unpublish(uri: string): void {
    this.#send('publish diagnostics', () => this.connection.sendDiagnostics({ uri, diagnostics: [] }));
  }

  askForMetadata(params: MetadataWantedParams): void {
    this.#send(METADATA_WANTED, () => this.connection.sendNotification(METADATA_WANTED, params));
  }

  askForRecords(params: RecordsWantedParams): void {
    this.#send(RECORDS_WANTED, () => this.connection.sendNotification(RECORDS_WANTED, params));
  }

  /** Writes a warning to the log that the client keeps for the server. */
  log(text: string): void {
    this.connection.console.warn(withoutLinks(text));
  }

  #send(name: string, send: () => Promise<void>): void {
    void this.guard.run(name, undefined, send);
  }
}
