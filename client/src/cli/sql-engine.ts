/** The engine of SQL requests: one for a call of `apq`, which starts with its first question. */
import { join } from 'node:path';
import { SqlEngine } from '#engine/sql-engine';

let engine: SqlEngine | undefined;

export const sqlEngine = (): SqlEngine =>
  (engine ??= new SqlEngine({ program: join(__dirname, 'sql-worker.js') }));
