/** What commands work with. */
import type * as vscode from 'vscode';
import type { History } from '#core/history/history';
import type { Connections } from './connections/connections';
import type { ExpectationMarks } from './testing/expectation-marks';
import type { Language } from './workbench/language-client';
import type { EditorMetadata } from './metadata/editor-metadata';
import type { Output } from './workbench/output';
import type { ResultPanels } from './results/panels';
import type { ResultActions } from './results/result-actions';
import type { Answers } from './running/answers';
import type { ApiProblems } from './running/api-problems';
import type { Prompts } from './running/prompts';
import type { Runs } from './running/runs';
import type { SamplePlatform } from './sample/sample-platform';
import type { TextPages } from './workbench/text-pages';

export interface Services {
  readonly connections: Connections;
  readonly language: Language;
  /** What `# @expect` lines came to, shown beside them. */
  readonly marks: ExpectationMarks;
  readonly metadata: EditorMetadata;
  readonly output: Output;
  readonly results: ResultPanels;
  readonly resultActions: ResultActions;
  readonly runs: Runs;
  readonly answers: Answers;
  readonly prompts: Prompts;
  readonly apiProblems: ApiProblems;
  readonly history: History;
  readonly pages: TextPages;
  readonly sample: SamplePlatform;
  /** What is remembered for the user beyond a window. */
  readonly memory: vscode.Memento;
  /** Where sample queries lie in the extension. */
  readonly samples: string;
  /** Settled when a connection that is opened at the start is there. */
  readonly started: Promise<unknown>;
}
