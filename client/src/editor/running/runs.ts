/** All runs that are under way: each with its own view; a request runs once at a time. */
import { summaryOf, type RunResult } from '#core/running/run';
import { ApiError } from '#core/remote/errors';
import type { Services } from '../services';
import { titleOf, type Prepared } from './prepare';
import { requestKey, Session, type Outcome, type SessionOptions } from './session';

export class Runs {
  readonly #active = new Map<string, Session>();
  #services: Services | undefined;

  /** Called once: the services know the runs, and the runs the services. */
  use(services: Services): void {
    this.#services = services;
  }

  /** Runs a request to its end. An earlier run of the same request that is still under way is stopped. */
  async start(prepared: Prepared, options: SessionOptions, resume?: RunResult): Promise<Outcome> {
    const services = this.#services;
    if (services === undefined) throw new Error('runs without services');
    const key = requestKey(prepared);
    this.#active.get(key)?.giveWay();
    const session = new Session(services, prepared, options);
    this.#active.set(key, session);
    const begun = Date.now();
    const outcome = await session.run(resume);
    if (this.#active.get(key) === session) this.#active.delete(key);
    await services.history
      .add(entryOf(prepared, outcome, new Date(begun), Date.now() - begun))
      .catch((error: unknown) => services.output.error(`The history can’t be written: ${String(error)}`));
    return outcome;
  }
}

function entryOf(prepared: Prepared, outcome: Outcome, at: Date, elapsed: number) {
  const { connection, document, wire } = prepared;
  const entry = {
    at: at.toISOString(),
    title: titleOf(prepared),
    file: document.uri.toString(),
    connection: { id: connection.id, name: connection.name, root: connection.root },
    request: { ...wire, query: [...wire.query] },
  };
  if (outcome.kind === 'answered') {
    const { result } = outcome;
    return {
      ...entry,
      status: result.status,
      milliseconds: result.milliseconds,
      bytes: result.bytes,
      records: result.count,
      summary: summaryOf(result, wire.method),
      ok: result.stoppedBy === undefined,
    };
  }
  const { error } = outcome;
  const status = error instanceof ApiError ? error.status : undefined;
  return {
    ...entry,
    ...(status === undefined ? {} : { status }),
    milliseconds: elapsed,
    bytes: 0,
    summary: error instanceof Error ? error.message : String(error),
    ok: false,
  };
}
