/** The user's settings of this extension. package.json holds their names, defaults and limits; this file holds their types. */
import * as vscode from 'vscode';

interface Settings {
  /** Seconds. */
  readonly requestTimeout: number;
  /** With 0, metadata is fetched again only when the user refreshes it. */
  readonly 'metadata.refreshAfterDays': number;
  readonly 'metadata.fetchInBackground': boolean;
  /** With 0, no run is kept. */
  readonly 'history.limit': number;
  /** Pages under way at a time. */
  readonly 'fetch.concurrency': number;
}

/** Returns `apq.NAME`, or the default of package.json if the user's value has the wrong type. */
export function setting<Name extends keyof Settings>(name: Name): Settings[Name] {
  const settings = vscode.workspace.getConfiguration('apq');
  const value = settings.get<Settings[Name]>(name);
  const standard = settings.inspect<Settings[Name]>(name)?.defaultValue;
  if (value !== undefined && typeof value === typeof standard) return value;
  if (standard === undefined) throw new Error(`package.json declares no setting apq.${name}.`);
  return standard;
}
