/** The output channel: details for support, secrets masked by those who write them. */
import * as vscode from 'vscode';
import type { Log } from '#core/text/log';

export class Output implements Log, vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('APQ', { log: true });

  info(text: string): void {
    this.#channel.info(text);
  }

  error(text: string): void {
    this.#channel.error(text);
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
