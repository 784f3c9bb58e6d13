/** For which files the user agreed to changes in this window, on which connections: asked once per file. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import type { QueryFile } from '#core/running/query-file';

export class Agreements implements vscode.Disposable {
  readonly #files = new Map<string, Set<string>>();
  // A file without a name may be another one later.
  readonly #closing = vscode.workspace.onDidCloseTextDocument(({ uri, isUntitled }) => {
    if (isUntitled) this.#files.delete(uri.toString());
  });

  has({ id }: QueryFile, connection: Connection): boolean {
    return this.#files.get(id)?.has(placeOf(connection)) === true;
  }

  add({ id }: QueryFile, connection: Connection): void {
    const places = this.#files.get(id) ?? new Set();
    this.#files.set(id, places.add(placeOf(connection)));
  }

  dispose(): void {
    this.#closing.dispose();
  }
}

/** What was agreed to holds for this address only. */
const placeOf = ({ id, root }: Connection): string => `${id} ${root}`;
