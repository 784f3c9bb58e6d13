/** Requests and notifications beside plain LSP, shared with the client. Types and names only. */

/** Client → server: metadata, as in a cache file. `null` forgets them. */
export const SET_METADATA = 'apq/setMetadata';
export interface SetMetadataParams {
  /** The JSON text of a metadata cache file. */
  readonly text: string | null;
}

/** Client → server: which request is at a position? `null` when the file has none. */
export const REQUEST_AT = 'apq/requestAt';
export interface RequestAtParams {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}
export interface RequestAtResult {
  /** From 0, counting requests only. */
  readonly index: number;
  readonly title: string;
  readonly line: number;
}

/** Server → client: a module whose fields somebody asks for and nobody knows. Sent once for each catalog. */
export const MODULE_WANTED = 'apq/moduleWanted';
export interface ModuleWantedParams {
  readonly module: string;
}

/** `initialize`: all optional. */
export interface InitializationOptions {
  /** A metadata cache file to load, and to load again when it changes. */
  readonly metadataFile?: string;
  /** The client understands the commands below in completion items and code lenses. */
  readonly commands?: boolean;
}

/** Commands of the client that the server's answers may name, when `commands` is set. */
export const CLIENT_COMMANDS = {
  suggest: 'editor.action.triggerSuggest',
  refreshMetadata: 'apq.refreshMetadata',
  run: 'apq.runRequest',
  count: 'apq.countRequest',
  fetchAll: 'apq.fetchAll',
  copy: 'apq.copyRequest',
} as const;
