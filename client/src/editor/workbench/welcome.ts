/** The walkthrough: opened by a command, and once by itself for a user who has no connection yet. */
import * as vscode from 'vscode';

const WELCOMED = 'apq.welcomed';

export async function openWalkthrough(extension: string): Promise<void> {
  // VS Code does not switch from one walkthrough to another: it has to be left first, where one is open.
  await vscode.commands.executeCommand('welcome.goBack');
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extension}#start`);
}

/** VS Code's own settings say whether the user wants pages that open by themselves. */
function wantsPages(): boolean {
  const settings = vscode.workspace.getConfiguration('workbench');
  return (
    settings.get('startupEditor') !== 'none' &&
    settings.get('welcomePage.walkthroughs.openOnInstall') !== false
  );
}

/** Call at the start of a window. `isNew`: the user has no connection. */
export async function welcome(
  { globalState, extension }: vscode.ExtensionContext,
  isNew: boolean,
): Promise<void> {
  if (globalState.get<unknown>(WELCOMED) === true || !wantsPages()) return;
  await globalState.update(WELCOMED, true);
  if (isNew) await openWalkthrough(extension.id);
}
