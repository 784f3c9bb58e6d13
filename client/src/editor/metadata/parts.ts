/** What the commands of this room work with. */
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from './editor-metadata';

export interface MetadataParts {
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
}
