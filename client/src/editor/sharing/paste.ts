/** Pasting a cURL command into an `.apq` file turns it into a request; an address can be turned into clauses. */
import * as vscode from 'vscode';
import { isCurl } from '#core/sharing/import/curl';
import { fitInto } from '#core/sharing/import/fit';
import { importText, isImportable } from '#core/sharing/import/import-text';
import type { Output } from '../workbench/output';
import { tell } from './import';

/** Offers to paste text from elsewhere as a request. */
export function offerPaste(output: Output): vscode.Disposable[] {
  const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('apq', 'request');
  const provider: vscode.DocumentPasteEditProvider = {
    provideDocumentPasteEdits: async (document, [range], data) => {
      const text = await data.get('text/plain')?.asString();
      if (text === undefined || range === undefined || text.length > 1_000_000 || !isImportable(text))
        return [];
      const imported = importText(text);
      if (!imported.ok) return [];
      const edit = new vscode.DocumentPasteEdit(
        fitInto(document.getText(), document.offsetAt(range.start), imported.text),
        'Paste as APQ Request',
        kind,
      );
      // An address already is a request, so it is pasted as copied by default.
      if (!isCurl(text)) edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
      else tell(output, imported.notes);
      return [edit];
    },
  };
  return [
    vscode.languages.registerDocumentPasteEditProvider({ language: 'apq' }, provider, {
      providedPasteEditKinds: [kind],
      pasteMimeTypes: ['text/plain'],
    }),
  ];
}
