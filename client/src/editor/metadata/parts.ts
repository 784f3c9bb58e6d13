/** What the commands of this room work with. */
import type { Connection } from '#core/connections/connection';
import type { KnownValue } from '#language';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from './editor-metadata';

export interface MetadataParts {
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
  /** What was learnt of the platforms' data. */
  readonly known: {
    valuesOf(connection: Connection, module: string, field: string): readonly KnownValue[];
  };
}
