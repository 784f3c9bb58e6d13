/** What is checked for all requests of a run before the first of them is sent: all that needs no response. */
import type { LanguageService, RequestInfo } from '#language';
import type { ChangeLevel } from '../connections/change-level';
import { type Connection, isReadOnly } from '../connections/connection';
import type { Step } from './plan';
import {
  isChange,
  type Prepared,
  type PreparePort,
  refuseErrors,
  refuseTables,
  rehearse,
  valuesOf,
} from './prepare';
import type { QueryFile } from './query-file';
import { Refusal } from './refusal';

export interface CheckPort extends PreparePort {
  /** Returns the connection on which the request would run now, without asking; undefined where it is unknown. */
  connectionOf(request: RequestInfo): Connection | undefined;
  /** How freely records may be changed on a connection. Absent: as the connection says. */
  levelOf?(connection: Connection): ChangeLevel;
  /** Throws `Refusal` where a change may not be sent. */
  permit?(step: Step): void;
  /** Lets the SQL engine look at the statements of a file, so that their errors are known before their tables are fetched. */
  checkSql?(language: LanguageService, file: QueryFile): Promise<void>;
}

/** Asks for missing values, too. Returns the first step that is refused, and why; undefined when none is. */
export async function refusalOf(
  file: QueryFile,
  steps: readonly Step[],
  port: CheckPort,
  values = valuesOf(port),
): Promise<readonly [Step, Refusal] | undefined> {
  // Only where none is known the user is asked now: making one ready may wait for its turn.
  const connectionOf = async ({ request }: Step) =>
    port.connectionOf(request) ?? (await port.connection(request));
  const permit = async (step: Step) => {
    const { request } = step;
    const language = await port.language(await connectionOf(step));
    if (request.sql !== undefined) await port.checkSql?.(language, file);
    refuseErrors(language, file, request);
    if (request.changes) port.permit?.(step);
  };
  // Comes first: who is told of the change would look for a way to allow it.
  const refuseWrittenTables = async (step: Step) => Promise.resolve(refuseTables(file, step.request));
  const awaited = new Set(steps.map(({ request }) => request.name));
  const supply = async (step: Step) => {
    const preparing = { file, request: step.request, connection: await connectionOf(step), port, values };
    refuseChange(await rehearse(preparing, (name) => awaited.has(name)), port);
  };
  // The user is asked for values only when nothing else speaks against any of the requests.
  for (const check of [refuseWrittenTables, permit, supply])
    for (const step of steps) {
      try {
        await check(step);
      } catch (error) {
        if (error instanceof Refusal) return [step, error];
        throw error;
      }
    }
  return undefined;
}

/** Throws `Refusal` for a change that its connection does not allow, or that is meant for another platform. */
export function refuseChange(prepared: Prepared, port: Pick<CheckPort, 'levelOf'>): void {
  if (prepared.kind === 'sql' || !isChange(prepared)) return;
  const { request, connection, wire } = prepared;
  const { method } = wire;
  if (isReadOnly(connection)) throw new Refusal(request, { kind: 'read-only', connection, method });
  if (port.levelOf?.(connection) === 'readOnly') throw new Refusal(request, { kind: 'changes-off', method });
  refuseForeign(prepared);
}

/** Throws `Refusal` for a change that may be meant for another platform: it must not be made on this one. */
export function refuseForeign(prepared: Prepared): void {
  if (prepared.kind === 'sql' || !isChange(prepared)) return;
  const { request, connection, foreign } = prepared;
  const { method } = prepared.wire;
  const { connection: own, strayConnection: name } = request;
  if (own === undefined && name !== undefined) throw new Refusal(request, { kind: 'stray-connection', name });
  if (foreign !== undefined)
    throw new Refusal(request, { kind: 'other-platform', connection, method, ...foreign });
}
