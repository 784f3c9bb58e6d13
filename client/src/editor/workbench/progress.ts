/** Work under way, as VS Code shows it: the only caller of its progress, so that foreign text in it is harmless. */
import * as vscode from 'vscode';
import { forLabel, forNotification } from '#core/text/foreign-text';

/** What shown work can say and hear. */
export interface Task {
  /** Aborted when the user cancels. */
  readonly signal: AbortSignal;
  /** `percent` is how much is done in all, from 0 to 100. */
  readonly report: (message: string | undefined, percent?: number) => void;
}

/** Shows a notification while the work is under way; with `cancellable`, one that can end it. */
export const inNotification = async <T>(
  title: string,
  work: (task: Task) => Promise<T>,
  { cancellable = false } = {},
): Promise<T> => shown(vscode.ProgressLocation.Notification, forNotification, title, cancellable, work);

/** Shows a line in the status bar while the work is under way. */
export const inStatusBar = async <T>(title: string, work: (task: Task) => Promise<T>): Promise<T> =>
  shown(vscode.ProgressLocation.Window, forLabel, title, false, work);

async function shown<T>(
  location: vscode.ProgressLocation,
  safe: (text: string) => string,
  title: string,
  cancellable: boolean,
  work: (task: Task) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    { location, title: safe(title), cancellable },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let last = 0;
      return work({
        signal: abort.signal,
        report: (message, percent = last) => {
          progress.report({
            increment: percent - last,
            ...(message === undefined ? {} : { message: safe(message) }),
          });
          last = percent;
        },
      });
    },
  );
}
