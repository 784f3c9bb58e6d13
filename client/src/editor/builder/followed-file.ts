/** The file that the builder shows: its session, fed by the editor and the language server. */
import * as vscode from 'vscode';
import { dateOrderOf } from '#core/text/date-order';
import type { LanguageServer } from '../workbench/language-server';
import { type BuilderEdits, BuilderSession, type SessionState } from './session';

const READ_ONLY =
  'The file is read-only, so nothing was changed. Save it under another name, or allow it to be written.';

export interface FollowedFileParts {
  readonly server: Pick<LanguageServer, 'builderState' | 'builderEdit'>;
  readonly show: (shown: SessionState | undefined) => void;
  readonly tell: (sentence: string) => void;
}

export class FollowedFile {
  readonly session: BuilderSession;

  constructor(
    readonly document: vscode.TextDocument,
    parts: FollowedFileParts,
  ) {
    const textDocument = { uri: document.uri.toString() };
    this.session = new BuilderSession({
      version: () => document.version,
      cursor: () => {
        const cursor = this.editor?.selection.active;
        return cursor && { line: cursor.line, character: cursor.character };
      },
      state: async (position) => parts.server.builderState({ textDocument, position }),
      edit: async (params) =>
        parts.server.builderEdit({ textDocument, ...params, monthFirst: isMonthFirst() }),
      apply: async (edits, version) => this.#apply(edits, version),
      show: parts.show,
      tell: parts.tell,
    });
  }

  /** The editor that shows it, if one does. */
  get editor(): vscode.TextEditor | undefined {
    const editors = vscode.window.visibleTextEditors.filter((each) => each.document === this.document);
    return editors.find((each) => each === vscode.window.activeTextEditor) ?? editors[0];
  }

  /** The edits go through the document, whose undo is the only one. */
  async #apply(edits: BuilderEdits, version: number): Promise<boolean | string> {
    if (await isReadOnly(this.document)) return READ_ONLY;
    if (this.document.version !== version) return false;
    const edit = new vscode.WorkspaceEdit();
    edit.set(
      this.document.uri,
      edits.map(({ range: { start, end }, newText }) =>
        vscode.TextEdit.replace(
          new vscode.Range(start.line, start.character, end.line, end.character),
          newText,
        ),
      ),
    );
    return vscode.workspace.applyEdit(edit);
  }
}

const isMonthFirst = (): boolean => dateOrderOf(Intl.DateTimeFormat().resolvedOptions().locale) === 'month';

/** Whether the file can't be written. One that is not there, or not saved yet, can. */
async function isReadOnly({ uri, isUntitled }: vscode.TextDocument): Promise<boolean> {
  if (isUntitled) return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch {
    return false;
  }
}
