/** Lets the SQL engine look at the statements of a file before they run. */
import { askEngine } from '#engine/ask';
import { SqlError } from '#engine/faults';
import type { SqlEngine } from '#engine/sql-engine';
import type { ApqDocument, LanguageService } from '#language';

/** Where the engine can't be asked, running the statement says so. */
export async function checkSql(
  engine: SqlEngine,
  language: LanguageService,
  document: ApqDocument,
): Promise<void> {
  try {
    await askEngine(engine, language, language.sqlChecks(document));
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
  }
}
