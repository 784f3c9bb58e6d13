/** The changes of the log as a user made them: the rows of an import, and the edits of a grid, were one deed. */
import { nameKey } from '#language';
import type { ChangeEntry } from './change-entry';

export interface ChangeGroup {
  /** The latest first; one where the change was made alone. */
  readonly entries: readonly [ChangeEntry, ...ChangeEntry[]];
}

const TOGETHER: ReadonlySet<ChangeEntry['source']> = new Set(['import', 'grid']);

/** Keeps the order of the entries. */
export function groupsOf(entries: readonly ChangeEntry[]): readonly ChangeGroup[] {
  const groups = new Map<string, [ChangeEntry, ...ChangeEntry[]]>();
  for (const entry of entries) {
    const key = TOGETHER.has(entry.source) ? `run ${entry.run}` : `change ${entry.id}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].map((group) => ({ entries: group }));
}

/** `12 changes of User`. */
export function describeGroup({ entries }: ChangeGroup): string {
  const modules = new Map(entries.map(({ request: { module } }) => [nameKey(module), module]));
  const count = entries.length.toLocaleString('en-GB');
  return `${count} changes of ${[...modules.values()].join(', ')}`;
}
