/** Registering a room's commands, and reading the arguments that the editor passes to them. */
import * as vscode from 'vscode';

/** By ID. Arguments come from menus, buttons, keys and other extensions, so their types are unknown. */
export type Commands = Readonly<Record<`apq.${string}`, (...args: readonly unknown[]) => unknown>>;

export const registerCommands = (commands: Commands): vscode.Disposable[] =>
  Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run));

/** Returns a member of what may be an object. */
export const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

/** What conditions in package.json ask for (`when`, `onContext`). */
type Context = 'apq.hasExported' | 'apq.hasOwnConnection' | 'apq.hasRun' | 'apq.hasSample';

export const setContext = (name: Context, value: boolean): void =>
  void vscode.commands.executeCommand('setContext', name, value);
