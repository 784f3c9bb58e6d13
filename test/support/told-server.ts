/** A language server that keeps what it is told of the platforms’ data, as plain data: no code of the server’s own. */
import type { PlatformData, PlatformDataChange } from '#language';
import type { ChangeKnownDataParams, SetConnectionsParams, SetKnownDataParams } from '#protocol';

export class ToldServer {
  /** What is known after each notification; all of one connection. */
  readonly told: (PlatformData | null)[] = [];
  /** What was sent, in order. */
  readonly sent: (SetKnownDataParams | ChangeKnownDataParams)[] = [];
  readonly #known = new Map<string, { readonly root: string; readonly data: PlatformData | null }>();

  /** What is known on the connection of that name. */
  of(connection: string): PlatformData | undefined {
    return this.#known.get(connection)?.data ?? undefined;
  }

  /** As functions, so that they can be passed on. */
  readonly setKnownData = async (params: SetKnownDataParams): Promise<void> => {
    this.sent.push(params);
    this.#keep(params, params.data);
    return Promise.resolve();
  };

  readonly changeKnownData = async (params: ChangeKnownDataParams): Promise<void> => {
    this.sent.push(params);
    const before = this.of(params.connection);
    if (before === undefined) throw new Error('a change of nothing');
    this.#keep(params, changed(before, params.change));
    return Promise.resolve();
  };

  /** What is known of any other connection is forgotten. */
  setConnections(
    connections: readonly Pick<SetConnectionsParams['connections'][number], 'name' | 'root'>[],
  ): void {
    for (const [known, { root }] of this.#known)
      if (!connections.some((each) => each.name === known && each.root === root)) this.#known.delete(known);
  }

  #keep({ connection, root }: SetKnownDataParams | ChangeKnownDataParams, data: PlatformData | null): void {
    this.#known.set(connection, { root, data });
    this.told.push(data);
  }
}

function changed(before: PlatformData, { fields, gone, records }: PlatformDataChange): PlatformData {
  const replaced = new Set([...fields, ...gone].map(({ module, field }) => `${module}.${field}`));
  const untouched = before.fields.filter(({ module, field }) => !replaced.has(`${module}.${field}`));
  const modules = new Set([...before.records, ...records].map(({ module }) => module));
  return {
    ...before,
    fields: [...untouched, ...fields],
    records: Array.from(modules, (module) => {
      const names = new Map(before.records.find((each) => each.module === module)?.names);
      for (const change of records.filter((each) => each.module === module)) {
        for (const id of change.gone) names.delete(id);
        for (const [id, name] of change.names) names.set(id, name);
      }
      return { module, names: [...names] };
    }),
  };
}
