/** Prepares a request of a file for sending: its connection, errors and values. Nothing is sent here. */
import type { Expectation, LanguageService, RequestInfo, WireRequest } from '#language';
import type { Connection } from '../connections/connection';
import type { QueryFile } from './query-file';
import { Refusal } from './refusal';
import { runContext } from './run-context';

/** A request that is ready to be sent. */
export interface Prepared {
  readonly file: QueryFile;
  readonly request: RequestInfo;
  readonly connection: Connection;
  readonly wire: WireRequest;
  /** What the user should know besides the result, in sentences. */
  readonly notes: readonly string[];
  /** Their variables are replaced. */
  readonly expectations: readonly Expectation[];
}

/** The title of a run: the request's title, else its method and module. */
export const runTitle = ({ request, wire }: Pick<Prepared, 'request' | 'wire'>): string =>
  request.title || `${wire.method} ${wire.module}`;

/** What preparing needs from its caller. */
export interface PreparePort {
  /** Returns the connection on which the request runs, ready to be used. Throws `Refusal` where there is none. */
  connection(request: RequestInfo): Promise<Connection>;
  /** Returns the language with the metadata of the connection's platform. */
  language(connection: Connection): Promise<LanguageService>;
  /** Returns a value of the last response of a named request of the file; undefined when there is none. */
  response(file: QueryFile, name: string, path: readonly (string | number)[]): string | undefined;
  /** Values that are given in advance, by name. */
  readonly given?: ReadonlyMap<string, string>;
  /** Returns what the user enters at a prompt; undefined when the user cancels. Absent where no user can be asked. */
  ask?(file: QueryFile, request: RequestInfo, name: string, message: string): Promise<string | undefined>;
}

/** Throws `Refusal` when the request has errors: the API would refuse it, or do something else than intended. */
export function refuseErrors(language: LanguageService, { parsed }: QueryFile, request: RequestInfo): void {
  const [first, ...more] = language
    .diagnoseRequest(parsed, request)
    .filter(({ severity }) => severity === 'error');
  if (first !== undefined) throw new Refusal(request, { kind: 'errors', errors: [first, ...more] });
}

/** Finds the connection, checks the request, and asks for values until none is missing. Throws `Refusal`. */
export async function prepare(file: QueryFile, request: RequestInfo, port: PreparePort): Promise<Prepared> {
  const connection = await port.connection(request);
  const language = await port.language(connection);
  refuseErrors(language, file, request);
  const given = new Map(port.given);
  const context = runContext((name, path) => port.response(file, name, path), given);
  for (;;) {
    const built = language.build(file.parsed, request, context);
    if (built.ok) {
      const foreign = language.foreignHost(request, connection.root);
      return {
        file,
        request,
        connection,
        wire: built.request,
        notes: [...built.notes, ...(foreign === undefined ? [] : [foreign])],
        expectations: language.expectations(file.parsed, request, context),
      };
    }
    const [problem] = built.problems;
    if (problem?.reason !== 'prompt')
      throw new Refusal(request, {
        kind: 'values',
        message: problem?.message ?? 'The request can’t be built.',
      });
    if (port.ask === undefined) throw new Refusal(request, { kind: 'prompts', prompts: built.problems });
    const value = await port.ask(file, request, problem.name, problem.message);
    if (value === undefined) throw new Refusal(request, { kind: 'told' });
    given.set(problem.name, value);
  }
}
