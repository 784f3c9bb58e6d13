/** The server's state: the client, its folders and open documents, and its platforms. */
import type { Connection, InitializeParams, Position } from 'vscode-languageserver/node';
import { type LanguageService, namingProblems, nextStep, type RecordSearch } from '#language';
import type {
  ChangeKnownDataParams,
  SetConnectionsParams,
  SetKnownDataParams,
  SetMetadataParams,
} from '#protocol';
import { Client } from './client';
import { abilitiesOf, type ClientAbilities, NO_ABILITIES, optionsOf } from './client-abilities';
import { Documents, type OpenDocument, type UnreadDocument } from './documents';
import type { Guard } from './guard';
import { KnownPlatforms } from './known-platforms';
import { MessageType } from './lsp';
import { type MetadataFile, watchMetadataFile } from './metadata-file';
import { OfferedLists } from './offered-lists';
import { Publisher } from './publisher';
import { Reports } from './reports';
import { SqlChecks } from './sql-checks';
import { WantedMetadataQueue } from './wanted-metadata';

export class Workspace {
  readonly client: Client;
  readonly documents: Documents;
  readonly #known = new KnownPlatforms();
  readonly reports = new Reports();
  readonly offered = new OfferedLists();
  readonly #publisher: Publisher;
  readonly #wanted: WantedMetadataQueue;
  readonly #sql: SqlChecks;
  #abilities = NO_ABILITIES;
  #folders: readonly string[] = [];
  #metadataFile: MetadataFile | undefined;
  /** URIs of open documents of which the user was told that they can't be read. */
  readonly #unread = new Set<string>();
  readonly #logged = new Set<string>();
  #loading: Promise<void> | undefined;

  constructor(
    connection: Connection,
    readonly service: LanguageService,
    private readonly guard: Guard,
  ) {
    this.client = new Client(connection, guard);
    this.documents = new Documents(service, guard);
    this.#publisher = new Publisher(this.documents, service, this.reports, this.client, guard);
    this.#wanted = new WantedMetadataQueue(this.documents, service, guard, (params) =>
      this.client.askForMetadata(params),
    );
    this.#sql = new SqlChecks({
      documents: this.documents,
      service,
      guard,
      onFound: (uri) => this.#report(uri),
      onFailure: (message) => this.client.show(MessageType.Warning, message),
    });
  }

  /** What the client can do. */
  get abilities(): ClientAbilities {
    return this.#abilities;
  }

  /** URIs of the workspace's folders. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Pending while the metadata file is read for the first time: files are checked afterwards, rather than twice. */
  get loading(): Promise<void> | undefined {
    return this.#loading;
  }

  /** Stores what the client tells about itself, and starts to read the metadata file. */
  initialize(params: InitializeParams): void {
    this.#abilities = abilitiesOf(params);
    this.service.client = this.#abilities.commands ? 'vscode' : 'editor';
    this.#folders = (params.workspaceFolders ?? []).map(({ uri }) => uri);
    const { metadataFile: path } = optionsOf(params.initializationOptions);
    if (path === undefined) return;
    this.#metadataFile = watchMetadataFile(path, (text) => {
      this.#loading = undefined;
      void this.guard.run('metadata file', undefined, () => this.#takeMetadataFile(path, text));
    });
    this.#loading = this.#metadataFile.ready;
  }

  /** Soon sends the document's diagnostics, unless the client asks for them, and asks for the metadata that it lacks. */
  check({ uri }: OpenDocument): void {
    if (this.#loading !== undefined) return;
    if (!this.#abilities.pulls) this.#publisher.schedule(uri);
    this.#sql.schedule(uri);
    // A client without our commands can't fetch metadata.
    if (this.#abilities.commands) this.#wanted.schedule();
  }

  /** Sends diagnostics that are others though the text is the same, or lets the client ask for them. */
  #report(uri: string): void {
    if (!this.#abilities.pulls) this.#publisher.schedule(uri);
    else if (this.#abilities.refreshes) this.client.refreshDiagnostics();
  }

  /** After a document's text changed: checks it, or says once that it can't be read. */
  changed(document: OpenDocument | UnreadDocument): void {
    if (document.current !== undefined) {
      this.#unread.delete(document.uri);
      this.check(document);
      return;
    }
    this.#publisher.clear(document.uri);
    if (this.#unread.has(document.uri)) return;
    this.#unread.add(document.uri);
    this.client.show(
      MessageType.Error,
      `A fault in APQ keeps it from checking this file; your text is safe. Undo the last change, or go on: each change is a new try. ${nextStep(this.service.client, 'report-fault')}`,
    );
  }

  closed(uri: string): void {
    this.documents.close(uri);
    this.#unread.delete(uri);
    this.#publisher.clear(uri);
  }

  setConnections({ connections, active }: SetConnectionsParams): void {
    this.#known.setConnections(connections, active ?? undefined);
    this.#platformsChanged();
  }

  setMetadata({ root, text }: SetMetadataParams): void {
    this.#wanted.forget(root);
    this.#platformsChanged(this.#known.setMetadata(root, text));
  }

  setKnownData({ connection, root, data }: SetKnownDataParams): void {
    this.#known.setKnownData(connection, root, data);
    // Without names, what was searched is to be searched again: another user may see other records.
    if (data === null || data.records.length === 0) this.service.forgetSearches(connection);
    this.#knowledgeChanged();
  }

  changeKnownData({ connection, root, change }: ChangeKnownDataParams): void {
    if (this.#known.changeKnownData(connection, root, change)) this.#knowledgeChanged();
  }

  #knowledgeChanged(): void {
    this.#platformsChanged();
    if (this.#abilities.refreshesHints) this.client.refreshHints();
  }

  /** Asks the client to search for records, or first for the metadata that say what a record is called. */
  wantRecords(search: RecordSearch, uri: string, position: Position | null): void {
    if (!this.#abilities.commands) return;
    const { root, connection, module, labels, text } = search;
    if (labels.length > 0) this.client.askForRecords({ connection, module, labels, text, uri, position });
    else this.#wanted.askOnce({ root, module, doubted: false });
  }

  /** Reads the metadata file again, changed or not. Returns false when the client named none. */
  async rereadMetadataFile(): Promise<boolean> {
    await this.#metadataFile?.again();
    return this.#metadataFile !== undefined;
  }

  async stop(): Promise<void> {
    this.#metadataFile?.stop();
    this.#wanted.stop();
    this.#publisher.stop();
    await this.#sql.stop();
  }

  #takeMetadataFile(path: string, text: string | undefined): void {
    if (text === undefined)
      this.client.show(
        MessageType.Warning,
        `The metadata file ${path} can’t be read. It is loaded as soon as it can be; “apq metadata --output FILE” writes one.`,
      );
    this.#platformsChanged(this.#known.setOnly(text));
  }

  /** Checks all documents again after platforms changed; `problem` says why they could not change. */
  #platformsChanged(problem?: string): void {
    if (problem === undefined) this.service.setPlatforms(this.#known.platforms());
    else this.client.show(MessageType.Warning, problem);
    this.#logNaming();
    for (const document of this.documents.all()) this.check(document);
    if (this.#abilities.refreshes) this.client.refreshDiagnostics();
  }

  /** Says once what is wrong with the user's own names of label fields. */
  #logNaming(): void {
    for (const text of [...this.#known.catalogs].flatMap(namingProblems)) {
      if (this.#logged.has(text)) continue;
      this.#logged.add(text);
      this.client.log(text);
    }
  }
}
