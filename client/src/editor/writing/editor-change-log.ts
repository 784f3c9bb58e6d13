/** The log of changes in this window, and the files that take changes back. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { userFolder } from '#core/files/user-folder';
import type { RunPort } from '#core/running/pipeline';
import { ChangeLog } from '#core/writing/change-log';
import { showWarning } from '../workbench/messages';
import { setting } from '../workbench/settings';

export class EditorChangeLog implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** The files that take changes back, for as long as they are open. */
  readonly #undoFiles = new Set<string>();
  readonly #closing = vscode.workspace.onDidCloseTextDocument(({ uri }) =>
    this.#undoFiles.delete(uri.toString()),
  );
  /** Fires when this window has noted something. */
  readonly onDidChange = this.#changed.event;

  readonly log = new ChangeLog({
    folder: userFolder(),
    keep: () => setting('changes.keep'),
    tell: (sentence) => void showWarning(sentence),
    changed: () => this.#changed.fire(),
  });

  /** What a run of a file tells the log. */
  writesOf(uri: string): RunPort['writes'] {
    return { log: this.log, source: this.#undoFiles.has(uri) ? 'undo' : 'editor', run: randomUUID() };
  }

  /** What this file sends is noted as taking changes back. */
  addUndoFile(uri: vscode.Uri): void {
    this.#undoFiles.add(uri.toString());
  }

  dispose(): void {
    this.#closing.dispose();
    this.#changed.dispose();
  }
}
