/** Failures as messages: one clear sentence, and what helps as buttons. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { describe } from '#core/remote/describe-error';
import type { ErrorAction } from '#core/remote/error-kinds';
import { showFailure } from './messages';
import type { Output } from './output';

/** A button under a failure. */
export interface ErrorButton {
  readonly id: ErrorAction;
  readonly label: string;
  /** Does what the label says. */
  readonly press: () => void;
}

/** The label of each button, and the command that it runs; the caller handles `retry`. */
const BUTTONS = {
  retry: { label: 'Try Again' },
  credentials: { label: 'Change Key or Password', command: 'apq.updateCredentials' },
  connection: { label: 'Switch Connection', command: 'apq.switchConnection' },
  metadata: { label: 'Refresh Metadata', command: 'apq.refreshMetadata' },
  output: { label: 'Show Output', command: 'apq.showOutput' },
} as const satisfies Readonly<Record<ErrorAction, { readonly label: string; readonly command?: string }>>;

/**
 * The buttons of a failure's actions, in order; their commands run on `connection` if it is given. `retry` is left
 * out when the caller can't try again.
 */
export const buttonsFor = (
  actions: readonly ErrorAction[],
  connection?: Connection,
  retry?: () => void,
): ErrorButton[] =>
  actions.flatMap((id): ErrorButton[] => {
    if (id !== 'retry') {
      const { label, command } = BUTTONS[id];
      return [{ id, label, press: () => void vscode.commands.executeCommand(command, connection) }];
    }
    return retry === undefined ? [] : [{ id, label: BUTTONS.retry.label, press: retry }];
  });

/** Returns the button whose id a view sent back; undefined if it is not a failure's button. */
export const buttonOf = (id: string, connection?: Connection): ErrorButton | undefined =>
  buttonsFor(isAction(id) ? [id] : [], connection)[0];

const isAction = (id: string): id is ErrorAction => Object.hasOwn(BUTTONS, id);

/** Shows a sentence with buttons, and runs the button that is pressed. Returns at once. */
export function showWithButtons(sentence: string, buttons: readonly ErrorButton[]): void {
  void showFailure(sentence, ...buttons.map(({ label }) => label)).then((pressed) =>
    buttons.find(({ label }) => label === pressed)?.press(),
  );
}

/** Shows a failure and logs its details. Returns at once; the buttons run on `connection` if it is given. */
export function showError(error: unknown, output: Output, retry?: () => void, connection?: Connection): void {
  const { sentence, actions, details } = describe(error);
  output.error(details);
  showWithButtons(sentence, buttonsFor(actions, connection, retry));
}
