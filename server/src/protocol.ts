/** Notifications, options and commands in addition to plain LSP, shared with the client. Types and names only. */

/** Client → server: the connections that requests may name, and which one is in use. Names and addresses, never a secret. */
export const SET_CONNECTIONS = 'apq/setConnections';
export interface SetConnectionsParams {
  readonly connections: readonly ConnectionDescription[];
  /** The root of the active connection; `null`: there is none. */
  readonly active: string | null;
}
export interface ConnectionDescription {
  readonly name: string;
  /** The site's root, without a slash at its end. */
  readonly root: string;
  /** True when changes there affect live records. */
  readonly production: boolean;
}

/** Client → server: the metadata of one connection's platform, as in a cache file. `null` forgets it. */
export const SET_METADATA = 'apq/setMetadata';
export interface SetMetadataParams {
  readonly root: string;
  /** The JSON text of a metadata cache file. */
  readonly text: string | null;
}

/** Server → client: an open file needs metadata. Sent once for each module, until metadata of that platform arrives. */
export const METADATA_WANTED = 'apq/metadataWanted';
export interface MetadataWantedParams {
  readonly root: string;
  /** The module whose fields are wanted; `null`: the list of modules. */
  readonly module: string | null;
  /** True when the metadata exists, but the file contradicts it: perhaps it is old. */
  readonly doubted: boolean;
}

/** The `initializationOptions` of `initialize`. */
export interface InitializationOptions {
  /** A metadata cache file to load, and to reload when it changes. */
  readonly metadataFile?: string;
  /** True when the client has the commands below; otherwise the server explains how to do the same on the command line. */
  readonly commands?: boolean;
}

/** Commands that the server's responses name; the client executes them when `commands` is set. */
export const CLIENT_COMMANDS = {
  suggest: 'editor.action.triggerSuggest',
  refreshMetadata: 'apq.refreshMetadata',
  run: 'apq.runRequest',
  count: 'apq.countRequest',
  fetchAll: 'apq.fetchAll',
  preview: 'apq.previewRequest',
  copy: 'apq.copyRequest',
} as const;
