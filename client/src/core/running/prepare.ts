/** Prepares a request of a file for sending: its connection, errors and values. Nothing is sent here. */
import {
  type BuildProblem,
  type Expectation,
  type FieldInfo,
  foreignPart,
  type LanguageService,
  type NamedPlatform,
  type RequestInfo,
  type ResponseValue,
  type WireRequest,
} from '#language';
import { nextStepHere } from '../client';
import type { Connection } from '../connections/connection';
import { isSecretName } from '../remote/secret-names';
import { hide } from '../text/mask';
import { ownValue } from '../text/names';
import type { QueryFile } from './query-file';
import { Refusal } from './refusal';
import { runContext, type RunValues } from './run-context';

/** A request that is ready to be sent. */
export interface Prepared {
  readonly file: QueryFile;
  readonly request: RequestInfo;
  readonly connection: Connection;
  readonly wire: WireRequest;
  /** The module's fields; empty where no metadata tell them. */
  readonly fields: readonly FieldInfo[];
  /** What the user should know besides the result, in sentences. */
  readonly notes: readonly string[];
  /** The platform that the address names, where it is not that of the connection, and a sentence about it. */
  readonly foreign: { readonly named: NamedPlatform; readonly message: string } | undefined;
  /** Their variables are replaced. */
  readonly expectations: readonly Expectation[];
}

/** The title of a run: the request's title, else its method and module. */
export const runTitle = ({ request, wire }: Pick<Prepared, 'request' | 'wire'>): string =>
  request.title || `${wire.method} ${wire.module}`;

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
  /** Returns a value of the last response of a named request of the file; undefined when there is none. */
  response(file: QueryFile, name: string, path: Path): ResponseValue;
  /** Values that are given in advance, by name. */
  readonly given?: ReadonlyMap<string, string>;
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

/** Finds the connection, checks the request, and asks for values until none is missing. Throws `Refusal`. */
export async function prepare(
  file: QueryFile,
  request: RequestInfo,
  port: PreparePort,
  values = valuesOf(port),
): Promise<Prepared> {
  const connection = await port.connection(request);
  return build({ file, request, connection, port, values }, (name, path) => port.response(file, name, path));
}

/**
 * Does the same without waiting for an answer, and thus before anything is sent: a value of a request that `isAwaited`
 * names is replaced with its place (`{{name.results[0].ID}}`).
 */
export async function rehearse(
  preparing: Preparing,
  isAwaited: (name: string) => boolean,
): Promise<Prepared> {
  const { file, port } = preparing;
  return build(
    preparing,
    (name, path) => (isAwaited(name) ? placeOf(name, path) : port.response(file, name, path)),
    true,
  );
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
export function valuesOf({ given = new Map() }: Pick<PreparePort, 'given'>): RunValues {
  for (const [name, value] of given) hideSecret(name, value);
  return { given: new Map(given), environment: new Set() };
}

/** What is typed for a secret is sent, but shown nowhere. */
function hideSecret(name: string, value: string): void {
  if (isSecretName(name)) hide(value);
}

async function build(
  preparing: Preparing,
  response: (name: string, path: Path) => ResponseValue,
  withPlaces = false,
): Promise<Prepared> {
  const { file, request, connection, port, values } = preparing;
  const language = await port.language(connection);
  refuseErrors(language, file, request);
  const context = runContext(response, values, withPlaces);
  for (;;) {
    const built = language.build(file.parsed, request, context);
    if (!built.ok) {
      await supply(built.problems, preparing);
      continue;
    }
    const expectations = language.expectations(file.parsed, request, context);
    const [unread] = expectations.flatMap((each) => (each.ok ? [] : (each.environment ?? [])));
    if (unread === undefined) {
      const foreign = foreignOf(language.namedPlatform(file.parsed, request, context), connection);
      const notes = [...built.notes, ...(foreign === undefined ? [] : [foreign.message])];
      const wire = built.request;
      const fields = language.fieldsOf(request, wire.module);
      return { file, request, connection, wire, fields, notes, foreign, expectations };
    }
    await allowEnvironment(unread, preparing);
  }
}

function foreignOf(named: NamedPlatform | undefined, { root }: Connection): Prepared['foreign'] {
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
      if (port.ask === undefined) throw new Refusal(request, { kind: 'prompts', prompts: problems });
      const value = await port.ask(file, request, problem.name, problem.message);
      if (value === undefined) throw new Refusal(request, { kind: 'told' });
      hideSecret(problem.name, value);
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
