/** Lets the SQL engine look at the statements of a file before `apq` reports on them or runs them. */
import { askEngine } from '#engine/ask';
import { SqlError } from '#engine/faults';
import type { ApqDocument, LanguageService } from '#language';
import { sqlEngine } from './sql-engine';
import { tell } from './terminal';

/** The sentences that were told: each once. */
const told = new Set<string>();

/** Where the engine can't be asked, says so; the language's own checks go on. */
export async function checkSql(language: LanguageService, document: ApqDocument): Promise<void> {
  const checks = language.sqlChecks(document);
  if (checks.length === 0) return;
  try {
    await askEngine(sqlEngine(), language, checks);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    if (told.has(error.message)) return;
    told.add(error.message);
    tell(`SQL is checked without its engine. ${error.message}`);
  }
}
