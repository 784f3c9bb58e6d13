/** The output channel: details for support. Those who write mask the secrets they know; the rest is made harmless here. */
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
