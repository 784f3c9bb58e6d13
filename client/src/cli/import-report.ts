/** What `apq import` prints when it ends. */
import type { Journal } from '#core/bulk/journal';
import type { JournalHead } from '#core/bulk/journal-lines';
import type { WrittenOutcomes } from '#core/bulk/outcome-files';
import { tallyOf } from '#core/bulk/planned-row';
import type { TableReading } from '#core/bulk/table';
import { harmless, harmlessJson } from '#core/text/foreign-text';
import { optionsForPart } from './import-options';
import { describeCounts, unknownRows } from './import-plan';
import { inform, print, printLine, tell } from './terminal';

interface Ending extends WrittenOutcomes {
  readonly table: TableReading;
  readonly format: 'text' | 'json' | undefined;
}

const MOST_UNKNOWN = 20;

/** Prints how many rows came to what, and tells what to do with the files of rows. */
export async function reportImport(
  journal: Journal,
  { files, warnings, table, format }: Ending,
): Promise<void> {
  if (format === 'json') {
    const written = Object.entries(files).filter(([, path]) => path !== undefined);
    await print(`${harmlessJson({ ...tallyOf(journal.counts), files: Object.fromEntries(written) })}\n`);
  } else
    await printLine(
      `${journal.size.toLocaleString('en-GB')} ${journal.size === 1 ? 'row' : 'rows'}: ${describeCounts(journal)}.`,
    );
  let count = 0;
  for await (const line of unknownRows(journal)) if (++count <= MOST_UNKNOWN) tell(line);
  if (count > MOST_UNKNOWN) tell(`… and ${count - MOST_UNKNOWN} more of unknown outcome.`);
  for (const warning of warnings) tell(harmless(warning));
  if (files.failed !== undefined) {
    const options = optionsForPart(table);
    tell(
      `Rows that failed are in ${files.failed}, each with its reason. Mend them there, and import that file${options === '' ? '' : ` with${options}`}.`,
    );
  }
  if (files.unknown !== undefined)
    tell(`Rows that may have been done are in ${files.unknown}. ${nextStep(journal.head)}`);
  if (files.done !== undefined) inform(`Rows that were done are in ${files.done}, with their IDs.`);
}

/** What to do with rows that may have been done. */
export const nextStep = ({ key }: Pick<JournalHead, 'key'>): string =>
  key === undefined
    ? 'No import can find their records: look whether they are there before you import it.'
    : 'With --resume, their records are looked up first, so that no row is sent twice.';
