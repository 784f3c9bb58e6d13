/** *Write as SQL Request* of the results view. */
import * as vscode from 'vscode';
import type { Prepared } from '#core/running/prepare';
import { structure } from '#core/running/query-file';
import { sameRequest } from '#core/running/same-request';
import type { SqlGroups } from '#language/vocabulary/groups';
import { showInformation, showWarning } from '../workbench/messages';
import type { QueryFiles } from '../workbench/query-files';
import { applyAndShow } from './apply-and-show';

/** Writes the groups below the request whose records they are; nothing is sent. */
export async function writeGroupsAsSql(
  files: QueryFiles,
  prepared: Prepared,
  groups: SqlGroups,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(prepared.file.id));
  const file = files.of(document);
  const request = sameRequest(file, prepared);
  if (request === undefined) {
    void showInformation('The request of this result is no longer in its file.');
    return;
  }
  const written = structure.writeSql(file.parsed, request, groups);
  if (!written.ok) {
    void showWarning(`No SQL request was written. ${written.message}`);
    return;
  }
  const last = written.edits.at(-1);
  const added = written.edits.reduce((sum, { text }) => sum + text.length, 0);
  const end = (last?.offset ?? 0) + added - (last?.text.length ?? 0) + (last?.text.trimEnd().length ?? 0);
  await applyAndShow(document, written.edits, end);
  if (written.left.length > 0)
    void showWarning(
      `The SQL request has more records than the view: SQL can’t express its filter of ${[...new Set(written.left)].join(', ')}. Add a condition to the statement.`,
    );
}
