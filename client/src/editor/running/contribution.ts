/** Running requests: one, several, all pages, or into a file; previewing, counting and copying them. */
import type * as vscode from 'vscode';
import { registerCommands } from '../workbench/commands';
import type { TextPages } from '../workbench/text-pages';
import { continueRuns } from './continue-run';
import { fetchToFile } from './fetch-to-file';
import { copyRequest, previewRequest } from './preview-request';
import { type Target, targetOf } from './requests';
import { countRecords, type RunCommandParts, runRequest, runSeveral } from './run-request';

export interface RunningParts extends RunCommandParts {
  readonly pages: TextPages;
}

export function contributeRunning(parts: RunningParts): vscode.Disposable[] {
  const on = (run: (parts: RunningParts, target: Target) => unknown) => (uri: unknown, index: unknown) =>
    run(parts, targetOf(uri, index));
  return [
    continueRuns(parts),
    ...registerCommands({
      'apq.runRequest': on(runRequest),
      'apq.countRequest': on(countRecords),
      'apq.fetchAll': on(async (_, target) => runRequest(parts, target, 'all')),
      'apq.fetchToFile': on(fetchToFile),
      'apq.runSelected': async () => runSeveral(parts, 'selected'),
      'apq.runAll': async () => runSeveral(parts, 'all'),
      'apq.previewRequest': on(previewRequest),
      'apq.copyRequest': on(copyRequest),
    }),
  ];
}
