/** The output channel: details for support. Callers mask the secrets that they know; other dangers are removed here. */
import * as vscode from 'vscode';
import { harmless } from '#core/text/foreign-text';
import type { Log } from '#core/text/log';

export class Output implements Log, vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('APQ', { log: true });

  info(text: string): void {
    this.#channel.info(harmless(text));
  }

  error(text: string): void {
    this.#channel.error(harmless(text));
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
