/** Notifications, options and commands in addition to plain LSP, shared with the client. Types and names only. */
import type { Position, TextEdit } from 'vscode-languageserver/node';
import type {
  BuilderChange,
  BuilderState,
  PlatformData,
  PlatformDataChange,
  RecordQuery,
  RecordSearchOutcome,
} from '#language';

/** Client → server: the connections that requests may name, and which one is in use. Names and addresses, never a secret. */
export const SET_CONNECTIONS = 'apq/setConnections';
export interface SetConnectionsParams {
  readonly connections: readonly ConnectionDescription[];
  /** The name of the active connection; `null`: there is none. */
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

/** A connection whose user knows something, and the platform of which it is known. */
interface Knowing {
  /** The name of the connection: two connections to one site are two users. */
  readonly connection: string;
  readonly root: string;
}

/** Client → server: what was learnt from the answers on one connection. `null` forgets it. */
export const SET_KNOWN_DATA = 'apq/setKnownData';
export interface SetKnownDataParams extends Knowing {
  readonly data: PlatformData | null;
}

/** Client → server: what changed of it since the last of the two notifications. It counts only where there was one. */
export const CHANGE_KNOWN_DATA = 'apq/changeKnownData';
export interface ChangeKnownDataParams extends Knowing {
  readonly change: PlatformDataChange;
}

/**
 * Server → client: somebody types a part of a record's name where its ID belongs. The client asks the platform after a
 * pause, pushes what it found by `apq/changeKnownData`, and opens the list again where the cursor is still there.
 */
export const RECORDS_WANTED = 'apq/recordsWanted';
export interface RecordsWantedParams {
  /** The name of the connection to search. */
  readonly connection: string;
  readonly module: string;
  /** The fields of the module whose values, with a space between them, are a record's name. */
  readonly labels: readonly string[];
  /** What was typed. */
  readonly text: string;
  readonly uri: string;
  /** Where the list is opened again with what was found; null where none was open. */
  readonly position: Position | null;
}

/** Client → server: how a search for records ended. What it found was sent before. */
export const RECORDS_SEARCHED = 'apq/recordsSearched';
export interface RecordsSearchedParams extends RecordQuery, RecordSearchOutcome {}

/** Client → server: the request at a place, for the builder; `null` where there is none. */
export const BUILDER_STATE = 'apq/builderState';
export interface BuilderStateParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}
export interface BuilderStateResult {
  /** The version of the document that was read. */
  readonly version: number;
  /** Where the request begins: the place to ask for it again. */
  readonly position: Position;
  readonly state: BuilderState;
}

/** Client → server: records whose IDs a field holds, by a part of their names. Others than those known are searched for. */
export const BUILDER_RECORDS = 'apq/builderRecords';
export interface BuilderRecordsParams extends BuilderStateParams {
  readonly field: string;
  readonly text: string;
}

/** Client → server: the edits that make one change of a request. */
export const BUILDER_EDIT = 'apq/builderEdit';
export interface BuilderEditParams extends BuilderStateParams {
  /** The version of the document whose state the change was made from; another one is refused. */
  readonly version: number;
  readonly change: BuilderChange;
  /** True where the user's computer writes 4 March as 3/4. */
  readonly monthFirst: boolean;
}
export type BuilderEditResult =
  | { readonly ok: true; readonly version: number; readonly edits: readonly TextEdit[] }
  /** `message` says why not: one sentence. */
  | { readonly ok: false; readonly message: string };

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

/** The `data` of an item of completion. */
export interface CompletionData {
  /** The number of the list that the item is of. */
  readonly list: number;
  /** True when another choice follows, so that the client opens the list again. */
  readonly again?: boolean;
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
  /** With `LookUpValuesParams`. */
  lookUpValues: 'apq.lookUpValues',
  openBuilder: 'apq.openBuilder',
} as const;

/** The argument of `lookUpValues`. */
export interface LookUpValuesParams {
  /** The name of the connection on which they are looked up. */
  readonly connection: string;
  readonly module: string;
  readonly field: string;
}
