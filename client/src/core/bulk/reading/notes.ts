/** What a user should know about a table besides what was chosen. */
import type { TableColumn } from '../table';
import { letterOf } from './letters';
import type { Survey } from './survey';

export const notesOf = (seen: Survey, columns: readonly TableColumn[]): string[] => [
  ...blankNote(seen),
  ...hiddenRowsNote(seen),
  ...hiddenColumnsNote(seen, columns.length),
  ...unnamedNotes(columns, seen),
];

const counted = (count: number): string => count.toLocaleString('en-GB');

const blankNote = ({ blank }: Survey): string[] => {
  if (blank === 0) return [];
  return [
    blank === 1
      ? '1 row without any value is left out.'
      : `${counted(blank)} rows without any value are left out.`,
  ];
};

const unnamedNotes = (columns: readonly TableColumn[], { values }: Survey): string[] =>
  columns
    .filter(({ name }, at) => name === '' && (values[at] ?? 0) > 0)
    .map(({ letter }) => `Column ${letter} has values but no name, so it fills no field.`);

const hiddenRowsNote = ({ hidden }: Survey): string[] => {
  if (hidden === 0) return [];
  return [hidden === 1 ? '1 hidden row is read, too.' : `${counted(hidden)} hidden rows are read, too.`];
};

function hiddenColumnsNote({ facts }: Survey, width: number): string[] {
  const letters = facts.hiddenColumns.filter((column) => column < width).map(letterOf);
  if (letters.length === 0) return [];
  return [
    letters.length === 1
      ? `Column ${letters[0]} is hidden, and is read, too.`
      : `Columns ${letters.join(', ')} are hidden, and are read, too.`,
  ];
}
