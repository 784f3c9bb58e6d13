/** What commands work with. */
import type { Connections } from './connections';
import type { ExpectationMarks } from './expectation-marks';
import type { Language } from './language-client';
import type { EditorMetadata } from './metadata';
import type { Output } from './output';
import type { ResultsPanel } from './results-panel';
import type { SamplePlatform } from './sample-platform';

export interface Services {
  readonly connections: Connections;
  readonly language: Language;
  /** What `# @expect` lines came to, shown beside them. */
  readonly marks: ExpectationMarks;
  readonly metadata: EditorMetadata;
  readonly output: Output;
  readonly results: ResultsPanel;
  readonly sample: SamplePlatform;
  /** Where sample queries lie in the extension. */
  readonly samples: string;
  /** Settled when a connection that is opened at the start is there. */
  readonly started: Promise<unknown>;
}
