/** What is said where an import of the file was begun before, and the user has to choose. */
import { differenceFrom, isSameFile } from '#core/bulk/import-file';
import type { Journal } from '#core/bulk/journal';
import type { JournalHead } from '#core/bulk/journal-lines';
import { tallyOf } from '#core/bulk/planned-row';
import { describeCounts } from './import-plan';

/** Why an import can’t go on with the journal that was found; undefined where it can. */
export function whyNotGoOn({ head: found, counts }: Journal, now: JournalHead): string | undefined {
  const difference = differenceFrom(found, now);
  if (difference === undefined) return undefined;
  const remedy = isSameFile(found, now) ? 'Repeat its options' : 'Put the file back as it was';
  return `The import can’t go on: ${difference}. ${remedy}, or begin anew with --restart.${repetition({ head: found, counts }, now)}`;
}

/** What to do where neither going on nor beginning anew was asked for. */
export function begunBefore(found: Journal, now: JournalHead): string {
  const counts = describeCounts(found);
  if (!found.finished)
    return `An import of this file was interrupted (${counts}). ${whyNotGoOn(found, now) ?? `Go on with --resume, or begin anew with --restart.${repetition(found, now)}`}`;
  if (!isSameFile(found.head, now))
    return `This file was imported before (${counts}), and has changed since. ${afterChange(found, now)}`;
  const difference = differenceFrom(found.head, now);
  const differently = difference === undefined ? '' : `, but differently: ${difference}`;
  return `This file was imported already (${counts})${differently}. To import it once more, add --restart.${repetition(found, now)}`;
}

const afterChange = (found: Pick<Journal, 'head' | 'counts'>, now: JournalHead): string =>
  repetition(found, now) === ''
    ? 'Import all of it with --restart: rows whose records are as the file has them change nothing.'
    : `Put the rows that are new or mended into a file of their own, and import that. With --restart, all rows are sent:${repetition(found, now).replace(' It', ' it')}`;

/** What beginning anew would do twice. */
function repetition({ head, counts }: Pick<Journal, 'head' | 'counts'>, now: JournalHead): string {
  const { created } = tallyOf(counts);
  if (created === 0 || head.deed !== 'create' || now.deed !== 'create') return '';
  const rows = `${created.toLocaleString('en-GB')} ${created === 1 ? 'row was' : 'rows were'}`;
  return ` It would create records again: ${rows} created already.`;
}
