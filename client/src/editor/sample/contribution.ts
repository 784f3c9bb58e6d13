/** The sample platform's commands, and the view of the sample queries. */
import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import { registerCommands, setContext } from '../workbench/commands';
import { openSamplePlatform, resetSamplePlatform, type SampleParts } from './open-sample';
import { SamplesView } from './samples-view';

export function contributeSample(parts: SampleParts, connections: Connections): vscode.Disposable[] {
  /** The view and the command to reset it are there while the sample platform is among the connections. */
  const show = () => {
    setContext(
      'apq.hasSample',
      connections.all.some((each) => connections.isSample(each)),
    );
    setContext(
      'apq.hasOwnConnection',
      connections.all.some((each) => !connections.isSample(each)),
    );
  };
  show();
  return [
    parts.sample,
    connections.onDidChange(show),
    vscode.window.registerTreeDataProvider('apq.samples', new SamplesView(parts.files)),
    ...registerCommands({
      'apq.openSamplePlatform': () => openSamplePlatform(parts),
      'apq.resetSamplePlatform': () => resetSamplePlatform(parts),
    }),
  ];
}
