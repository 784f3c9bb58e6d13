/** What a user should know of the tables of a SQL request: how many records, how old, from where. */
import { nextStepHere } from '../client';
import type { Connection } from '../connections/connection';
import { countIn } from '../running/extent';
import { ageInWords } from '../text/age';
import type { SqlSource } from './sql-source';

/** An answer that is older was there before the run. */
const NEW_MS = 60_000;

/** A sentence for each table whose request has run, and one where they can be older than a user thinks. */
export function describeTables(
  tables: readonly SqlSource[],
  connection: Connection,
  now = new Date(),
): string[] {
  const known = tables.flatMap(({ name, request, answer }) =>
    answer === undefined ? [] : [{ name, request, answer }],
  );
  const notes = known.map(({ name, request, answer }) => {
    const { extent, at, from } = answer;
    const where = from === connection.name ? '' : ` from ${from}`;
    const how = request.sql === undefined ? 'fetched' : 'run';
    const sentence = `${name}: ${countIn(answer)}${where}, ${how} ${ageInWords(at.toISOString(), now)}`;
    if (extent.kind !== 'part') return `${sentence}.`;
    return extent.reason === undefined
      ? `${sentence}; “# @pages all” in its request fetches all.`
      : `${sentence}. ${extent.reason}`;
  });
  const untyped = known.filter(
    ({ request, answer }) => request.sql === undefined && answer.fields.length === 0 && answer.count > 0,
  );
  if (untyped.length > 0)
    notes.push(
      `The types of the fields of ${untyped.map(({ name }) => name).join(', ')} are not known, so a number that was sent as a text is a text here. ${nextStepHere('first-metadata')}`,
    );
  const isOld = known.some(({ answer }) => now.getTime() - answer.at.getTime() >= NEW_MS);
  return isOld ? [...notes, 'Run Again fetches all tables anew.'] : notes;
}
