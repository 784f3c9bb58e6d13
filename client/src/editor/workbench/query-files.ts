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

/** So many files are searched for; a workspace with more is said to have more. */
const MAX_FILES = 2000;

/** Returns the query files of the workspace, and a sentence where there are more than are searched for. */
export async function findQueryFiles(): Promise<{ uris: readonly vscode.Uri[]; more: string | undefined }> {
  const uris = await vscode.workspace.findFiles('**/*.apq', '**/node_modules/**', MAX_FILES + 1);
  return uris.length <= MAX_FILES
    ? { uris, more: undefined }
    : {
        uris: uris.slice(0, MAX_FILES),
        more: `This workspace has more than ${MAX_FILES.toLocaleString('en-GB')} query files; the others were not looked at. Open a folder with fewer to see them.`,
      };
}

/** Returns the open document of a file; undefined when it was closed. */
export const openDocument = ({ id }: QueryFile): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === id);

/** Returns the range of a span of the document's present text. */
export const rangeOf = (
  document: vscode.TextDocument,
  { offset, length }: { readonly offset: number; readonly length: number },
): vscode.Range => new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
