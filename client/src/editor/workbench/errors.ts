/** Failures as messages: one clear sentence, and what helps as buttons. */
import * as vscode from 'vscode';
import { describe, type ErrorAction } from '#core/remote/errors';
import type { Connection } from '#core/connections/connection';
import type { Output } from './output';
import { showFailure } from './messages';

/** What each button says and runs. `retry` is the caller's. */
export const ACTIONS: Readonly<
  Record<Exclude<ErrorAction, 'retry'>, { readonly label: string; readonly command: string }>
> = {
  credentials: { label: 'Change Key or Password', command: 'apq.updateCredentials' },
  connection: { label: 'Switch Connection', command: 'apq.switchConnection' },
  metadata: { label: 'Refresh Metadata', command: 'apq.refreshMetadata' },
  output: { label: 'Show Output', command: 'apq.showOutput' },
};

/** Shows a failure and logs its details. Returns at once; the buttons work when they are pressed, on `connection` where it is named. */
export function showError(error: unknown, output: Output, retry?: () => void, connection?: Connection): void {
  const { sentence, actions, details } = describe(error);
  output.error(details);
  const buttons = actions.filter((action) => action !== 'retry' || retry !== undefined);
  const labels = buttons.map((action) => (action === 'retry' ? 'Try Again' : ACTIONS[action].label));
  void showFailure(sentence, ...labels).then((label) => {
    const action = buttons[labels.indexOf(label ?? '')];
    if (action === 'retry') retry?.();
    else if (action !== undefined) void vscode.commands.executeCommand(ACTIONS[action].command, connection);
  });
}
