/** `unknown-table`, `unknown-column`, `ambiguous-column`, `unknown-function`, `table-name`: the names in SQL requests. */
import { modelOf } from '../../analysis/request-model';
import { unselected } from '../../analysis/select-list';
import { schemaOf, type SqlSchema } from '../../analysis/sql/schema';
import { nameOfSource, type SqlMeaning, type SqlScopes } from '../../analysis/sql/scopes';
import { cteOf, isOfEngine, OF_ENGINE, sqlKey } from '../../analysis/sql/tables';
import { nameDirective } from '../../analysis/symbols';
import type { BlockTree, Sql } from '../../syntax/nodes';
import type { Fix } from '../../syntax/problems';
import type { SqlCall, SqlColumnWord, SqlName, SqlSource, SqlTree } from '../../syntax/sql/nodes';
import { writtenName } from '../../syntax/sql/written-name';
import { isWritableField } from '../../syntax/writable-names';
import { isIdentifier } from '../../text/identifiers';
import { listed } from '../../text/lists';
import { isSure, nearest } from '../../text/nearest';
import { between, endOf, textOf } from '../../text/span';
import { endsStep, type Steps } from '../../text/steps';
import { foreignFunctionOf } from '../../vocabulary/sql-foreign-functions';
import { isSqlFunction, SQL_FUNCTIONS } from '../../vocabulary/sql-functions';
import { type CheckContext, replace } from '../check';

interface SqlCheck extends CheckContext {
  readonly schema: SqlSchema;
  readonly scopes: SqlScopes;
}

export function* checkSqlNames(context: CheckContext): Steps<void> {
  checkTableName(context);
  const { sql } = context.model.tree;
  if (sql === undefined || !isReadable(sql)) return;
  const schema = schemaOf(context.symbols, context.model.platforms);
  const scopes = schema.scopes(sql);
  const check: SqlCheck = { ...context, schema, scopes };
  const { tree } = scopes;
  let index = 0;
  for (const source of tree.sources) {
    checkSource(check, source);
    if (endsStep(index++)) yield;
  }
  for (const call of tree.calls) {
    checkCall(check, call);
    if (endsStep(index++)) yield;
  }
  for (const word of tree.columns) {
    if (!isBroken(tree, word)) checkColumn(check, word);
    if (endsStep(index++)) yield;
  }
  for (const core of tree.cores)
    for (const result of core.results)
      if (result.kind === 'every' && result.qualifier !== undefined)
        checkQualifier(check, result.qualifier, scopes.sourcesFrom(core).slice(0, core.sources.length));
}

/** Behind a quote or a comment that is not closed, nobody knows what is a name. */
const isReadable = ({ tokens }: Sql): boolean =>
  tokens.every(({ closed, kind }) => closed || kind === 'variable');

/** Where the grammar is broken, a name may lack the table that it belongs to. */
const isBroken = (tree: SqlTree, { core }: SqlColumnWord): boolean =>
  tree.isTooDeep || (tree.unexpected !== undefined && (core === undefined || core.sources.length === 0));

/** The name of a request is that of a table, wherever a file has SQL. */
function checkTableName({ model, symbols, report }: CheckContext): void {
  const directive = nameDirective(model.tree);
  if (directive === undefined || symbols.statements.length === 0) return;
  const { text } = directive.value;
  if (isOfEngine(text)) {
    report('table-name', directive.value, OF_ENGINE);
    return;
  }
  const key = sqlKey(text);
  for (const name of symbols.requests.keys()) {
    if (name === text) return;
    if (sqlKey(name) !== key) continue;
    report(
      'table-name',
      directive.value,
      `SQL takes “${text}” and “${name}” for the same table. Choose names that differ in more than case.`,
    );
    return;
  }
}

function checkSource(context: SqlCheck, source: SqlSource): void {
  const { kind, schema, name } = source;
  if (name === undefined || kind === 'subquery' || kind === 'group') return;
  if (kind === 'function') {
    if (!TABLE_FUNCTIONS.includes(name.text.toLowerCase())) reportFunction(context, name, TABLE_FUNCTIONS);
    return;
  }
  if (schema !== undefined && sqlKey(schema.text) !== 'main') {
    const where = between(schema.offset, name.offset);
    context.report('unknown-table', schema, 'Tables have no database here. Write the table alone.', {
      fixes: [{ title: `Remove “${schema.text}.”`, preferred: true, edits: [{ ...where, text: '' }] }],
    });
    return;
  }
  if (cteOf(source) !== undefined) return;
  if (context.schema.table(name.text) === undefined) reportTable(context, name, source);
}

const TABLE_FUNCTIONS: readonly string[] = SQL_FUNCTIONS.flatMap(({ kind, name }) =>
  kind === 'table' ? [name] : [],
);

function reportTable(context: SqlCheck, word: SqlName, source: SqlSource): void {
  const { symbols, model, report } = context;
  const { text } = word;
  if (isOfEngine(text)) {
    report(
      'unknown-table',
      word,
      'Tables that begin with “sqlite_” are the engine’s own, and can’t be read. A table is a request of this file, by its # @name.',
    );
    return;
  }
  const ctes: string[] = [];
  for (let query = source.within; ; query = query.around) {
    for (const cte of query.ctes) if (cte !== source.within.cte) ctes.push(cte.name.text);
    if (query.around === undefined) break;
  }
  const other = symbols.unnamed(text);
  const module = model.catalog?.module(text)?.name;
  // Its own name would be a circle.
  const own = nameDirective(model.tree)?.value.text;
  const tables = [...symbols.requests.keys()].filter((each) => each !== own);
  const { fixes, hint } = nearNames(word, [...tables, ...ctes]);
  const name = isIdentifier(text) && !symbols.variables.has(text) ? text : undefined;
  if (other !== undefined) {
    const fix = name === undefined ? [] : [nameRequest(other, name)];
    const message = `A request reads “${text}”, but has no name to be a table by. Write # @name ${name ?? 'courses'} above it.`;
    report('unknown-table', word, message, { fixes: [...fix, ...fixes] });
  } else if (module !== undefined && name !== undefined)
    report(
      'unknown-table',
      word,
      `“${module}” is a module, but no request of this file with the name “${text}” fetches it.${hint}`,
      { fixes: [...fixes, addRequest(model.tree, name, module)] },
    );
  else
    report(
      'unknown-table',
      word,
      `No request of this file has the name “${text}”.${hint === '' ? ` Write # @name ${name ?? 'courses'} above the request whose answer is meant.` : hint}`,
      { fixes },
    );
}

/** Gives a request the name. */
function nameRequest(tree: BlockTree, name: string): Fix {
  const offset = tree.request?.offset ?? 0;
  return {
    title: `Write # @name ${name} above that request`,
    edits: [],
    elsewhere: { tree, edits: [{ offset, length: 0, text: `# @name ${name}\n` }] },
  };
}

/** Puts a request that fetches the module before the block. */
function addRequest({ separator }: BlockTree, name: string, module: string): Fix {
  const request = `### ${module}\n# @name ${name}\n# @pages all\nGET ${module}\n\n`;
  return {
    title: `Add a request that fetches ${module}`,
    edits: [{ offset: 0, length: 0, text: separator === undefined ? `${request}###\n` : request }],
  };
}

/** Fixes that write one of the names that are near, in quotes where it needs them, and a hint for the message. */
function nearNames(word: SqlName, names: readonly string[]): { fixes: Fix[]; hint: string } {
  const found = nearest(word.text, names);
  const sure = isSure(word.text, found);
  return {
    fixes: found.map((name, index) => replace(word, writtenName(name), undefined, index === 0 && sure)),
    hint: found.length === 0 ? '' : ` Did you mean ${found.map((name) => `“${name}”`).join(' or ')}?`,
  };
}

const SCALAR_NAMES: readonly string[] = SQL_FUNCTIONS.flatMap(({ kind, name }) =>
  kind === 'table' ? [] : [name],
);

function checkCall(context: SqlCheck, call: SqlCall): void {
  const { name } = call;
  const isTable = TABLE_FUNCTIONS.includes(name.text.toLowerCase());
  if (!isTable && isSqlFunction(name.text)) return;
  const values = call.arguments.map((each) => textOf(context.model.tree.text, each));
  const better =
    isTable || !call.closed || call.isWindow ? undefined : foreignFunctionOf(name.text)?.write?.(...values);
  if (better === undefined) {
    reportFunction(context, name, SCALAR_NAMES);
    return;
  }
  const message = `There is no function “${name.text}” here. Write ${better}.`;
  // `now()Cost`: quotes would stick to a word where parentheses don't.
  const { text } = context.model.tree;
  const apart = [call.offset - 1, endOf(call)].map((at) =>
    /[\p{L}\p{N}_]/u.test(text.charAt(at)) ? ' ' : '',
  );
  const fix = replace(call, apart.join(better), `Replace with “${better}”`);
  context.report('unknown-function', name, message, { fixes: [fix] });
}

function reportFunction({ report }: CheckContext, word: SqlName, names: readonly string[]): void {
  const foreign = names === SCALAR_NAMES ? foreignFunctionOf(word.text) : undefined;
  const written = foreign?.same ?? foreign?.instead;
  if (written !== undefined) {
    const fixes = foreign?.same === undefined ? [] : [replace(word, foreign.same)];
    const message = `There is no function “${word.text}” here. Write ${written}.`;
    report('unknown-function', word, message, { fixes });
    return;
  }
  const { fixes, hint } = nearNames(word, names);
  const isScalar = names !== TABLE_FUNCTIONS && TABLE_FUNCTIONS.includes(word.text.toLowerCase());
  report(
    'unknown-function',
    word,
    isScalar
      ? `“${word.text}” makes rows, not a value. Write it behind from.`
      : `There is no function “${word.text}” here.${hint}`,
    { fixes: isScalar ? [] : fixes },
  );
}

function checkColumn(context: SqlCheck, word: SqlColumnWord): void {
  const { report, scopes } = context;
  const meaning = scopes.meaningOf(word);
  switch (meaning.kind) {
    case 'column':
    case 'alias':
    case 'result':
    case 'word':
    case 'unknown':
      return;
    case 'no-table':
      if (word.qualifier !== undefined) checkQualifier(context, word.qualifier, meaning.sources);
      return;
    case 'ambiguous': {
      const names = meaning.sources.flatMap((source) => nameOfSource(source) ?? []);
      const qualified = names.map((name) => `${writtenName(name)}.${writtenName(word.name.text)}`);
      report(
        'ambiguous-column',
        word.name,
        `${listed(names.map((name) => `“${name}”`))} each have a column “${word.name.text}”. Write which one is meant: ${qualified.join(' or ')}.`,
        {
          fixes:
            word.qualifier === undefined
              ? qualified.map((each) => replace(word.name, each, undefined, false))
              : [],
        },
      );
      return;
    }
    case 'missing':
      reportColumn(context, word, meaning);
      return;
  }
}

function checkQualifier({ report }: SqlCheck, word: SqlName, sources: readonly SqlSource[]): void {
  const key = sqlKey(word.text);
  if (sources.some((source) => sqlKey(nameOfSource(source) ?? '') === key || source.kind === 'group')) return;
  const hidden = sources.find(({ alias, name }) => alias !== undefined && sqlKey(name?.text ?? '') === key);
  if (hidden?.alias !== undefined) {
    report('unknown-table', word, `“${word.text}” is called “${hidden.alias.text}” in this query.`, {
      fixes: [replace(word, writtenName(hidden.alias.text))],
    });
    return;
  }
  const names = sources.flatMap((source) => nameOfSource(source) ?? []);
  const { fixes, hint } = nearNames(word, names);
  const known = names.length === 0 ? '' : ` Its tables are ${listed(names.map((name) => `“${name}”`))}.`;
  const message = `No table of this query is called “${word.text}”.${hint === '' ? known : hint}`;
  report('unknown-table', word, message, { fixes });
}

function reportColumn(
  context: SqlCheck,
  word: SqlColumnWord,
  { sources }: SqlMeaning & { kind: 'missing' },
): void {
  const { report, scopes, model } = context;
  const { name } = word;
  if (isInForeignCall(scopes.tree, word)) return;
  if (/^top$/i.test(name.text) && name.kind === 'word' && word.clause === 'select') {
    report('unknown-column', word, 'SQL has no “top” here. Write the number at the end: limit 10.');
    return;
  }
  if (/^[“”‘’]/.test(name.text)) {
    const text = name.text.replace(/^[“”‘’]+|[“”‘’]+$/g, '');
    report('unknown-column', name, 'These quotes are curly. A text stands in straight ones.', {
      fixes: [replace(name, `'${text}'`)],
    });
    return;
  }
  if (word.core === undefined) {
    report('unknown-column', word, 'Behind limit stands a number, not a column.');
    return;
  }
  const columns = sources.flatMap((source) => scopes.columnsOf(source)?.map((each) => each.name) ?? []);
  const { fixes, hint } = nearNames(name, [...new Set(columns)]);
  const fetching = sources.flatMap((source) => fetchAlso(context, source, name.text) ?? []);
  const isText = name.kind === 'name' && model.tree.text.charAt(name.offset) === '"';
  const asText: Fix[] =
    isText && word.qualifier === undefined
      ? [
          replace(
            name,
            `'${name.text.replaceAll("'", "''")}'`,
            undefined,
            columns.length > 0 && fixes.length === 0,
          ),
        ]
      : [];
  const [first] = fetching;
  let message = `No table of this query has a column “${name.text}”.`;
  const [only] = sources;
  if (only !== undefined && sources.length === 1)
    message = `“${nameOfSource(only) ?? 'The query'}” has no column “${name.text}”.`;
  if (sources.length === 0) message = `“${name.text}” is a column of no table: this query has none in sight.`;
  if (first !== undefined) message = `${first.message} Add it there.`;
  else if (hint !== '') message += hint;
  else if (asText.length > 0)
    message += ` What stands in double quotes is a name. Write a text in single quotes.`;
  else if (isValue(model.tree, word)) message += ` If it is a text, write '${name.text}' in single quotes.`;
  else if (columns.length > 0) message += ` It has ${listed(shown(columns))}.`;
  report('unknown-column', name, message, {
    fixes: [...fetching.map(({ fix }) => fix), ...fixes, ...asText],
  });
}

/** The first few, and how many more there are. */
const shown = (names: readonly string[]): string[] =>
  names.length <= 8 ? [...names] : [...names.slice(0, 7), `${names.length - 7} more`];

/** Whether the word follows a comparison, as a text that lacks its quotes does. */
const isValue = ({ text }: BlockTree, { offset, qualifier }: SqlColumnWord): boolean =>
  qualifier === undefined && /(?:[=<>]|\blike|\bin \() ?$/i.test(text.slice(Math.max(0, offset - 8), offset));

/** The words of other databases' calls, such as `day` in `datediff(day, …)`: the function is reported. */
const isInForeignCall = ({ calls }: SqlTree, word: SqlColumnWord): boolean =>
  /^(?:year|quarter|month|week|day|hour|minute|second)s?$/i.test(word.name.text) &&
  calls.some(
    ({ name, arguments: [first] }) =>
      foreignFunctionOf(name.text) !== undefined && first?.offset === word.offset,
  );

/** A fix that adds a field of the module to the `$select` of the request behind a table. */
function fetchAlso(
  { schema, symbols, model: { platforms } }: SqlCheck,
  source: SqlSource,
  column: string,
): { message: string; fix: Fix } | undefined {
  if (source.kind !== 'table' || source.name === undefined || cteOf(source) !== undefined) return undefined;
  const table = schema.table(source.name.text);
  if (table?.columns === undefined) return undefined;
  const model = modelOf(table.tree, platforms);
  const field = model.module?.field(column);
  if (field === undefined || !isWritableField(field.name) || !symbols.requests.has(table.name))
    return undefined;
  const missing = unselected(model, field.name);
  if (missing === undefined) return undefined;
  return {
    message: `“${table.name}” does not fetch ${field.name}, which its module has.`,
    fix: {
      title: `Add ${field.name} to $select of “${table.name}”`,
      edits: [],
      elsewhere: { tree: table.tree, edits: [missing] },
    },
  };
}
