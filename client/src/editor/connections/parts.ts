/** What the commands of this room work with. */
import type { SamplePlatform } from '../sample/sample-platform';
import type { Output } from '../workbench/output';
import type { Connections } from './connections';

export interface ConnectionParts {
  readonly connections: Connections;
  readonly sample: SamplePlatform;
  readonly output: Output;
}
