/** The user's settings of this extension. Names, defaults and limits stand in package.json; here are their types. */
import * as vscode from 'vscode';

interface Settings {
  /** Seconds. */
  readonly requestTimeout: number;
  /** 0: only when asked. */
  readonly 'metadata.refreshAfterDays': number;
  readonly 'metadata.fetchInBackground': boolean;
  /** 0: none is kept. */
  readonly 'history.limit': number;
  /** Pages under way at a time. */
  readonly 'fetch.concurrency': number;
}

/** Returns `apq.NAME`; the default of package.json where the user's value is of another type. */
export function setting<Name extends keyof Settings>(name: Name): Settings[Name] {
  const settings = vscode.workspace.getConfiguration('apq');
  const value = settings.get<Settings[Name]>(name);
  const standard = settings.inspect<Settings[Name]>(name)?.defaultValue;
  if (value !== undefined && typeof value === typeof standard) return value;
  if (standard === undefined) throw new Error(`package.json declares no setting apq.${name}.`);
  return standard;
}
