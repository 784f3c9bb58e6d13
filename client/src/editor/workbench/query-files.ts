/** The `.apq` files that are open, each read once per version and shared by all callers. */
import * as vscode from 'vscode';
import { type QueryFile, readQueryFile } from '#core/running/query-file';

export class QueryFiles {
  readonly #read = new WeakMap<vscode.TextDocument, { readonly version: number; readonly file: QueryFile }>();

  of(document: vscode.TextDocument): QueryFile {
    const known = this.#read.get(document);
    if (known !== undefined && known.version === document.version) return known.file;
    const file = readQueryFile(document.uri.toString(), document.getText(), known?.file);
    this.#read.set(document, { version: document.version, file });
    return file;
  }
}

/** Returns the open document of a file; undefined when it was closed. */
export const openDocument = ({ id }: QueryFile): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === id);

/** Returns the range of a span of the document's present text. */
export const rangeOf = (
  document: vscode.TextDocument,
  { offset, length }: { readonly offset: number; readonly length: number },
): vscode.Range => new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
