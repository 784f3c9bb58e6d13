/** One request as a test: sent like any other, but without questions to the user. */
import type { Connection } from '#core/connections/connection';
import { refusalOf } from '#core/running/before-sending';
import { isExact } from '#core/running/extent';
import type { Batch, RunOutcome } from '#core/running/pipeline';
import { describeFirst, planOf } from '#core/running/plan';
import type { PreparedRequest } from '#core/running/prepare';
import { type QueryFile, titleOf } from '#core/running/query-file';
import { noConnectionFor, Refusal } from '#core/running/refusal';
import { answersFrom, type Responses } from '#core/running/responses';
import { sendRequest, summaryOf } from '#core/running/send';
import { runSql } from '#core/sql/run-sql';
import { runToJudge, type TestPort } from '#core/testing/run-test';
import { foresee } from '#core/writing/foresee';
import type { SqlEngine } from '#engine/sql-engine';
import type { RequestInfo } from '#language';
import { type Connections, SAMPLE_ID } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import { checkSql } from '../running/check-sql';
import type { Environment } from '../running/environment';
import type { SamplePlatform } from '../sample/sample-platform';
import type { EditorChangeLog } from '../writing/editor-change-log';

/** A write that the user saw in the list of those that change records, and agreed to. */
export interface Agreed {
  readonly index: number;
  /** The whole file as the user saw it: another text may mean another change. */
  readonly text: string;
  readonly connection: Connection | undefined;
}

export interface TestRunParts {
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
  readonly sample: SamplePlatform;
  readonly environment: Environment;
  readonly changeLog: EditorChangeLog;
  readonly engine: SqlEngine;
}

/** What the tests of one run share: its connection, the responses so far, and whether its writes were allowed. */
export interface TestContext {
  readonly signal: AbortSignal;
  readonly responses: Responses;
  /** The connection in use when the run began; switching to another affects only the next run. */
  readonly active: Connection | undefined;
  readonly agreed: (file: QueryFile, index: number) => Agreed | undefined;
  /** The changes that were sent; see `TestPort`. */
  readonly changes: Set<string>;
  /** Returns what the tests of a file share. */
  readonly batch: (file: QueryFile) => Batch;
  readonly tell: (line: string) => void;
}

/** Returns why a test can't be sent, as far as that needs no response; undefined where nothing speaks against it. */
export async function refusalOfTest(
  parts: TestRunParts,
  file: QueryFile,
  request: RequestInfo,
  context: TestContext,
): Promise<Refusal | undefined> {
  return (await refusalOf(file, planOf(file, [request]), portOf(parts, file, context)))?.[1];
}

/** See `runToJudge`. */
export const runTest = async (
  parts: TestRunParts,
  file: QueryFile,
  request: RequestInfo,
  context: TestContext,
): Promise<RunOutcome> => runToJudge(file, request, portOf(parts, file, context));

function portOf(
  { connections, metadata, sample, environment, changeLog, engine }: TestRunParts,
  file: QueryFile,
  { signal, responses, active, agreed, changes, batch, tell }: TestContext,
): TestPort {
  const connectionOf = (request: RequestInfo) => connections.ofRun(request, active);
  return {
    connection: async (request) => {
      const found = connectionOf(request);
      if (found === undefined) throw noConnectionFor(request, active);
      return sample.ready(found);
    },
    language: async (connection) => metadata.language(connection),
    answer: answersFrom(responses, connectionOf),
    allowEnvironment: async ({ id }, _request, name) => environment.allows(id, name),
    responses,
    checkSql: async (language, { parsed }) => checkSql(engine, language, parsed),
    connectionOf,
    levelOf: (connection) => connections.levelOf(connection),
    writes: changeLog.writesOf(file.id),
    confirm: async (prepared) => {
      refuseUnlessAgreed(prepared, agreed(file, prepared.request.index));
      const { connection, wire, fields } = prepared;
      return foresee(connections.client(connection), wire, fields, { signal });
    },
    send: async ({ connection, request, wire }, step) => {
      const first = describeFirst(step);
      if (first !== undefined) tell(first);
      const client = connections.client(connection);
      tell(`${wire.method} ${client.addressOf(wire)}`);
      const result = await sendRequest(client, wire, { pages: request.pages ?? 1, signal });
      if (isExact(result)) tell(summaryOf(result, wire.method));
      return result;
    },
    query: async (prepared, step) => {
      const first = describeFirst(step);
      if (first !== undefined) tell(first);
      for (const note of prepared.notes) tell(note);
      const result = await runSql(engine, prepared, { signal });
      if (isExact(result)) tell(summaryOf(result, 'SQL'));
      return result;
    },
    changes,
    batch: batch(file),
    tell,
  };
}

function refuseUnlessAgreed(
  { file, request, wire, connection }: PreparedRequest,
  found: Agreed | undefined,
): void {
  const refuse = (message: string) => new Refusal(request, { kind: 'not-agreed', message });
  if (found === undefined)
    throw refuse(
      `“${titleOf(request)}” would change records (${wire.method}), so it was not sent. Run it as a test itself and agree to the change.`,
    );
  // The sample platform's address changes with each start.
  const same =
    found.connection?.id === connection.id &&
    (found.connection.root === connection.root || connection.id === SAMPLE_ID);
  if (found.text !== file.parsed.text || !same)
    throw refuse(
      `“${titleOf(request)}” was not sent: its file or its connection was changed after you agreed. Run it again.`,
    );
}
