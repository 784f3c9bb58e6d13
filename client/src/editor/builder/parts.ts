/** What the builder works with. */
import type * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import type { KnownDataHub } from '../known/known-data-hub';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { Requests } from '../running/requests';
import type { LanguageServer } from '../workbench/language-server';
import type { Output } from '../workbench/output';
import type { QueryFiles } from '../workbench/query-files';

export interface BuilderParts {
  readonly server: LanguageServer;
  readonly requests: Requests;
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
  readonly known: Pick<KnownDataHub, 'onDidChange'>;
  readonly files: QueryFiles;
  readonly output: Output;
  /** Remembers whether the platform is asked while building. */
  readonly memory: vscode.Memento;
  readonly extensionUri: vscode.Uri;
  /** Settles when the language server runs. */
  readonly started: () => Promise<unknown>;
}
