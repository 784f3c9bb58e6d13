/** What imports work with. */
import type * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { SamplePlatform } from '../sample/sample-platform';
import type { Output } from '../workbench/output';
import type { ShowsChanges } from '../writing/changes';
import type { EditorChangeLog } from '../writing/editor-change-log';

export interface ImportParts {
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
  readonly sample: SamplePlatform;
  readonly output: Output;
  readonly changes: ShowsChanges;
  readonly changeLog: EditorChangeLog;
  readonly extensionUri: vscode.Uri;
}
