/** The changes of the log as a list to choose from. */
import { ageInWords } from '#core/text/age';
import type { ChangeEntry, KeptRecord } from '#core/writing/change-entry';
import { type ChangeGroup, describeGroup } from '#core/writing/change-groups';
import { describeChange } from '#core/writing/describe-change';
import type { Choice } from '../workbench/questions';

const ICONS = { done: 'edit', refused: 'error', unknown: 'question' } as const satisfies Record<
  ChangeEntry['outcome']['kind'],
  string
>;

const SOURCES = {
  editor: '',
  grid: 'edited in the grid',
  import: 'imported',
  undo: 'taking back',
  'command line': 'on the command line',
} as const satisfies Record<ChangeEntry['source'], string>;

/** `value` is what the list returns for it. */
export function choiceOf<T>(group: ChangeGroup, kept: ReadonlyMap<string, KeptRecord>, value: T): Choice<T> {
  const [first, ...others] = group.entries;
  const about = [first.connection.name, ageInWords(first.at, new Date()), SOURCES[first.source]];
  const common = { description: about.filter((part) => part !== '').join(' · '), value };
  if (others.length > 0)
    return { ...common, icon: 'edit', label: describeGroup(group), detail: first.title ?? '' };
  const { title, values } = describeChange(first, kept.get(first.id));
  const { outcome } = first;
  const message = outcome.kind === 'done' ? '' : outcome.message;
  return {
    ...common,
    icon: ICONS[outcome.kind],
    label: title,
    detail: [values, message].filter((part) => part !== '').join(' · '),
  };
}
