/**
 * Whether the list of completion is open. VS Code tells extensions nothing of that, but it resolves the item that has the
 * focus, and calls this off when another item gets the focus or the list closes. So while somebody has to know, items stay
 * unresolved. Where no item gets the focus (the setting `editor.suggest.selectionMode`), a list counts as open.
 */
import type * as vscode from 'vscode';

interface Hold {
  readonly ended: Promise<void>;
  readonly end: () => void;
}

export class OpenList {
  #closed = false;
  /** The list or the item that VS Code asked for last: only that one’s being called off means that the list closed. */
  #last: vscode.CancellationToken | undefined;
  #hold: Hold | undefined;

  /**
   * False where the list that is watched was closed, by its user, by leaving the editor, or by choosing from it; and where
   * another was asked for, of which nobody has to know.
   */
  get isOpen(): boolean {
    return this.#hold !== undefined && !this.#closed;
  }

  /** From now on, closing the list that was asked for last is noticed. */
  watch(): void {
    if (this.#hold !== undefined) return;
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    this.#hold = { ended, end };
  }

  /** Nobody has to know any more: held items are shown with their explanations. */
  unwatch(): void {
    this.#hold?.end();
    this.#hold = undefined;
  }

  /** To be called when VS Code asks for a list, before it is known whether this one is to be watched. */
  asked(token: vscode.CancellationToken): void {
    this.unwatch();
    void this.#follow(token);
  }

  /** To be called when VS Code asks for what explains an item; settles when it may be given. */
  async focused(token: vscode.CancellationToken): Promise<void> {
    const calledOff = this.#follow(token);
    if (this.#hold !== undefined) await Promise.race([this.#hold.ended, calledOff]);
  }

  /** Settles when it is called off. */
  async #follow(token: vscode.CancellationToken): Promise<void> {
    this.#last = token;
    this.#closed = false;
    await new Promise<void>((resolve) => {
      token.onCancellationRequested(() => {
        if (this.#last === token) this.#closed = true;
        resolve();
      });
    });
  }
}
