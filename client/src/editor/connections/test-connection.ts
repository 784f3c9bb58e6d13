/** *Test Connection*: says what works, step by step, and what helps where it does not. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { testConnection } from '#core/connections/test-connection';
import { ACTIONS } from '../workbench/errors';
import type { ConnectionParts } from './parts';
import { chooseConnection } from './choose-connection';
import { showFailure, showInformation } from '../workbench/messages';

export async function testAConnection(parts: ConnectionParts, given?: Connection): Promise<void> {
  const chosen = given ?? (await chooseConnection(parts, 'Test Connection'));
  if (chosen === undefined) return;
  const { connections, sample, output } = parts;
  const connection = await sample.ready(chosen);
  const test = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Testing ${connection.name}…`,
      cancellable: true,
    },
    async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return testConnection(connections.client(connection), abort.signal);
    },
  );
  output.info(`Test of ${connection.name} (${connection.root}): ${test.passed.join('; ')}`);
  if (test.failure === undefined) {
    void showInformation(`${connection.name} works: ${test.passed.join('; ')}.`);
    return;
  }
  const { sentence, details, actions } = test.failure;
  output.error(details);
  const buttons = actions.filter((action) => action !== 'retry');
  const good = test.passed.length === 0 ? '' : ` What worked: ${test.passed.join('; ')}.`;
  const labels = ['Try Again', ...buttons.map((action) => ACTIONS[action].label)];
  void showFailure(`${connection.name}: ${sentence}${good}`, ...labels).then((label) => {
    if (label === 'Try Again') void testAConnection(parts, connection);
    const action = buttons.find((each) => ACTIONS[each].label === label);
    if (action !== undefined) void vscode.commands.executeCommand(ACTIONS[action].command, connection);
  });
}
