/** Requests and notifications beside plain LSP, shared with the client. Types and names only. */

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
  /** Changes there are real. */
  readonly production: boolean;
}

/** Client → server: metadata of one connection's platform, as in a cache file. `null` forgets them. */
export const SET_METADATA = 'apq/setMetadata';
export interface SetMetadataParams {
  readonly root: string;
  /** The JSON text of a metadata cache file. */
  readonly text: string | null;
}

/** Server → client: an open file uses what nobody knows yet. Sent once for each, until metadata of that platform come. */
export const METADATA_WANTED = 'apq/metadataWanted';
export interface MetadataWantedParams {
  readonly root: string;
  /** Whose fields are wanted; `null`: the list of modules. */
  readonly module: string | null;
  /** True: something is known, but the file says otherwise: perhaps it is old. */
  readonly doubted: boolean;
}

/** `initialize`: all optional. */
export interface InitializationOptions {
  /** A metadata cache file to load, and to load again when it changes. */
  readonly metadataFile?: string;
  /** The client has the commands below; without it the server says how to do the same on the command line. */
  readonly commands?: boolean;
}

/** Commands that the server's answers name: the client's, when `commands` is set. */
export const CLIENT_COMMANDS = {
  suggest: 'editor.action.triggerSuggest',
  refreshMetadata: 'apq.refreshMetadata',
  run: 'apq.runRequest',
  count: 'apq.countRequest',
  fetchAll: 'apq.fetchAll',
  preview: 'apq.previewRequest',
  copy: 'apq.copyRequest',
} as const;
