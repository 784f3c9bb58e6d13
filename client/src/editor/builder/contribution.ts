/** The query builder. */
import * as vscode from 'vscode';
import { member, registerCommands } from '../workbench/commands';
import { emptyFile } from '../workbench/empty-file';
import { showFile } from '../workbench/show-file';
import { BuilderView } from './panel';
import type { BuilderParts } from './parts';

export function contributeBuilder(
  { globalState: memory, extensionUri }: vscode.ExtensionContext,
  given: Omit<BuilderParts, 'memory' | 'extensionUri'>,
): vscode.Disposable[] {
  const parts: BuilderParts = { ...given, memory, extensionUri };
  let view: BuilderView | undefined;
  const show = async (find: () => Promise<vscode.TextDocument>): Promise<void> => {
    await parts.started();
    const document = await find();
    if (view === undefined) view = new BuilderView(document, parts, () => (view = undefined));
    else {
      view.follow(document);
      view.reveal();
    }
  };
  return [
    { dispose: () => view?.dispose() },
    ...registerCommands({
      'apq.openBuilder': async (uri, position) => show(async () => documentFor(uri, position)),
      'apq.newInBuilder': async () => show(emptyFile),
    }),
  ];
}

/** The file of a code lens, with the cursor where the lens is; else the one in use, else an empty one. */
async function documentFor(uri: unknown, position: unknown): Promise<vscode.TextDocument> {
  const named = uri instanceof vscode.Uri ? uri.toString() : uri;
  if (typeof named === 'string') {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(named));
    const cursor = placeOf(position);
    await showFile(document, cursor === undefined ? {} : { selection: new vscode.Range(cursor, cursor) });
    return document;
  }
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const found = [activeTextEditor, ...visibleTextEditors].find((each) => each?.document.languageId === 'apq');
  return found?.document ?? emptyFile();
}

/** Reads the position that a code lens gives. */
function placeOf(position: unknown): vscode.Position | undefined {
  const [line, character] = [member(position, 'line'), member(position, 'character')];
  return typeof line === 'number' && typeof character === 'number'
    ? new vscode.Position(line, character)
    : undefined;
}
