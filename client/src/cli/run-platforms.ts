/** The platforms on which `apq run` runs requests: that of `--root`, and those that `--connection NAME=URL` names. */
import type { Connection } from '#core/connections/connection';
import type { Credentials } from '#core/connections/credentials';
import { fittingConnection } from '#core/connections/fitting';
import { isSameRoot } from '#core/connections/root';
import type { ApiClient } from '#core/remote/api';
import { isSecretName } from '#core/remote/secret-names';
import { type QueryFile, structure } from '#core/running/query-file';
import { ownValue } from '#core/text/names';
import { ByName, type Metadata, type PlatformTraits, type RequestInfo } from '#language';
import { clientOf, connectionAt, connectionOf } from './platform-access';
import type { RunOptions } from './run-options';

export class RunPlatforms {
  readonly #named: readonly Connection[];
  readonly #byName: ByName<Connection>;
  readonly #clients = new Map<string, Promise<ApiClient>>();
  #metadata: Metadata | undefined;
  /** The platform of `--root`. */
  readonly own: Connection;

  constructor(
    private readonly file: QueryFile,
    private readonly options: Pick<RunOptions, 'root' | 'connections' | 'given' | 'timeout' | 'retries'>,
    private readonly credentials: () => Promise<Credentials>,
  ) {
    this.own = connectionOf(options);
    this.#named = [...options.connections].map(([name, root]) => connectionAt(root, `cli ${name}`, name));
    this.#byName = new ByName(this.#named);
  }

  /** Returns the platform that a request asks for, else that of `--root`. */
  of(request: RequestInfo): Connection {
    return this.#askedFor(request) ?? this.own;
  }

  /** Returns the platform on which the request runs. Undefined for a change that asks for one that is not known. */
  sure(request: RequestInfo): Connection | undefined {
    const known = this.#askedFor(request);
    return known === undefined && request.connection !== undefined && request.changes
      ? undefined
      : (known ?? this.own);
  }

  #askedFor(request: RequestInfo): Connection | undefined {
    if (request.connection !== undefined) return this.#byName.get(request.connection);
    const env = (name: string) => (isSecretName(name) ? undefined : ownValue(process.env, name));
    const evaluation = { now: new Date(), given: this.options.given, env };
    const named = structure.namedPlatform(this.file.parsed, request, evaluation);
    return named === undefined ? undefined : fittingConnection(named, this.#named, this.own);
  }

  /** Requests to the platform of these metadata are sent as fits what was found out about it. */
  learn(metadata: Metadata): void {
    this.#metadata = metadata;
  }

  /** Whether there are metadata of any platform. */
  get hasMetadata(): boolean {
    return this.#metadata !== undefined;
  }

  /** Returns what was found out about a platform, where its metadata tell. */
  traitsOf({ root }: Connection): PlatformTraits | undefined {
    const known = this.#metadata;
    return known !== undefined && isSameRoot(known.root, root) ? known.platform?.traits : undefined;
  }

  /** Created when a request is sent: a file with errors needs no key. */
  async client(connection: Connection): Promise<ApiClient> {
    const client =
      this.#clients.get(connection.id) ??
      clientOf(connection, this.credentials(), this.options, this.traitsOf(connection));
    this.#clients.set(connection.id, client);
    return client;
  }
}
