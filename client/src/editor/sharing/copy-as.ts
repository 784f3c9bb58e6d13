/** *Copy Request As…*: the request under the cursor as a program in another language; never with the key. */
import * as vscode from 'vscode';
import { refuseForeign } from '#core/running/before-sending';
import { requestsFor } from '#core/running/fetch-records';
import { NOTHING } from '#core/running/preview';
import {
  type CodeLanguage,
  IS_LIST,
  IS_SQL,
  keyHint,
  languagesFor,
  programFor,
  SIGNS_IN,
} from '#core/sharing/code/languages';
import type { Connections } from '../connections/connections';
import type { Requests, Target } from '../running/requests';
import { showInformation } from '../workbench/messages';
import { choose } from '../workbench/questions';

const LAST = 'apq.copyAs.language';

export interface CopyParts {
  readonly requests: Requests;
  readonly connections: Connections;
  /** What is remembered for the user across windows. */
  readonly memory: vscode.Memento;
}

/** With `languageId` the user is not asked for the language. */
export async function copyAs(
  { requests, connections, memory }: CopyParts,
  target: Target,
  languageId?: string,
): Promise<void> {
  const prepared = await requests.prepare(target, { check: refuseForeign, masksSecrets: true });
  if (prepared === undefined) return;
  if (prepared.kind === 'sql') {
    void showInformation(IS_SQL);
    return;
  }
  const client = connections.client(prepared.connection);
  const [wire, ...more] = requestsFor(prepared.wire, client);
  if (wire === undefined || more.length > 0) {
    void showInformation(wire === undefined ? NOTHING : IS_LIST);
    return;
  }
  const languages = languagesFor(wire);
  if (languages.length === 0) {
    void showInformation(SIGNS_IN);
    return;
  }
  const language =
    languages.find(({ id }) => id === languageId) ?? (await askForLanguage(languages, memory.get(LAST)));
  if (language === undefined) return;
  await memory.update(LAST, language.id);
  const code = programFor({ ...prepared, wire }, language, client.traits);
  await vscode.env.clipboard.writeText(code);
  void offerToOpen(language, code);
}

/** Offers the language that was used last first. */
async function askForLanguage(
  languages: readonly CodeLanguage[],
  last: unknown,
): Promise<CodeLanguage | undefined> {
  const sorted = [...languages].sort((a, b) => Number(b.id === last) - Number(a.id === last));
  return choose(
    { title: 'Copy Request As', placeHolder: 'The key is not copied: the program reads it where it runs.' },
    sorted.map((value) => ({ label: value.label, description: value.description, value })),
  );
}

async function offerToOpen(language: CodeLanguage, code: string): Promise<void> {
  const { label, languageId } = language;
  const choice = await showInformation(`${label} copied. ${keyHint(language)}`, 'Open in Editor');
  if (choice === undefined) return;
  // A language that no installed extension knows is shown as plain text.
  const known = (await vscode.languages.getLanguages()).includes(languageId);
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ content: code, ...(known ? { language: languageId } : {}) }),
  );
}
