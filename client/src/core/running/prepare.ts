/** Prepares a request of a file for sending: its connection, errors and values. Nothing is sent here. */
import {
  type BuildProblem,
  type EvaluationContext,
  type Expectation,
  type FieldInfo,
  foreignPart,
  type LanguageService,
  type Method,
  type NamedPlatform,
  type RequestInfo,
  type SqlQuery,
  type WireRequest,
} from '#language';
import { nextStepHere } from '../client';
import type { Connection } from '../connections/connection';
import { isSecretName } from '../remote/secret-names';
import { valueAt } from '../results/value-at';
import { describeTables } from '../sql/describe-tables';
import type { SqlSource } from '../sql/sql-source';
import { ownValue } from '../text/names';
import { writeJson } from '../values/write-json';
import type { KeptAnswer } from './answer';
import { listValues } from './list-values';
import { type QueryFile, structure } from './query-file';
import { Refusal } from './refusal';
import { hideSecret, runContext, type RunValues, STARS } from './run-context';

/** What every request has that is ready to run. */
interface Ready {
  readonly file: QueryFile;
  readonly request: RequestInfo;
  readonly connection: Connection;
  /** What the user should know besides the result, in sentences. */
  readonly notes: readonly string[];
  /** Their variables are replaced. */
  readonly expectations: readonly Expectation[];
}

/** A request that is ready to be sent. */
export interface PreparedRequest extends Ready {
  readonly kind: 'request';
  readonly wire: WireRequest;
  /** The module's fields; empty where no metadata tell them. */
  readonly fields: readonly FieldInfo[];
  /** The platform that the address names, where it is not that of the connection, and a sentence about it. */
  readonly foreign: { readonly named: NamedPlatform; readonly message: string } | undefined;
}

/** A SQL request that is ready to be asked. Nothing of it is sent. */
export interface PreparedSql extends Ready {
  readonly kind: 'sql';
  readonly query: SqlQuery;
  readonly tables: readonly SqlSource[];
}

/** A request of either kind that is ready to run. */
export type Prepared = PreparedRequest | PreparedSql;

/** The method that is sent; SQL for what is asked of answers. */
export const methodOf = (prepared: Prepared): Method | 'SQL' =>
  prepared.kind === 'sql' ? 'SQL' : prepared.wire.method;

/** Whether it changes records. */
export const isChange = (prepared: Prepared): boolean =>
  prepared.kind === 'request' && prepared.wire.method !== 'GET';

/** The module; of a SQL request, the names of its tables. */
export const subjectOf = (prepared: Prepared): string =>
  prepared.kind === 'sql' ? prepared.tables.map(({ name }) => name).join(', ') : prepared.wire.module;

/** The title of a run: the request's title, else its method and module. */
export const runTitle = (prepared: Prepared): string =>
  prepared.request.title || `${methodOf(prepared)} ${subjectOf(prepared)}`.trimEnd();

/** The fields of its module, as far as known. */
export const fieldsOf = (prepared: Prepared): readonly FieldInfo[] =>
  prepared.kind === 'sql' ? [] : prepared.fields;

/** Their names, in the order of the metadata. */
export const fieldNames = (fields: readonly FieldInfo[]): string[] => fields.map(({ name }) => name);

/** Where in a response a value is. */
type Path = readonly (string | number)[];

/** Returns how a file writes a value of a response, for one that has not arrived. */
const placeOf = (name: string, path: Path): string =>
  `{{${name}${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}}}`;

/** What preparing needs from its caller. */
export interface PreparePort {
  /** Returns the connection on which the request runs, ready to be used. Throws `Refusal` where there is none. */
  connection(request: RequestInfo): Promise<Connection>;
  /** Returns the language with the metadata of the connection's platform. */
  language(connection: Connection): Promise<LanguageService>;
  /** Returns the last answer of a named request of the file; undefined when there is none. */
  answer(file: QueryFile, name: string): KeptAnswer | undefined;
  /** Values that are given in advance, by name. */
  readonly given?: ReadonlyMap<string, string>;
  /** True where what is prepared is written down, and not sent: `***` stands for secrets, which nobody is asked for. */
  readonly masksSecrets?: boolean;
  /** Keeps a secret out of all texts that are shown; for good where the port does not say how. */
  readonly hide?: RunValues['hide'];
  /** Returns what the user enters at a prompt; undefined when the user cancels. Absent where no user can be asked. */
  ask?(file: QueryFile, request: RequestInfo, name: string, message: string): Promise<string | undefined>;
  /** Returns whether the file may read an environment variable. Absent where the user of the file has set them. */
  allowEnvironment?(file: QueryFile, request: RequestInfo, name: string): Promise<boolean>;
}

/** Throws `Refusal` when the request has errors: the API would refuse it, or do something else than intended. */
export function refuseErrors(language: LanguageService, { parsed }: QueryFile, request: RequestInfo): void {
  const [first, ...more] = language
    .diagnoseRequest(parsed, request)
    .filter(({ severity }) => severity === 'error');
  if (first !== undefined) throw new Refusal(request, { kind: 'errors', errors: [first, ...more] });
}

/** Throws `Refusal` where a table of a SQL request would change records: a question must not. */
export function refuseTables({ parsed }: QueryFile, request: RequestInfo): void {
  if (request.sql === undefined) return;
  for (const [name, table] of structure.sqlTables(parsed, request))
    if (table.changes) throw new Refusal(request, { kind: 'table-changes', name, table });
}

/** What a request comes to, in one text: the same where the same would be sent, or asked of the engine. */
export const askedOf = (asked: WireRequest | Pick<SqlQuery, 'text' | 'values'>): string =>
  'text' in asked ? writeJson([asked.text, asked.values.map(String)]) : writeJson(asked);

/** The same of what would be sent now, without asking for a value; undefined where one is missing. */
export function askedNow(preparing: Preparing, language: LanguageService): string | undefined {
  const { file, request, values } = preparing;
  const context = runContext(valuesOfAnswers(preparing), values, false);
  if (request.sql === undefined) {
    const built = language.build(file.parsed, request, context);
    return built.ok ? askedOf(built.request) : undefined;
  }
  const built = language.buildSql(file.parsed, request, context);
  return built.ok ? askedOf(built.query) : undefined;
}

/** Finds the connection, checks the request, and asks for values until none is missing. Throws `Refusal`. */
export async function prepare(
  file: QueryFile,
  request: RequestInfo,
  port: PreparePort,
  values = valuesOf(port),
): Promise<Prepared> {
  const connection = await port.connection(request);
  const preparing = { file, request, connection, port, values };
  return build(preparing, valuesOfAnswers(preparing));
}

/** How values of answers are read. */
type Answers = Required<Pick<EvaluationContext, 'response' | 'list'>>;

/** Reads values of the last answers. */
const valuesOfAnswers = ({ file, connection, port }: Preparing): Answers => ({
  response: (name, path) => valueAt(port.answer(file, name)?.json, path),
  list: (name, path, each) => {
    const answer = port.answer(file, name);
    return answer && listValues({ ...answer, name }, path, each, connection.name);
  },
});

/**
 * Does the same without waiting for an answer, and thus before anything is sent: a value of a request that `isAwaited`
 * names is replaced with its place (`{{name.results[0].ID}}`).
 */
export async function rehearse(
  preparing: Preparing,
  isAwaited: (name: string) => boolean,
): Promise<Prepared> {
  const known = valuesOfAnswers(preparing);
  const answers: Answers = {
    response: (name, path) => (isAwaited(name) ? placeOf(name, path) : known.response(name, path)),
    list: (name, ...paths) => (isAwaited(name) ? undefined : known.list(name, ...paths)),
  };
  return build(preparing, answers, true);
}

/** What a request is prepared from. */
export interface Preparing {
  readonly file: QueryFile;
  readonly request: RequestInfo;
  readonly connection: Connection;
  readonly port: PreparePort;
  readonly values: RunValues;
}

/** Returns the values with which a run begins. */
export function valuesOf({
  given = new Map(),
  masksSecrets = false,
  hide,
}: Pick<PreparePort, 'given' | 'masksSecrets' | 'hide'>): RunValues {
  for (const [name, value] of given) hideSecret(name, value, { hide });
  return {
    given: new Map(given),
    environment: new Set(),
    masked: masksSecrets ? new Set() : undefined,
    hide,
  };
}

async function build(preparing: Preparing, answers: Answers, withPlaces = false): Promise<Prepared> {
  const { file, request, connection, port, values } = preparing;
  const language = await port.language(connection);
  refuseErrors(language, file, request);
  for (;;) {
    // A new one each time: what a variable has no value for is remembered in it.
    const context = runContext(answers, values, withPlaces);
    const built = buildOne(preparing, language, context);
    if ('problems' in built) {
      await supply(built.problems, preparing);
      continue;
    }
    const expectations = language.expectations(file.parsed, request, context);
    const [unread] = expectations.flatMap((each) => (each.ok ? [] : (each.environment ?? [])));
    if (unread === undefined) return { ...built, file, request, connection, expectations };
    await allowEnvironment(unread, preparing);
  }
}

/** The part of a prepared request in which the kinds differ. */
type Built = Omit<PreparedRequest, keyof Ready | 'notes'> | Omit<PreparedSql, keyof Ready | 'notes'>;

/** What is sent, or asked of the engine; else what is missing. */
function buildOne(
  { file, request, connection, port }: Preparing,
  language: LanguageService,
  context: EvaluationContext,
): (Built & Pick<Ready, 'notes'>) | { readonly problems: readonly BuildProblem[] } {
  if (request.sql !== undefined) {
    refuseTables(file, request);
    const built = language.buildSql(file.parsed, request, context);
    if (!built.ok) return built;
    const named = structure.sqlTables(file.parsed, request);
    const tables = [...named].map(([name, table]) => ({
      name,
      request: table,
      answer: port.answer(file, name),
    }));
    return { kind: 'sql', query: built.query, tables, notes: describeTables(tables, connection) };
  }
  const built = language.build(file.parsed, request, context);
  if (!built.ok) return built;
  const foreign = foreignOf(language.namedPlatform(file.parsed, request, context), connection);
  const notes = [...built.notes, ...(foreign === undefined ? [] : [foreign.message])];
  const wire = built.request;
  return { kind: 'request', wire, fields: language.fieldsOf(request, wire.module), notes, foreign };
}

function foreignOf(named: NamedPlatform | undefined, { root }: Connection): PreparedRequest['foreign'] {
  const found = named === undefined ? undefined : foreignPart(named, root);
  return named === undefined || found === undefined
    ? undefined
    : {
        named,
        message: `${found.message} ${nextStepHere('choose-platform', found.name)}`,
      };
}

/** Asks for what is missing. Throws `Refusal` where the user can't be asked, or gives nothing. */
async function supply(problems: readonly BuildProblem[], preparing: Preparing): Promise<void> {
  const { file, request, port, values } = preparing;
  const [problem] = problems;
  switch (problem?.reason) {
    case 'prompt': {
      if (values.masked !== undefined && isSecretName(problem.name)) {
        values.given.set(problem.name, STARS);
        return;
      }
      if (port.ask === undefined) throw new Refusal(request, { kind: 'prompts', prompts: problems });
      const value = await port.ask(file, request, problem.name, problem.message);
      if (value === undefined) throw new Refusal(request, { kind: 'told' });
      hideSecret(problem.name, value, values);
      values.given.set(problem.name, value);
      return;
    }
    case 'env':
      await allowEnvironment(problem.name, preparing);
      return;
    default:
      throw new Refusal(request, {
        kind: 'values',
        message: problem?.message ?? 'The request can’t be built.',
      });
  }
}

/** Lets the request read an environment variable, if the user agrees. Throws `Refusal`. */
async function allowEnvironment(name: string, { file, request, port, values }: Preparing): Promise<void> {
  if (isSecretName(name)) throw new Refusal(request, { kind: 'secret-environment', name });
  if (ownValue(process.env, name) === undefined) throw new Refusal(request, { kind: 'no-environment', name });
  const allowed = (await port.allowEnvironment?.(file, request, name)) ?? true;
  if (!allowed) throw new Refusal(request, { kind: 'told' });
  values.environment.add(name);
}
