/** Asks the engine about statements, so that the checks of the language know what it says. */
import type { LanguageService, SqlCheck } from '#language';
import type { SqlEngine } from './sql-engine';

/**
 * Returns whether it found an error that was not known. Throws a `SqlError` where the engine fails: then the language's own
 * checks still hold. `isOver`: whether nobody waits for the answers any more.
 */
export async function askEngine(
  engine: Pick<SqlEngine, 'check'>,
  language: LanguageService,
  checks: readonly SqlCheck[],
  isOver: () => boolean = () => false,
): Promise<boolean> {
  let found = false;
  for (const check of checks) {
    if (isOver()) return found;
    const verdict = await engine.check(check.tables, check.statement);
    if (language.addSqlVerdict(check, verdict)) found = true;
  }
  return found;
}
