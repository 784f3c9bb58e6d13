/** The user's settings of this extension. package.json declares them: names, types, defaults and limits. */
import * as vscode from 'vscode';
import type { contributes } from '#package.json';

type Declared = (typeof contributes)['configuration']['properties'];
type SettingName = keyof Declared extends `apq.${infer Name}` ? Name : never;
type Value<Name extends SettingName> = Declared[`apq.${Name}`]['default'];

/** Returns `apq.NAME`, or the default of package.json if the user's value has the wrong type. */
export function setting<Name extends SettingName>(name: Name): Value<Name> {
  const settings = vscode.workspace.getConfiguration('apq');
  const value = settings.get<Value<Name>>(name);
  const standard = settings.inspect<Value<Name>>(name)?.defaultValue;
  if (value !== undefined && typeof value === typeof standard) return value;
  if (standard === undefined) throw new Error(`package.json declares no setting apq.${name}.`);
  return standard;
}

/** The values that `apq.NAME` has for the user, the workspace and each of its folders: outside data, not merged. */
export function scopesOfSetting(name: SettingName): readonly unknown[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [undefined, ...folders.map(({ uri }) => uri)].flatMap((scope): unknown[] => {
    const found = vscode.workspace.getConfiguration('apq', scope).inspect<unknown>(name);
    return [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
  });
}
