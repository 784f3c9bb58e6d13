/** The functions of SQL requests, beside the engine itself. */
import { strict as assert } from 'node:assert';
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import {
  isSqlFunction,
  SQL_FUNCTIONS,
  type SqlFunction,
  sqlFunctionOf,
  sqlSignature,
} from '#language/vocabulary/sql-functions';

/** A call with the least and one with the most arguments that the table gives a function. */
function calls({ name, kind, parameters }: SqlFunction): string[] {
  const least = parameters.filter(({ optional }) => !optional).length;
  const counts = [
    least,
    parameters.length,
    ...(parameters.at(-1)?.repeats === true ? [parameters.length + 2] : []),
  ];
  return counts.map((count) => {
    const call = `${name}(${Array.from({ length: count }, () => "'1'").join(', ')})`;
    if (kind === 'table') return `select * from ${call}`;
    return `select ${call}${kind === 'window' ? ' over ()' : ''}`;
  });
}

describe('functions of SQL', () => {
  let prepare: (statement: string) => void;
  let names: readonly string[];

  before(async () => {
    const sqlite = await sqlite3InitModule();
    const database = new sqlite.oo1.DB(':memory:');
    prepare = (statement) => database.prepare(statement).finalize();
    names = database.selectValues('select distinct name from pragma_function_list order by name').map(String);
  });

  it('are known to the engine, with as many arguments as the table says', () => {
    for (const each of SQL_FUNCTIONS)
      for (const statement of calls(each)) assert.doesNotThrow(() => prepare(statement), statement);
  });

  it('are all of the engine’s, but for those that need more than a statement that reads', () => {
    const unknown = names.filter((name) => /^\w+$/.test(name) && !isSqlFunction(name));
    assert.deepEqual(unknown, [
      'bm25',
      'fts5',
      'fts5_get_locale',
      'fts5_insttoken',
      'fts5_locale',
      'fts5_source_id',
      'highlight',
      'match',
      'rtreecheck',
      'rtreedepth',
      'rtreenode',
      'snippet',
      'sqlite_compileoption_get',
      'sqlite_compileoption_used',
      'sqlite_log',
      'sqlite_offset',
      'sqlite_source_id',
      'unknown',
    ]);
  });

  it('are found in any case, and nothing that every object inherits is', () => {
    assert.equal(sqlFunctionOf('Round')?.name, 'round');
    for (const name of ['constructor', '__proto__', 'load_extension', 'writefile'])
      assert.equal(isSqlFunction(name), false, name);
  });

  it('show their parameters', () => {
    const shown = ['count', 'round', 'min', 'coalesce', 'pi', 'json_object'].flatMap((name) => {
      const found = sqlFunctionOf(name);
      return found === undefined ? [] : [sqlSignature(found).label];
    });
    assert.deepEqual(shown, [
      'count(value?)',
      'round(number, digits?)',
      'min(value, …)',
      'coalesce(value, otherwise, …)',
      'pi()',
      'json_object(name?, value?, …)',
    ]);
  });
});
