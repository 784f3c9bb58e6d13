/** The texts of a difference between two results. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { nameKey } from '#core/text/names';
import type { Column } from './columns';
import type { Change } from './compare';
import type { Formats } from './formats';
import { voidOf } from './values';

/** What is known of the columns. */
interface Table {
  readonly formats: Formats;
  readonly visible: readonly Column[];
  column(name: string): Column | undefined;
}

/** How a value is written. */
export type Writer = (table: Table, name: string, value: unknown) => string;

/** As the API sent it. */
export const exactText: Writer = (_, __, value) => cellText(value);

/** As the grid shows it. */
export const shownText: Writer = (table, name, value) => {
  const column = table.column(name);
  return column === undefined ? cellText(value) : table.formats.whole(column, value);
};

/** Returns its kind, its ID, its column, and the texts before and now. */
export function changeTexts(table: Table, change: Change, write: Writer): string[] {
  const { type, id } = change;
  switch (type) {
    case 'changed':
      return [type, id, change.column, ...changedTexts(table, change, write)];
    case 'added':
      return [type, id, '', '', summary(table, change.record, write)];
    case 'removed':
      return [type, id, '', summary(table, change.record, write), ''];
  }
}

/** Whether a text, as `nameKey` has it, is in a difference, as it is shown or as it was sent. */
export const isIn = (table: Table, change: Change, wanted: string): boolean =>
  [shownText, exactText].some((write) =>
    nameKey(changeTexts(table, change, write).join('\n')).includes(wanted),
  );

/** Two values that look the same, such as 12.5 and the text 12.50, are shown as they came. */
function changedTexts(
  table: Table,
  { column, before, after }: Extract<Change, { type: 'changed' }>,
  write: Writer,
): string[] {
  const written = [before, after].map((value) => said(value, () => write(table, column, value)));
  return written[0] === written[1]
    ? [before, after].map((value) => said(value, () => cellText(value)))
    : written;
}

function said(value: unknown, write: () => string): string {
  const nothing = voidOf(value);
  return nothing === undefined ? write() : `(${nothing})`;
}

const summary = (table: Table, record: ApiRecord, write: Writer) =>
  table.visible
    .filter(({ name }) => name !== 'ID')
    .map(({ name }) => {
      const value = memberOf(record, name);
      return voidOf(value) === undefined ? write(table, name, value) : '';
    })
    .filter((text) => text !== '')
    .slice(0, 4)
    .join(', ');
